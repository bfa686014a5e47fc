//! What happens when: acts in order of their time, ties in the order they were noted.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::{DateTime, Duration, Utc};
use hall::TicketId;

/// Something somebody does.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Act {
    /// A visitor comes in and takes a ticket.
    Arrive,
    /// Whoever is at this counter (its place in the setup) does the next thing.
    Counter(usize),
    /// The holder of a ticket does something.
    Visitor(TicketId),
    /// The supervisor does something.
    Supervisor,
    /// Something goes wrong with the machine.
    Fault,
    /// The hub looks whether something is due, as it does each second.
    Look,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Agenda {
    acts: BinaryHeap<Reverse<(DateTime<Utc>, u64, Act)>>,
    noted: u64,
}

impl Agenda {
    /// Notes an act for a time.
    pub fn note(&mut self, at: DateTime<Utc>, act: Act) {
        self.noted += 1;
        self.acts.push(Reverse((at, self.noted, act)));
    }

    /// Notes an act for so many seconds after a time.
    pub fn note_in(&mut self, now: DateTime<Utc>, seconds: f64, act: Act) {
        self.note(now + Duration::milliseconds((seconds * 1_000.0) as i64), act);
    }

    /// The next act and its time.
    pub fn next(&mut self) -> Option<(DateTime<Utc>, Act)> {
        self.acts.pop().map(|Reverse((at, _, act))| (at, act))
    }
}
