//! What can go wrong, and the one place where it becomes an answer.
//!
//! A refusal is an answer (409), an error is a failure. Every answer that is not 2xx is a problem
//! document (RFC 9457) with a stable `code` and one sentence for people.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

pub use wrong::{Why, Wrong};

mod wrong;

/// Everything that can stand between a request and its answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The hall said no; the caller can act on it.
    #[error(transparent)]
    Refused(#[from] hall::Refusal),
    /// No, with what stands there: of a hall its ticket, counter and position, of a setup who was faster.
    #[error("{}", .0.detail)]
    RefusedAt(Box<Problem>),
    /// 401: we do not know who is asking.
    #[error("{0}")]
    Unknown(&'static str),
    /// 403: known, but not allowed.
    #[error("{0}")]
    Forbidden(&'static str),
    /// A status with a code of its own, for what a program must tell apart.
    #[error("{2}")]
    Said(StatusCode, &'static str, String),
    /// 404.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// 422: fields that do not fit.
    #[error("{}", Self::list(.0))]
    Bad(Vec<FieldError>),
    /// 422 `key_reused`.
    #[error("this idempotency key was used for another request; use a new key")]
    KeyReused,
    /// 409 for plain tables: somebody was faster, or something stands in the way.
    #[error("{1}")]
    Conflict(&'static str, String),
    /// 410: the answer is gone for good.
    #[error("{0}")]
    Gone(&'static str),
    /// 413.
    #[error("the request is larger than {0} bytes")]
    TooLarge(usize),
    /// Any other status that axum or a layer gave.
    #[error("{1}")]
    Status(StatusCode, String),
    /// 429, and when to come back.
    #[error("too many tries; wait {0} seconds and try again")]
    TooMany(u64),
    /// 503: the outcome is unknown or the hub is busy; repeat with the same key.
    #[error("{0}; try again")]
    Busy(&'static str),
    /// 503: the database.
    #[error("{}; try again", unanswered(.0))]
    Database(#[from] sqlx::Error),
    /// 500: a bug or damaged data. The cause is logged, not told.
    #[error("something went wrong in the hub; it was written down")]
    Broken(String),
}

/// A field and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FieldError {
    /// The field, as sent.
    pub field: String,
    /// What is wrong, and what would be right.
    pub why: String,
    /// The same as a code.
    #[serde(default)]
    pub code: Wrong,
    /// The least that fits, where the code has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The most that fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
}

impl FieldError {
    /// A field, and why it does not fit.
    pub fn new(field: impl Into<String>, why: impl Into<Why>) -> Self {
        let Why { wrong, text, min, max } = why.into();
        Self { field: field.into(), why: text, code: wrong, min, max }
    }
}

/// A problem document.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Problem {
    /// Always `about:blank`: `code` tells the kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// One sentence for people.
    pub detail: String,
    /// Stable code for programs.
    pub code: String,
    /// Fields that do not fit (422).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// Where the hall stands (409).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<wire::At>,
    /// The ticket as it stands (409).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub ticket: Option<serde_json::Value>,
    /// The counter as it stands (409).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub counter: Option<serde_json::Value>,
    /// Who was faster, by name, where that is known (409 `stale` of a setup).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The revision that holds now (409 `stale` of a setup).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<i64>,
}

impl Problem {
    /// A problem with a status, a code and a sentence.
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank".into(),
            title: status.canonical_reason().unwrap_or("Error").into(),
            status: status.as_u16(),
            detail: detail.into(),
            code: code.into(),
            errors: Vec::new(),
            at: None,
            ticket: None,
            counter: None,
            by: None,
            revision: None,
        }
    }
}

/// SQLite's code of a disk without room, and PostgreSQL's.
const DISK_FULL: [&str; 2] = ["13", "53100"];

/// Why the database did not do it, as far as whoever asked can do something about it.
pub fn unanswered(cause: &sqlx::Error) -> &'static str {
    let code = cause.as_database_error().and_then(sqlx::error::DatabaseError::code);
    match code {
        Some(code) if DISK_FULL.contains(&code.as_ref()) => {
            "the hub's disk is full and nothing more can be kept: make room on it"
        }
        Some(_) | None => "the database did not answer",
    }
}

impl Error {
    /// One field that does not fit.
    pub fn bad(field: impl Into<String>, why: impl Into<Why>) -> Self {
        Self::Bad(vec![FieldError::new(field, why)])
    }

    fn list(errors: &[FieldError]) -> String {
        let each: Vec<_> = errors.iter().map(|it| format!("{}: {}", it.field, it.why)).collect();
        format!("the request does not fit: {}", each.join("; "))
    }

    /// One line for the person at a terminal, with the cause.
    pub fn for_terminal(&self) -> String {
        if let Self::Broken(cause) = self {
            return cause.clone();
        }
        if let Self::Database(cause) = self {
            return format!("the database did not answer: {cause}");
        }
        self.to_string()
    }

    /// The problem document of this error: the one place where a status is chosen.
    pub fn problem(&self) -> Problem {
        let detail = self.to_string();
        match self {
            Self::Refused(refusal) => refused(refusal, detail),
            Self::RefusedAt(problem) => (**problem).clone(),
            Self::Unknown(_) => Problem::new(StatusCode::UNAUTHORIZED, "not_known", detail),
            Self::Forbidden(_) => Problem::new(StatusCode::FORBIDDEN, "not_allowed", detail),
            Self::Said(status, code, _) => Problem::new(*status, code, detail),
            Self::Missing(_) => Problem::new(StatusCode::NOT_FOUND, "no_such", detail),
            Self::Bad(errors) => Problem {
                errors: errors.clone(),
                ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_input", detail)
            },
            Self::KeyReused => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "key_reused", detail),
            Self::Conflict(code, _) => Problem::new(StatusCode::CONFLICT, code, detail),
            Self::Gone(_) => Problem::new(StatusCode::GONE, "gone", detail),
            Self::TooLarge(_) => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail),
            Self::Status(status, _) => Problem::new(*status, status_code(*status), detail),
            Self::TooMany(_) => Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many", detail),
            Self::Busy(_) | Self::Database(_) => Problem::new(StatusCode::SERVICE_UNAVAILABLE, "try_again", detail),
            Self::Broken(_) => Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", detail),
        }
    }
}

