//! What is due by itself: new day, time-outs, parked tickets, wrapping up, automatic assignment.
//!
//! Nothing here is a timer: it is decided at the next use, or by a `tick`, whichever comes first.

use chrono::{DateTime, Utc};

use crate::draft::Draft;
use crate::hall::Hall;

/// Does what is due at the draft's `now`.
pub(crate) fn catch_up(_draft: &mut Draft) {
    todo!()
}

/// Assigns waiting tickets to free counters where the mode says so.
pub(crate) fn assign_free_counters(_draft: &mut Draft) {
    todo!()
}

/// The earliest time at which something will be due.
pub(crate) fn next(_hall: &Hall) -> Option<DateTime<Utc>> {
    todo!()
}
