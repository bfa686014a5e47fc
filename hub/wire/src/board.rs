//! The board: a hall as its screens see it at one position. `fold` keeps it, `cut` makes it smaller.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::At;
use crate::noun::{Counter, Queue, Ticket};

/// Calls a board keeps.
pub const CALLS_KEPT: usize = 20;
/// Missed tickets a board keeps.
pub const MISSED_KEPT: usize = 20;
/// Announcements a board keeps; the oldest gives way.
pub const NOTICES_KEPT: usize = 20;

/// A hall as its listeners see it at one position.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Board {
    /// The position it is true for.
    pub at: At,
    /// Names and words of the hall.
    pub hall: HallFace,
    /// The business day; none before the first.
    pub day: Option<DayFace>,
    /// Queues.
    pub queues: Vec<Queue>,
    /// Open tickets, by `ref`.
    pub tickets: Vec<Ticket>,
    /// Counters.
    pub counters: Vec<Counter>,
    /// The last calls, newest first.
    pub calls: Vec<Call>,
    /// The last missed tickets, newest first.
    pub missed: Vec<Missed>,
    /// Announcements that are shown.
    pub notices: Vec<Notice>,
    /// Who moves tickets now; staff cut only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modes: Option<Modes>,
}

/// Who moves tickets: `manual, automatic, mixed`. A counter's own goes before its queues', a queue's before the hall's.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Modes {
    /// In the hall.
    pub hall: String,
    /// Queues that have a mode of their own.
    pub queues: BTreeMap<String, String>,
    /// Counters that have one.
    pub counters: BTreeMap<String, String>,
    /// Those a supervisor set today, over the setup; what is not here stands in the setup.
    #[serde(default)]
    pub set: SetModes,
}

/// Modes that were set by hand today, and can be taken back.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SetModes {
    /// The hall's.
    pub hall: bool,
    /// Queues.
    pub queues: Vec<String>,
    /// Counters.
    pub counters: Vec<String>,
}

/// Names and words of a hall.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HallFace {
    /// Its id.
    pub id: String,
    /// Chinese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// The site's Chinese name.
    pub site: String,
    /// The site's English name.
    pub site_en: String,
    /// IANA time zone of the site.
    pub time_zone: String,
    /// The word after a counter's label.
    pub counter_word: String,
    /// The word before it in English.
    pub counter_word_en: String,
    /// Where somebody who missed a call goes.
    pub missed_hint: String,
    /// The same in English.
    pub missed_hint_en: String,
    /// What the ticker says.
    pub ticker: Vec<String>,
    /// Seconds a step can be undone.
    pub undo_s: u32,
    /// Codes of reasons with their words.
    pub reasons: Vec<Word>,
    /// Priority classes with their words.
    pub classes: Vec<Word>,
    /// Calls are said aloud here.
    #[serde(default)]
    pub speaks: bool,
}

/// A code with its words.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Word {
    /// Code.
    pub id: String,
    /// Chinese.
    pub name: String,
    /// English.
    pub name_en: String,
}

/// The business day on a board.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DayFace {
    /// `2026-11-24`.
    pub date: String,
    /// Whether it takes tickets.
    pub open: bool,
}

/// A call in the list of recent calls.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Call {
    /// The ticket's public name.
    #[serde(rename = "ref")]
    pub reference: i64,
    /// What was shown.
    pub number: String,
    /// Its queue.
    pub queue: String,
    /// Where to: id.
    pub counter: String,
    /// Where to: label.
    pub label: String,
    /// Where it was shown; empty = everywhere.
    pub zones: Vec<String>,
    /// When, the last time.
    pub at: DateTime<Utc>,
    /// How often.
    pub times: u32,
    /// The entry of the last time: the newest stands first, also of several in one moment.
    #[serde(default)]
    pub seq: i64,
}

/// A missed ticket that may still return.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Missed {
    /// The ticket's public name.
    #[serde(rename = "ref")]
    pub reference: i64,
    /// Its number.
    pub number: String,
    /// Its queue.
    pub queue: String,
    /// The counter that called it.
    pub counter: Option<String>,
    /// Where it is shown; empty = everywhere.
    pub zones: Vec<String>,
    /// When it was missed.
    pub since: DateTime<Utc>,
    /// Until when it may return; it leaves the list then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
}

/// An announcement on a board.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Notice {
    /// Its id.
    pub id: String,
    /// The words.
    pub text: Option<String>,
    /// Where; empty = everywhere.
    pub zones: Vec<String>,
    /// Shown until.
    pub until: DateTime<Utc>,
    /// It goes before everything else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub emergency: bool,
}
