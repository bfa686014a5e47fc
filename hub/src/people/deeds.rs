//! The list of the audit, the newest first: of everything, or of one hall.
//!
//! A hall's list holds two things in one order of time: its chain of the audit, and its journal, which says by
//! whom each move was made. Journal rows have no hash: the journal is the truth of the hall itself.

use chrono::DateTime;
use hall::HallId;

use super::audit::Chain;
use crate::error::Error;
use crate::store::Db;
use crate::store::audit::{self, Before, Row};

/// A page of the list, and where the next one begins.
pub struct Page {
    /// The rows.
    pub rows: Vec<Row>,
    /// What to ask the next page with.
    pub next: Option<String>,
}

/// Everything that was done, in all chains.
pub async fn everywhere(db: &Db, after: Option<&str>, limit: i64) -> Result<Page, Error> {
    let before = after.map(|it| cursor(it).ok_or_else(bad_cursor)).transpose()?;
    let rows = audit::newest(db, before.as_ref(), limit).await?;
    let next = full(&rows, limit).map(|it| format!("{}.{}.{}", it.at.timestamp_micros(), it.n, it.chain));
    Ok(Page { rows, next })
}

fn cursor(text: &str) -> Option<Before> {
    let mut parts = text.splitn(3, '.');
    let at = DateTime::from_timestamp_micros(parts.next()?.parse().ok()?)?;
    let n = parts.next()?.parse().ok()?;
    Some(Before {
        at,
        n,
        chain: parts.next()?.to_owned(),
    })
}

fn bad_cursor() -> Error {
    Error::bad("after", "is not the `next` of a page of this list")
}

fn full(rows: &[Row], limit: i64) -> Option<&Row> {
    rows.last().filter(|_| i64::try_from(rows.len()) == Ok(limit))
}

/// What was done in one hall.
pub async fn in_hall(db: &Db, hall: &HallId, after: Option<&str>, limit: i64) -> Result<Page, Error> {
    let before = after.map_or(Ok(i64::MAX), |it| it.parse().map_err(|_| bad_cursor()))?;
    let rows = audit::newest_of(db, &Chain::Hall(hall.clone()).name(), before, limit).await?;
    let next = full(&rows, limit).map(|it| it.n.to_string());
    Ok(Page { rows, next })
}
