//! CheckIn: see the command.

use serde::{Deserialize, Serialize};

use crate::moves::TicketName;

/// The visitor is in the hall.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// The ticket.
    #[serde(default)]
    pub ticket: Option<TicketName>,
    /// An appointment instead.
    #[serde(default)]
    pub appointment: Option<String>,
    /// Or its code.
    #[serde(default)]
    pub code: Option<String>,
}
