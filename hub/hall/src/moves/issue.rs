//! Issue: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::{ClassId, QueueId, VisitorId};
use crate::ticket::{Channel, Language};

/// Takes a ticket.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// The queue.
    pub queue: QueueId,
    /// The door it comes through.
    #[serde(default)]
    pub channel: Channel,
    /// A class of the hall.
    #[serde(default)]
    pub priority: Option<ClassId>,
    /// The visitor's language.
    #[serde(default)]
    pub language: Language,
    /// Several stages; the first must be `queue`.
    #[serde(default)]
    pub route: Vec<QueueId>,
    /// Set by the door: the row of the visitor.
    #[serde(default)]
    pub visitor: Option<VisitorId>,
    /// The order number, in a pick-up queue.
    #[serde(default)]
    pub pick_up: Option<String>,
}
