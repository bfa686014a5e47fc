//! CallTicket: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::CounterId;
use crate::moves::TicketName;

/// Calls a chosen ticket.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallTicket {
    /// The counter.
    pub counter: CounterId,
    /// The ticket.
    pub ticket: TicketName,
}
