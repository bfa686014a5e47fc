//! What travels between the hub and everything that listens.
//!
//! Strings for ids: a listener needs no rules. The board is one fold, the same on every side;
//! the pages replay the same recorded frames against their own copy of it.

pub mod aloud;
pub mod board;
pub mod cut;
pub mod fold;
pub mod frame;
pub mod heard;
pub mod hello;
pub mod noun;

pub use aloud::{Aloud, Say, SayPart};
pub use board::Board;
pub use cut::{Part, Scope};
pub use frame::Frame;
pub use heard::Heard;
pub use hello::Hello;
pub use noun::{Counter, Queue, Ticket};

use serde::{Deserialize, Serialize};

/// A position in a hall's journal. Epochs are compared for equality only.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct At {
    /// Changes only when history is replaced (restore, move).
    pub epoch: i64,
    /// The number of the last entry seen.
    pub seq: i64,
}

/// A waiting time as an interval, seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Estimate {
    /// Half of all waits end before.
    pub p50_s: u32,
    /// Nine of ten end before.
    pub p90_s: u32,
}
