//! How long a visitor will wait: an honest interval, simulated forward from recent service times.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::hall::Hall;
use crate::ids::{QueueId, TicketRef};

/// An interval: half of all waits end before `p50_s`, nine of ten before `p90_s`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Estimate {
    /// Median, seconds.
    pub p50_s: u32,
    /// Ninetieth percentile, seconds.
    pub p90_s: u32,
}

/// The wait of a ticket that would be taken in a queue now. None: nobody serves it.
pub fn of_queue(_hall: &Hall, _queue: &QueueId, _now: DateTime<Utc>) -> Option<Estimate> {
    todo!()
}

/// The rest of the wait of a ticket, and how many will be called before it.
pub fn of_ticket(_hall: &Hall, _ticket: TicketRef, _now: DateTime<Utc>) -> Option<Estimate> {
    todo!()
}

/// How many are before a ticket in its line.
pub fn ahead_of(_hall: &Hall, _ticket: TicketRef) -> Option<u32> {
    todo!()
}
