//! The list of the audit, the newest first: of everything, or of one hall.
//!
//! A hall's list holds two things in one order of time: its chain of the audit, and its journal, which says by
//! whom each move was made. Journal rows have no hash: the journal is the truth of the hall itself.

use chrono::DateTime;
use hall::{By, Entry, HallId};
use serde_json::{Map, Value};

use super::audit::Chain;
use crate::error::Error;
use crate::store::Db;
use crate::store::audit::{self, Before, Row};
use crate::store::journal;

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
    Some(Before { at, n, chain: parts.next()?.to_owned() })
}

fn bad_cursor() -> Error {
    Error::bad("after", "is not the `next` of a page of this list")
}

fn full(rows: &[Row], limit: i64) -> Option<&Row> {
    rows.last().filter(|_| i64::try_from(rows.len()) == Ok(limit))
}

/// What was done in one hall: its chain and its journal.
pub async fn in_hall(db: &Db, hall: &HallId, after: Option<&str>, limit: i64) -> Result<Page, Error> {
    let (mut n, mut seq) = after.map_or(Ok((i64::MAX, i64::MAX)), |it| places(it).ok_or_else(bad_cursor))?;
    let mut rows = audit::newest_of(db, &Chain::Hall(hall.clone()).name(), n, limit).await?;
    let moves = journal::newest(db, hall, seq, limit).await?;
    rows.extend(moves.into_iter().map(|it| of_journal(hall, it)));
    rows.sort_by_key(|it| std::cmp::Reverse(it.at));
    let more = i64::try_from(rows.len()).unwrap_or(limit) >= limit;
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    for row in &rows {
        let place = if row.hash.is_empty() { &mut seq } else { &mut n };
        *place = row.n.min(*place);
    }
    Ok(Page { rows, next: more.then(|| format!("{n}.{seq}")) })
}

/// How far a list of a hall has come: in the chain, and in the journal.
fn places(text: &str) -> Option<(i64, i64)> {
    let (n, seq) = text.split_once('.')?;
    Some((n.parse().ok()?, seq.parse().ok()?))
}

/// A journal's entry as a row of the list: who, what, and to which ticket or counter. Never a ticket's key.
fn of_journal(hall: &HallId, entry: Entry) -> Row {
    let event = serde_json::to_value(&entry.event).unwrap_or_default();
    let (what, fields) = match &event {
        Value::Object(event) => event.iter().next().map(|(what, fields)| (what.as_str(), fields)),
        Value::String(what) => Some((what.as_str(), &Value::Null)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
    .unwrap_or(("", &Value::Null));
    let ticket = if what == "issued" { Some(entry.seq) } else { fields["ticket"].as_i64() };
    let counter = fields["counter"].as_str();
    let target = ticket.map(|it| format!("#{it}")).or(counter.map(str::to_owned)).unwrap_or_default();
    let told = ["counter", "queue", "reason", "mode", "revision", "open", "date"];
    let detail: Map<_, _> = told.into_iter().filter_map(|it| Some((it.to_owned(), fields.get(it)?.clone()))).collect();
    Row {
        chain: format!("journal:{hall}"),
        n: entry.seq,
        at: entry.time,
        who: who(&entry.by),
        what: what.to_owned(),
        target,
        detail: Value::Object(detail).to_string(),
        hash: String::new(),
    }
}

/// Who caused an entry, as `Caller::name` says it.
fn who(by: &By) -> String {
    match by {
        By::Person(id) => format!("person:{id}"),
        By::Token(id) => format!("token:{id}"),
        By::Visitor => "visitor".into(),
        By::Hub => "hub".into(),
    }
}
