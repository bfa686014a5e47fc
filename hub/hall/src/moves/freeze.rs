//! FreezeQueue: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::{QueueId, ReasonId};

/// Stops a queue: no tickets, no calls.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FreezeQueue {
    /// The queue.
    pub queue: QueueId,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
}

/// Lets a frozen queue go on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ThawQueue {
    /// The queue.
    pub queue: QueueId,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
}
