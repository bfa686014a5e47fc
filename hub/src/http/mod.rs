//! The HTTP face: who is asking, what they want, and the answer. Rules live elsewhere.
//!
//! One file a noun; each gives its `routes()` with their OpenAPI, and they are put together here.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::Hub;
use crate::error::Error;

mod about;
mod alerts;
mod aloud;
mod answers;
mod at_least;
mod audit;
mod beside;
mod board;
pub mod body;
mod clips;
pub mod commands;
mod describe;
mod explain;
mod health;
mod journal;
mod me;
mod metrics;
mod offer;
mod pages;
mod pairings;
mod people;
mod phrases;
mod players;
mod query;
mod say;
mod session;
mod settings;
mod setup;
mod sites;
mod slip;
mod staff;
mod take_in;
mod tickets;
mod today;
mod tokens;

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
    let nouns = OpenApiRouter::new()
        .merge(alerts::routes())
        .merge(aloud::routes())
        .merge(about::routes())
        .merge(audit::routes())
        .merge(beside::routes())
        .merge(board::routes())
        .merge(clips::routes())
        .merge(commands::routes())
        .merge(explain::routes())
        .merge(health::routes())
        .merge(journal::routes())
        .merge(me::routes())
        .merge(metrics::routes())
        .merge(offer::routes())
        .merge(pairings::routes())
        .merge(people::routes())
        .merge(phrases::routes())
        .merge(players::routes())
        .merge(say::routes())
        .merge(session::routes())
        .merge(settings::routes())
        .merge(setup::routes())
        .merge(sites::routes())
        .merge(crate::socket::routes())
        .merge(slip::routes())
        .merge(staff::routes())
        .merge(tickets::routes())
        .merge(today::routes())
        .merge(tokens::routes());
    let mut document = Document::openapi();
    document.merge(answers::Described::openapi());
    document.merge(crate::asyncapi::Schemas::openapi());
    OpenApiRouter::with_openapi(document).nest("/api/v1", nouns)
}

/// The routes and their description.
fn described() -> (Router<Hub>, utoipa::openapi::OpenApi) {
    let (api, mut document) = api().split_for_parts();
    at_least::describe(&mut document);
    (api, describe::finish(document))
}

/// The OpenAPI 3.1 document of this hub.
pub fn openapi() -> utoipa::openapi::OpenApi {
    described().1
}

/// All routes of the hub: the API, its documents, and the pages.
pub fn router(hub: Hub) -> Router {
    let (api, document) = described();
    let document = serde_json::to_value(document).unwrap_or_default();
    let socket = crate::asyncapi::document();
    api.route("/api/openapi.json", axum::routing::get(async move || axum::Json(document)))
        .route("/api/asyncapi.json", axum::routing::get(async move || axum::Json(socket)))
        .route("/metrics", axum::routing::get(metrics::read))
        .merge(pages::routes())
        .fallback(no_such_page)
        .method_not_allowed_fallback(bad_method)
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
        .layer(SetResponseHeaderLayer::if_not_present(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(axum::middleware::from_fn_with_state(hub.clone(), at_least::wait))
        .layer(axum::middleware::from_fn(take_in::first))
        .layer(CatchPanicLayer::custom(panicked))
        .with_state(hub)
}

/// A bug in one request is that request's, not everybody's.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Error::Broken("a handler panicked; the place stands above in the log".into()).into_response()
}

/// Programs get a problem document; a person at a browser gets a page with the ways that exist.
async fn no_such_page(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let accepts = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if method == Method::GET && accepts.contains("text/html") && !uri.path().starts_with("/api/") {
        return pages::not_found();
    }
    Error::Missing("page or address").into_response()
}

async fn bad_method(method: Method) -> Response {
    Error::Status(StatusCode::METHOD_NOT_ALLOWED, format!("{method} is not possible at this address")).into_response()
}
