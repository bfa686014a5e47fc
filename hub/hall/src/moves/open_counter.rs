//! OpenCounter: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::CounterId;

/// Somebody is at the counter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenCounter {
    /// The counter.
    pub counter: CounterId,
    /// A named person (scope supervisor); none = the caller.
    #[serde(default)]
    pub staff: Option<String>,
}
