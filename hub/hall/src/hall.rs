//! A hall: its setup and the fold of its journal.
//!
//! The fold changes by `apply` alone, and `apply` reads the event alone, never the setup or a clock:
//! the same journal always gives the same hall.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::counter::{Counter, CounterState};
use crate::event::{Entry, Event};
use crate::ids::{AnnouncementId, CounterId, QueueId, ReasonId, TicketId, TicketRef, VisitorId, ZoneId};
use crate::moves;
use crate::next::Tally;
use crate::refusal::Refusal;
use crate::setup::{Mode, Queue, Setup};
use crate::ticket::{Ticket, TicketState};

/// Version of the fold's shape in snapshots; another one is not read but replayed.
pub const FOLD_VERSION: i32 = 1;
/// Calls kept for boards.
pub const CALLS_KEPT: usize = 20;
/// Missed tickets shown on boards.
pub const MISSED_KEPT: usize = 20;
/// Service times kept per queue for the forecast.
pub const SERVICES_KEPT: usize = 60;

/// A hall as it stands.
#[derive(Clone, Debug)]
pub struct Hall {
    /// How it is set up.
    pub setup: Arc<Setup>,
    /// What has happened, folded.
    pub fold: Fold,
}

/// The fold of a journal; what a snapshot holds.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Fold {
    /// The last entry.
    pub seq: i64,
    /// Its time.
    pub time: Option<DateTime<Utc>>,
    /// The business day.
    pub day: Option<Day>,
    /// Open tickets, and no-shows that may still return.
    pub tickets: BTreeMap<TicketRef, Arc<Ticket>>,
    /// The last entry that touched a ticket or a counter, for `expect` and `undo`.
    pub touched: BTreeMap<TicketRef, i64>,
    /// Counters that were ever opened.
    pub counters: BTreeMap<CounterId, Arc<Counter>>,
    /// The last number of each series today.
    pub series: BTreeMap<String, u32>,
    /// What each queue has seen today.
    pub queues: BTreeMap<QueueId, QueueFold>,
    /// Mode set for the hall today, over the setup's.
    pub mode: Option<Mode>,
    /// Modes set for counters.
    pub counter_modes: BTreeMap<CounterId, Mode>,
    /// The last calls, newest first.
    pub calls: VecDeque<Call>,
    /// Announcements that are still shown.
    pub notices: Vec<Notice>,
    /// The last `configured` revision seen.
    pub revision: i64,
}

/// A business day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Day {
    /// Its date at the site.
    pub date: NaiveDate,
    /// Whether it takes tickets.
    pub open: bool,
}

/// What a queue has seen today.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct QueueFold {
    /// Tickets issued today.
    pub taken: u32,
    /// Frozen: gives no tickets and is not called.
    pub frozen: Option<Frozen>,
    /// Mode set for it, over the setup's.
    pub mode: Option<Mode>,
    /// The mix of priority and ordinary calls so far.
    pub tally: Tally,
    /// The last service times, seconds, newest last; kept over days.
    pub services: VecDeque<u32>,
}

/// Why a queue is frozen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Frozen {
    /// Code.
    pub reason: Option<ReasonId>,
}

/// A call, for the lists on screens.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Call {
    /// The ticket.
    pub ticket: TicketRef,
    /// What was shown.
    pub number: String,
    /// Its queue.
    pub queue: QueueId,
    /// Where to.
    pub counter: CounterId,
    /// When (the last time).
    pub at: DateTime<Utc>,
    /// How often.
    pub times: u32,
}

/// An announcement that is still shown.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Notice {
    /// Its row.
    pub id: AnnouncementId,
    /// Where.
    pub zones: Vec<ZoneId>,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// What an entry touched, as it stands after it; frames and report rows are made from it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Touched {
    /// The ticket.
    pub ticket: Option<Arc<Ticket>>,
    /// The ticket as it stood before, if it existed.
    pub ticket_before: Option<Arc<Ticket>>,
    /// The counter.
    pub counter: Option<Arc<Counter>>,
    /// A second counter that was touched (its former one, after a force by a supervisor).
    pub other_counter: Option<Arc<Counter>>,
}

impl Hall {
    /// A hall nothing has happened in.
    pub fn new(setup: Arc<Setup>) -> Self {
        Self {
            setup,
            fold: Fold::default(),
        }
    }

    /// Takes one more entry into the fold and tells what it touched.
    ///
    /// Entries must come in order without gaps; the caller (the journal) guarantees it.
    pub fn apply(&mut self, entry: &Entry) -> Touched {
        debug_assert_eq!(entry.seq, self.fold.seq + 1, "entries come without gaps");
        self.fold.apply(entry)
    }

