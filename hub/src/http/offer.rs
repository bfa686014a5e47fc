//! `/halls/{hall}/offer`: what a kiosk offers.

use axum::Json;
use axum::extract::State;
use hall::HallId;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::about::{self, HallName};
use super::answers::Problems;
use super::query::{Path, Query};
use crate::Hub;
use crate::error::Error;
use crate::offer::{self, Offer};
use crate::people::{Caller, Permission};
use crate::players;

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(read))
}

/// Where the kiosk stands.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Where {
    /// A kiosk: its floor counts.
    player: Option<String>,
    /// A floor.
    floor: Option<String>,
}

/// What a hall offers.
#[derive(Serialize, utoipa::ToSchema)]
struct HallOffer {
    /// The hall.
    hall: HallName,
    /// What it offers.
    #[serde(flatten)]
    offer: Offer,
}

/// What a kiosk offers; without a token where the hall shows its board to everybody. In a hall that keeps its floors
/// apart, only what is on the kiosk's floor.
#[utoipa::path(get, path = "/halls/{hall}/offer", tag = "devices", params(("hall" = String, Path), Where),
    responses((status = 200, body = HallOffer), Problems))]
async fn read(
    State(hub): State<Hub>,
    caller: Caller,
    Path(hall): Path<HallId>,
    Query(place): Query<Where>,
) -> Result<Json<HallOffer>, Error> {
    let public = hub.halls.seen(&hall).await?.hall.setup.hall.public_board;
    if !public && !caller.grants().iter().any(|it| it.hall.as_ref().is_none_or(|only| *only == hall)) {
        caller.may(&hall, Permission::Issue)?;
    }
    let floor = match (&place.floor, &place.player) {
        (Some(floor), _) => Some(floor.clone()),
        (None, Some(player)) => players::seen_by(&hub, &caller, player).await?.1.settings.floor,
        (None, None) => None,
    };
    let offer = offer::of(&hub, &hall, floor.as_deref()).await?;
    Ok(Json(HallOffer { hall: about::name_of(&hub, &hall).await?, offer }))
}
