//! Reprioritise: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::{ClassId, ReasonId};
use crate::moves::TicketName;

/// Puts a ticket into another class.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reprioritise {
    /// The ticket.
    pub ticket: TicketName,
    /// The class; none = ordinary.
    #[serde(default)]
    pub priority: Option<ClassId>,
    /// Why.
    pub reason: ReasonId,
}
