//! NoShow: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::CounterId;

/// The visitor did not come.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoShow {
    /// The counter.
    pub counter: CounterId,
}
