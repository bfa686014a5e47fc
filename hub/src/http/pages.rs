//! The pages, embedded in the binary (in a debug build they are read from `hub/web/dist`).
//!
//! One HTML file a family of pages; everything they show comes from the API.

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::Hub;
use crate::error::Error;

#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Dist;

/// Address and the HTML file that answers it.
const PAGES: [(&str, &str); 14] = [
    ("/", "index.html"),
    ("/kiosk", "kiosk.html"),
    ("/counter", "counter.html"),
    ("/screen", "screen.html"),
    ("/screen/{player}", "screen.html"),
    ("/strip/{counter}", "strip.html"),
    ("/t/{ticket}", "ticket.html"),
    ("/t/{ticket}/slip", "slip.html"),
    ("/wall", "wall.html"),
    ("/admin", "admin.html"),
    ("/login", "login.html"),
    ("/pair", "pair.html"),
    ("/api/docs", "docs.html"),
    ("/favicon.svg", "favicon.svg"),
];

pub(super) fn routes() -> Router<Hub> {
    let mut router = Router::new().route("/assets/{*file}", get(asset));
    for (address, file) in PAGES {
        router = router.route(address, get(move || async move { page(file) }));
    }
    router
}

fn page(file: &str) -> Response {
    match Dist::get(file) {
        Some(found) => file_response(file, found, "no-cache"),
        None => (
            StatusCode::SERVICE_UNAVAILABLE,
            [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
            "The pages are not built into this hub. Run `make web` and start it again.",
        )
            .into_response(),
    }
}

/// For people who mistype an address: what runs here, saying that the page they wanted does not exist.
pub(super) fn not_found() -> Response {
    let mut response = page("index.html");
    if response.status().is_success() {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// Assets carry a hash in their names, so they never change.
async fn asset(Path(file): Path<String>) -> Result<Response, Error> {
    let path = format!("assets/{file}");
    let found = Dist::get(&path).ok_or(Error::Missing("file"))?;
    Ok(file_response(&path, found, "public, max-age=31536000, immutable"))
}

fn file_response(path: &str, file: EmbeddedFile, cache: &'static str) -> Response {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let mut response = Response::new(Body::from(file.data));
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(kind.as_ref()) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'; object-src 'none'; base-uri 'none'",
        ),
    );
    response
}
