//! The hall's own settings: names, day, modes, words.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Pronunciation, Speech};
use crate::ids::{HallId, ReasonId};

/// The hall itself.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HallSetup {
    /// Its id.
    pub id: HallId,
    /// Chinese name.
    pub name: String,
    /// English name.
    #[serde(default)]
    pub name_en: String,
    /// Time zone of its site.
    #[schema(value_type = String)]
    pub time_zone: Tz,
    /// The hour at which one business day becomes the next (0-23).
    #[serde(default)]
    pub cutover_hour: u32,
    /// Who moves tickets, unless a queue or counter says otherwise.
    #[serde(default)]
    pub mode: Mode,
    /// Which free counter is assigned first.
    #[serde(default)]
    pub assign: Assign,
    /// How long a step can be undone, seconds.
    #[serde(default = "default_undo_s")]
    pub undo_s: u32,
    /// Whether boards may be read without a token.
    #[serde(default = "yes")]
    pub public_board: bool,
    /// Most open tickets of one visitor in the hall; none = no limit.
    #[serde(default)]
    pub open_per_visitor: Option<u32>,
    /// The word after a counter's label: 号窗口, 诊室…
    #[serde(default = "default_counter_word")]
    pub counter_word: String,
    /// The same in English, before the label.
    #[serde(default = "default_counter_word_en")]
    pub counter_word_en: String,
    /// Where somebody who missed a call goes.
    #[serde(default)]
    pub missed_hint: String,
    /// The same in English.
    #[serde(default)]
    pub missed_hint_en: String,
    /// A hint on the slip.
    #[serde(default)]
    pub slip_hint: String,
    /// The same in English.
    #[serde(default)]
    pub slip_hint_en: String,
    /// What the screens' ticker says.
    #[serde(default)]
    pub ticker: Vec<String>,
    /// Days that are not as their weekday says.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub calendar: BTreeMap<NaiveDate, SpecialDay>,
    /// Codes a pause, a parking, a transfer or a cancellation may carry, with their words.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    /// A counter open without a visitor this long, with people waiting for it, raises an alert (seconds).
    #[serde(default = "default_idle_alert_s")]
    pub idle_alert_s: u32,
    /// Kiosks sort departments and queues so.
    #[serde(default)]
    pub sort: OfferSort,
    /// Whether kiosks offer only the queues of their floor (`true`) or of all floors.
    #[serde(default)]
    pub floors_apart: bool,
    /// How calls are said, unless a queue says otherwise.
    #[serde(default)]
    pub speech: Speech,
    /// How words of this hall are pronounced.
    #[serde(default)]
    pub pronunciations: Vec<Pronunciation>,
}

/// How kiosks sort what they offer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfferSort {
    /// Most tickets in the last 30 days first.
    #[default]
    Taken,
    /// By first letter.
    Letter,
}

/// A day that is not as its weekday says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpecialDay {
    /// Nothing is open.
    Closed,
    /// Works like this weekday (a make-up day).
    #[schema(value_type = String)]
    Like(Weekday),
}

/// A reason's code and words.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Code.
    pub id: ReasonId,
    /// Chinese words.
    pub name: String,
    /// English words.
    #[serde(default)]
    pub name_en: String,
}

/// Who moves tickets to counters.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Only staff.
    #[default]
    Manual,
    /// A free counter is assigned the next ticket.
    Automatic,
    /// Queues and counters that say `automatic` are assigned, all others wait for staff; both may press.
    Mixed,
}

/// Which of several free counters gets the next ticket.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Assign {
    /// The one free for the longest time.
    #[default]
    LongestIdle,
    /// The one that has served the fewest today.
    FewestServed,
}

fn yes() -> bool {
    true
}
fn default_undo_s() -> u32 {
    10
}
fn default_counter_word() -> String {
    "号窗口".into()
}
fn default_counter_word_en() -> String {
    "Counter".into()
}
fn default_idle_alert_s() -> u32 {
    600
}
