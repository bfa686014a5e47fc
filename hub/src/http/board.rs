//! `GET H/board`: the board as the socket would send it, for those who only look once.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use hall::{HallId, forecast};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wire::{At, Board, Estimate, Part};

use super::answers::Problems;
use super::query::{Path, Query};
use crate::error::Error;
use crate::halls::Seen;
use crate::people::{Caller, Permission};
use crate::public::Cut;
use crate::{Hub, feed, public};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(read))
}

/// Which part of the board.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Only these zones and what concerns the whole hall; separated by commas.
    zones: Option<String>,
    /// Only these counters; separated by commas.
    counters: Option<String>,
    /// `public` or `staff`; without it, staff get theirs and everybody else the public one.
    #[param(inline)]
    cut: Option<CutName>,
}

/// See [`Wanted::cut`].
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum CutName {
    Public,
    Staff,
}

/// The hall as it stands: queues, counters, open tickets, calls, missed numbers, notices.
#[utoipa::path(get, path = "/halls/{hall}/board", tag = "halls", params(("hall" = String, Path), Wanted),
    responses((status = 200, body = Board), Problems))]
async fn read(
    State(hub): State<Hub>,
    caller: Caller,
    Path(hall): Path<HallId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Error> {
    let seen = hub.halls.seen(&hall).await?;
    let cut = cut(&caller, &hall, &seen, wanted.cut)?;
    let board = board(&hub, &hall, seen, cut, &part(&wanted)).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], board).into_response())
}

/// What the caller may see: the public cut needs nothing where the hall allows it, and any grant in it elsewhere.
fn cut(caller: &Caller, hall: &HallId, seen: &Seen, wanted: Option<CutName>) -> Result<Cut, Error> {
    let is_staff = caller.may(hall, Permission::SeeStaffCut);
    if wanted == Some(CutName::Staff) || (wanted.is_none() && is_staff.is_ok()) {
        return is_staff.map(|()| Cut::Staff);
    }
    let is_known = caller.grants().iter().any(|it| it.hall.as_ref().is_none_or(|only| only == hall));
    if seen.hall.setup.hall.public_board || is_known {
        return Ok(Cut::Public);
    }
    Err(Error::Unknown("this hall shows its board to players only; send a token"))
}

fn part(wanted: &Wanted) -> Part {
    let list = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or_default();
        text.split(',').filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    Part { zones: list(&wanted.zones), counters: list(&wanted.counters) }
}

async fn board(hub: &Hub, hall: &HallId, seen: Seen, cut: Cut, part: &Part) -> Result<Bytes, Error> {
    let now = hub.clock.now();
    let mut around = feed::around(&hub.db, &seen.hall).await?;
    let (ours, played) = (
        seen.hall.clone(),
        hub.tasks.spawn_blocking({
            let hall = seen.hall.clone();
            move || forecast::of_queues(&hall, now)
        }),
    );
    let estimates = played.await.unwrap_or_default().into_iter();
    around.estimates =
        estimates.map(|(id, it)| (id, Estimate { p50_s: it.p50_s, p90_s: it.p90_s })).collect::<BTreeMap<_, _>>();
    let at = At { epoch: seen.epoch, seq: seen.seq };
    Ok(feed::board_json(hall, public::board(&ours, at, &around, cut, part, now)))
}
