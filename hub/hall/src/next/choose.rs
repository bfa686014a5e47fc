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
    let mut lanes: Vec<usize> =
        (0..pool.lanes.len()).filter(|at| !pool.lanes[*at].is_empty() && serves(&pool.lanes[*at])).collect();
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

#[cfg(test)]
mod tests {
    use crate::kit::*;
    use crate::setup::Choose;

    #[test]
    fn the_longest_wait_of_all_queues_goes_first() {
        let mut hall = given([queue("a"), queue("b"), asked(issue("b")), asked(issue("a")), asked(issue("b"))]);
        assert_eq!(hall.serve_all(1), "B001 A001 B002");
    }

    #[test]
    fn a_counter_may_have_an_order_of_preference() {
        let prefers = counter(1, &["a", "b"]).so_that(|it| it.choose = Choose::Preference);
        let mut hall =
            given([queue("a"), queue("b"), prefers, asked(issue("b")), asked(issue("a")), asked(issue("a"))]);
        assert_eq!(hall.explained(1), "A001 order, A002 order, B001 order");
        assert_eq!(hall.serve_all(1), "A001 A002 B001");
    }

    #[test]
    fn when_the_wait_in_a_queue_passes_a_limit_it_goes_first() {
        let prefers = counter(1, &["a", "b"]).so_that(|it| {
            it.choose = Choose::Preference;
            it.queues[1].first_when_wait_s = Some(1_800);
        });
        let mut hall =
            given([queue("a"), queue("b"), prefers, asked(issue("b")), asked(issue("a")), asked(issue("a"))]);
        hall.after_s(1_799).when(call_next(1)).then("A001 to counter 1");
        hall.after_s(1).must(start(1)).must(finish(1)).when(call_next(1)).then("B001 to counter 1");
    }

    #[test]
    fn a_queue_may_be_served_only_when_somebody_has_waited_long() {
        let helps = counter(1, &["a", "b"]).so_that(|it| it.queues[1].only_when_wait_s = Some(600));
        let mut hall = given([queue("a"), queue("b"), helps, asked(issue("b"))]);
        hall.after_s(599).when(call_next(1));
        hall.then_refused(crate::RefusalCode::NobodyWaiting, "1 wait for counter 1, but none can be called yet");
        hall.after_s(1).when(call_next(1)).then("B001 to counter 1");
    }

    #[test]
    fn who_was_sent_by_name_is_called_there_and_nowhere_else() {
        let mut hall = given([queue("a"), one_waiting(), one_waiting()]);
        hall.must(call_next(1)).must(start(1)).when(send_to(1, 2)).then("A001 sent to counter 2");
        hall.when(call_next(3)).then("A002 to counter 3");
        hall.when(call_next(1)).then_refused(crate::RefusalCode::NobodyWaiting, "none can be called yet");
        hall.when(call_next(2)).then("A001 to counter 2").because("to_counter");
    }

    #[test]
    fn when_that_counter_closes_whoever_was_sent_there_waits_for_any() {
        let mut hall = given([queue("a"), one_waiting()]);
        hall.must(call_next(1))
            .must(start(1))
            .must(send_to(1, 2))
            .when(close(2))
            .then("A001 sent to a; counter 2 closed");
        hall.when(call_next(3)).then("A001 to counter 3").because("order");
    }
}
