//! Takes an ordinary body in before anybody looks at the request, so that a refusal never leaves it on the line.
//!
//! A server that answers without having read the body must close the connection, and whoever sends the next request on
//! it hears nothing. Bodies that are large, or do not say how large, are left to those who read them.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::BODY_BYTES_MAX;
use crate::error::Error;

/// Reads the body of the request, and hands both on.
pub(super) async fn first(request: Request, next: Next) -> Response {
    if !is_ordinary(&request) {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    match axum::body::to_bytes(body, BODY_BYTES_MAX).await {
        Ok(bytes) => next.run(Request::from_parts(head, Body::from(bytes))).await,
        Err(_) => Error::Status(axum::http::StatusCode::BAD_REQUEST, "the body broke off".into()).into_response(),
    }
}

fn is_ordinary(request: &Request) -> bool {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok());
    length.and_then(|it| it.parse().ok()).is_some_and(|bytes: usize| (1..=BODY_BYTES_MAX).contains(&bytes))
}
