//! Return: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::ReasonId;
use crate::moves::TicketName;

/// A no-show comes back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// The ticket.
    pub ticket: TicketName,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
}
