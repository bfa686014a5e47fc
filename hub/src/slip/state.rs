//! How the printed slip of a ticket is doing, for whoever holds the ticket.

use hall::{HallId, TicketRef};
use serde::{Deserialize, Serialize};

use crate::notify::printer;
use crate::store::Db;
use crate::store::deliveries::{self, Latest};

/// See the module.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlipState {
    /// None was asked for.
    #[default]
    None,
    /// On its way to the printer.
    Waiting,
    /// It came out.
    Printed,
    /// The last try did not print it; the ticket is as good without. (It may still come, for two minutes.)
    Failed,
}

impl SlipState {
    /// The state of a ticket's last slip; of one that failed also the code of what the printer lacked.
    pub async fn of(db: &Db, hall: &HallId, ticket: TicketRef) -> Result<(Self, Option<String>), sqlx::Error> {
        let latest = deliveries::latest(db, hall, ticket, printer::NAME).await?;
        let state = latest.as_ref().map_or(Self::None, Self::from_latest);
        Ok((state, latest.and_then(|it| it.why).filter(|_| state == Self::Failed)))
    }

    fn from_latest(latest: &Latest) -> Self {
        match (latest.state.as_str(), &latest.why) {
            ("done", _) => Self::Printed,
            ("waiting" | "carrying", None) => Self::Waiting,
            _tried_in_vain => Self::Failed,
        }
    }
}
