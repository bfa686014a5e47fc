//! The list of the audit, the newest first: of everything, or of some halls.
//!
//! It holds two things in one order of time: the chains of the audit, and the halls' journals, which say by whom
//! each move was made. Journal rows have no hash: the journal is the truth of the hall itself. Moves that were
//! archived with their day are not in the list.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use hall::{By, Entry, HallId};
use serde_json::{Map, Value};

use super::audit::{Chain, DEEDS};
use crate::error::{Error, Wrong};
use crate::store::audit::{self, Before, Filter, Row};
use crate::store::{Db, halls, journal};

/// Kinds of moves in journals. That a hall was configured is not one of them: the chains say who changed what.
const MOVES: [&str; 22] = [
    "issued",
    "checked_in",
    "called",
    "recalled",
    "started",
    "finished",
    "no_show",
    "parked",
    "unparked",
    "transferred",
    "returned",
    "deferred",
    "cancelled",
    "reprioritised",
    "undone",
    "unserved",
    "counter",
    "queue",
    "mode",
    "day",
    "announced",
    "withdrawn",
];

/// A page of the list, and where the next one begins.
pub struct Page {
    /// The rows.
    pub rows: Vec<Row>,
    /// What to ask the next page with.
    pub next: Option<String>,
}

/// Whose list it is.
pub enum Whose {
    /// Of the hub and all its halls.
    Hub,
    /// Of these halls.
    Halls(Vec<HallId>),
}

/// What was done and fits, the newest first.
pub async fn list(db: &Db, whose: &Whose, filter: &Filter, after: Option<&str>, limit: i64) -> Result<Page, Error> {
    let by = check(filter)?;
    let before = after.map(|it| cursor(it).ok_or_else(bad_cursor)).transpose()?;
    let is = |words: &[&str]| filter.what.as_deref().is_none_or(|it| words.contains(&it));
    let mut rows = Vec::new();
    if is(&DEEDS) {
        rows = audit::found(db, chains(whose).as_deref(), filter, before.as_ref(), limit).await?;
    }
    if is(&MOVES) {
        let Filter { what, from, until, .. } = filter.clone();
        let sought = journal::Filter { by, kind: what, from, until, before: None };
        add_moves(db, whose, sought, before.as_ref(), limit, &mut rows).await?;
    }
    let full = rows.last().filter(|_| i64::try_from(rows.len()) == Ok(limit));
    let next = full.map(|it| format!("{}.{}.{}", it.at.timestamp_micros(), it.n, it.chain));
    Ok(Page { rows, next })
}

/// The chains of somebody's list; none = all there are, also of halls that are gone.
fn chains(whose: &Whose) -> Option<Vec<String>> {
    match whose {
        Whose::Hub => None,
        Whose::Halls(halls) => Some(halls.iter().map(|it| Chain::Hall(it.clone()).name()).collect()),
    }
}

/// Puts the moves of the halls between the rows; whichever hall moved last is read first.
async fn add_moves(
    db: &Db,
    whose: &Whose,
    mut sought: journal::Filter,
    before: Option<&Before>,
    limit: i64,
    rows: &mut Vec<Row>,
) -> Result<(), Error> {
    let most = usize::try_from(limit).unwrap_or_default();
    let mut all = halls::list(db).await?;
    all.retain(|it| match whose {
        Whose::Hub => true,
        Whose::Halls(halls) => halls.iter().any(|own| own.as_str() == it.id),
    });
    all.sort_by_key(|it| Reverse(it.time));
    for it in all {
        // The page is full of what came after anything this hall has, and the others moved earlier still.
        let is_full = rows.len() >= most && rows.last().is_some_and(|last| last.at > it.time);
        if is_full || sought.from.is_some_and(|from| from > it.time) {
            break;
        }
        let hall = HallId::from(it.id);
        sought.before = before.map(|it| (it.at, below(&journal_of(&hall), it)));
        let moves = journal::found(db, &hall, &sought, limit).await?;
        rows.extend(moves.into_iter().map(|it| of_journal(&hall, it)));
        rows.sort_by(|a, b| (b.at, &b.chain, b.n).cmp(&(a.at, &a.chain, a.n)));
        rows.truncate(most);
    }
    Ok(())
}

/// Below which number the rows of a chain that have the cursor's very time come after it.
fn below(chain: &str, cursor: &Before) -> i64 {
    match chain.cmp(&cursor.chain) {
        std::cmp::Ordering::Less => i64::MAX,
        std::cmp::Ordering::Equal => cursor.n,
        std::cmp::Ordering::Greater => 0,
    }
}

/// Whether a filter asks for what there can be; who is meant, as journals write it.
fn check(filter: &Filter) -> Result<Option<By>, Error> {
    if let (Some(from), Some(until)) = (filter.from, filter.until)
        && until <= from
    {
        return Err(Error::bad("until", Wrong::EndsFirst.why("must be after `from`")));
    }
    if let Some(what) = filter.what.as_deref()
        && !DEEDS.contains(&what)
        && !MOVES.contains(&what)
    {
        return Err(Error::bad("what", Wrong::NoSuch.why("is nothing that is ever done; see the words of the list")));
    }
    let bad_who = || Error::bad("who", Wrong::Unreadable.why("must be `person:ID`, `token:ID`, `visitor` or `hub`"));
    filter.who.as_deref().map(|it| by_of(it).ok_or_else(bad_who)).transpose()
}

fn by_of(who: &str) -> Option<By> {
    match who.split_once(':') {
        Some(("person", id)) if !id.is_empty() => Some(By::Person(id.into())),
        Some(("token", id)) if !id.is_empty() => Some(By::Token(id.into())),
        None if who == "visitor" => Some(By::Visitor),
        None if who == "hub" => Some(By::Hub),
        Some(_) | None => None,
    }
}

fn cursor(text: &str) -> Option<Before> {
    let mut parts = text.splitn(3, '.');
    let at = DateTime::<Utc>::from_timestamp_micros(parts.next()?.parse().ok()?)?;
    let n = parts.next()?.parse().ok()?;
    Some(Before { at, n, chain: parts.next()?.to_owned() })
}

fn bad_cursor() -> Error {
    Error::bad("after", "is not the `next` of a page of this list")
}

fn journal_of(hall: &HallId) -> String {
    format!("journal:{hall}")
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
        chain: journal_of(hall),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_read_as_it_is_told() {
        for by in [By::Person("p".into()), By::Token("t".into()), By::Visitor, By::Hub] {
            assert_eq!(by_of(&who(&by)), Some(by));
        }
        for bad in ["", "person", "person:", "hub:1", "player:1"] {
            assert_eq!(by_of(bad), None, "{bad}");
        }
    }
}
