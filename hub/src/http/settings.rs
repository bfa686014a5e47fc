//! `/settings`: what holds for the whole hub.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::Problems;
use super::body::Body;
use crate::Hub;
use crate::error::Error;
use crate::people::{Caller, Permission, settings};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(read, change))
}

/// What holds for the whole hub.
#[derive(Serialize, utoipa::ToSchema)]
struct HubSettings {
    /// Seconds without a request after which a session ends.
    idle_s: u32,
}

/// Reads the settings.
#[utoipa::path(get, path = "/settings", tag = "people", responses((status = 200, body = HubSettings), Problems))]
async fn read(State(hub): State<Hub>, caller: Caller) -> Result<Json<HubSettings>, Error> {
    caller.may_somewhere(Permission::ReadSetup)?;
    Ok(Json(HubSettings { idle_s: hub.people.idle_s() }))
}

/// HubSettings to change; a field that is not there stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct SettingsChange {
    /// Seconds without a request after which a session ends, 60 to 43200.
    #[serde(default)]
    idle_s: Option<u32>,
}

/// Changes the settings.
#[utoipa::path(patch, path = "/settings", tag = "people", request_body = SettingsChange,
    responses((status = 200, body = HubSettings), Problems))]
async fn change(
    State(hub): State<Hub>,
    caller: Caller,
    Body(asked): Body<SettingsChange>,
) -> Result<Json<HubSettings>, Error> {
    caller.may_everywhere(Permission::Configure)?;
    if let Some(idle_s) = asked.idle_s {
        settings::set_idle(&hub, &caller, idle_s).await?;
    }
    Ok(Json(HubSettings { idle_s: hub.people.idle_s() }))
}
