//! A counter: where staff meets a visitor.
//!
//! It holds at most one ticket, and a ticket called or being served has exactly one counter.
//! What a member of staff loses (page, network, machine) they find again here.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::ask::By;
use crate::fold::Call;
use crate::forecast::Stretch;
use crate::ids::{CounterId, QueueId, ReasonId, TicketRef};
use crate::next::Tally;
use crate::ticket::Ticket;

/// A longer pause between two visitors, with somebody waiting, is no part of how long a visitor keeps a counter, seconds.
const PAUSE_SECONDS_MAX: i64 = 120;

/// What a counter is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CounterState {
    /// Nobody is there.
    Closed,
    /// Ready for the next visitor.
    Open,
    /// A visitor has been called.
    Calling,
    /// A visitor is being served.
    Serving,
    /// Staff is away or busy; visitors are told.
    Paused,
    /// The time after a visitor in which nobody is assigned.
    WrappingUp,
}

/// A counter as the hall keeps it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Counter {
    /// Its id.
    pub id: CounterId,
    /// What it is doing.
    pub state: CounterState,
    /// Who holds it.
    pub staff: Option<By>,
    /// The ticket called or being served.
    pub ticket: Option<TicketRef>,
    /// Why it is paused.
    pub reason: Option<ReasonId>,
    /// Since when it is in this state.
    pub since: DateTime<Utc>,
    /// Wrapping up ends by itself at this time.
    pub wrap_up_until: Option<DateTime<Utc>>,
    /// Since when it has had nobody (longest idle is assigned first).
    pub idle_since: Option<DateTime<Utc>>,
    /// Visitors finished today.
    pub served: u32,
    /// Since when the ticket it has keeps it: from the call, or from when it could have been called there.
    /// The way to the counter and the pause before the call keep others waiting as much as the service does.
    #[serde(default)]
    pub busy_since: Option<DateTime<Utc>>,
    /// Its staff took a call back: nobody is assigned until they act again.
    #[serde(default)]
    pub by_hand: bool,
    /// The last step, for `undo`.
    pub last: Option<Arc<Step>>,
    /// The last entry that touched it, for `expect` and `undo`.
    #[serde(default)]
    pub touched: i64,
}

impl Counter {
    /// A counter nobody has opened yet.
    pub fn closed(id: CounterId, since: DateTime<Utc>) -> Self {
        Self {
            id,
            state: CounterState::Closed,
            staff: None,
            ticket: None,
            reason: None,
            since,
            wrap_up_until: None,
            idle_since: None,
            served: 0,
            busy_since: None,
            by_hand: false,
            last: None,
            touched: 0,
        }
    }

    /// Whether somebody is there who can call.
    pub fn is_free(&self) -> bool {
        matches!(self.state, CounterState::Open | CounterState::WrappingUp)
    }

    /// Whether visitors are called and served there at present (a pause is not).
    pub fn is_working(&self) -> bool {
        match self.state {
            CounterState::Open | CounterState::Calling | CounterState::Serving | CounterState::WrappingUp => true,
            CounterState::Closed | CounterState::Paused => false,
        }
    }

    /// Takes a ticket that is called to it.
    pub(crate) fn take(&mut self, ticket: &Ticket, now: DateTime<Utc>) {
        let could_call = self.idle_since.map_or(now, |idle| idle.max(ticket.waiting_since));
        self.busy_since = Some(could_call.max(now - Duration::seconds(PAUSE_SECONDS_MAX)));
        self.become_(CounterState::Calling, now);
        self.ticket = Some(ticket.reference);
        self.by_hand = false;
    }

    /// Lets its ticket go; wraps up until then, or is open at once.
    pub(crate) fn let_go(&mut self, wrap_up_until: Option<DateTime<Utc>>, now: DateTime<Utc>) {
        let state = if wrap_up_until.is_some() { CounterState::WrappingUp } else { CounterState::Open };
        self.become_(state, now);
        self.wrap_up_until = wrap_up_until;
        self.ticket = None;
        self.busy_since = None;
    }

    /// Changes its state, and with it since when and since when idle.
    pub(crate) fn become_(&mut self, state: CounterState, now: DateTime<Utc>) {
        self.state = state;
        self.since = now;
        self.reason = None;
        self.wrap_up_until = None;
        self.idle_since = (state == CounterState::Open).then_some(now);
    }
}

/// One step of a counter, with what stood before it: all that `undo` needs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Step {
    /// The entry that made the step.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The ticket before the step.
    pub ticket: Option<Arc<Ticket>>,
    /// The counter before the step (without its own last step: undo goes one step back, not two).
    pub counter: Box<Counter>,
    /// The mix of the queues before the step, where the step changed it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tallies: Vec<(QueueId, Tally)>,
    /// The step was a call and went on the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<Listed>,
    /// What the step added to the queue's measured times, so that undo takes it out again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learnt: Option<Learnt>,
}

/// A call went on the list: what the list said of the ticket before, if anything.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Listed {
    /// The earlier call.
    pub earlier: Option<Call>,
}

/// How long a call came after it could have been made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pause {
    /// Somebody was waiting when the counter became free, seconds.
    After(u32),
    /// The counter was free when the visitor came, seconds.
    Greeting(u32),
}

/// A measured time that a step added to its queue.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Learnt {
    /// The queue.
    pub queue: QueueId,
    /// How long the visitor kept the counter, seconds.
    pub kept_s: Option<u32>,
    /// How long the visitor waited, seconds.
    pub waited_s: Option<u32>,
    /// How long the call came after it could have been made, seconds.
    #[serde(default)]
    pub pause: Option<Pause>,
    /// What its promise taught.
    #[serde(default)]
    pub stretch: Stretch,
}
