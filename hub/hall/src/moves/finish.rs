//! Finish: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::CounterId;

/// Ends the service; a route goes on to its next stage.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    /// The counter.
    pub counter: CounterId,
}
