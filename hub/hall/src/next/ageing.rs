//! Rule 4: nobody waits beyond the queue's bound while others are taken out of turn.
//!
//! Somebody overdue does not jump the line: it goes on in order, in which whoever has a class keeps
//! the place of their arrival. So neither side ever starves the other.

use super::pool::{Group, Pick};
use super::{Rule, appointment, class, mix};

pub(super) fn pick(group: &Group<'_>) -> Option<Pick> {
    if !somebody_is_overdue(group) {
        return None;
    }
    let kept_back = appointment::candidate(group).or_else(|| class::candidate(group))?;
    let first = group.first()?;
    mix::would_let(group, &kept_back).then_some(Pick { rule: Rule::Ageing, ..first })
}

/// Whether an ordinary ticket has waited beyond its queue's bound.
pub(super) fn somebody_is_overdue(group: &Group<'_>) -> bool {
    group.lanes().any(|(_, lane)| lane.is_overdue(group.now()))
}

#[cfg(test)]
mod tests {
    use crate::kit::*;
    use crate::setup::ReturnPlace;

    #[test]
    fn a_class_that_has_waited_long_itself_still_goes_first() {
        let rules = |it: &mut crate::setup::Queue| {
            (it.mix, it.wait_bound_s, it.return_place) = (9, Some(600), ReturnPlace::Head);
        };
        let mut hall = given([queue("a").with(rules), class("elder"), one_waiting(), asked(issue_as("a", "elder"))]);
        // Whoever comes back has waited for a moment only, though standing first.
        hall.must(call(1, "A001")).must(no_show(1)).after_s(601).must(come_back("A001"));
        assert_eq!(hall.explained(1), "A002 class, A001 order");
        hall.after_s(601);
        assert_eq!(hall.explained(1), "A001 ageing, A002 order");
    }
}
