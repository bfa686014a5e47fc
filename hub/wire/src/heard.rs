//! Everything a listener may hear.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::aloud::Voice;
use crate::board::{Board, Notice};
use crate::frame::{AnyFrame, Frame};
use crate::{At, Estimate};

/// One message from the hub; told apart by its fields.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum Heard {
    /// The answer to hello.
    Welcome {
        /// See [`Welcome`].
        welcome: Welcome,
    },
    /// The whole hall, cut for this face.
    Board {
        /// Which hall.
        hall: String,
        /// The board.
        board: Box<Board>,
    },
    /// What happened.
    Frame {
        /// Which hall.
        hall: String,
        /// Its entry.
        at: At,
        /// What.
        #[schema(value_type = Frame)]
        frame: AnyFrame,
    },
    /// One ticket, latest wins (face `ticket`).
    Mine {
        /// Which hall.
        hall: String,
        /// The ticket.
        mine: Mine,
    },
    /// Not in the journal, latest wins.
    Live {
        /// Which hall.
        hall: String,
        /// Figures that change by themselves.
        live: Live,
    },
    /// What speakers begin to say, or are asked to; not in the journal.
    Voice {
        /// Which hall.
        hall: String,
        /// See [`Voice`].
        voice: Voice,
    },
    /// Counts of a hall (cut `summary`).
    Summary {
        /// Which hall.
        hall: String,
        /// The counts.
        summary: Summary,
    },
    /// Sign of life.
    Beat {
        /// See [`Beat`].
        beat: Beat,
    },
}

/// The answer to hello.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Welcome {
    /// The hub's clock.
    pub now: DateTime<Utc>,
    /// Seconds between two beats.
    pub heartbeat_s: u32,
    /// How long to wait before coming back.
    pub retry: Retry,
}

/// Bounds of the random wait before a new try, seconds.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Retry {
    /// At least.
    pub min_s: f64,
    /// At most.
    pub max_s: f64,
}

/// A sign of life, with how far each followed hall has come.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Beat {
    /// The hub's clock.
    pub now: DateTime<Utc>,
    /// Positions.
    pub at: BTreeMap<String, At>,
}

/// What the visitor's phone shows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Mine {
    /// State of the ticket.
    pub state: String,
    /// Its number.
    pub number: String,
    /// How many before it; none when it is not in line.
    pub ahead: Option<u32>,
    /// The rest of the wait.
    pub estimate: Option<Estimate>,
    /// Label of the counter it is called to.
    pub counter: Option<String>,
    /// Its stage, if its route has several.
    pub stage: Option<crate::frame::Stage>,
    /// Who else of its queue is called or served now, the newest call first: number and counter's label.
    pub calls: Vec<Shown>,
    /// Times called, this time included.
    pub times: u32,
    /// What "more time" would do; none where it may not be asked for.
    #[serde(default)]
    pub defer: Option<Deferral>,
    /// Emergencies of the whole hall and of the zones it waits for, the newest last; each until its own time.
    #[serde(default)]
    pub notices: Vec<Notice>,
}

/// What "more time" would do for a waiting ticket.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Deferral {
    /// How many others would go first; 0: nobody waits behind it, and it is refused.
    pub places: u32,
    /// How often it may still be asked for; 0: it is refused.
    pub left: u32,
}

/// A number and where it went.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Shown {
    /// What was shown.
    pub number: String,
    /// The counter's label.
    pub label: String,
}

/// Figures that change without an entry.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Live {
    /// Waiting time by queue, of somebody who comes now; a queue without an estimate is absent.
    pub estimates: BTreeMap<String, Estimate>,
    /// State of each queue: `open, closed, noon, full, frozen`.
    #[serde(default)]
    pub queues: BTreeMap<String, String>,
    /// Players by id: online or not.
    #[serde(default)]
    pub players: BTreeMap<String, bool>,
    /// Open alerts of the hall and of the whole hub; staff cut only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alerts: Option<u32>,
}

/// Counts of a hall.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Summary {
    /// Tickets waiting.
    pub waiting: u32,
    /// Being served.
    pub serving: u32,
    /// Counters not closed.
    pub counters_open: u32,
    /// Longest wait so far, seconds.
    pub longest_wait_s: u32,
}
