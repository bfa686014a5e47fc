//! `/pairings`: how a program becomes a player: a code on its screen, an administrator who approves it.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use chrono::{DateTime, Utc};
use hall::{CounterId, HallId, ZoneId};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Problems, Rows};
use super::body::Body;
use super::players::{self as rows, PlayerRow};
use super::query::Path;
use crate::Hub;
use crate::error::Error;
use crate::people::Caller;
use crate::people::address::Address;
use crate::players::pairing::{self, Became};
use crate::players::{Face, Place, Settings};
use crate::store::pairings::Pairing;

/// The header that carries the program's secret.
const SECRET_HEADER: &str = "x-pairing-secret";

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new()
        .routes(routes!(begin, list))
        .routes(routes!(mine))
        .routes(routes!(approve))
        .routes(routes!(refuse))
}

/// A program that wants to become a player.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PairingWish {
    /// What it wants to draw.
    face: Face,
    /// What it says of itself, to help the administrator.
    #[serde(default)]
    wish: Option<Settings>,
}

/// What it is given.
#[derive(Serialize, utoipa::ToSchema)]
struct PairingBegun {
    /// To be shown on its screen.
    code: String,
    /// To be kept, and sent as `X-Pairing-Secret`.
    secret: String,
    /// Until when both are good.
    expires_at: DateTime<Utc>,
}

/// Begins a pairing, without login.
#[utoipa::path(post, path = "/pairings", tag = "devices", request_body = PairingWish,
    responses((status = 201, body = PairingBegun), Problems))]
async fn begin(
    State(hub): State<Hub>,
    from: Address,
    Body(asked): Body<PairingWish>,
) -> Result<(StatusCode, Json<PairingBegun>), Error> {
    let begun = pairing::begin(&hub, asked.face, asked.wish.unwrap_or_default(), from).await?;
    let pairing::Begun { code, secret, expires_at } = begun;
    Ok((StatusCode::CREATED, Json(PairingBegun { code, secret, expires_at })))
}

/// What became of a pairing.
#[derive(Serialize, utoipa::ToSchema)]
struct MyPairing {
    /// How it stands.
    state: PairingState,
    /// The player it became.
    #[serde(skip_serializing_if = "Option::is_none")]
    player: Option<String>,
    /// Its token, the first time only.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    /// Where its page is, if it draws one.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// How a pairing stands.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum PairingState {
    /// Nobody has decided yet.
    Waiting,
    /// It is a player.
    Approved,
    /// It is not wanted, or its player was removed.
    Refused,
    /// Nobody decided in time: begin again.
    Expired,
}

/// What became of the caller's pairing; the token is handed out once.
#[utoipa::path(get, path = "/pairings/mine", tag = "devices",
    params(("X-Pairing-Secret" = String, Header, description = "The secret of the pairing")),
    responses((status = 200, body = MyPairing), Problems))]
async fn mine(State(hub): State<Hub>, headers: HeaderMap) -> Result<Json<MyPairing>, Error> {
    let secret = headers.get(SECRET_HEADER).and_then(|it| it.to_str().ok());
    let secret = secret.ok_or(Error::Unknown("send the secret of the pairing (header X-Pairing-Secret)"))?;
    let bare = |state| MyPairing { state, player: None, token: None, url: None };
    Ok(Json(match pairing::ask(&hub, secret).await? {
        Became::Waiting => bare(PairingState::Waiting),
        Became::Refused => bare(PairingState::Refused),
        Became::Expired => bare(PairingState::Expired),
        Became::Player { id, path, token } => {
            let url = path.map(|it| format!("{}{it}", hub.public_url));
            MyPairing { state: PairingState::Approved, player: Some(id), token, url }
        }
    }))
}

/// A program that waits for an administrator.
#[derive(Serialize, utoipa::ToSchema)]
struct PairingRow {
    /// What stands on its screen.
    code: String,
    /// What it wants to draw.
    face: String,
    /// What it says of itself.
    wish: Settings,
    /// Since when it waits.
    created_at: DateTime<Utc>,
    /// Until when.
    expires_at: DateTime<Utc>,
}

impl From<Pairing> for PairingRow {
    fn from(it: Pairing) -> Self {
        Self {
            wish: serde_json::from_str(&it.wish).unwrap_or_default(),
            code: it.code,
            face: it.face,
            created_at: it.made_at,
            expires_at: it.expires_at,
        }
    }
}

/// Programs that wait for an administrator.
#[utoipa::path(get, path = "/pairings", tag = "devices", responses((status = 200, body = Rows<PairingRow>), Problems))]
async fn list(State(hub): State<Hub>, caller: Caller) -> Result<Json<Rows<PairingRow>>, Error> {
    let all = pairing::waiting(&hub, &caller).await?;
    Ok(Json(Rows::whole(all.into_iter().map(PairingRow::from).collect())))
}

/// Where a new player stands.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PairingApproval {
    /// Its name.
    name: String,
    /// What is drawn on it.
    face: Face,
    /// Its hall.
    hall: HallId,
    /// Its zones; empty = the whole hall.
    #[serde(default)]
    zones: Vec<ZoneId>,
    /// Its counter (a strip needs one).
    #[serde(default)]
    counter: Option<CounterId>,
    /// How it draws.
    #[serde(default)]
    settings: Settings,
}

/// Approves the program that shows a code: it becomes a player and fetches its token.
#[utoipa::path(post, path = "/pairings/{code}/approve", tag = "devices", params(("code" = String, Path)),
    request_body = PairingApproval, responses((status = 200, body = PlayerRow), Problems))]
async fn approve(
    State(hub): State<Hub>,
    caller: Caller,
    Path(code): Path<String>,
    Body(asked): Body<PairingApproval>,
) -> Result<Json<PlayerRow>, Error> {
    let PairingApproval { name, face, hall, zones, counter, settings } = asked;
    let place = Place { name, face, hall, zones, counter, settings };
    let id = pairing::approve(&hub, &caller, &code, &place).await?;
    rows::one(&hub, &id).await
}

/// Refuses the program that shows a code.
#[utoipa::path(post, path = "/pairings/{code}/refuse", tag = "devices", params(("code" = String, Path)),
    responses((status = 204), Problems))]
async fn refuse(State(hub): State<Hub>, caller: Caller, Path(code): Path<String>) -> Result<StatusCode, Error> {
    pairing::refuse(&hub, &caller, &code).await?;
    Ok(StatusCode::NO_CONTENT)
}
