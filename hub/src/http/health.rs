//! `GET /api/v1/health`: is the hub well, for load balancers and people.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Hub;
use crate::error::Error;

/// How the hub is.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Health {
    /// It answers and its database does.
    ok: bool,
    /// Version of the program.
    version: &'static str,
    /// `sqlite` or `postgres`.
    database: &'static str,
    /// Seconds since it started.
    uptime_s: u64,
}

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(health))
}

/// Whether the hub and its database answer.
#[utoipa::path(get, path = "/health", responses((status = 200, body = Health), (status = 503, body = crate::Problem)))]
async fn health(State(hub): State<Hub>) -> Result<Json<Health>, Error> {
    hub.db.ping().await?;
    Ok(Json(Health {
        ok: true,
        version: env!("CARGO_PKG_VERSION"),
        database: hub.db.kind(),
        uptime_s: hub.started.elapsed().as_secs(),
    }))
}
