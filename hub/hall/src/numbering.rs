//! Ticket numbers: unique per business day and series, without gaps, never reused in a day.
//!
//! Queues with the same prefix share one series. After A999 comes A1000, never A001 again.

use crate::fold::Fold;
use crate::setup::Queue;

/// Least digits of a printed number.
const DIGITS: usize = 3;

/// The next number of a queue, as printed and as it runs.
pub(crate) fn next(fold: &Fold, queue: &Queue) -> (String, u32) {
    let running = fold.series.get(&queue.prefix).map_or(queue.first_number, |last| last + 1);
    (format!("{}{running:0DIGITS$}", queue.prefix), running)
}

/// A new day: series begin again, but not while a ticket of theirs is still open.
pub(crate) fn begin_day(fold: &mut Fold) {
    let open: std::collections::BTreeSet<String> = fold.tickets.values().map(|it| it.series.clone()).collect();
    fold.series.retain(|series, _| open.contains(series));
}
