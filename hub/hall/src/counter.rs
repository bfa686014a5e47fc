//! A counter: where staff meets a visitor.
//!
//! It holds at most one ticket, and a ticket called or being served has exactly one counter.
//! What a member of staff loses (page, network, machine) they find again here.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::ask::By;
use crate::ids::{CounterId, QueueId, ReasonId, TicketRef};
use crate::next::Tally;
use crate::ticket::Ticket;

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
    /// The last step, for `undo`.
    pub last: Option<Arc<Step>>,
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
            last: None,
        }
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
    /// The mix of the queue before the step, if the step changed it.
    pub tally: Option<(QueueId, Tally)>,
}
