//! A queue and its rules.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::{Hours, Mode, Speech};
use crate::ids::{DepartmentId, QueueId, ZoneId};

/// A queue and its rules.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QueueSetup)]
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
    /// Calls are shown and sent, not said.
    #[serde(default)]
    pub silent: bool,
    /// The matter itself tells something about the visitor: only the number is ever said.
    #[serde(default)]
    pub sensitive: bool,
    /// How calls are said; none = as in the hall.
    #[serde(default)]
    pub speech: Option<Speech>,
    /// Expected service time before any was seen, seconds.
    #[serde(default = "default_service_s")]
    pub service_s: u32,
}

/// What happens to tickets that still wait when the day closes; who is at a counter is always served.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// They are closed as unserved.
    #[default]
    Unserved,
    /// They are still called and served; who is left when the next day begins is unserved.
    Serve,
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

impl Queue {
    /// A queue with an id, a prefix and a name, and everything else as it is by default.
    pub fn new(id: impl Into<QueueId>, prefix: &str, name: &str) -> Self {
        Self {
            id: id.into(),
            prefix: prefix.into(),
            name: name.into(),
            name_en: String::new(),
            short: None,
            department: None,
            zones: Vec::new(),
            floor: None,
            matters: Vec::new(),
            first_number: one(),
            hours: None,
            quota: None,
            appointment_quota: None,
            mode: None,
            check_in: false,
            open_per_visitor: None,
            anonymous: yes(),
            closing: Closing::default(),
            recalls: default_recalls(),
            recall_gap_s: default_recall_gap_s(),
            no_show_after_s: 0,
            call_timeout_s: None,
            return_within_s: default_return_within_s(),
            returns: default_returns(),
            return_place: ReturnPlace::default(),
            defer_places: default_defer_places(),
            deferrals: default_deferrals(),
            park_at_counter: false,
            mix: default_mix(),
            wait_bound_s: None,
            late_s: default_late_s(),
            wrap_up_s: 0,
            pick_up: false,
            silent: false,
            sensitive: false,
            speech: None,
            service_s: default_service_s(),
        }
    }

    /// The rules for tickets of a queue that is no longer in the setup.
    pub(crate) fn plain() -> &'static Self {
        static PLAIN: OnceLock<Queue> = OnceLock::new();
        PLAIN.get_or_init(|| Self::new("", "", ""))
    }
}

fn yes() -> bool {
    true
}
fn one() -> u32 {
    1
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
