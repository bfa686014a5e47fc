//! Times of service by weekday, as an administrator writes them; what they mean is in `crate::hours`.

use chrono::{NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

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
