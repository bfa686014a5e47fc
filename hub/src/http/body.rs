//! The JSON body of a request: checked for size, type and shape before anybody reads it.
//!
//! Unknown fields and duplicates are errors, and every error names its field.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, Wrong};

/// How JSON writes the character U+0000.
const NUL_IN_JSON: &[u8] = b"\\u0000";

/// A body that fits `T`.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        Ok(Self(parse(&read(request, state).await?)?))
    }
}

/// The raw bytes of a JSON body.
pub async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Error> {
    must_be_json(&request)?;
    Bytes::from_request(request, state).await.map_err(|cause| match cause.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge(super::BODY_BYTES_MAX),
        status => Error::Status(status, cause.body_text()),
    })
}

/// The same for a body that may be larger than most, bytes.
pub async fn read_up_to(request: Request, most: usize) -> Result<Bytes, Error> {
    must_be_json(&request)?;
    axum::body::to_bytes(request.into_body(), most).await.map_err(|_| Error::TooLarge(most))
}

/// The kind of a body that is no JSON: one that begins with one of these.
pub fn must_be(request: &Request, kinds: &[&str], what: &str) -> Result<(), Error> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if kinds.iter().any(|it| kind.starts_with(it)) {
        return Ok(());
    }
    let said = format!("send {what}, and its kind in the header Content-Type");
    Err(Error::Status(axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE, said))
}

fn must_be_json(request: &Request) -> Result<(), Error> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        let said = "send the body as application/json (header Content-Type)".to_owned();
        return Err(Error::Status(axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE, said));
    }
    Ok(())
}

/// Reads `T` from JSON, naming the field that does not fit.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    // PostgreSQL cannot keep this character in a text, so it is refused before anybody tries.
    if bytes.windows(NUL_IN_JSON.len()).any(|it| it == NUL_IN_JSON)
        && let Some(field) = serde_json::from_slice(bytes).ok().and_then(|it| nul_in(&it))
    {
        let field = if field.is_empty() { "body".to_owned() } else { field };
        return Err(Error::bad(field, Wrong::Unreadable.why("must not contain the character U+0000")));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|cause| {
        let path = cause.path().to_string();
        let cause = cause.into_inner();
        if cause.is_syntax() || cause.is_eof() {
            return Error::Status(axum::http::StatusCode::BAD_REQUEST, format!("the body is not JSON: {cause}"));
        }
        Error::bad(if path == "." { "body".to_owned() } else { path }, Wrong::read(cause.to_string()))
    })?;
    reader.end().map_err(|_| {
        Error::Status(axum::http::StatusCode::BAD_REQUEST, "there is more after the JSON body".to_owned())
    })?;
    // serde reads a list as the fields in their order of writing, which nobody promised.
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return Err(Error::bad("body", Wrong::Unreadable.why("must be a JSON object")));
    }
    Ok(value)
}

/// Where the character U+0000 stands, as `field.field[0]`.
fn nul_in(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(all) => all.iter().enumerate().find_map(|(n, it)| Some(format!("[{n}]{}", nul_in(it)?))),
        Value::Object(all) => all.iter().find_map(|(name, it)| {
            let inner = if name.contains('\0') { String::new() } else { nul_in(it)? };
            let dot = if inner.is_empty() || inner.starts_with('[') { "" } else { "." };
            Some(format!("{}{dot}{inner}", name.replace('\0', "")))
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}
