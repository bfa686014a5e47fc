//! `H/alerts`: what a person must look at, and saying that somebody does.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use hall::HallId;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Problems, Rows};
use super::body::Body;
use super::query::Path;
use crate::Hub;
use crate::error::{Error, Wrong};
use crate::people::{Caller, Permission, sealed};
use crate::store::alerts::AlertRow;

/// Most characters of a note.
const NOTE_CHARS_MAX: usize = 200;

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(take)).routes(routes!(handle))
}

/// Something that a person must look at.
#[derive(Serialize, utoipa::ToSchema)]
struct Alert {
    /// Its id.
    id: String,
    /// Its hall; null = it concerns the whole hub.
    hall: Option<String>,
    /// `printer`, `idle_counter`, `speaker`, `voice`, `clock_skew`.
    kind: String,
    /// Which player's printer, which counter, speaker or node: an id; voice: the language, or what failed.
    subject: String,
    /// printer: `paper_out, cover_open, offline, fault, unreachable, silent, stalled`; idle_counter: how many wait;
    /// clock_skew: by how many seconds.
    detail: String,
    /// Since when.
    raised_at: DateTime<Utc>,
    /// `raised`, `taken`, `handled`.
    state: String,
    /// Who sees to it: id of a person or token.
    taken_by: Option<String>,
    /// Their name.
    taken_by_name: Option<String>,
    /// Since when.
    taken_at: Option<DateTime<Utc>>,
    /// Who has handled it; null on a handled one = it was over by itself.
    handled_by: Option<String>,
    /// Their name.
    handled_by_name: Option<String>,
    /// When.
    handled_at: Option<DateTime<Utc>>,
    /// What was done.
    note: Option<String>,
}

impl Alert {
    /// Opens the names, which are sealed in the tables.
    fn of(hub: &Hub, it: AlertRow) -> Self {
        let (taken_by, handled_by) = (it.taken_by.map(id_of), it.handled_by.map(id_of));
        let name = |id: &Option<String>, name: Option<String>| sealed::open(&hub.keys, id.as_deref()?, &name?).ok();
        Self {
            id: it.id,
            hall: (!it.hall.is_empty()).then_some(it.hall),
            kind: it.kind,
            subject: it.subject,
            detail: it.detail,
            raised_at: it.raised_at,
            state: it.state,
            taken_by_name: name(&taken_by, it.taken_by_name),
            taken_by,
            taken_at: it.taken_at,
            handled_by_name: name(&handled_by, it.handled_by_name),
            handled_by,
            handled_at: it.handled_at,
            note: it.note,
        }
    }
}

/// `person:ID` and `token:ID` without the kind.
fn id_of(name: String) -> String {
    name.split_once(':').map_or(name.clone(), |(_, id)| id.to_owned())
}

/// The open alerts of a hall and of the whole hub, the newest first; then those handled in the last 24 hours.
#[utoipa::path(get, path = "/halls/{hall}/alerts", tag = "alerts", params(("hall" = String, Path)),
    responses((status = 200, body = Rows<Alert>), Problems))]
async fn list(State(hub): State<Hub>, caller: Caller, Path(hall): Path<HallId>) -> Result<Json<Rows<Alert>>, Error> {
    caller.may(&hall, Permission::SeePlayers)?;
    hub.halls.seen(&hall).await?;
    let rows = hub.alerts.list(&hall).await?;
    Ok(Json(Rows::whole(rows.into_iter().map(|it| Alert::of(&hub, it)).collect())))
}

/// Takes an alert: "I see to it".
#[utoipa::path(post, path = "/alerts/{id}/take", tag = "alerts", params(("id" = String, Path)),
    responses((status = 200, body = Alert), Problems))]
async fn take(State(hub): State<Hub>, caller: Caller, Path(id): Path<String>) -> Result<Json<Alert>, Error> {
    may_handle(&hub, &caller, &id).await?;
    Ok(Json(Alert::of(&hub, hub.alerts.take(&id, &caller.name()).await?)))
}

/// What was done about an alert.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct Handled {
    /// In words, for colleagues; at most 200 characters, nothing about visitors.
    note: String,
}

/// Closes an alert, saying what was done.
#[utoipa::path(post, path = "/alerts/{id}/handle", tag = "alerts", params(("id" = String, Path)),
    request_body = Handled, responses((status = 200, body = Alert), Problems))]
async fn handle(
    State(hub): State<Hub>,
    caller: Caller,
    Path(id): Path<String>,
    Body(handled): Body<Handled>,
) -> Result<Json<Alert>, Error> {
    may_handle(&hub, &caller, &id).await?;
    let note = checked(&handled.note)?;
    Ok(Json(Alert::of(&hub, hub.alerts.handle(&id, &caller.name(), note).await?)))
}

/// Alerts of the whole hub concern every supervisor.
async fn may_handle(hub: &Hub, caller: &Caller, id: &str) -> Result<(), Error> {
    caller.may_somewhere(Permission::HandleAlerts)?;
    let alert = hub.alerts.get(id).await?;
    if alert.hall.is_empty() { Ok(()) } else { caller.may(&alert.hall.into(), Permission::HandleAlerts) }
}

fn checked(note: &str) -> Result<&str, Error> {
    let note = note.trim();
    if note.chars().count() > NOTE_CHARS_MAX || note.chars().any(char::is_control) {
        let why = format!("write at most {NOTE_CHARS_MAX} characters in one line");
        return Err(Error::bad("note", Wrong::Length.within(0..=NOTE_CHARS_MAX, why)));
    }
    Ok(note)
}
