//! Rule 3: a priority class goes before others, the highest class first, as often as the mix allows.

use super::lane::Privilege;
use super::pool::{Group, Pick};
use super::{Rule, mix};

pub(super) fn pick(group: &Group<'_>) -> Option<Pick> {
    candidate(group).filter(|it| mix::lets(group, it))
}

/// Who would be picked, if the mix and the bound let them.
pub(super) fn candidate(group: &Group<'_>) -> Option<Pick> {
    group.first_privileged(Privilege::Class, Rule::Class)
}

#[cfg(test)]
mod tests {
    use crate::kit::*;

    #[test]
    fn the_higher_class_goes_first_and_inside_a_class_the_arrival_counts() {
        let mut hall = given([queue("a").with(|it| it.mix = 9), class("green"), class("elder"), one_waiting()]);
        hall.must(issue_as("a", "elder")).must(issue_as("a", "green")).must(issue_as("a", "elder"));
        assert_eq!(hall.explained(1), "A003 class, A002 class, A004 class, A001 order");
    }

    #[test]
    fn whoever_stands_first_anyway_is_in_order() {
        let mut hall = given([queue("a"), class("elder")]);
        hall.must(issue_as("a", "elder")).must(issue("a"));
        assert_eq!(hall.explained(1), "A001 order, A002 order");
    }

    #[test]
    fn a_class_that_staff_give_counts_from_now_on_and_can_be_taken_away() {
        let mut hall = given([queue("a"), class("elder"), one_waiting(), one_waiting()]);
        hall.when(reprioritise("A002", Some("elder"))).then("A002 reprioritised");
        assert_eq!(hall.explained(1), "A002 class, A001 order");
        hall.must(reprioritise("A002", None));
        assert_eq!(hall.explained(1), "A001 order, A002 order");
        hall.when(reprioritise("A002", Some("king"))).then_bad("priority");
    }
}
