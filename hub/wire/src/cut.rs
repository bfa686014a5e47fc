//! A part of a hall: what meets a list of zones or counters, and what concerns the whole hall.
//!
//! Boards, frames and pages are all cut by the same rules. A part by counters holds those counters,
//! the queues they serve and the tickets that are at them: it never counts who waits elsewhere.

use crate::board::Board;
use crate::noun::{Counter, Queue, Ticket};

/// Which part of a hall. Both lists empty: the whole of it. Both given: what meets either.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Part {
    /// Zones, by id.
    pub zones: Vec<String>,
    /// Counters, by id.
    pub counters: Vec<String>,
}

impl Part {
    /// Whether nothing is cut.
    pub fn is_whole(&self) -> bool {
        self.zones.is_empty() && self.counters.is_empty()
    }

    /// Whether something shown in `zones` (empty = everywhere) is shown in these.
    pub fn meets_zones(&self, zones: &[String]) -> bool {
        !self.zones.is_empty() && (zones.is_empty() || zones.iter().any(|it| self.zones.contains(it)))
    }

    fn meets_counter(&self, counter: Option<&str>) -> bool {
        counter.is_some_and(|id| self.counters.iter().any(|it| it == id))
    }

    /// Whether a ticket stands on this part's board.
    pub fn keeps_ticket(&self, ticket: &Ticket) -> bool {
        self.keeps(&ticket.zones, ticket.counter.as_deref())
    }

    /// Whether a counter does.
    pub fn keeps_counter(&self, counter: &Counter) -> bool {
        self.keeps(&counter.zones, Some(&counter.id))
    }

    /// Whether a queue does; `counters` are those of the whole hall or of this part.
    pub fn keeps_queue(&self, queue: &Queue, counters: &[Counter]) -> bool {
        let served = |it: &Counter| self.meets_counter(Some(&it.id)) && it.queues.contains(&queue.id);
        self.keeps(&queue.zones, None) || counters.iter().any(served)
    }

    /// Whether something shown in `zones` at `counter` is in this part.
    pub fn keeps(&self, zones: &[String], counter: Option<&str>) -> bool {
        self.is_whole() || self.meets_zones(zones) || self.meets_counter(counter)
    }

    /// Whether words for `zones` are for this part: by zone, or by where its counters stand.
    fn keeps_words(&self, zones: &[String], counters: &[Counter]) -> bool {
        let stands =
            |it: &Counter| self.meets_counter(Some(&it.id)) && it.zone.as_ref().is_none_or(|zone| zones.contains(zone));
        zones.is_empty() || self.keeps(zones, None) || counters.iter().any(stands)
    }

    /// Whether something of this scope is heard in this part.
    pub fn hears(&self, scope: &Scope) -> bool {
        let zones =
            !self.zones.is_empty() && (scope.everywhere || scope.zones.iter().any(|it| self.zones.contains(it)));
        let counters = scope.counters.iter().any(|it| self.counters.contains(it));
        self.is_whole() || scope.whole || zones || counters
    }
}

/// Whom a frame concerns: what it touches, as it stands now and as it stood before.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scope {
    /// The hall as a whole: its day, its setup, words to everybody.
    pub whole: bool,
    /// Every zone.
    pub everywhere: bool,
    /// These zones.
    pub zones: Vec<String>,
    /// These counters.
    pub counters: Vec<String>,
}

impl Scope {
    /// The whole hall.
    pub fn whole() -> Self {
        Self { whole: true, ..Self::default() }
    }

    /// Also these zones (empty = everywhere).
    pub fn add_zones(&mut self, zones: &[String]) {
        self.everywhere |= zones.is_empty();
        for zone in zones {
            if !self.zones.contains(zone) {
                self.zones.push(zone.clone());
            }
        }
    }

    /// Also this counter.
    pub fn add_counter(&mut self, counter: &str) {
        if !self.counters.iter().any(|it| it == counter) {
            self.counters.push(counter.to_owned());
        }
    }

    /// Also a ticket: where it is shown, and the counter it is at or waits for.
    pub fn add_ticket(&mut self, ticket: &Ticket) {
        self.add_zones(&ticket.zones);
        ticket.counter.iter().for_each(|it| self.add_counter(it));
    }
}

impl Board {
    /// Leaves only what is in the part; folding a frame may bring in what is not, so it is cut again after each.
    pub fn cut(&mut self, part: &Part) {
        if part.is_whole() {
            return;
        }
        let counters = &self.counters;
        self.queues.retain(|it| part.keeps_queue(it, counters));
        self.notices.retain(|it| part.keeps_words(&it.zones, counters));
        self.tickets.retain(|it| part.keeps_ticket(it));
        self.calls.retain(|it| part.keeps(&it.zones, Some(&it.counter)));
        self.missed.retain(|it| part.keeps(&it.zones, it.counter.as_deref()));
        self.counters.retain(|it| part.keeps_counter(it));
        if let Some(modes) = &mut self.modes {
            modes.queues.retain(|id, _| self.queues.iter().any(|it| it.id == *id));
            modes.counters.retain(|id, _| self.counters.iter().any(|it| it.id == *id));
            modes.set.queues.retain(|id| self.queues.iter().any(|it| it.id == *id));
            modes.set.counters.retain(|id| self.counters.iter().any(|it| it.id == *id));
        }
        self.count();
    }
}
