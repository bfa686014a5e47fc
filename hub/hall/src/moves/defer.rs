//! Defer: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::ReasonId;
use crate::moves::TicketName;

/// "I need more time": some places later.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Defer {
    /// The ticket.
    pub ticket: TicketName,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
}
