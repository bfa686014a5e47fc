//! Park: see the command.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{CounterId, ReasonId};
use crate::moves::TicketName;

/// Puts the visitor being served aside.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Park {
    /// The counter.
    pub counter: CounterId,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
    /// Comes back by itself then; at most 24 h ahead.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
}

/// Brings a parked ticket back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unpark {
    /// The ticket.
    pub ticket: TicketName,
}
