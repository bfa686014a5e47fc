//! When a queue serves and gives tickets, and which business day it is.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::hall::Hall;
use crate::ids::QueueId;

/// Whether a queue gives tickets, and if not, why.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueState {
    /// Gives tickets.
    Open,
    /// Outside its hours.
    Closed,
    /// Between two periods of the day.
    Noon,
    /// The day's tickets are taken.
    Full,
    /// Stopped by a supervisor.
    Frozen,
}

/// The business day of an instant at the hall's site.
pub fn business_day(_hall: &Hall, _now: DateTime<Utc>) -> NaiveDate {
    todo!()
}

/// Whether a queue gives tickets now.
pub fn state_of(_hall: &Hall, _queue: &QueueId, _now: DateTime<Utc>) -> QueueState {
    todo!()
}

/// When a queue that gives no tickets now will give them again, within the next 14 days.
pub fn opens_at(_hall: &Hall, _queue: &QueueId, _now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    todo!()
}
