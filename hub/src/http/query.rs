//! The parts of an address: its names and its query, checked like a body.
//!
//! Unknown and doubled query fields are errors, and every refusal is a problem document.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::error::Error;

/// A query that fits `T` (which should refuse unknown fields).
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Error> {
        if parts.uri.query().is_some_and(|it| it.contains("%00")) {
            return Err(Error::bad("query", "must not contain the character U+0000"));
        }
        match axum::extract::Query::try_from_uri(&parts.uri) {
            Ok(axum::extract::Query(query)) => Ok(Self(query)),
            Err(cause) => Err(Error::bad("query", cause.body_text())),
        }
    }
}

/// The names in an address.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        if parts.uri.path().contains("%00") {
            return Err(Error::Missing("page or address"));
        }
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(names)) => Ok(Self(names)),
            Err(cause) => Err(Error::Status(StatusCode::BAD_REQUEST, cause.body_text())),
        }
    }
}
