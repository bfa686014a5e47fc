//! How a hall is set up: everything an administrator decides, as one document.
//!
//! This is also the file by which a hall is exported and imported. A decision uses the
//! revision that stood under the hall's lock; `apply` never reads it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::ids::{ClassId, CounterId, DepartmentId, HallId, QueueId, ReasonId, ZoneId};

/// Most rows of one kind (queues, counters, zones…) in a hall.
pub const ROWS_MAX: usize = 500;
/// Most characters in a name.
pub const NAME_CHARS_MAX: usize = 60;
/// Most open tickets a hall holds; above it refuses `hall_full`.
pub const OPEN_TICKETS_MAX: usize = 5_000;

/// A hall with all its parts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The hall.
    pub hall: HallSetup,
    /// Waiting areas.
    #[serde(default)]
    pub zones: Vec<Zone>,
    /// Departments.
    #[serde(default)]
    pub departments: Vec<Department>,
    /// Priority classes, the highest first.
    #[serde(default)]
    pub classes: Vec<Class>,
    /// Queues, in the order of the administrator.
    #[serde(default)]
    pub queues: Vec<Queue>,
    /// Counters, in the order of the building.
    #[serde(default)]
    pub counters: Vec<CounterSetup>,
}

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

/// A waiting area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// Its id.
    pub id: ZoneId,
    /// Chinese name.
    pub name: String,
    /// English name.
    #[serde(default)]
    pub name_en: String,
    /// The floor it is on.
    #[serde(default)]
    pub floor: Option<String>,
}

/// Who owns queues.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// Chinese name.
    pub name: String,
    /// English name.
    #[serde(default)]
    pub name_en: String,
    /// The floor it is on.
    #[serde(default)]
    pub floor: Option<String>,
}

/// A priority class.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its id: `elder`, `green`…
    pub id: ClassId,
    /// Chinese name.
    pub name: String,
    /// English name.
    #[serde(default)]
    pub name_en: String,
    /// Whether a visitor may choose it at a kiosk (staff always may).
    #[serde(default = "yes")]
    pub self_service: bool,
}

/// A queue and its rules.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Queue {
    /// Its id.
    pub id: QueueId,
    /// Letters before the number; queues with the same prefix share one series. Never I or O.
    pub prefix: String,
    /// Chinese name.
    pub name: String,
    /// English name.
    #[serde(default)]
    pub name_en: String,
    /// A name of at most five characters for screens.
    #[serde(default)]
    pub short: Option<String>,
    /// Who owns it.
    #[serde(default)]
    pub department: Option<DepartmentId>,
    /// Where its visitors wait; empty = everywhere.
    #[serde(default)]
    pub zones: Vec<ZoneId>,
    /// The floor its kiosks are on.
    #[serde(default)]
    pub floor: Option<String>,
    /// Matters that lead here, for search.
    #[serde(default)]
    pub matters: Vec<String>,
    /// The first number of a day.
    #[serde(default = "one")]
    pub first_number: u32,
    /// When it serves and gives tickets; none = around the clock.
    #[serde(default)]
    pub hours: Option<Hours>,
    /// Tickets a day; none = no limit.
    #[serde(default)]
    pub quota: Option<u32>,
    /// Of which by appointment.
    #[serde(default)]
    pub appointment_quota: Option<u32>,
    /// Own mode; none = the hall's.
    #[serde(default)]
    pub mode: Option<Mode>,
    /// A ticket taken away from the hall is callable only after check-in.
    #[serde(default)]
    pub check_in: bool,
    /// Open tickets one visitor may hold here; none = no limit.
    #[serde(default)]
    pub open_per_visitor: Option<u32>,
    /// Tickets without a known visitor are given.
    #[serde(default = "yes")]
    pub anonymous: bool,
    /// What happens to those still open when the day closes.
    #[serde(default)]
    pub closing: Closing,
    /// Most recalls of one call.
    #[serde(default = "default_recalls")]
    pub recalls: u32,
    /// Seconds between two calls of one ticket.
    #[serde(default = "default_recall_gap_s")]
    pub recall_gap_s: u32,
    /// Seconds after the call before staff may press no-show.
    #[serde(default)]
    pub no_show_after_s: u32,
    /// Seconds after which a called ticket becomes a no-show by itself; none = never.
    #[serde(default)]
    pub call_timeout_s: Option<u32>,
    /// Seconds a no-show may return.
    #[serde(default = "default_return_within_s")]
    pub return_within_s: u32,
    /// How often it may return.
    #[serde(default = "default_returns")]
    pub returns: u32,
    /// Where it returns to.
    #[serde(default)]
    pub return_place: ReturnPlace,
    /// How many places "more time" puts a ticket back.
    #[serde(default = "default_defer_places")]
    pub defer_places: u32,
    /// How often a visitor may ask for it.
    #[serde(default = "default_deferrals")]
    pub deferrals: u32,
    /// Parked tickets come back: to their counter, or to the queue.
    #[serde(default)]
    pub park_at_counter: bool,
    /// Out of turn at most so many in a row before one ordinary ticket is taken: `k` of priority for 1 ordinary. 0 = strict order.
    #[serde(default = "default_mix")]
    pub mix: u32,
    /// Nobody waits longer than this while others are taken out of turn, seconds; none = no bound.
    #[serde(default)]
    pub wait_bound_s: Option<u32>,
    /// Wait at which the supervisor's light turns red, seconds.
    #[serde(default = "default_late_s")]
    pub late_s: u32,
    /// Time after a visitor in which nobody is assigned, seconds.
    #[serde(default)]
    pub wrap_up_s: u32,
    /// Numbers are order numbers given by somebody else (meals, medicine).
    #[serde(default)]
    pub pick_up: bool,
    /// Expected service time before any was seen, seconds.
    #[serde(default = "default_service_s")]
    pub service_s: u32,
}

