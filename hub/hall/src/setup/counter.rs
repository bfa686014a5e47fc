//! A counter and what it serves.

use serde::{Deserialize, Serialize};

use super::Mode;
use crate::ids::{CounterId, QueueId, ZoneId};

/// A counter and what it serves.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterSetup {
    /// Its id.
    pub id: CounterId,
    /// What is on its sign: `3`, `301`.
    pub label: String,
    /// What a label that is a name is called in English.
    #[serde(default)]
    pub label_en: String,
    /// How to get there, said after a call: `左转`.
    #[serde(default)]
    pub direction: String,
    /// The same in English.
    #[serde(default)]
    pub direction_en: String,
    /// Zone it stands in; none = the whole hall.
    #[serde(default)]
    pub zone: Option<ZoneId>,
    /// Its queues, in its order of preference.
    #[serde(default)]
    pub queues: Vec<Served>,
    /// How it chooses between its queues.
    #[serde(default)]
    pub choose: Choose,
    /// Own mode; none = the queue's, then the hall's.
    #[serde(default)]
    pub mode: Option<Mode>,
    /// Works through the noon break.
    #[serde(default)]
    pub noon_duty: bool,
}

/// A queue that a counter serves.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Served {
    /// The queue.
    pub queue: QueueId,
    /// First of all as soon as somebody waits there this long, seconds.
    #[serde(default)]
    pub first_when_wait_s: Option<u32>,
    /// Only when somebody waits there this long, seconds.
    #[serde(default)]
    pub only_when_wait_s: Option<u32>,
}

/// How a counter chooses between its queues.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choose {
    /// Whoever waits longest.
    #[default]
    LongestWait,
    /// The first of its queues that has somebody.
    Preference,
}
