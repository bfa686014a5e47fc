//! Rule 1: whoever comes back from another stage or counter goes first, such as a patient from X-ray.
//!
//! They have waited for this counter before, so they count neither in the mix nor against the bound.

use super::Rule;
use super::lane::Privilege;
use super::pool::{Group, Pick};

pub(super) fn pick(group: &Group<'_>) -> Option<Pick> {
    group.first_privileged(Privilege::Stage, Rule::Stage)
}

#[cfg(test)]
mod tests {
    use crate::kit::*;

    fn x_ray() -> [Given; 4] {
        [queue("a"), queue("x"), one_waiting(), class("elder")]
    }

    #[test]
    fn a_patient_back_from_x_ray_goes_before_everybody() {
        let mut hall = given(x_ray());
        hall.must(call_next(1)).must(start(1)).must(issue("a")).must(issue_as("a", "elder"));
        hall.when(send_and_back(1, "x")).then("A001 sent to x");
        hall.must(call(2, "A001")).must(start(2)).when(finish(2)).then("A001 on to a");
        assert_eq!(hall.explained(1), "A001 stage, A003 class, A002 order");
        hall.when(call_next(1)).then("A001 to counter 1").because("stage");
    }

    #[test]
    fn who_misses_the_call_or_asks_for_more_time_gives_it_up() {
        let mut hall = given(x_ray());
        hall.must(call_next(1)).must(start(1)).must(issue("a")).must(issue("a")).must(send_and_back(1, "x"));
        hall.must(call(2, "A001")).must(start(2)).must(finish(2)).must(defer("A001"));
        assert_eq!(hall.explained(1), "A002 order, A003 order, A001 order");
        let mut hall = given(x_ray());
        hall.must(call_next(1)).must(start(1)).must(issue("a")).must(send_and_back(1, "x"));
        hall.must(call(2, "A001")).must(start(2)).must(finish(2));
        hall.must(call_next(1)).must(no_show(1)).must(come_back("A001"));
        assert_eq!(hall.explained(1), "A002 order, A001 order");
    }

    #[test]
    fn who_was_served_has_used_it() {
        let mut hall = given(x_ray());
        hall.must(call_next(1)).must(start(1)).must(issue_as("a", "elder")).must(send_and_back(1, "x"));
        hall.must(call(2, "A001")).must(start(2)).must(finish(2)).when(call_next(1));
        hall.because("stage").must(start(1)).must(park(1)).must(unpark("A001"));
        assert_eq!(hall.explained(1), "A002 class, A001 order");
    }
}
