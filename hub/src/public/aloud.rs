//! What an entry has said aloud. Only live entries are said, and only the public cut is told how.

use audio::Kind;
use hall::event::Announced;
use hall::{Entry, Event, Hall, Touched};
use wire::Aloud;

use super::{Around, Cut, Said, nouns};
use crate::speech::{Broadcast, Call};

/// How what happened to a ticket is said; none: it is not.
pub(super) fn of_ticket(entry: &Entry, touched: &Touched, hall: &Hall, around: &Around, cut: Cut) -> Option<Aloud> {
    let kind = kind(&entry.event, touched)?;
    let ticket = touched.ticket.as_ref().filter(|_| cut == Cut::Public)?;
    let number = ticket.number.to_string();
    let call = Call {
        kind,
        number: &number,
        queue: &ticket.queue,
        counter: ticket.counter.as_ref(),
        known: ticket.visitor.as_ref().map(|_| &ticket.id),
    };
    let aloud = around.planner.call(&hall.setup, call)?;
    let zones = nouns::zones_of_ticket(hall, ticket);
    Some(Aloud { unheard: around.planner.is_unheard(&hall.setup, &zones, &[]), ..aloud })
}

/// How an announcement is said.
pub(super) fn of_words(said: &Announced, words: &Said, hall: &Hall, around: &Around, cut: Cut) -> Option<Aloud> {
    if cut != Cut::Public {
        return None;
    }
    let broadcast = Broadcast {
        text: words.text.as_deref(),
        clip: words.clip.as_deref(),
        language: said.language,
        repeat: said.repeat,
    };
    let aloud = around.planner.broadcast(&hall.setup, &broadcast)?;
    let zones: Vec<String> = said.zones.iter().map(ToString::to_string).collect();
    Some(Aloud { unheard: around.planner.is_unheard(&hall.setup, &zones, &said.speakers), ..aloud })
}

fn kind(event: &Event, touched: &Touched) -> Option<Kind> {
    match event {
        Event::Called { .. } | Event::Unparked { called_to: Some(_), .. } => {
            let again = touched.ticket.as_ref().is_some_and(|it| it.calls > 1);
            Some(if again { Kind::Recall } else { Kind::Call })
        }
        Event::Recalled { .. } => Some(Kind::Recall),
        Event::NoShow { .. } => Some(Kind::Missed),
        Event::Day { .. }
        | Event::Issued(_)
        | Event::CheckedIn { .. }
        | Event::Started { .. }
        | Event::Finished { .. }
        | Event::Parked { .. }
        | Event::Unparked { called_to: None, .. }
        | Event::Transferred(_)
        | Event::Returned { .. }
        | Event::Deferred { .. }
        | Event::Cancelled { .. }
        | Event::Reprioritised { .. }
        | Event::Undone { .. }
        | Event::Unserved { .. }
        | Event::Counter { .. }
        | Event::Queue { .. }
        | Event::Mode { .. }
        | Event::Configured { .. }
        | Event::Announced(_)
        | Event::Withdrawn { .. } => None,
    }
}
