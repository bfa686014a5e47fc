//! The mix: at most `k` calls out of turn in a row, then one in turn; 0 is strict order.
//!
//! All lanes of the group count together: a counter of many queues passes an ordinary ticket over
//! no more often than one of a single queue. Whoever stands first anyway is not out of turn.

use super::ageing;
use super::pool::{Group, Pick};

/// Whether a ticket may go before others now.
pub(super) fn lets(group: &Group<'_>, pick: &Pick) -> bool {
    would_let(group, pick) && !ageing::somebody_is_overdue(group)
}

/// The same, but for the bound.
pub(super) fn would_let(group: &Group<'_>, pick: &Pick) -> bool {
    let is_first = group.first().is_none_or(|first| first.place == pick.place);
    let in_a_row: u32 = group.lanes().map(|(_, lane)| lane.out_of_turn).sum();
    !is_first && in_a_row < group.lane(pick.lane).rules.mix
}
