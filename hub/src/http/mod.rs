//! The HTTP face: who is asking, what they want, and the answer. Rules live elsewhere.
//!
//! One file a noun; each gives its `routes()` with their OpenAPI, and they are put together here.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::Hub;
use crate::error::Error;

pub mod body;
pub mod commands;
mod health;
mod pages;

/// Largest JSON body of a request, bytes (an import may be larger, see there).
pub const BODY_BYTES_MAX: usize = 64 * 1024;

#[derive(OpenApi)]
#[openapi(info(
    title = "Hallcast",
    description = "Queues, calls, screens and counters of public halls.",
    license(name = "Apache-2.0", identifier = "Apache-2.0")
))]
struct Document;

/// Everything under `/api/v1`, with its description.
fn api() -> OpenApiRouter<Hub> {
    OpenApiRouter::with_openapi(Document::openapi()).nest(
        "/api/v1",
        OpenApiRouter::new().merge(health::routes()).merge(commands::routes()),
    )
}

/// The OpenAPI 3.1 document of this hub.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api().split_for_parts().1
}

/// All routes of the hub: the API, its documents, and the pages.
pub fn router(hub: Hub) -> Router {
    let (api, document) = api().split_for_parts();
    let document = serde_json::to_value(document).unwrap_or_default();
    api.route(
        "/api/openapi.json",
        axum::routing::get(async move || axum::Json(document)),
    )
    .merge(pages::routes())
    .fallback(no_such_page)
    .method_not_allowed_fallback(bad_method)
    .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
    .with_state(hub)
}

async fn no_such_page() -> Error {
    Error::Missing("page or address")
}

async fn bad_method(method: Method) -> Response {
    Error::Status(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("{method} is not possible at this address"),
    )
    .into_response()
}
