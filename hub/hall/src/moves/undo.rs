//! Undo: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::CounterId;

/// Takes the counter's last step back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// The counter.
    pub counter: CounterId,
}
