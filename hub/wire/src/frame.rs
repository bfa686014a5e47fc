//! Frames: what happened, with the new state of what it touched.
//!
//! Folding is always the same (replace the ticket by `ref`, the counter by `id`), so a listener
//! that does not know a kind still keeps a right board.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::aloud::Aloud;
pub use crate::noun::{Counter, Queue, Staff, StaffPart, Stage, Ticket};

/// What every kind of frame may carry: the new state of what was touched.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Touch {
    /// The ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Ticket>,
    /// The counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<Counter>,
    /// A second counter, when a move touches two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_counter: Option<Counter>,
    /// Everywhere this is shown and spoken, also where it is no longer; empty = the whole hall.
    #[serde(default)]
    pub zones: Vec<String>,
    /// Code of a reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<DateTime<Utc>>,
    /// When a ticket that is missed now was missed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
    /// Until when it may return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// How it is said aloud; none: it is not. Public cut only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aloud: Option<Aloud>,
}

/// A call, first or repeated.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Called {
    /// What was touched.
    #[serde(flatten)]
    pub touch: Touch,
    /// How often it was called, this time included.
    pub times: u32,
    /// When it is to be spoken.
    pub speak_at: Option<DateTime<Utc>>,
    /// Why this one; staff cut only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Because>,
}

/// Why a ticket was called.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Because {
    /// The rule that decided.
    pub rule: String,
    /// The candidates' refs, the called one first.
    pub candidates: Vec<i64>,
}

/// A step taken back.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Undone {
    /// What was touched.
    #[serde(flatten)]
    pub touch: Touch,
    /// The entry that is taken back.
    pub undoes: i64,
    /// The ticket's place in the list of calls as it stands now; none: it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<crate::board::Call>,
}

/// A queue changed: frozen, thawed, or its mode set.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QueueChanged {
    /// What was touched.
    #[serde(flatten)]
    pub touch: Touch,
    /// The queues concerned, as they stand now; empty = the whole hall's mode.
    pub queues: Vec<Queue>,
    /// The mode, where one was set: `manual, automatic, mixed`; none where one was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// All modes as they stand now, where one was set or taken back; staff cut only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modes: Option<crate::board::Modes>,
}

/// The setup changed: everything that boards show of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Configured {
    /// The new revision.
    pub revision: i64,
    /// When it happened.
    pub time: DateTime<Utc>,
    /// The hall's names and words.
    pub hall: crate::board::HallFace,
    /// All queues.
    pub queues: Vec<Queue>,
    /// All counters.
    pub counters: Vec<Counter>,
    /// All modes; staff cut only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modes: Option<crate::board::Modes>,
}

/// The business day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Day {
    /// Its date at the site, `2026-11-24`.
    pub date: String,
    /// Whether it takes tickets.
    pub open: bool,
    /// A new day, not the same one again.
    pub new: bool,
    /// When it happened.
    pub time: DateTime<Utc>,
    /// All modes: a new day forgets those that were set; staff cut only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modes: Option<crate::board::Modes>,
}

/// Something said by hand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Announced {
    /// Its id.
    pub id: String,
    /// The words; they stand once in the frame.
    pub text: Option<String>,
    /// A recorded clip instead.
    pub clip: Option<String>,
    /// Where; empty = the whole hall.
    pub zones: Vec<String>,
    /// Speakers by name; empty = all of the zones.
    pub speakers: Vec<String>,
    /// In this language only.
    pub language: Option<String>,
    /// How often it is said.
    pub repeat: u32,
    /// When it happened.
    pub time: DateTime<Utc>,
    /// Shown until then.
    pub until: DateTime<Utc>,
    /// It goes before everything else, and interrupts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub emergency: bool,
    /// How it is said; none: silently.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aloud: Option<Aloud>,
}

/// An announcement is not shown any more, before its time.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Withdrawn {
    /// Its id.
    pub id: String,
    /// Where it was shown; empty = the whole hall.
    pub zones: Vec<String>,
    /// When it happened.
    pub time: DateTime<Utc>,
}

/// One frame: `{KIND: {…}}`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the kinds are the contract's words; each is a verb of a ticket's life")]
pub enum Frame {
    Issued(Touch),
    CheckedIn(Touch),
    Called(Called),
    Recalled(Called),
    Started(Touch),
    Finished(Touch),
    NoShow(Touch),
    Parked(Touch),
    Unparked(Called),
    Transferred(Touch),
    Returned(Touch),
    Deferred(Touch),
    Cancelled(Touch),
    Reprioritised(Touch),
    Undone(Undone),
    Unserved(Touch),
    Counter(Touch),
    Queue(QueueChanged),
    Configured(Configured),
    Day(Day),
    Announced(Announced),
    Withdrawn(Withdrawn),
}

/// A frame as a listener reads it: of a kind it knows, or of one that was added later.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AnyFrame {
    /// A kind of today.
    Known(Box<Frame>),
    /// Another: what it touched is folded all the same.
    Unknown(BTreeMap<String, Touch>),
}
