//! `/players`: the programs beside screens, strips, kiosks and speakers.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use hall::setup::Speaker;
use hall::{CounterId, HallId, ZoneId};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Problems, Rows, given};
use super::body::Body;
use super::query::Path;
use crate::Hub;
use crate::error::Error;
use crate::people::{Caller, Permission};
use crate::players::report::Report;
use crate::players::{self, Change, Face, Place, Settings};
use crate::store::players::{self as table, Player};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(read, change, remove)).routes(routes!(test_print))
}

/// A player, as administrators see it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PlayerRow {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// What is drawn on it.
    face: Face,
    /// Its hall.
    hall: HallId,
    /// Its zones; empty = the whole hall.
    zones: Vec<ZoneId>,
    /// Its counter.
    counter: Option<CounterId>,
    /// How it draws.
    settings: Settings,
    /// Whether it listens now.
    online: bool,
    /// The last use of its token, exact to half a minute.
    last_seen: Option<DateTime<Utc>>,
    /// Version of its program.
    version: Option<String>,
    /// Since when it is one.
    paired_at: DateTime<Utc>,
    /// How it is, as it said last.
    report: Option<Report>,
    /// Where its page is; none for one that draws nothing.
    url: Option<String>,
}

pub(super) fn row(hub: &Hub, it: Player) -> Result<PlayerRow, Error> {
    let place = players::place_of(&it)?;
    let url = players::path_of(&it.id, &place).map(|it| format!("{}{it}", hub.public_url));
    let Place { name, face, hall, zones, counter, settings } = place;
    let report = hub.reports.of(&it.id);
    let online = hub.roster.is_online(&it.id);
    let Player { id, version, paired_at, last_seen, .. } = it;
    Ok(PlayerRow { id, name, face, hall, zones, counter, settings, online, last_seen, version, paired_at, report, url })
}

/// The row of one player, after a change.
pub(super) async fn one(hub: &Hub, id: &str) -> Result<Json<PlayerRow>, Error> {
    let found = table::by_id(&hub.db, id).await?.ok_or(Error::Missing("player"))?;
    Ok(Json(row(hub, found)?))
}

/// The players of the halls whose players the caller may see.
#[utoipa::path(get, path = "/players", tag = "devices", responses((status = 200, body = Rows<PlayerRow>), Problems))]
async fn list(State(hub): State<Hub>, caller: Caller) -> Result<Json<Rows<PlayerRow>>, Error> {
    caller.may_somewhere(Permission::SeePlayers)?;
    let all = table::list(&hub.db).await?.into_iter();
    let seen = all.filter(|it| caller.sees(&it.hall.as_str().into(), Permission::SeePlayers));
    Ok(Json(Rows::whole(seen.map(|it| row(&hub, it)).collect::<Result<_, _>>()?)))
}

/// What a player has to know of itself.
#[derive(Serialize, utoipa::ToSchema)]
struct OwnPlayer {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// What is drawn on it.
    face: Face,
    /// Its hall.
    hall: HallId,
    /// Its zones; empty = the whole hall.
    zones: Vec<ZoneId>,
    /// Its counter.
    counter: Option<CounterId>,
    /// How it draws.
    settings: Settings,
    /// Speakers it plays on; only itself and people are told.
    speakers: Vec<Speaker>,
    /// IANA time zone by which their levels go.
    time_zone: String,
}

/// What a player has to know of itself; without its token where the hall shows its board to everybody.
#[utoipa::path(get, path = "/players/{id}", tag = "devices", params(("id" = String, Path)),
    responses((status = 200, body = OwnPlayer), Problems))]
async fn read(State(hub): State<Hub>, caller: Caller, Path(id): Path<String>) -> Result<Json<OwnPlayer>, Error> {
    let (found, place) = players::seen_by(&hub, &caller, &id).await?;
    let Place { name, face, hall, zones, counter, mut settings } = place;
    let setup = hub.halls.seen(&hall).await?.hall.setup.clone();
    let own = |it: &&Speaker| it.player.as_deref() == Some(&id);
    let mut speakers: Vec<_> = setup.speakers.iter().filter(own).cloned().collect();
    if caller.person().is_none() && caller.player() != Some(&id) {
        // Where the printer stands is nobody's business, nor what hangs on which cable.
        settings.printer = None;
        speakers.clear();
    }
    let time_zone = setup.hall.time_zone.to_string();
    Ok(Json(OwnPlayer { id: found.id, name, face, hall, zones, counter, settings, speakers, time_zone }))
}

/// What changes of a player; a field that is not there stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PlayerChange {
    /// Its name.
    #[serde(default)]
    name: Option<String>,
    /// Its zones; empty = the whole hall.
    #[serde(default)]
    zones: Option<Vec<ZoneId>>,
    /// Its counter; null = none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    counter: Option<Option<CounterId>>,
    /// How it draws, whole.
    #[serde(default)]
    settings: Option<Settings>,
}

/// Changes a player.
#[utoipa::path(patch, path = "/players/{id}", tag = "devices", params(("id" = String, Path)), request_body = PlayerChange,
    responses((status = 200, body = PlayerRow), Problems))]
async fn change(
    State(hub): State<Hub>,
    caller: Caller,
    Path(id): Path<String>,
    Body(asked): Body<PlayerChange>,
) -> Result<Json<PlayerRow>, Error> {
    let PlayerChange { name, zones, counter, settings } = asked;
    players::change(&hub, &caller, &id, Change { name, zones, counter, settings }).await?;
    one(&hub, &id).await
}

/// What came of a test page.
#[derive(Serialize, utoipa::ToSchema)]
struct TestPrinted {
    /// It came out.
    printed: bool,
    /// Else what the printer lacks, as in alerts: `paper_out, cover_open, offline, fault, unreachable, silent, stalled`.
    why: Option<String>,
}

/// Prints a page that is no ticket's slip at the printer of a kiosk, and waits for what comes of it (up to half a minute).
#[utoipa::path(post, path = "/players/{id}/test-print", tag = "devices", params(("id" = String, Path)),
    responses((status = 200, body = TestPrinted), Problems))]
async fn test_print(
    State(hub): State<Hub>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<TestPrinted>, Error> {
    caller.may_somewhere(Permission::ManagePlayers)?;
    let found = table::by_id(&hub.db, &id).await?.ok_or(Error::Missing("player"))?;
    caller.may(&HallId::from(found.hall), Permission::ManagePlayers)?;
    let why = hub.slips.try_printer(&id).await?.err().map(|it| it.code().to_owned());
    Ok(Json(TestPrinted { printed: why.is_none(), why }))
}

/// Removes a player: its token is good no more, and its sockets are closed.
#[utoipa::path(delete, path = "/players/{id}", tag = "devices", params(("id" = String, Path)),
    responses((status = 204), Problems))]
async fn remove(State(hub): State<Hub>, caller: Caller, Path(id): Path<String>) -> Result<StatusCode, Error> {
    players::remove(&hub, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
