//! Cancel: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::ReasonId;
use crate::moves::TicketName;

/// Gives a ticket up.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// The ticket.
    pub ticket: TicketName,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
}
