//! The first and only thing a listener says.

use serde::{Deserialize, Serialize};

use crate::At;

/// Largest first message, bytes.
pub const HELLO_BYTES_MAX: usize = 16 * 1024;
/// Time a listener has for it, seconds.
pub const HELLO_WITHIN_S: u64 = 5;
/// Most halls on one socket.
pub const HALLS_MAX: usize = 64;

/// `{"hello": {…}}`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct First {
    /// The hello.
    pub hello: Hello,
}

/// Who listens to what.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// Bearer token; the session cookie counts without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// What is drawn.
    pub face: Face,
    /// The halls it follows.
    pub follow: Vec<Follow>,
}

/// What is drawn from what is heard.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the faces are the contract's words")]
pub enum Face {
    Screen,
    Strip,
    Counter,
    Rating,
    Kiosk,
    Ticket,
    Wall,
    Player,
}

/// One hall to follow.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Follow {
    /// The hall.
    pub hall: String,
    /// The last position seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
    /// Only these zones, and what concerns the whole hall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zones: Option<Vec<String>>,
    /// Only these counters, and what concerns the whole hall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counters: Option<Vec<String>>,
    /// One ticket, by the visitor's key (face `ticket`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// `summary`: counts only, for a wall over many halls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<Cut>,
}

/// How much of a hall is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// Counts per hall, one a second.
    Summary,
}
