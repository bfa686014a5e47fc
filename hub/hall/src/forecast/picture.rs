//! The hall as the forecast sees it: numbers only, made once and played forward many times.

use super::times::Times;
use crate::ids::{ClassId, QueueId, TicketRef};

/// What stands for a ticket that nothing puts before others.
pub(super) const PLAIN: usize = usize::MAX;
/// The order key of the first ticket that would be taken now: after all that wait, before all that come later.
pub(super) const NOW: i64 = i64::MAX / 2;
/// The order key of the first who comes later; theirs go by the time of their coming.
pub(super) const LATER: i64 = NOW + (1 << 32);

/// Whose wait is asked for.
pub(super) enum Target<'a> {
    /// Tickets that would be taken now, in these queues and with these classes; each as if it were the only one.
    New(&'a [(&'a QueueId, Option<&'a ClassId>)]),
    /// A ticket that waits.
    Ticket(TicketRef),
}

/// See the module. All times are seconds from now.
pub(super) struct Picture {
    pub counters: Vec<AtWork>,
    pub lines: Vec<Line>,
    /// How many waits are asked for.
    pub targets: usize,
    /// Of which some counter serves the line.
    pub reachable: usize,
}

/// A counter that works.
pub(super) struct AtWork {
    /// How long it has had its visitor and of which line, if it has one.
    pub busy: Option<(f64, usize)>,
    /// When it is free again, if it has none.
    pub free_s: f64,
    /// Since when it is free, so at most 0, if it is.
    pub idle_s: Option<f64>,
    /// What it serves, in its order.
    pub serves: Vec<Serves>,
    /// Whether any of them is served only, or first, after a wait.
    pub has_conditions: bool,
    /// Whether it takes the first line that has somebody, or whoever waits longest in all.
    pub by_preference: bool,
    /// Its own draws of chance.
    pub draw: u32,
}

/// A line a counter serves.
pub(super) struct Serves {
    pub line: usize,
    pub first_when_wait_s: Option<f64>,
    pub only_when_wait_s: Option<f64>,
}

/// A queue's line, or that of one counter by name.
pub(super) struct Line {
    /// Nothing puts them before others; by order.
    pub plain: Vec<Waiter>,
    /// Something does; by rank, then by order.
    pub special: Vec<Waiter>,
    /// The same by order: their numbers in `special`.
    pub special_in_order: Vec<usize>,
    pub times: Times,
    /// Its own draws of chance.
    pub draw: u32,
    /// How long after it is free, with somebody waiting, a counter calls.
    pub pauses: Times,
    /// How long after somebody came a free counter calls.
    pub greetings: Times,
    pub wrap_up_s: f64,
    pub mix: u32,
    pub bound_s: f64,
    pub out_of_turn: u32,
    /// Arrivals a second without and with a class.
    pub rates: (f64, f64),
    /// The rank of those with a class who come later.
    pub usual_rank: usize,
}

impl Line {
    /// Puts those with something that may put them first in order.
    pub fn sort(&mut self) {
        let special = &mut self.special;
        special.sort_by_key(|it| (it.rank, it.order));
        self.special_in_order = (0..special.len()).collect();
        self.special_in_order.sort_by_key(|it| special[*it].order);
    }
}

/// Somebody who waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiter {
    pub order: i64,
    /// 0 goes before all; then the classes from the highest; [`PLAIN`] has none.
    pub rank: usize,
    /// Since when, so at most 0.
    pub since_s: f64,
    /// Not checked in: perhaps they will come.
    pub may_stay_away: bool,
    /// Whose wait is asked for.
    pub target: Option<usize>,
    /// Its own draws of chance.
    pub draw: u32,
}

impl Waiter {
    /// Somebody who comes later.
    pub fn later(since_s: f64, after: i64, rank: usize) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds of a day or so")]
        let order = after + (since_s * 1_000.0) as i64;
        Self { order, rank, since_s, may_stay_away: false, target: None, draw: 0 }
    }
}
