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

#[cfg(test)]
mod tests {
    use crate::kit::*;

    /// Four ordinary tickets, then six elders, in the queues named.
    fn crowd(mix: u32, queues: [&str; 2]) -> Scene {
        let rules = move |it: &mut crate::setup::Queue| it.mix = mix;
        let mut hall = given([queue("a").with(rules), queue("b").with(rules), class("elder")]);
        for _ in 0..4 {
            hall.must(issue(queues[0]));
        }
        for _ in 0..6 {
            hall.must(issue_as(queues[1], "elder"));
        }
        hall
    }

    #[test]
    fn one_of_these_for_one_of_those() {
        assert_eq!(crowd(1, ["a", "a"]).serve_all(1), "A005 A001 A006 A002 A007 A003 A008 A004 A009 A010");
    }

    #[test]
    fn zero_is_strict_order() {
        assert_eq!(crowd(0, ["a", "a"]).serve_all(1), "A001 A002 A003 A004 A005 A006 A007 A008 A009 A010");
    }

    #[test]
    fn queues_of_one_counter_are_mixed_as_one_line() {
        assert_eq!(crowd(2, ["a", "b"]).serve_all(1), "B001 B002 A001 B003 B004 A002 B005 B006 A003 A004");
    }

    #[test]
    fn several_counters_share_one_mix() {
        let mut hall = crowd(2, ["a", "a"]);
        let called: Vec<_> = (1..=3).map(|it| hall.must(call_next(it)).story()).collect();
        assert_eq!(called, ["A005 to counter 1", "A006 to counter 2", "A001 to counter 3"]);
    }
}
