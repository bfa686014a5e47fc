//! A refusal: the hall's "no", which the caller can act on. Never a failure of the machine.

use serde::{Deserialize, Serialize};

use crate::counter::Counter;
use crate::ids::{CounterId, QueueId};
use crate::ticket::Ticket;

/// The stable codes of refusals (HTTP 409).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// No ticket this counter may call.
    NobodyWaiting,
    /// The counter is not open (closed or paused).
    CounterClosed,
    /// The counter has a ticket.
    CounterBusy,
    /// The ticket or counter is in a state in which this cannot be done.
    WrongState,
    /// Another counter was faster.
    AlreadyCalled,
    /// The queue's tickets of the day are all taken.
    QuotaReached,
    /// The queue gives no tickets at this time.
    OutsideHours,
    /// The queue is stopped: it gives no tickets, and nobody of it is called.
    QueueFrozen,
    /// Called as often as the queue allows, or too soon after the last call.
    RecallLimit,
    /// The time for this has passed.
    TooLate,
    /// Nobody waits behind the ticket: nobody could go first.
    NobodyBehind,
    /// The counter or ticket belongs to somebody else.
    NotYours,
    /// The visitor holds as many tickets as allowed.
    Hoarding,
    /// The hall holds as many open tickets as it can.
    HallFull,
    /// The business day is closed.
    DayClosed,
    /// Something happened since the caller looked.
    Stale,
}

/// What is wrong with a field, for those who say it in their own words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Misfit {
    /// It is needed here.
    Missing,
    /// It is not wanted here.
    NotWanted,
    /// It names something this hall does not have.
    NoSuch,
    /// A number that is not one of these to those.
    Range(u32, u32),
    /// A text of fewer or more characters, or on several lines.
    Length(usize, usize),
    /// More than so many.
    AtMost(usize),
    /// None of several fields, or more than one, where one is needed.
    OneOf,
    /// A time that has passed.
    TimePassed,
    /// A time that is more than so many hours ahead.
    HoursAhead(i64),
    /// Only staff may give it.
    StaffOnly,
    /// A route that does not begin with its queue.
    RouteStart,
    /// It reads like a number that another queue gives.
    OtherNumber,
}

/// Why the hall did not change.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum Refusal {
    /// The caller can act on it: what, one sentence for people, and what stands there.
    #[error("{detail}")]
    No {
        /// Stable code.
        code: RefusalCode,
        /// One sentence for people.
        detail: String,
        /// The ticket it is about, as it stands.
        ticket: Option<Box<Ticket>>,
        /// The counter it is about, as it stands.
        counter: Option<Box<Counter>>,
    },
    /// The hall knows nothing of this name (HTTP 404).
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// A field does not fit this hall (HTTP 422): field, what is wrong with it, and why in a sentence.
    #[error("{0}: {2}")]
    Bad(&'static str, Misfit, String),
}

impl Refusal {
    /// A plain refusal.
    pub fn no(code: RefusalCode, detail: impl Into<String>) -> Self {
        Self::No { code, detail: detail.into(), ticket: None, counter: None }
    }

    /// The same, showing the ticket as it stands.
    #[must_use]
    pub fn with_ticket(self, it: &Ticket) -> Self {
        match self {
            Self::No { code, detail, counter, .. } => {
                Self::No { code, detail, ticket: Some(Box::new(it.clone())), counter }
            }
            other @ (Self::Missing(_) | Self::Bad(..)) => other,
        }
    }

    /// The same, showing the counter as it stands.
    #[must_use]
    pub fn with_counter(self, it: &Counter) -> Self {
        match self {
            Self::No { code, detail, ticket, .. } => {
                Self::No { code, detail, ticket, counter: Some(Box::new(it.clone())) }
            }
            other @ (Self::Missing(_) | Self::Bad(..)) => other,
        }
    }

    /// The code, if it is a plain refusal.
    pub fn code(&self) -> Option<RefusalCode> {
        match self {
            Self::No { code, .. } => Some(*code),
            Self::Missing(_) | Self::Bad(..) => None,
        }
    }

    pub(crate) fn no_queue(_: &QueueId) -> Self {
        Self::Missing("queue")
    }

    pub(crate) fn no_counter(_: &CounterId) -> Self {
        Self::Missing("counter")
    }
}