    /// A ticket the hall still knows, by its public name.
    pub fn ticket(&self, reference: TicketRef) -> Option<&Arc<Ticket>> {
        self.fold.tickets.get(&reference)
    }

    /// A ticket the hall still knows, by the visitor's key.
    pub fn ticket_by_id(&self, id: &TicketId) -> Option<&Arc<Ticket>> {
        self.fold.tickets.values().find(|it| it.id == *id)
    }

    /// A counter of the setup as it stands (never opened = closed).
    pub fn counter(&self, id: &CounterId) -> Result<Arc<Counter>, Refusal> {
        if let Some(it) = self.fold.counters.get(id) {
            return Ok(it.clone());
        }
        self.setup.counter(id).ok_or_else(|| Refusal::no_counter(id))?;
        Ok(Arc::new(Counter::closed(
            id.clone(),
            self.fold.time.unwrap_or_default(),
        )))
    }

    /// A queue of the setup.
    pub fn queue(&self, id: &QueueId) -> Result<&Queue, Refusal> {
        self.setup.queue(id).ok_or_else(|| Refusal::no_queue(id))
    }

    /// What a queue has seen today.
    pub fn queue_fold(&self, id: &QueueId) -> Option<&QueueFold> {
        self.fold.queues.get(id)
    }

    /// Tickets waiting in a queue, by order key, present or not.
    pub fn waiting_in<'a>(&'a self, queue: &'a QueueId) -> impl Iterator<Item = &'a Arc<Ticket>> + 'a {
        let mut found: Vec<_> = self
            .fold
            .tickets
            .values()
            .filter(move |it| it.state == TicketState::Waiting && it.queue == *queue)
            .collect();
        found.sort_by_key(|it| (it.order, it.reference));
        found.into_iter()
    }

    /// Tickets that are still open.
    pub fn open_tickets(&self) -> impl Iterator<Item = &Arc<Ticket>> {
        self.fold.tickets.values().filter(|it| it.state.is_open())
    }

    /// Open tickets of one visitor.
    pub fn open_of<'a>(&'a self, visitor: &'a VisitorId) -> impl Iterator<Item = &'a Arc<Ticket>> + 'a {
        self.open_tickets()
            .filter(move |it| it.visitor.as_ref() == Some(visitor))
    }

    /// The mode that holds for a queue at a counter: counter, then queue, then hall; what was set today goes before the setup.
    pub fn mode_for(&self, queue: &QueueId, counter: &CounterId) -> Mode {
        let hall = self.fold.mode.unwrap_or(self.setup.hall.mode);
        let of_counter = self
            .fold
            .counter_modes
            .get(counter)
            .copied()
            .or_else(|| self.setup.counter(counter).and_then(|it| it.mode));
        let of_queue = self
            .fold
            .queues
            .get(queue)
            .and_then(|it| it.mode)
            .or_else(|| self.setup.queue(queue).and_then(|it| it.mode));
        of_counter.or(of_queue).unwrap_or(hall)
    }

    /// When something is due by itself: the earliest time at which `tick` would do anything.
    pub fn due_at(&self) -> Option<DateTime<Utc>> {
        crate::due::next(self)
    }
}

impl Fold {
    /// See [`Hall::apply`].
    pub fn apply(&mut self, entry: &Entry) -> Touched {
        self.seq = entry.seq;
        self.time = Some(entry.time);
        self.notices.retain(|it| it.until > entry.time);
        let touched = moves::apply(self, entry);
        if let Some(ticket) = &touched.ticket {
            self.touched.insert(ticket.reference, entry.seq);
        }
        touched
    }

    /// A counter to change, made if it was never opened.
    pub(crate) fn counter_mut(&mut self, id: &CounterId, now: DateTime<Utc>) -> &mut Counter {
        Arc::make_mut(
            self.counters
                .entry(id.clone())
                .or_insert_with(|| Arc::new(Counter::closed(id.clone(), now))),
        )
    }

    /// What a queue has seen, made if it has seen nothing.
    pub(crate) fn queue_mut(&mut self, id: &QueueId) -> &mut QueueFold {
        self.queues.entry(id.clone()).or_default()
    }

    /// Sets a counter's state, and since when.
    pub(crate) fn set_counter(&mut self, id: &CounterId, state: CounterState, now: DateTime<Utc>) -> &mut Counter {
        let counter = self.counter_mut(id, now);
        counter.state = state;
        counter.since = now;
        counter.idle_since = (state == CounterState::Open).then_some(now);
        counter
    }
}

/// Whether an event begins a new business day (where a snapshot is taken).
pub fn begins_day(event: &Event) -> bool {
    matches!(event, Event::Day { new: true, .. })
}
