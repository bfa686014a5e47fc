//! What players say of themselves: how they are, and when a speaker begins.

use axum::extract::State;
use axum::http::StatusCode;
use hall::HallId;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wire::aloud::{Began, Voice};

use super::answers::Problems;
use super::body::Body;
use super::query::Path;
use crate::Hub;
use crate::error::{Error, Wrong};
use crate::people::{Caller, Permission};
use crate::players::report::{self, Report};

/// Longest announcement that is believed, seconds.
const LENGTH_S_MAX: i64 = 600;
/// How far from now an announcement may begin, seconds.
const NEAR_S_MAX: i64 = 120;

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(take_report)).routes(routes!(voice))
}

/// A player says how it is: about every ten seconds, and when something changes.
#[utoipa::path(post, path = "/players/{id}/report", tag = "devices", params(("id" = String, Path)), request_body = Report,
    responses((status = 204), Problems))]
async fn take_report(
    State(hub): State<Hub>,
    caller: Caller,
    Path(id): Path<String>,
    Body(said): Body<Report>,
) -> Result<StatusCode, Error> {
    must_be_itself(&caller, &id)?;
    report::take(&hub, &id, said).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What one of a player's speakers does.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct VoiceBody {
    /// In this hall.
    hall: HallId,
    /// It begins to say something.
    began: Began,
}

/// A player says that one of its speakers begins: whoever follows its zones is told, and shows it again.
#[utoipa::path(post, path = "/players/{id}/voice", tag = "devices", params(("id" = String, Path)), request_body = VoiceBody,
    responses((status = 204), Problems))]
async fn voice(
    State(hub): State<Hub>,
    caller: Caller,
    Path(id): Path<String>,
    Body(said): Body<VoiceBody>,
) -> Result<StatusCode, Error> {
    must_be_itself(&caller, &id)?;
    tell(&hub, &id, said).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn tell(hub: &Hub, id: &str, said: VoiceBody) -> Result<(), Error> {
    let VoiceBody { hall, mut began } = said;
    let setup = hub.halls.seen(&hall).await?.hall.setup.clone();
    let speaker = setup.speaker(&began.speaker.as_str().into()).filter(|it| it.player.as_deref() == Some(id));
    let speaker = speaker.ok_or_else(|| {
        Error::bad("began.speaker", Wrong::NoSuch.why(format!("{} is not a speaker of this player", began.speaker)))
    })?;
    let now = hub.clock.now();
    let near = (began.begins - now).num_seconds().abs() <= NEAR_S_MAX;
    let length = (began.ends - began.begins).num_seconds();
    if !near || !(0..=LENGTH_S_MAX).contains(&length) {
        return Err(Error::bad("began.begins", "must be about now, and end within ten minutes: by the hub's clock"));
    }
    began.zones = speaker.zones.iter().map(ToString::to_string).collect();
    hub.feed.voice(&hall, &Voice::Began(began), &speaker.zones);
    Ok(())
}

/// A player speaks for itself alone.
fn must_be_itself(caller: &Caller, id: &str) -> Result<(), Error> {
    if caller.player() == Some(id) { Ok(()) } else { caller.may_somewhere(Permission::ManagePlayers) }
}
