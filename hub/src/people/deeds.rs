//! The list of the audit, the newest first: of everything, or of some halls.
//!
//! It holds two things in one order of time: the chains of the audit, and the halls' journals, which say by whom
//! each move was made. Journal rows have no hash: the journal is the truth of the hall itself. Moves that were
//! archived with their day are not in the list.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use hall::{By, HallId};

use super::audit::{Chain, DEEDS};
use crate::error::{Error, Wrong};
use crate::store::audit::{self, Before, Filter, Row};
use crate::store::{Db, halls, journal, tickets};

mod moves;

use moves::journal_of;

/// Tickets of one number in one hall that are looked for, the newest: numbers begin anew every day.
const TICKETS_MAX: i64 = 100;

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
    // Only moves have a ticket.
    if is(&DEEDS) && filter.number.is_none() {
        rows = audit::found(db, chains(whose).as_deref(), filter, before.as_ref(), limit).await?;
    }
    if is(&MOVES) {
        let Filter { what, from, until, number, .. } = filter.clone();
        let sought = journal::Filter { by, kind: what, from, until, ..journal::Filter::default() };
        let sought = Sought { sought, number, before: before.as_ref(), limit };
        add_moves(db, whose, sought, &mut rows).await?;
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

/// Which moves are looked for.
struct Sought<'a> {
    sought: journal::Filter,
    number: Option<String>,
    before: Option<&'a Before>,
    limit: i64,
}

/// Puts the moves of the halls between the rows; whichever hall moved last is read first.
async fn add_moves(db: &Db, whose: &Whose, asked: Sought<'_>, rows: &mut Vec<Row>) -> Result<(), Error> {
    let Sought { mut sought, number, before, limit } = asked;
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
        if let Some(number) = &number {
            sought.tickets = Some(tickets::numbered(db, &hall, number, TICKETS_MAX).await?);
        }
        let moves = journal::found(db, &hall, &sought, limit).await?;
        rows.extend(moves::rows(db, &hall, moves).await?);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_read_as_it_is_told() {
        for by in [By::Person("p".into()), By::Token("t".into()), By::Visitor, By::Hub] {
            assert_eq!(by_of(&moves::who(&by)), Some(by));
        }
        for bad in ["", "person", "person:", "hub:1", "player:1"] {
            assert_eq!(by_of(bad), None, "{bad}");
        }
    }
}
