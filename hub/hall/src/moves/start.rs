//! Start: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::CounterId;

/// The visitor has come; service begins.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// The counter.
    pub counter: CounterId,
}
