//! What listeners are told of an entry, and what stands on their boards: the one place where privacy is decided.
//!
//! Two cuts. The *public* one (screens, strips, kiosks, phones) never holds a ticket's `id`, who is at a counter,
//! a ticket's own times, its visitor, or why it was called. The *staff* one (counters, walls) adds those.
//! Neither ever holds a name, a phone number or free text about a visitor. Pure: it asks no clock and no table.

use std::collections::BTreeMap;

use hall::event::Announced;
use hall::hall::Touched;
use hall::{AnnouncementId, Entry, Event, Hall, QueueId, TicketState};
use wire::frame::{Called, Configured, Day, Frame, QueueChanged, Touch, Undone, Withdrawn};
use wire::{Estimate, Scope};

use crate::speech::Planner;

mod aloud;
mod board;
mod nouns;
mod words;

pub use board::{board, emergencies, summary};
pub use nouns::{hall_face, queue, scope_of_words, ticket};
pub use words::{queue_state, ticket_state};

/// Who is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Cut {
    /// Screens, strips, rating pads, kiosks, phones and players.
    Public,
    /// Counters and walls.
    Staff,
}

/// What frames and boards say that stands in neither journal nor setup.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Around {
    /// The site's Chinese name.
    pub site: String,
    /// Its English name.
    pub site_en: String,
    /// Words of announcements.
    pub words: BTreeMap<AnnouncementId, Said>,
    /// Staff numbers of people, by their id.
    pub staff_no: BTreeMap<String, String>,
    /// What is said aloud; one that plans nothing where old entries are told: they are over.
    pub planner: Planner,
    /// Waiting times, as last computed.
    pub estimates: BTreeMap<QueueId, Estimate>,
}

/// What an announcement says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Said {
    /// In words.
    pub text: Option<String>,
    /// Or a recorded clip.
    pub clip: Option<String>,
}

/// What one cut is told of an entry; none: it is not shown there. `hall` is the hall after it.
///
/// The staff cut has a frame for every event, so that who pressed a key sees that something came of it.
pub fn frame(entry: &Entry, touched: &Touched, hall: &Hall, around: &Around, cut: Cut) -> Option<Frame> {
    let touch = || touch(entry, touched, hall, around, cut);
    let called = |times| Called { touch: touch(), times, speak_at: (times > 0).then_some(entry.time), because: None };
    let times = touched.ticket.as_ref().map_or(0, |it| it.calls);
    Some(match &entry.event {
        Event::Day { date, open, new } => {
            let modes = board::modes(hall, cut);
            Frame::Day(Day { date: date.to_string(), open: *open, new: *new, time: entry.time, modes })
        }
        Event::Issued(_) => Frame::Issued(touch()),
        Event::CheckedIn { .. } => Frame::CheckedIn(touch()),
        Event::Called { because, .. } => {
            Frame::Called(Called { because: (cut == Cut::Staff).then(|| nouns::because(because)), ..called(times) })
        }
        Event::Recalled { .. } => Frame::Recalled(called(times)),
        Event::Started { .. } => Frame::Started(touch()),
        Event::Finished { .. } => Frame::Finished(touch()),
        Event::NoShow { .. } => Frame::NoShow(touch()),
        Event::Parked { .. } => Frame::Parked(touch()),
        Event::Unparked { called_to, .. } => Frame::Unparked(called(called_to.as_ref().map_or(0, |_| times))),
        Event::Transferred(_) => Frame::Transferred(touch()),
        Event::Returned { .. } => Frame::Returned(touch()),
        Event::Deferred { .. } => Frame::Deferred(touch()),
        Event::Cancelled { .. } => Frame::Cancelled(touch()),
        Event::Reprioritised { .. } => Frame::Reprioritised(touch()),
        Event::Undone { undoes, .. } => Frame::Undone(Undone {
            touch: touch(),
            undoes: *undoes,
            call: touched.call.as_ref().map(|it| board::call(it, hall)),
        }),
        Event::Unserved { .. } => Frame::Unserved(touch()),
        Event::Counter { .. } => Frame::Counter(touch()),
        Event::Queue { queue, .. } => {
            let queues = queues(hall, around, entry, Some(queue));
            Frame::Queue(QueueChanged { touch: touch(), queues, ..QueueChanged::default() })
        }
        Event::Mode { mode, queue, .. } if cut == Cut::Staff => Frame::Queue(QueueChanged {
            touch: touch(),
            queues: queue.as_ref().map(|it| queues(hall, around, entry, Some(it))).unwrap_or_default(),
            mode: mode.map(|it| words::mode(it).to_owned()),
            modes: board::modes(hall, cut),
        }),
        Event::Mode { .. } => return None,
        Event::Configured { revision } => Frame::Configured(Configured {
            revision: *revision,
            time: entry.time,
            hall: hall_face(hall, around),
            queues: queues(hall, around, entry, None),
            counters: nouns::counters(hall, around, cut),
            modes: board::modes(hall, cut),
        }),
        Event::Announced(said) => Frame::Announced(announced(said, entry, hall, around, cut)),
        Event::Withdrawn { announcement, zones } => Frame::Withdrawn(Withdrawn {
            id: announcement.to_string(),
            zones: zones.iter().map(ToString::to_string).collect(),
            time: entry.time,
        }),
    })
}

