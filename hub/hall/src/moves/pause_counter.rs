//! PauseCounter: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::{CounterId, ReasonId};

/// Away or busy for a while; visitors are told.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PauseCounter {
    /// The counter.
    pub counter: CounterId,
    /// `busy`, `away`, `break`, `other`, or one of the hall's.
    pub reason: ReasonId,
}

/// Back again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumeCounter {
    /// The counter.
    pub counter: CounterId,
}
