//! Entries of a hall's journal as rows of the audit's list: who, what, and to which ticket or counter.

use std::collections::BTreeMap;

use hall::{AnnouncementId, By, Entry, Event, HallId};
use serde_json::{Map, Value};

use crate::store::audit::Row;
use crate::store::{Db, announcements, journal, tickets};

/// What of an event is told. Never a ticket's key, nor whose it is.
const TOLD: [&str; 22] = [
    "number",
    "counter",
    "queue",
    "reason",
    "mode",
    "open",
    "date",
    "change",
    "frozen",
    "from",
    "to_counter",
    "called_to",
    "back_to",
    "until",
    "return_until",
    "at_counter",
    "service_s",
    "priority",
    "channel",
    "language",
    "zones",
    "undoes",
];

/// The chain by which a journal stands in the list.
pub(super) fn journal_of(hall: &HallId) -> String {
    format!("journal:{hall}")
}

/// Entries as rows, with the numbers of their tickets; of a step that was taken back also what it was.
pub(super) async fn rows(db: &Db, hall: &HallId, entries: Vec<Entry>) -> Result<Vec<Row>, sqlx::Error> {
    let mut undone = BTreeMap::new();
    for entry in &entries {
        if let Event::Undone { undoes, .. } = entry.event {
            undone.extend(journal::read(db, hall, undoes - 1, 1).await?.into_iter().map(|it| (entry.seq, it)));
        }
    }
    let moves: Vec<_> = entries
        .iter()
        .map(|it| {
            let taken_back = undone
                .get(&it.seq)
                .filter(|step| matches!(it.event, Event::Undone { undoes, .. } if undoes == step.seq));
            (it, Move::of(it), taken_back.map(Move::of))
        })
        .collect();
    let refs: Vec<_> =
        moves.iter().filter_map(|(_, own, undone)| own.ticket.or_else(|| undone.as_ref()?.ticket)).collect();
    let numbers = tickets::numbers(db, hall, &refs).await?;
    let said: Vec<_> = entries.iter().filter_map(|it| announcement(&it.event)).collect();
    let said = announcements::read(db, &said).await?;
    let tell = |(entry, own, undone): (&Entry, Move, Option<Move>)| {
        let words = announcement(&entry.event).and_then(|it| said.get(it)).and_then(|it| it.text.as_deref());
        row(hall, entry, own, undone, Beside { numbers: &numbers, words })
    };
    Ok(moves.into_iter().map(tell).collect())
}

/// What is told of a move and does not stand in its event.
struct Beside<'a> {
    numbers: &'a BTreeMap<i64, String>,
    words: Option<&'a str>,
}

/// The announcement that was made or withdrawn.
fn announcement(event: &Event) -> Option<&AnnouncementId> {
    if let Event::Withdrawn { announcement, .. } = event {
        return Some(announcement);
    }
    if let Event::Announced(it) = event { Some(&it.id) } else { None }
}

/// An event, taken apart.
struct Move {
    what: String,
    fields: Value,
    ticket: Option<i64>,
}

impl Move {
    fn of(entry: &Entry) -> Self {
        let event = serde_json::to_value(&entry.event).unwrap_or_default();
        let (what, fields) = match event {
            Value::Object(event) => event.into_iter().next().unwrap_or_default(),
            Value::String(what) => (what, Value::Null),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => Default::default(),
        };
        let ticket = if what == "issued" { Some(entry.seq) } else { fields["ticket"].as_i64() };
        Self { what, fields, ticket }
    }
}

fn row(hall: &HallId, entry: &Entry, own: Move, undone: Option<Move>, beside: Beside<'_>) -> Row {
    let ticket = own.ticket.or_else(|| undone.as_ref()?.ticket);
    let counter = own.fields["counter"].as_str().map(str::to_owned);
    let told = TOLD.into_iter().filter_map(|it| Some((it.to_owned(), own.fields.get(it)?.clone())));
    // No mode is a word of its own: that of the setup.
    let mut detail: Map<_, _> = told.filter(|(name, it)| !it.is_null() || name == "mode").collect();
    detail.extend(ticket.and_then(|it| beside.numbers.get(&it)).map(|it| ("number".to_owned(), it.as_str().into())));
    detail.extend(beside.words.map(|it| ("text".to_owned(), it.into())));
    detail.extend(undone.map(|it| ("undone".to_owned(), it.what.into())));
    Row {
        chain: journal_of(hall),
        n: entry.seq,
        at: entry.time,
        who: who(&entry.by),
        what: own.what,
        target: ticket.map(|it| format!("#{it}")).or(counter).unwrap_or_default(),
        detail: Value::Object(detail).to_string(),
        hash: String::new(),
    }
}

/// Who caused an entry, as `Caller::name` says it.
pub(super) fn who(by: &By) -> String {
    match by {
        By::Person(id) => format!("person:{id}"),
        By::Token(id) => format!("token:{id}"),
        By::Visitor => "visitor".into(),
        By::Hub => "hub".into(),
    }
}
