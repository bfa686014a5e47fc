//! One row of a setup at a time: put where it stands, or taken out.
//!
//! What is in use is not taken out: the refusal says by how many.

use hall::setup::{Class, CounterSetup, Department, Queue, Speaker, Zone};
use hall::{CounterState, Fold, Setup, Ticket, TicketState};

use crate::error::Error;

/// A row of a setup.
pub trait Row: Sized {
    /// The word in addresses and in the setup.
    const KIND: &'static str;
    /// One of them, in sentences.
    const ONE: &'static str;
    /// Its id.
    fn id(&self) -> &str;
    /// All rows of its kind.
    fn rows(setup: &mut Setup) -> &mut Vec<Self>;
    /// What uses it, in words; none = it can go.
    fn used(id: &str, setup: &Setup, fold: &Fold) -> Option<String>;
}

/// Puts a row where the one with its id stands, or at the end.
pub fn put<R: Row>(setup: &mut Setup, row: R) {
    let rows = R::rows(setup);
    match rows.iter_mut().find(|it| it.id() == row.id()) {
        Some(old) => *old = row,
        None => rows.push(row),
    }
}

/// Takes a row out, unless it is in use.
pub fn remove<R: Row>(setup: &mut Setup, fold: &Fold, id: &str) -> Result<(), Error> {
    if !R::rows(setup).iter().any(|it| it.id() == id) {
        return Err(Error::Missing(R::ONE));
    }
    if let Some(by) = R::used(id, setup, fold) {
        return Err(Error::Conflict("in_use", format!("this {} is used by {by}; change that first", R::ONE)));
    }
    R::rows(setup).retain(|it| it.id() != id);
    Ok(())
}

/// Open tickets stand in the way of taking the hall out.
pub fn may_remove_hall(fold: &Fold) -> Result<(), Error> {
    match fold.tickets.values().filter(|it| it.state.is_open()).count() {
        0 => Ok(()),
        open => Err(Error::Conflict("in_use", format!("{open} tickets are open in this hall; close the day first"))),
    }
}

/// How many tickets are open, or may still return, of those that are meant.
fn still_there(fold: &Fold, meant: impl Fn(&Ticket) -> bool) -> usize {
    let there = fold.tickets.values().filter(|it| it.state.is_open() || it.state == TicketState::NoShow);
    there.filter(|it| meant(it)).count()
}

/// `3 queues and 1 counter`, without those that are none.
fn counted<const N: usize>(each: [(usize, &str); N]) -> Option<String> {
    let some = each.iter().filter(|(count, _)| *count > 0);
    let words: Vec<_> = some.map(|(count, of)| format!("{count} {of}{}", if *count == 1 { "" } else { "s" })).collect();
    (!words.is_empty()).then(|| words.join(" and "))
}

impl Row for Zone {
    const KIND: &'static str = "zones";
    const ONE: &'static str = "zone";
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn rows(setup: &mut Setup) -> &mut Vec<Self> {
        &mut setup.zones
    }
    fn used(id: &str, setup: &Setup, _fold: &Fold) -> Option<String> {
        let queues = setup.queues.iter().filter(|it| it.zones.iter().any(|zone| zone.as_str() == id)).count();
        let counters = setup.counters.iter().filter(|it| it.zone.as_ref().is_some_and(|zone| zone.as_str() == id));
        let speakers = setup.speakers.iter().filter(|it| it.zones.iter().any(|zone| zone.as_str() == id)).count();
        counted([(queues, "queue"), (counters.count(), "counter"), (speakers, "speaker")])
    }
}

impl Row for Department {
    const KIND: &'static str = "departments";
    const ONE: &'static str = "department";
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn rows(setup: &mut Setup) -> &mut Vec<Self> {
        &mut setup.departments
    }
    fn used(id: &str, setup: &Setup, _fold: &Fold) -> Option<String> {
        let queues = setup.queues.iter().filter(|it| it.department.as_ref().is_some_and(|own| own.as_str() == id));
        counted([(queues.count(), "queue")])
    }
}

impl Row for Class {
    const KIND: &'static str = "classes";
    const ONE: &'static str = "class";
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn rows(setup: &mut Setup) -> &mut Vec<Self> {
        &mut setup.classes
    }
    fn used(id: &str, _setup: &Setup, fold: &Fold) -> Option<String> {
        let has = |it: &Ticket| it.priority.as_ref().is_some_and(|class| class.as_str() == id);
        counted([(still_there(fold, has), "open ticket")])
    }
}

impl Row for Queue {
    const KIND: &'static str = "queues";
    const ONE: &'static str = "queue";
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn rows(setup: &mut Setup) -> &mut Vec<Self> {
        &mut setup.queues
    }
    fn used(id: &str, setup: &Setup, fold: &Fold) -> Option<String> {
        let comes = |it: &Ticket| {
            let later = it.stage.iter().flat_map(|it| it.route.iter().skip(it.index as usize));
            std::iter::once(&it.queue).chain(later).chain(&it.back_to).any(|queue| queue.as_str() == id)
        };
        let open = still_there(fold, comes);
        let serves = |it: &&CounterSetup| it.queues.iter().any(|served| served.queue.as_str() == id);
        counted([(open, "open ticket"), (setup.counters.iter().filter(serves).count(), "counter")])
    }
}

impl Row for CounterSetup {
    const KIND: &'static str = "counters";
    const ONE: &'static str = "counter";
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn rows(setup: &mut Setup) -> &mut Vec<Self> {
        &mut setup.counters
    }
    fn used(id: &str, _setup: &Setup, fold: &Fold) -> Option<String> {
        let at = |it: &Ticket| it.counter.as_ref().is_some_and(|counter| counter.as_str() == id);
        let counter = fold.counters.values().find(|it| it.id.as_str() == id);
        let manned = counter.is_some_and(|it| it.state != CounterState::Closed);
        counted([(usize::from(manned), "person who has it open"), (still_there(fold, at), "open ticket")])
    }
}

impl Row for Speaker {
    const KIND: &'static str = "speakers";
    const ONE: &'static str = "speaker";
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn rows(setup: &mut Setup) -> &mut Vec<Self> {
        &mut setup.speakers
    }
    fn used(_id: &str, _setup: &Setup, _fold: &Fold) -> Option<String> {
        None
    }
}
