//! `GET /halls/{hall}/staff`: who may be at its counters, for supervisors who open one for a named person.

use axum::Json;
use axum::extract::State;
use hall::HallId;
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Problems, Rows};
use super::query::Path;
use crate::Hub;
use crate::error::Error;
use crate::people::serving::{self, Colleague};
use crate::people::{Caller, Permission};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Somebody who may be at a counter.
#[derive(Serialize, utoipa::ToSchema)]
struct StaffRow {
    /// Their id: `staff` of `open_counter`.
    id: String,
    /// Their name.
    name: String,
    /// Their number on badges.
    staff_no: Option<String>,
}

impl From<Colleague> for StaffRow {
    fn from(it: Colleague) -> Self {
        Self { id: it.id, name: it.name, staff_no: Some(it.staff_no).filter(|it| !it.is_empty()) }
    }
}

/// Everybody who may be at a counter of this hall now, by their numbers.
#[utoipa::path(get, path = "/halls/{hall}/staff", tag = "halls", operation_id = "list_staff",
    params(("hall" = String, Path)), responses((status = 200, body = Rows<StaffRow>), Problems))]
async fn list(State(hub): State<Hub>, caller: Caller, Path(hall): Path<HallId>) -> Result<Json<Rows<StaffRow>>, Error> {
    caller.may(&hall, Permission::Supervise)?;
    // A hall that is not there has no staff.
    hub.halls.seen(&hall).await?;
    let all = serving::everybody(&hub, &hall).await?;
    Ok(Json(Rows::whole(all.into_iter().map(StaffRow::from).collect())))
}
