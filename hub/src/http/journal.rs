//! `GET H/journal`: what has happened, entry by entry, for those who may read it all.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use hall::{By, Entry, Event, HallId};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wire::At;

use super::answers::{Problems, Rows, rows};
use super::query::{Path, Query};
use crate::Hub;
use crate::error::Error;
use crate::people::{Caller, Permission};
use crate::store::{halls, journal};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Which entries.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Those after this number (0 if not said).
    after: Option<i64>,
    /// Rows at most, 1 to 500 (100 if not said).
    limit: Option<u32>,
}

/// An entry of the journal.
#[derive(Serialize, utoipa::ToSchema)]
struct EntryRow {
    /// Its position.
    at: At,
    /// When.
    time: DateTime<Utc>,
    /// Who caused it; ids only.
    by: By,
    /// What happened, as `{KIND: {…}}`.
    #[schema(value_type = Object)]
    event: Event,
}

/// What has happened in a hall, the oldest first. Entries of days that were archived are gone (410).
#[utoipa::path(get, path = "/halls/{hall}/journal", tag = "halls", params(("hall" = String, Path), Wanted),
    responses((status = 200, body = Rows<EntryRow>), (status = 410, body = crate::Problem), Problems))]
async fn list(
    State(hub): State<Hub>,
    caller: Caller,
    Path(hall): Path<HallId>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Rows<EntryRow>>, Error> {
    caller.may(&hall, Permission::ReadJournal)?;
    let (after, limit) = (wanted.after.unwrap_or(0), rows(wanted.limit)?);
    let row = halls::look(&hub.db, &hall).await?.ok_or(Error::Missing("hall"))?;
    if after < row.archived_seq {
        return Err(Error::Gone("these entries were archived; read from a later one"));
    }
    let entries = journal::read(&hub.db, &hall, after, limit + 1).await?;
    Ok(Json(page(row.epoch, entries, limit)))
}

fn page(epoch: i64, mut entries: Vec<Entry>, limit: i64) -> Rows<EntryRow> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = entries.len() > limit;
    entries.truncate(limit);
    let next = entries.last().filter(|_| more).map(|it| it.seq.to_string());
    let row = |it: Entry| EntryRow { at: At { epoch, seq: it.seq }, time: it.time, by: it.by, event: it.event };
    Rows { rows: entries.into_iter().map(row).collect(), next }
}
