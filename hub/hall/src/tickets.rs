//! The tickets a hall knows, and the lines they stand in.
//!
//! Lines, keys and counts are indexes: they follow from the tickets, are not written into snapshots,
//! and are kept right by `put` alone. Who is next is not decided here.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{CounterId, QueueId, TicketId, TicketRef};
use crate::shelf::{Shelf, Shelved};
use crate::ticket::{OrderKey, Ticket, TicketState};

/// Closed tickets a hall remembers, so that who is late is told what became of the ticket.
pub const CLOSED_KEPT: usize = 100;
/// Entries whose tickets lie on one board (about 25 tickets).
const REFS_PER_BOARD: i64 = 128;
/// Boards over which the visitors' keys are spread.
const KEY_BOARDS: u64 = 64;

impl Shelved for TicketRef {
    fn board(&self) -> i64 {
        self.0.div_euclid(REFS_PER_BOARD)
    }
}

impl Shelved for TicketId {
    fn board(&self) -> i64 {
        let hash = self
            .as_str()
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        i64::try_from(hash % KEY_BOARDS).unwrap_or_default()
    }
}

/// The tickets a hall knows: the open ones, and no-shows that may still return.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub struct Tickets {
    shelf: Shelf<TicketRef, Arc<Ticket>>,
    closed: Shelf<TicketRef, Arc<Ticket>>,
    /// The closed ones, the last closed first.
    closings: Arc<VecDeque<TicketRef>>,
    keys: Shelf<TicketId, TicketRef>,
    lines: BTreeMap<QueueId, Arc<Line>>,
    parked: Arc<Vec<TicketRef>>,
    open: usize,
}

/// What a snapshot holds of the tickets.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    known: Vec<Arc<Ticket>>,
    closed: Vec<Arc<Ticket>>,
}

/// A waiting ticket nothing sets apart from others: all that the order of a line needs of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    pub order: OrderKey,
    pub reference: TicketRef,
    pub waiting_since: DateTime<Utc>,
    pub present: bool,
}

/// Who waits in one queue, each list by order key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// Tickets that are only ever taken in order.
    pub plain: Vec<Plain>,
    /// Tickets with something that may put them first, or that only one counter may call.
    pub special: Vec<Arc<Ticket>>,
}

impl PartialEq for Tickets {
    fn eq(&self, other: &Self) -> bool {
        self.shelf == other.shelf && self.closed == other.closed && self.closings == other.closings
    }
}

impl From<Kept> for Tickets {
    fn from(kept: Kept) -> Self {
        let mut tickets = Self::default();
        for ticket in kept.known {
            tickets.put(ticket);
        }
        kept.closed.into_iter().rev().for_each(|it| tickets.remember(it));
        tickets
    }
}

impl From<Tickets> for Kept {
    fn from(tickets: Tickets) -> Self {
        Self {
            known: tickets.values().cloned().collect(),
            closed: tickets.closings.iter().filter_map(|it| tickets.closed.get(it)).cloned().collect(),
        }
    }
}

impl Line {
    fn add(&mut self, ticket: &Arc<Ticket>) {
        if ticket.is_special() {
            let at = self.special.partition_point(|it| it.place() < ticket.place());
            self.special.insert(at, ticket.clone());
        } else {
            let at = self.plain.partition_point(|it| it.place() < ticket.place());
            self.plain.insert(at, Plain::of(ticket));
        }
    }

    fn take_out(&mut self, ticket: &Ticket) {
        if ticket.is_special() {
            self.special.retain(|it| it.reference != ticket.reference);
        } else if let Ok(at) = self.plain.binary_search_by_key(&ticket.place(), Plain::place) {
            self.plain.remove(at);
        }
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.plain.len() + self.special.len()
    }
}

impl Plain {
    fn of(ticket: &Ticket) -> Self {
        Self {
            order: ticket.order,
            reference: ticket.reference,
            waiting_since: ticket.waiting_since,
            present: ticket.present,
        }
    }

    /// By what a line is sorted.
    pub fn place(&self) -> (OrderKey, TicketRef) {
        (self.order, self.reference)
    }
}

impl Tickets {
    /// A ticket by its public name.
    pub fn get(&self, reference: &TicketRef) -> Option<&Arc<Ticket>> {
        self.shelf.get(reference)
    }

    /// A ticket by the visitor's key.
    pub fn by_id(&self, id: &TicketId) -> Option<&Arc<Ticket>> {
        self.shelf.get(self.keys.get(id)?)
    }

    /// All of them, the first issued first.
    pub fn values(&self) -> impl Iterator<Item = &Arc<Ticket>> {
        self.shelf.iter().map(|(_, ticket)| ticket)
    }