/// Whom an entry concerns: what it touched, as it stands now and as it stood before.
pub fn scope(entry: &Entry, touched: &Touched, hall: &Hall) -> Scope {
    let mut scope = match &entry.event {
        Event::Day { .. } | Event::Configured { .. } => Scope::whole(),
        Event::Mode { queue: None, counter: None, .. } => Scope::whole(),
        Event::Queue { queue, .. } | Event::Mode { queue: Some(queue), .. } => nouns::scope_of_queue(hall, queue),
        Event::Mode { counter: Some(counter), .. } => nouns::scope_of_counter(hall, counter),
        Event::Announced(said) => nouns::scope_of_words(hall, &said.zones),
        Event::Withdrawn { zones, .. } => nouns::scope_of_words(hall, zones),
        Event::Issued(_)
        | Event::CheckedIn { .. }
        | Event::Called { .. }
        | Event::Recalled { .. }
        | Event::Started { .. }
        | Event::Finished { .. }
        | Event::NoShow { .. }
        | Event::Parked { .. }
        | Event::Unparked { .. }
        | Event::Transferred(_)
        | Event::Returned { .. }
        | Event::Deferred { .. }
        | Event::Cancelled { .. }
        | Event::Reprioritised { .. }
        | Event::Undone { .. }
        | Event::Unserved { .. }
        | Event::Counter { .. } => Scope::default(),
    };
    for it in [&touched.ticket, &touched.ticket_before].into_iter().flatten() {
        scope.add_ticket(&ticket(it, hall, Cut::Public));
    }
    for it in [&touched.counter, &touched.other_counter].into_iter().flatten() {
        scope.add_zones(&nouns::zones_of_counter(hall, &it.id));
        scope.add_counter(it.id.as_str());
    }
    for call in calls_moved(entry, touched, hall) {
        scope.add_zones(&call.zones);
        scope.add_counter(&call.counter);
    }
    scope
}

/// Calls of the ticket that an entry takes out of the list or puts back: where they are shown, that must be known.
fn calls_moved(entry: &Entry, touched: &Touched, hall: &Hall) -> Vec<wire::board::Call> {
    let step = touched.counter.as_ref().and_then(|it| it.last.as_ref()).filter(|it| it.seq == entry.seq);
    let replaced = step
        .and_then(|it| it.listed.as_ref())
        .and_then(|it| it.earlier.as_ref())
        .map(|earlier| board::call(earlier, hall));
    replaced.into_iter().chain(touched.call.as_ref().map(|it| board::call(it, hall))).collect()
}

fn touch(entry: &Entry, touched: &Touched, hall: &Hall, around: &Around, cut: Cut) -> Touch {
    let counter = |it: &std::sync::Arc<hall::Counter>| nouns::counter(it, hall, around, cut);
    let missed = touched.ticket.as_ref().filter(|it| it.state == TicketState::NoShow);
    Touch {
        ticket: touched.ticket.as_ref().map(|it| ticket(it, hall, cut)),
        counter: touched.counter.as_ref().map(counter),
        other_counter: touched.other_counter.as_ref().map(counter),
        zones: shown_in(touched, hall),
        reason: nouns::reason_of(&entry.event).filter(|_| cut == Cut::Staff).map(ToString::to_string),
        time: Some(entry.time),
        since: missed.and_then(|it| it.finished_at),
        until: missed.and_then(|it| it.until),
        aloud: aloud::of_ticket(entry, touched, hall, around, cut),
    }
}

/// Where an entry is shown and spoken: where its ticket is and was, else where its counter is. Empty = everywhere.
fn shown_in(touched: &Touched, hall: &Hall) -> Vec<String> {
    let mut scope = Scope::default();
    let tickets = [&touched.ticket, &touched.ticket_before];
    for it in tickets.into_iter().flatten() {
        scope.add_zones(&nouns::zones_of_ticket(hall, it));
    }
    if tickets.iter().all(|it| it.is_none()) {
        for it in [&touched.counter, &touched.other_counter].into_iter().flatten() {
            scope.add_zones(&nouns::zones_of_counter(hall, &it.id));
        }
    }
    if scope.everywhere { Vec::new() } else { scope.zones }
}

fn queues(hall: &Hall, around: &Around, entry: &Entry, only: Option<&QueueId>) -> Vec<wire::Queue> {
    let ours = hall.setup.queues.iter().filter(|it| only.is_none_or(|only| it.id == *only));
    ours.map(|it| queue(it, hall, around, entry.time)).collect()
}

fn announced(said: &Announced, entry: &Entry, hall: &Hall, around: &Around, cut: Cut) -> wire::frame::Announced {
    let words = around.words.get(&said.id).cloned().unwrap_or_default();
    let aloud = aloud::of_words(said, &words, hall, around, cut);
    wire::frame::Announced {
        id: said.id.to_string(),
        text: words.text,
        clip: words.clip,
        zones: said.zones.iter().map(ToString::to_string).collect(),
        speakers: said.speakers.iter().map(ToString::to_string).collect(),
        language: said.language.map(|it| words::language(it).to_owned()),
        repeat: said.repeat,
        time: entry.time,
        until: said.until,
        emergency: said.emergency,
        aloud,
    }
}
