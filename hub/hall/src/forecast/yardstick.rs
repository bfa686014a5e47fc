//! Simple predictors, kept to measure the forecast against: it must beat them all.

use super::painter::serves;
use crate::hall::{Hall, WAITS_KEPT};
use crate::ids::QueueId;

/// Whoever comes now waits as long as the last one who was called.
pub fn last_to_enter(hall: &Hall, queue: &QueueId) -> Option<u32> {
    hall.queue_fold(queue)?.waits.back().copied()
}

/// Position in line x mean time at a counter / counters now open.
pub fn position_by_mean(hall: &Hall, queue: &QueueId) -> Option<u32> {
    let counters = hall.fold.counters.values().filter(|it| serves(hall, it, queue)).count();
    let position = hall.fold.tickets.waiting(queue) + 1;
    let expected_s = f64::from(hall.rules_of(queue).service_s);
    let mean_s = hall.queue_fold(queue).and_then(|it| mean(it.services.iter())).unwrap_or(expected_s);
    (counters > 0).then(|| seconds(position as f64 * mean_s / counters as f64))
}

/// The mean wait of the last thirty.
pub fn mean_of_last(hall: &Hall, queue: &QueueId) -> Option<u32> {
    let waits = &hall.queue_fold(queue)?.waits;
    mean(waits.iter().rev().take(WAITS_KEPT)).map(seconds)
}

fn mean<'a>(times: impl ExactSizeIterator<Item = &'a u32>) -> Option<f64> {
    let count = times.len();
    let sum: f64 = times.map(|it| f64::from(*it)).sum();
    (count > 0).then(|| sum / count as f64)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates at the ends")]
fn seconds(value: f64) -> u32 {
    value.round() as u32
}
