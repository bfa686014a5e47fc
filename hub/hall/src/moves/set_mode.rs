//! SetMode: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::{CounterId, QueueId};
use crate::setup::Mode;

/// Sets who moves tickets: hall, or one queue, or one counter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetMode {
    /// The mode.
    pub mode: Mode,
    /// Only this queue.
    #[serde(default)]
    pub queue: Option<QueueId>,
    /// Only this counter.
    #[serde(default)]
    pub counter: Option<CounterId>,
}
