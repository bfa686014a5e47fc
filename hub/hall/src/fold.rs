//! The fold of a hall's journal: what has happened, as far as it still matters.
//!
//! The fold changes by `apply` alone, and `apply` reads the event alone, never the setup or a clock:
//! the same journal always gives the same fold.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::counter::{Counter, Learnt, Listed, Step};
use crate::event::{Entry, Event};
use crate::ids::{AnnouncementId, CounterId, QueueId, TicketRef, ZoneId};
use crate::moves;
use crate::next::Tally;
use crate::setup::Mode;
use crate::ticket::{Ticket, TicketState};
use crate::tickets::Tickets;

mod queue;

pub use queue::{ARRIVALS_KEPT, Frozen, PAUSES_KEPT, QueueFold, SERVICES_KEPT, WAITS_KEPT};

/// Version of the fold's shape in snapshots; another one is not read but replayed.
pub const FOLD_VERSION: i32 = 3;
/// Calls kept for boards.
pub const CALLS_KEPT: usize = 20;
/// Missed tickets shown on boards.
pub const MISSED_KEPT: usize = 20;

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
    pub tickets: Tickets,
    /// Counters that were ever opened.
    pub counters: BTreeMap<CounterId, Arc<Counter>>,
    /// The last number of each series today.
    pub series: BTreeMap<String, u32>,
    /// What each queue has seen today.
    pub queues: BTreeMap<QueueId, Arc<QueueFold>>,
    /// Mode set for the hall today, over the setup's.
    pub mode: Option<Mode>,
    /// Modes set for counters.
    pub counter_modes: BTreeMap<CounterId, Mode>,
    /// The last calls, newest first.
    pub calls: VecDeque<Call>,
    /// The last missed tickets that may still return, newest first. Who fell off its end does not come back when
    /// another one leaves it: listeners have forgotten them too.
    #[serde(default)]
    pub missed: VecDeque<TicketRef>,
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

/// A call, for the lists on screens.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Call {
    /// The entry of the last time: the newest stands first, also of several in one moment.
    #[serde(default)]
    pub seq: i64,
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
    /// It goes before everything else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub emergency: bool,
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
    /// After a step was taken back: the call of its ticket that stands in the list then.
    pub call: Option<Call>,
}

impl Fold {
    /// See [`crate::Hall::apply`].
    pub fn apply(&mut self, entry: &Entry) -> Touched {
        self.seq = entry.seq;
        self.time = Some(entry.time);
        self.notices.retain(|it| it.until > entry.time);
        let touched = moves::apply(self, entry);
        self.list_missed(entry, &touched);
        touched
    }

    fn list_missed(&mut self, entry: &Entry, touched: &Touched) {
        if begins_day(&entry.event) {
            self.missed.clear();
        }
        let tickets = &self.tickets;
        let may_return =
            |it: &Ticket| it.state == TicketState::NoShow && it.until.is_none_or(|until| until > entry.time);
        self.missed.retain(|it| tickets.get(it).is_some_and(|it| may_return(it)));
        let Some(ticket) = touched.ticket.as_ref().filter(|it| may_return(it)) else {
            return;
        };
        self.missed.retain(|it| *it != ticket.reference);
        let since = |it: &TicketRef| tickets.get(it).map(|it| it.missed_since());
        let place = self.missed.iter().position(|it| since(it) <= Some(ticket.missed_since()));
        self.missed.insert(place.unwrap_or(self.missed.len()), ticket.reference);
        self.missed.truncate(MISSED_KEPT);
    }

    /// Changes a ticket; nothing if it is not known.
    pub(crate) fn change(&mut self, entry: &Entry, reference: TicketRef, change: impl FnOnce(&mut Ticket)) -> Touched {
        let Some(before) = self.tickets.get(&reference).cloned() else {
            return Touched::default();
        };
        let mut after = Ticket::clone(&before);
        change(&mut after);
        after.touched = entry.seq;
        Touched { ticket: Some(self.tickets.put(after)), ticket_before: Some(before), ..Touched::default() }
    }

    /// Changes a counter, made if it was never opened.
    pub(crate) fn change_counter(
        &mut self,
        entry: &Entry,
        id: &CounterId,
        change: impl FnOnce(&mut Counter),
    ) -> Arc<Counter> {
        let counter =
            self.counters.entry(id.clone()).or_insert_with(|| Arc::new(Counter::closed(id.clone(), entry.time)));
        let changed = Arc::make_mut(counter);
        change(changed);
        changed.touched = entry.seq;
        counter.clone()
    }

    /// The same as a step of the counter, which `undo` can take back; `before` is what stood before it.
    pub(crate) fn step(
        &mut self,
        entry: &Entry,
        id: &CounterId,
        before: StepBefore,
        change: impl FnOnce(&mut Counter),
    ) -> Arc<Counter> {
        self.change_counter(entry, id, |counter| {
            let mut stood = Box::new(counter.clone());
            stood.last = None;
            change(counter);
            counter.last = Some(Arc::new(Step {
                seq: entry.seq,
                at: entry.time,
                ticket: before.ticket,
                counter: stood,
                tallies: before.tallies,
                listed: before.listed,
                learnt: before.learnt,
            }));
        })
    }

    /// Lets a ticket go from the counter it is at, if it is at one. Not a step: somebody else did it.
    pub(crate) fn release(&mut self, entry: &Entry, ticket: &Ticket) -> Option<Arc<Counter>> {
        let id = ticket.counter.as_ref().filter(|_| ticket.is_at_counter())?;
        let holds_it = self.counters.get(id)?.ticket == Some(ticket.reference);
        holds_it.then(|| {
            self.change_counter(entry, id, |counter| {
                counter.let_go(None, entry.time);
                counter.last = None;
            })
        })
    }

    /// What a queue has seen, made if it has seen nothing.
    pub(crate) fn queue_mut(&mut self, id: &QueueId) -> &mut QueueFold {
        Arc::make_mut(self.queues.entry(id.clone()).or_default())
    }

    /// Puts a call on top of the list, in the place of an earlier one of the same ticket, which is given back.
    pub(crate) fn list_call(&mut self, call: Call) -> Listed {
        let at = self.calls.iter().position(|it| it.ticket == call.ticket);
        let earlier = at.and_then(|at| self.calls.remove(at));
        self.calls.push_front(call);
        self.calls.truncate(CALLS_KEPT);
        Listed { earlier }
    }
}

/// See [`Step`]: what stood before it.
#[derive(Default)]
pub(crate) struct StepBefore {
    pub ticket: Option<Arc<Ticket>>,
    pub tallies: Vec<(QueueId, Tally)>,
    pub listed: Option<Listed>,
    pub learnt: Option<Learnt>,
}

/// Whether an event begins a new business day (where a snapshot is taken).
pub fn begins_day(event: &Event) -> bool {
    matches!(event, Event::Day { new: true, .. })
}

/// Whole seconds from one time to a later one.
pub(crate) fn seconds(from: DateTime<Utc>, to: DateTime<Utc>) -> u32 {
    u32::try_from((to - from).num_seconds().max(0)).unwrap_or(u32::MAX)
}
