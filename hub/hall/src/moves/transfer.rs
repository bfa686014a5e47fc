//! Transfer: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::{CounterId, QueueId, ReasonId};
use crate::moves::TicketName;

/// Moves a ticket to another queue or counter; its arrival is kept.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The ticket…
    #[serde(default)]
    pub ticket: Option<TicketName>,
    /// …or the counter that has it.
    #[serde(default)]
    pub counter: Option<CounterId>,
    /// To this queue…
    #[serde(default)]
    pub queue: Option<QueueId>,
    /// …or this counter.
    #[serde(default)]
    pub to_counter: Option<CounterId>,
    /// Where it stands there.
    #[serde(default)]
    pub place: Place,
    /// `back`: returns to the sending queue afterwards.
    #[serde(default)]
    pub then: Option<Then>,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
}

/// Where a transferred ticket stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// By its arrival.
    #[default]
    Keep,
    /// First.
    Head,
    /// Last.
    Tail,
}

/// What happens after the other queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// Back to the sending queue, before all others.
    Back,
}
