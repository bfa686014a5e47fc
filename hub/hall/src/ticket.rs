//! A ticket: one visitor's place in a line.
//!
//! ```text
//! (nothing) --issue--> WAITING --call_next | call_ticket--> CALLED --start--> SERVING --finish--> DONE | next stage: WAITING
//!    WAITING <--undo | transfer | return-- CALLED --no_show | time-out--> NO_SHOW --return--> WAITING
//!    SERVING --park--> PARKED --unpark | due--> CALLED (at its counter) | WAITING (for the queue)
//!    any open --cancel--> CANCELLED        any open --close of the day--> UNSERVED | carried over
//! ```
//! A ticket keeps the time and the order key of its arrival over transfers, parking and undo.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::forecast::Interval;
use crate::ids::{ClassId, CounterId, QueueId, TicketId, TicketRef, VisitorId};

/// Where a ticket stands in its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// In line (if `present` is false: not yet callable where its queue asks for check-in).
    Waiting,
    /// Called to a counter, not yet there.
    Called,
    /// At the counter.
    Serving,
    /// Put aside until something is done or a time has come.
    Parked,
    /// Did not come; may return within the queue's grace.
    NoShow,
    /// Served to the end of its route.
    Done,
    /// Given up by the visitor or taken out by staff.
    Cancelled,
    /// The day ended before it was served.
    Unserved,
}

impl TicketState {
    /// Whether something can still happen to the ticket without bringing it back first.
    pub fn is_open(self) -> bool {
        match self {
            Self::Waiting | Self::Called | Self::Serving | Self::Parked => true,
            Self::NoShow | Self::Done | Self::Cancelled | Self::Unserved => false,
        }
    }
}

/// Through which door a ticket was taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// At a kiosk in the hall.
    Kiosk,
    /// By a member of staff.
    Counter,
    /// From a telephone or phone page, away from the hall.
    Phone,
    /// By a program.
    #[default]
    Api,
}

/// The language a visitor wants to be addressed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Mandarin.
    #[default]
    Zh,
    /// English.
    En,
}

/// The place in line: smaller is earlier. Arrival gives `seq * STEP`; whoever is put between two
/// others gets the middle, so no key of another ticket ever changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(value_type = i64)]
pub struct OrderKey(pub i64);

impl OrderKey {
    /// The distance between two arrivals; keys stay below 2^53, the last exact number of JSON readers, for 2^37 entries.
    pub const STEP: i64 = 1 << 16;

    /// The key of an arrival with the entry `seq`.
    pub fn arrival(seq: i64) -> Self {
        Self(seq.saturating_mul(Self::STEP))
    }

    /// A key before this one, with room between.
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(Self::STEP))
    }

    /// A key between two others (ties fall back to the ticket's ref).
    pub fn between(before: Self, after: Self) -> Self {
        Self(before.0 + (after.0 - before.0) / 2)
    }
}

/// One stage of a ticket's route.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = RouteStage)]
pub struct Stage {
    /// Which one, from 1.
    pub index: u32,
    /// The queues of the route, in order.
    pub route: Vec<QueueId>,
}

/// A ticket as the hall keeps it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Ticket {
    /// Public name: the number of the entry that issued it.
    pub reference: TicketRef,
    /// The visitor's key.
    pub id: TicketId,
    /// What is printed: `B042`, or the order number in a pick-up queue.
    pub number: String,
    /// The numbering series it belongs to (the queue's prefix at issue).
    pub series: String,
    /// The queue it waits in or is served for.
    pub queue: QueueId,
    /// Where it stands.
    pub state: TicketState,
    /// Priority class, if any.
    pub priority: Option<ClassId>,
    /// The counter that holds it (called, serving, parked there), or that it waits for after a transfer.
    pub counter: Option<CounterId>,
    /// Place in line.
    pub order: OrderKey,
    /// Goes before everyone else: back from another stage or counter.
    pub stage_first: bool,
    /// Its route, if it has several stages.
    pub stage: Option<Stage>,
    /// The queues it goes back to after the present one (`then: back`), the next one last.
    #[serde(default)]
    pub back_to: Vec<QueueId>,
    /// Present in the hall (checked in, or taken there).
    pub present: bool,
    /// Door it came through.
    pub channel: Channel,
    /// Language of the visitor.
    pub language: Language,
    /// The visitor's row, if known.
    pub visitor: Option<VisitorId>,
    /// The appointment it was made from, if any.
    pub appointment: Option<String>,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// What wait was promised when it was issued, until it is called: the promise is kept or not, once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Interval>,
    /// When it (last) began to wait; waiting time and ageing count from here.
    pub waiting_since: DateTime<Utc>,
    /// When it was first called for the present stage.
    pub called_at: Option<DateTime<Utc>>,
    /// When it was last called or recalled (the recall gap counts from here).
    pub spoken_at: Option<DateTime<Utc>>,
    /// When service began for the present stage.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub finished_at: Option<DateTime<Utc>>,
    /// How often it was called for the present call (1 = called once, no recall yet).
    pub calls: u32,
    /// How often it came back from a no-show.
    pub returns: u32,
    /// How often the visitor asked for more time.
    pub deferrals: u32,
    /// Parked: when it comes back by itself. No-show: until when it may return.
    pub until: Option<DateTime<Utc>>,
    /// Why it is parked, cancelled or moved.
    pub reason: Option<crate::ids::ReasonId>,
    /// When it was last put aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parked_at: Option<DateTime<Utc>>,
    /// Parked at its counter (unparking calls it there) rather than for the queue.
    pub parked_at_counter: bool,
    /// How long it was served in this queue before it was put aside, seconds.
    #[serde(default)]
    pub served_s: u32,
    /// The last entry that touched it, for `expect` and `undo`.
    #[serde(default)]
    pub touched: i64,
}

impl Ticket {
    /// By what lines are sorted.
    pub fn place(&self) -> (OrderKey, TicketRef) {
        (self.order, self.reference)
    }

    /// Whether a hall keeps it: open, or a no-show that may return.
    pub(crate) fn is_known(&self) -> bool {
        self.state.is_open() || self.state == TicketState::NoShow
    }

    /// Since when a missed ticket is missed.
    pub fn missed_since(&self) -> DateTime<Utc> {
        self.finished_at.or(self.spoken_at).unwrap_or(self.issued_at)
    }

    /// Whether anything but its place in line decides when it is called, and where.
    pub(crate) fn is_special(&self) -> bool {
        self.stage_first || self.appointment.is_some() || self.priority.is_some() || self.counter.is_some()
    }

    /// Whether it is at a counter.
    pub fn is_at_counter(&self) -> bool {
        matches!(self.state, TicketState::Called | TicketState::Serving)
    }

    /// The queue of its next stage, with that stage's number.
    pub(crate) fn next_stage(&self) -> Option<(&QueueId, u32)> {
        let stage = self.stage.as_ref()?;
        let next = stage.route.get(usize::try_from(stage.index).ok()?)?;
        Some((next, stage.index + 1))
    }
}
