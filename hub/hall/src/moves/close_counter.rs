//! CloseCounter: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::CounterId;

/// Nobody is at the counter any more.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseCounter {
    /// The counter.
    pub counter: CounterId,
}
