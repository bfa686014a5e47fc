//! Which of its queues a counter looks at: by its preference, or all of them for the longest wait.
//!
//! Conditions come first: a queue that is only served when somebody has waited so long is left out
//! until then, and one that goes first when somebody has waited so long goes before all others.

use super::lane::Lane;
use super::pool::Pool;
use crate::setup::Choose;

/// The lanes between which the rules decide now.
pub(super) fn lanes(pool: &Pool<'_>) -> Vec<usize> {
    let met = |wait_s: Option<u32>, lane: &Lane<'_>| wait_s.is_some_and(|it| lane.has_waited(it, pool.now));
    let serves = |lane: &Lane<'_>| lane.only_when_wait_s.is_none() || met(lane.only_when_wait_s, lane);
    let mut lanes: Vec<usize> = (0..pool.lanes.len())
        .filter(|at| !pool.lanes[*at].is_empty() && serves(&pool.lanes[*at]))
        .collect();
    let is_urgent = |at: &usize| met(pool.lanes[*at].first_when_wait_s, &pool.lanes[*at]);
    if lanes.iter().any(is_urgent) {
        lanes.retain(is_urgent);
    }
    match pool.choose {
        Choose::LongestWait => {}
        Choose::Preference => lanes.truncate(1),
    }
    lanes
}
