//! What stands on a slip, taken from a hall as it stands.
//!
//! Pure. Only what everybody in the hall may see, and the address with the visitor's key.

use chrono::{DateTime, TimeDelta, Utc};
use hall::forecast::{self, Estimate};
use hall::ticket::Language;
use hall::{Hall, QueueId, Ticket, TicketState};

/// A slip printed later than this after its ticket was taken says so.
const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(2);

/// A text in two languages; the English may be missing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pair {
    /// Chinese.
    pub zh: String,
    /// English, or nothing.
    pub en: String,
}

impl Pair {
    /// A text in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The text in a language, else in the other one.
    pub fn first(&self, language: Language) -> &str {
        match language {
            Language::En if !self.en.is_empty() => &self.en,
            Language::Zh if self.zh.is_empty() => &self.en,
            Language::Zh | Language::En => &self.zh,
        }
    }

    /// The text in the other language, if there is one and it says something else.
    pub fn second(&self, language: Language) -> Option<&str> {
        let other = match language {
            Language::Zh => &self.en,
            Language::En => &self.zh,
        };
        (!other.is_empty() && other != self.first(language)).then_some(other)
    }
}

/// Where a slip comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origin {
    /// Name of the site.
    pub site: Pair,
    /// Name of the kiosk.
    pub kiosk: Option<String>,
    /// What the address begins with.
    pub public_url: String,
}

/// Everything a slip says.
#[derive(Clone, PartialEq, Debug)]
pub struct Facts {
    /// The visitor's language: it comes first and larger.
    pub language: Language,
    /// Where it comes from.
    pub origin: Origin,
    /// The hall.
    pub hall: Pair,
    /// Who owns the queue.
    pub department: Option<Pair>,
    /// The queue.
    pub queue: Pair,
    /// The number.
    pub number: String,
    /// The priority class.
    pub class: Option<Pair>,
    /// How the ticket stands.
    pub standing: Standing,
    /// Labels of the counters that serve the queue.
    pub counters: Vec<String>,
    /// The hall's word for a counter.
    pub counter_word: Pair,
    /// The zones to wait in, with their floors.
    pub places: Vec<Pair>,
    /// What to do after a missed call; empty = the usual words.
    pub missed: Pair,
    /// The hall's hint; empty = the usual words.
    pub hint: Pair,
    /// The address of the ticket's page: all that the QR code holds.
    pub address: String,
    /// When the ticket was taken, at the site: `2025-11-24 10:39`.
    pub taken: String,
    /// When this slip was printed, if much later: `11:02`.
    pub again: Option<String>,
}

/// What a slip says about the wait.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// In line.
    Waiting {
        /// People before it; None: not known.
        ahead: Option<u32>,
        /// The interval; None: nobody can say.
        wait: Option<Estimate>,
    },
    /// Called, or being served, at this counter.
    At(String),
    /// Not in line: put aside, missed or over.
    Aside,
}

impl Facts {
    /// The facts of a ticket as it stands at `now`.
    pub fn of(hall: &Hall, ticket: &Ticket, origin: Origin, now: DateTime<Utc>) -> Self {
        let setup = &hall.setup;
        let queue = setup.queue(&ticket.queue);
        let department = queue.and_then(|it| it.department.as_ref());
        let department = department.and_then(|id| setup.departments.iter().find(|it| it.id == *id));
        let class = ticket.priority.as_ref().and_then(|id| setup.class(id));
        let local = |at: DateTime<Utc>| at.with_timezone(&setup.hall.time_zone);
        Self {
            language: ticket.language,
            hall: Pair::new(&setup.hall.name, &setup.hall.name_en),
            department: department.map(|it| Pair::new(&it.name, &it.name_en)),
            queue: queue.map(|it| Pair::new(&it.name, &it.name_en)).unwrap_or_default(),
            number: ticket.number.clone(),
            class: class.map(|it| Pair::new(&it.name, &it.name_en)),
            standing: standing(hall, ticket, now),
            counters: counters(hall, ticket),
            counter_word: Pair::new(&setup.hall.counter_word, &setup.hall.counter_word_en),
            places: places(hall, &ticket.queue),
            missed: Pair::new(&setup.hall.missed_hint, &setup.hall.missed_hint_en),
            hint: Pair::new(&setup.hall.slip_hint, &setup.hall.slip_hint_en),
            address: format!("{}/t/{}", origin.public_url, ticket.id),
            taken: local(ticket.issued_at).format("%Y-%m-%d %H:%M").to_string(),
            again: (now - ticket.issued_at > AGAIN_AFTER).then(|| local(now).format("%H:%M").to_string()),
            origin,
        }
    }
}

fn standing(hall: &Hall, ticket: &Ticket, now: DateTime<Utc>) -> Standing {
    match ticket.state {
        TicketState::Waiting => Standing::Waiting {
            ahead: forecast::ahead_of(hall, ticket.reference),
            wait: forecast::of_ticket(hall, ticket.reference, now),
        },
        TicketState::Called | TicketState::Serving => {
            let label = ticket.counter.as_ref().and_then(|id| hall.setup.counter(id));
            label.map_or(Standing::Aside, |it| Standing::At(it.label.clone()))
        }
        TicketState::Parked
        | TicketState::NoShow
        | TicketState::Done
        | TicketState::Cancelled
        | TicketState::Unserved => Standing::Aside,
    }
}

/// The counter it waits for, if it was sent to one, else all that serve its queue.
fn counters(hall: &Hall, ticket: &Ticket) -> Vec<String> {
    let serves = |it: &&hall::setup::CounterSetup| match &ticket.counter {
        Some(only) => it.id == *only,
        None => it.queues.iter().any(|served| served.queue == ticket.queue),
    };
    hall.setup.counters.iter().filter(serves).map(|it| it.label.clone()).collect()
}

fn places(hall: &Hall, queue: &QueueId) -> Vec<Pair> {
    let zones = hall.setup.zones_of(queue);
    let found = hall.setup.zones.iter().filter(|it| zones.contains(&it.id));
    found
        .map(|it| {
            let with_floor = |name: &str| match &it.floor {
                Some(floor) if !name.is_empty() && !name.contains(floor.as_str()) => format!("{floor} {name}"),
                _ => name.to_owned(),
            };
            Pair::new(with_floor(&it.name), with_floor(&it.name_en))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_visitors_language_comes_first_and_the_other_beside_it() {
        let name = Pair::new("综合受理", "General services");
        assert_eq!((name.first(Language::Zh), name.second(Language::Zh)), ("综合受理", Some("General services")));
        assert_eq!((name.first(Language::En), name.second(Language::En)), ("General services", Some("综合受理")));
    }

    #[test]
    fn a_missing_translation_leaves_the_other_language_alone() {
        let name = Pair::new("综合受理", "");
        assert_eq!((name.first(Language::En), name.second(Language::En)), ("综合受理", None));
    }
}
