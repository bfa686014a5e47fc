//! Who is next: the rules in their order, and the explanation "why this one".
//!
//! 1. stage priority, 2. appointment inside its window, 3. priority class by the queue's stated mix,
//! 4. ageing (nobody waits beyond the bound while others are taken out of turn), 5. order key.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::hall::Hall;
use crate::ids::{CounterId, QueueId, TicketRef};

/// Most candidates named in an explanation.
pub const CANDIDATES_MAX: usize = 10;

/// How the queue has mixed so far: calls out of turn since the last ordinary one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Calls out of turn in a row.
    pub out_of_turn: u32,
}

/// The rule that decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Back from another stage or counter.
    Stage,
    /// An appointment inside its window.
    Appointment,
    /// A priority class, within the mix.
    Class,
    /// Waited beyond the bound.
    Ageing,
    /// First come, first served.
    Order,
    /// Sent to this counter by name.
    ToCounter,
    /// Chosen by staff.
    Chosen,
}

/// Why a ticket was called: the rule, and up to ten candidates in the order they stood.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Because {
    /// The rule that decided.
    pub rule: Rule,
    /// The queue the counter chose, and it had this many waiting.
    pub queue: QueueId,
    /// Candidates, the called one first.
    pub candidates: Vec<TicketRef>,
}

/// The answer to "who would be next here, and why".
#[derive(Clone, PartialEq, Debug)]
pub struct Choice {
    /// The ticket.
    pub ticket: TicketRef,
    /// Why.
    pub because: Because,
}

/// One candidate of an explanation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Candidate {
    /// The ticket.
    #[serde(rename = "ref")]
    pub reference: TicketRef,
    /// What is printed.
    pub number: String,
    /// Its queue.
    pub queue: QueueId,
    /// The rule that would take it in its place.
    pub rule: Rule,
    /// How long it has waited, seconds.
    pub waited_s: i64,
}

/// Who is next for a counter.
pub fn next_for(_hall: &Hall, _counter: &CounterId, _now: DateTime<Utc>) -> Option<Choice> {
    todo!()
}

/// The next candidates of a counter in the order they would be called, each with its rule.
pub fn explain(_hall: &Hall, _counter: &CounterId, _now: DateTime<Utc>) -> Vec<Candidate> {
    todo!()
}
