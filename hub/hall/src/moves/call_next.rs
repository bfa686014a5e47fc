//! CallNext: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::CounterId;

/// Calls whoever is next for a counter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallNext {
    /// The counter.
    pub counter: CounterId,
}
