//! `/halls/{hall}/phrases`: the sounds of what is said, for players. A key is in the frame that has it said.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use hall::{HallId, TicketRef};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Problems, Rows};
use super::query::{Path, Query};
use crate::Hub;
use crate::error::Error;
use crate::people::{Caller, Permission};
use crate::speech::broadcast::clip_of;
use crate::speech::planner::Waits;
use crate::speech::{Kept, Planned};
use crate::speech::{ahead, names};

/// Tickets whose sounds are listed where none is named: those that wait longest.
const TICKETS_MAX: usize = 200;
/// The header that says who speaks.
const VOICE: &str = "hallcast-voice";

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(sound))
}

/// Of which ticket.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Which {
    /// A ticket's `ref`; without it all that may be needed: of counters, and of those who wait.
    ticket: Option<i64>,
}

/// A sound that may be needed.
#[derive(Serialize, utoipa::ToSchema)]
struct PhraseRow {
    /// Its key.
    key: String,
    /// Its size, bytes; none: it is not made yet.
    bytes: Option<usize>,
}

/// Sounds that may be needed soon, to be fetched before.
#[utoipa::path(get, path = "/halls/{hall}/phrases", tag = "speech", params(("hall" = String, Path), Which),
    responses((status = 200, body = Rows<PhraseRow>), Problems))]
async fn list(
    State(hub): State<Hub>,
    caller: Caller,
    Path(hall): Path<HallId>,
    Query(which): Query<Which>,
) -> Result<Json<Rows<PhraseRow>>, Error> {
    caller.may(&hall, Permission::Hear)?;
    let all = match which.ticket {
        Some(ticket) => of_ticket(&hub, &hall, ticket).await?,
        None => of_hall(&hub, &hall).await?,
    };
    let row = |it: Planned| {
        hub.speech.planner.learn(&it);
        PhraseRow { bytes: hub.speech.kept(&it.key).map(|it| it.wav.len()), key: it.key }
    };
    Ok(Json(Rows::whole(all.into_iter().map(row).collect())))
}

async fn of_ticket(hub: &Hub, hall: &HallId, ticket: i64) -> Result<Vec<Planned>, Error> {
    let seen = hub.halls.seen(hall).await?;
    let found = seen.hall.ticket(TicketRef(ticket)).ok_or(Error::Missing("ticket"))?;
    Ok(ahead::of_ticket(hub, &seen.hall.setup, &waits(found)))
}

fn waits(it: &hall::Ticket) -> Waits {
    let known = it.visitor.as_ref().map(|_| it.id.clone());
    Waits { queue: it.queue.clone(), number: it.number.to_string(), known }
}

async fn of_hall(hub: &Hub, hall: &HallId) -> Result<Vec<Planned>, Error> {
    let seen = hub.halls.seen(hall).await?;
    let mut all = ahead::of_places(hub, &seen.hall.setup);
    let mut open: Vec<_> = seen.hall.open_tickets().collect();
    open.sort_unstable_by_key(|it| it.reference);
    for it in open.into_iter().take(TICKETS_MAX) {
        all.extend(ahead::of_ticket(hub, &seen.hall.setup, &waits(it)));
    }
    let mut keys = std::collections::BTreeSet::new();
    all.retain(|it| keys.insert(it.key.clone()));
    Ok(all)
}

/// A sound: WAV, one channel, 24 kHz, 16 bit. With `Cache-Control: no-store` a better one is under way: it is for this
/// time only. 404 `no_such`: nothing is known by this key, or no voice has sounds for it.
#[utoipa::path(get, path = "/halls/{hall}/phrases/{key}", tag = "speech", params(("hall" = String, Path), ("key" = String, Path)),
    responses((status = 200, content_type = "audio/wav", body = Vec<u8>), Problems))]
async fn sound(
    State(hub): State<Hub>,
    caller: Caller,
    Path((hall, key)): Path<(HallId, String)>,
) -> Result<Response, Error> {
    caller.may(&hall, Permission::Hear)?;
    fetch(&hub, &hall, &key).await
}

async fn fetch(hub: &Hub, hall: &HallId, key: &str) -> Result<Response, Error> {
    if let Some(clip) = clip_of(key) {
        let wav = crate::store::clips::sound(&hub.db, hall, clip).await?.ok_or(Error::Missing("clip"))?;
        return Ok(answer(&Kept { wav: wav.into(), voice: "clip".into(), fleeting: false }));
    }
    if let Some(kept) = hub.speech.kept(key) {
        return Ok(answer(&kept));
    }
    let planned = match hub.speech.planner.meaning(key) {
        Some(planned) => planned,
        // Planned before this hub started: what the hall may need is planned anew.
        None => of_hall(hub, hall).await?.into_iter().find(|it| it.key == key).ok_or(Error::Missing("phrase"))?,
    };
    let (maker, work) = (hub.clone(), names::work(hub, &planned).await?);
    let made = hub.tasks.spawn_blocking(move || maker.speech.sound(&work)).await;
    match made {
        Ok(Ok(kept)) => Ok(answer(&kept)),
        Ok(Err(_silence)) => Err(Error::Missing("voice for this phrase")),
        Err(cause) => Err(Error::Broken(cause.to_string())),
    }
}

fn answer(kept: &Kept) -> Response {
    let keep = if kept.fleeting { "no-store" } else { "private, max-age=604800, immutable" };
    let head = [
        (header::CONTENT_TYPE.as_str(), "audio/wav".to_owned()),
        (header::CACHE_CONTROL.as_str(), keep.to_owned()),
        (VOICE, kept.voice.to_string()),
    ];
    (head, Bytes::clone(&kept.wav)).into_response()
}