    /// How many there are, no-shows included.
    pub fn len(&self) -> usize {
        self.shelf.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many are open.
    pub fn open(&self) -> usize {
        self.open
    }

    /// A ticket that was closed a short while ago, by its public name.
    pub fn closed(&self, reference: &TicketRef) -> Option<&Arc<Ticket>> {
        self.closed.get(reference)
    }

    /// The same by the visitor's key.
    pub fn closed_by_id(&self, id: &TicketId) -> Option<&Arc<Ticket>> {
        self.closings.iter().filter_map(|it| self.closed.get(it)).find(|it| it.id == *id)
    }

    /// Those parked.
    pub(crate) fn parked(&self) -> impl Iterator<Item = &Arc<Ticket>> {
        self.parked.iter().filter_map(|it| self.shelf.get(it))
    }

    /// Who waits in a queue.
    pub(crate) fn line(&self, queue: &QueueId) -> Option<&Line> {
        self.lines.get(queue).map(|it| &**it)
    }

    /// Tickets that wait for one counter by name, with their queues.
    pub(crate) fn sent_to<'a>(&'a self, counter: &'a CounterId) -> impl Iterator<Item = &'a Arc<Ticket>> + 'a {
        let special = self.lines.values().flat_map(|line| line.special.iter());
        special.filter(move |it| it.counter.as_ref() == Some(counter))
    }

    /// How many wait in a queue.
    pub fn waiting(&self, queue: &QueueId) -> usize {
        self.line(queue).map_or(0, Line::len)
    }

    /// Who waits in a queue, by order key.
    pub fn waiting_in(&self, queue: &QueueId) -> impl Iterator<Item = &Arc<Ticket>> + use<'_> {
        let mut places = self.places_in(queue);
        places.sort_unstable();
        places.into_iter().filter_map(|(_, reference)| self.shelf.get(&reference))
    }

    fn places_in(&self, queue: &QueueId) -> Vec<(OrderKey, TicketRef)> {
        let Some(line) = self.line(queue) else {
            return Vec::new();
        };
        let special = line.special.iter().map(|it| it.place());
        line.plain.iter().map(Plain::place).chain(special).collect()
    }

    /// Takes a ticket as it stands now, in the place of what it was. Closed ones leave.
    pub(crate) fn put(&mut self, ticket: impl Into<Arc<Ticket>>) -> Arc<Ticket> {
        let ticket = ticket.into();
        self.forget(ticket.reference);
        if ticket.is_known() {
            self.keys.insert(ticket.id.clone(), ticket.reference);
            self.shelf.insert(ticket.reference, ticket.clone());
            self.index(&ticket);
        } else {
            self.remember(ticket.clone());
        }
        ticket
    }

    /// The same for a ticket that may have been closed: its closing was taken back.
    pub(crate) fn take_back(&mut self, ticket: impl Into<Arc<Ticket>>) -> Arc<Ticket> {
        let ticket = ticket.into();
        if self.closed.remove(&ticket.reference).is_some() {
            Arc::make_mut(&mut self.closings).retain(|it| *it != ticket.reference);
        }
        self.put(ticket)
    }

    /// A day is over: no-shows cannot return any more, and what was closed is forgotten.
    pub(crate) fn end_day(&mut self) {
        let gone: Vec<_> = self.values().filter(|it| !it.state.is_open()).cloned().collect();
        for ticket in gone {
            self.forget(ticket.reference);
        }
        self.closed = Shelf::default();
        self.closings = Arc::default();
    }

    /// Keeps a closed ticket, and forgets the one that was closed first.
    fn remember(&mut self, ticket: Arc<Ticket>) {
        let closings = Arc::make_mut(&mut self.closings);
        closings.push_front(ticket.reference);
        let oldest = if closings.len() > CLOSED_KEPT { closings.pop_back() } else { None };
        self.closed.insert(ticket.reference, ticket);
        if let Some(oldest) = oldest {
            self.closed.remove(&oldest);
        }
    }

    fn index(&mut self, ticket: &Arc<Ticket>) {
        self.open += usize::from(ticket.state.is_open());
        match ticket.state {
            TicketState::Waiting => {
                Arc::make_mut(self.lines.entry(ticket.queue.clone()).or_default()).add(ticket);
            }
            TicketState::Parked => Arc::make_mut(&mut self.parked).push(ticket.reference),
            TicketState::Called | TicketState::Serving | TicketState::NoShow => {}
            TicketState::Done | TicketState::Cancelled | TicketState::Unserved => {}
        }
    }

    fn forget(&mut self, reference: TicketRef) {
        let Some(ticket) = self.shelf.remove(&reference) else {
            return;
        };
        self.keys.remove(&ticket.id);
        self.open -= usize::from(ticket.state.is_open());
        match ticket.state {
            TicketState::Waiting => self.leave_line(&ticket),
            TicketState::Parked => Arc::make_mut(&mut self.parked).retain(|it| *it != reference),
            TicketState::Called | TicketState::Serving | TicketState::NoShow => {}
            TicketState::Done | TicketState::Cancelled | TicketState::Unserved => {}
        }
    }

    fn leave_line(&mut self, ticket: &Ticket) {
        if let Some(line) = self.lines.get_mut(&ticket.queue) {
            Arc::make_mut(line).take_out(ticket);
            if line.len() == 0 {
                self.lines.remove(&ticket.queue);
            }
        }
    }
}