/// What happens to open tickets when the day closes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// They are closed as unserved.
    #[default]
    Unserved,
    /// They keep their number and place for the next day (an emergency queue runs overnight).
    CarryOver,
}

/// Where a no-show returns to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnPlace {
    /// First of all.
    Head,
    /// After so many who wait.
    After(u32),
    /// Last of all.
    Tail,
}

impl Default for ReturnPlace {
    fn default() -> Self {
        Self::After(3)
    }
}

/// A counter and what it serves.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterSetup {
    /// Its id.
    pub id: CounterId,
    /// What is on its sign: `3`, `301`.
    pub label: String,
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

/// Service and ticket-taking times by weekday.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Periods, each with its weekdays. A day without a period is closed.
    pub periods: Vec<Period>,
    /// Appointments of the morning and afternoon can be redeemed until so many seconds before the end.
    #[serde(default)]
    pub redeem_before_end_s: u32,
}

/// One period of service on some weekdays.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Weekdays, as `Mon`…`Sun`.
    #[schema(value_type = Vec<String>)]
    pub days: Vec<Weekday>,
    /// Service begins.
    pub from: NaiveTime,
    /// Service ends; not after midnight.
    pub until: NaiveTime,
    /// Tickets are given from; none = as service begins.
    #[serde(default)]
    pub take_from: Option<NaiveTime>,
    /// Tickets are given until; none = as service ends.
    #[serde(default)]
    pub take_until: Option<NaiveTime>,
}

/// A revision of a setup, as stored.
#[derive(Clone, PartialEq, Debug)]
pub struct Revision {
    /// Counts the changes of the setup, from 1.
    pub number: i64,
    /// The setup.
    pub setup: Setup,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

fn yes() -> bool {
    true
}
fn one() -> u32 {
    1
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
fn default_recalls() -> u32 {
    3
}
fn default_recall_gap_s() -> u32 {
    10
}
fn default_return_within_s() -> u32 {
    1_800
}
fn default_returns() -> u32 {
    2
}
fn default_defer_places() -> u32 {
    3
}
fn default_deferrals() -> u32 {
    2
}
fn default_mix() -> u32 {
    2
}
fn default_late_s() -> u32 {
    1_800
}
fn default_service_s() -> u32 {
    360
}

impl Setup {
    /// A queue by id.
    pub fn queue(&self, id: &QueueId) -> Option<&Queue> {
        self.queues.iter().find(|it| it.id == *id)
    }

    /// A counter by id.
    pub fn counter(&self, id: &CounterId) -> Option<&CounterSetup> {
        self.counters.iter().find(|it| it.id == *id)
    }

    /// A class by id.
    pub fn class(&self, id: &ClassId) -> Option<&Class> {
        self.classes.iter().find(|it| it.id == *id)
    }

    /// The zones in which a ticket of this queue is shown; empty = everywhere.
    pub fn zones_of(&self, queue: &QueueId) -> &[ZoneId] {
        self.queue(queue).map_or(&[], |it| &it.zones)
    }
}
