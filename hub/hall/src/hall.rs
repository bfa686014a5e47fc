//! A hall: its setup and the fold of its journal.
//!
//! The questions one can ask of a hall as it stands. It changes by [`Hall::apply`] alone; what is
//! decided, and what is due, stands elsewhere.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::counter::Counter;
use crate::event::Entry;
pub use crate::fold::{
    CALLS_KEPT, Call, Day, FOLD_VERSION, Fold, Frozen, MISSED_KEPT, Notice, QueueFold, SERVICES_KEPT, Touched,
    WAITS_KEPT, begins_day,
};
use crate::ids::{CounterId, QueueId, TicketId, TicketRef, VisitorId};
use crate::refusal::Refusal;
use crate::setup::{Mode, Queue, Setup};
use crate::ticket::Ticket;

/// A hall as it stands.
#[derive(Clone, Debug)]
pub struct Hall {
    /// How it is set up.
    pub setup: Arc<Setup>,
    /// What has happened, folded.
    pub fold: Fold,
}

impl Hall {
    /// A hall nothing has happened in.
    pub fn new(setup: Arc<Setup>) -> Self {
        Self { setup, fold: Fold::default() }
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
        self.fold.tickets.by_id(id)
    }

    /// A counter of the setup as it stands (never opened = closed).
    pub fn counter(&self, id: &CounterId) -> Result<Arc<Counter>, Refusal> {
        if let Some(it) = self.fold.counters.get(id) {
            return Ok(it.clone());
        }
        self.setup.counter(id).ok_or_else(|| Refusal::no_counter(id))?;
        Ok(Arc::new(Counter::closed(id.clone(), self.fold.time.unwrap_or_default())))
    }

    /// A queue of the setup.
    pub fn queue(&self, id: &QueueId) -> Result<&Queue, Refusal> {
        self.setup.queue(id).ok_or_else(|| Refusal::no_queue(id))
    }

    /// What a queue has seen today.
    pub fn queue_fold(&self, id: &QueueId) -> Option<&QueueFold> {
        self.fold.queues.get(id).map(|it| &**it)
    }

    /// A queue's rules; those of a plain queue if it is no longer in the setup, so that its tickets can be closed.
    pub fn rules_of(&self, id: &QueueId) -> &Queue {
        self.setup.queue(id).unwrap_or_else(|| Queue::plain())
    }

    /// What is on a counter's sign.
    pub fn label<'a>(&'a self, id: &'a CounterId) -> &'a str {
        self.setup.counter(id).map_or(id.as_str(), |it| &it.label)
    }

    /// Tickets waiting in a queue, by order key, present or not.
    pub fn waiting_in<'a>(&'a self, queue: &'a QueueId) -> impl Iterator<Item = &'a Arc<Ticket>> + 'a {
        self.fold.tickets.waiting_in(queue)
    }

    /// Tickets that are still open.
    pub fn open_tickets(&self) -> impl Iterator<Item = &Arc<Ticket>> {
        self.fold.tickets.values().filter(|it| it.state.is_open())
    }

    /// Open tickets of one visitor.
    pub fn open_of<'a>(&'a self, visitor: &'a VisitorId) -> impl Iterator<Item = &'a Arc<Ticket>> + 'a {
        self.open_tickets().filter(move |it| it.visitor.as_ref() == Some(visitor))
    }

    /// The mode that holds for a queue at a counter: counter, then queue, then hall; what was set today goes before the setup.
    pub fn mode_for(&self, queue: &QueueId, counter: &CounterId) -> Mode {
        self.mode_of_counter(counter).or_else(|| self.mode_of_queue(queue)).unwrap_or_else(|| self.mode())
    }

    /// The mode of the hall itself.
    pub fn mode(&self) -> Mode {
        self.fold.mode.unwrap_or(self.setup.hall.mode)
    }

    /// The mode a queue has of its own.
    pub fn mode_of_queue(&self, id: &QueueId) -> Option<Mode> {
        let set = self.queue_fold(id).and_then(|it| it.mode);
        set.or_else(|| self.setup.queue(id).and_then(|it| it.mode))
    }

    /// The mode a counter has of its own.
    pub fn mode_of_counter(&self, id: &CounterId) -> Option<Mode> {
        let set = self.fold.counter_modes.get(id).copied();
        set.or_else(|| self.setup.counter(id).and_then(|it| it.mode))
    }

    /// When something is due by itself: the earliest time at which `tick` would do anything.
    pub fn due_at(&self) -> Option<DateTime<Utc>> {
        crate::due::next(self)
    }
}
