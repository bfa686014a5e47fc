//! Recall: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::CounterId;

/// The same call again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Recall {
    /// The counter.
    pub counter: CounterId,
}