fn refused(refusal: &hall::Refusal, detail: String) -> Problem {
    match refusal {
        hall::Refusal::No { code, .. } => {
            let code =
                serde_json::to_value(code).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default();
            Problem::new(StatusCode::CONFLICT, &code, detail)
        }
        hall::Refusal::Missing(_) => Problem::new(StatusCode::NOT_FOUND, "no_such", detail),
        hall::Refusal::Bad(field, misfit, why) => Problem {
            errors: vec![FieldError::new(*field, Wrong::told(*misfit, why.clone()))],
            ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_input", detail)
        },
    }
}

fn status_code(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "bad_request",
        StatusCode::METHOD_NOT_ALLOWED => "bad_method",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "bad_media_type",
        StatusCode::NOT_FOUND => "no_such",
        _ => "not_done",
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Broken(cause) = &self {
            tracing::error!(%cause, "broken");
        }
        if let Self::Database(cause) = &self {
            tracing::error!(%cause, "the database did not answer");
        }
        let problem = self.problem();
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (status, [(header::CONTENT_TYPE, kind)], body).into_response();
        let wait = if let Self::TooMany(seconds) = self {
            Some(seconds)
        } else {
            matches!(self, Self::Busy(_) | Self::Database(_)).then_some(1)
        };
        if let Some(seconds) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_full_disk_is_told_as_one() {
        let pool = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
        // As a disk of some pages.
        sqlx::query("PRAGMA max_page_count = 4").execute(&pool).await.unwrap();
        sqlx::query("CREATE TABLE it (bytes BLOB)").execute(&pool).await.unwrap();
        let full = sqlx::query("INSERT INTO it VALUES (zeroblob(100000))").execute(&pool).await.unwrap_err();
        assert!(Error::from(full).to_string().starts_with("the hub's disk is full"));
        let other = sqlx::query("SELECT nothing").execute(&pool).await.unwrap_err();
        assert_eq!(Error::from(other).to_string(), "the database did not answer; try again");
    }
}
