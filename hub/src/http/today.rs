//! `H/today`: the figures of the day, for the wall and for each member of staff.

use axum::Json;
use axum::extract::State;
use hall::HallId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::Problems;
use super::query::Path;
use crate::Hub;
use crate::error::Error;
use crate::people::{Caller, Permission};
use crate::today::{self, OwnDay, Today};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(hall_today)).routes(routes!(own_today))
}

/// The figures of the hall's present business day.
#[utoipa::path(get, path = "/halls/{hall}/today", tag = "reports", params(("hall" = String, Path)),
    responses((status = 200, body = Today), Problems))]
async fn hall_today(State(hub): State<Hub>, caller: Caller, Path(hall): Path<HallId>) -> Result<Json<Today>, Error> {
    caller.may(&hall, Permission::SeeStaffCut)?;
    Ok(Json(today::of(&hub, &hall).await?))
}

/// The caller's own figures of the day.
#[utoipa::path(get, path = "/halls/{hall}/today/me", tag = "reports", params(("hall" = String, Path)),
    responses((status = 200, body = OwnDay), Problems))]
async fn own_today(State(hub): State<Hub>, caller: Caller, Path(hall): Path<HallId>) -> Result<Json<OwnDay>, Error> {
    caller.may(&hall, Permission::SeeStaffCut)?;
    Ok(Json(today::of_staff(&hub, &hall, &caller.name()).await?))
}
