//! Automatic assignment: a free counter is given the next ticket where the mode says so.
//!
//! Only the hub assigns. Whoever is given a ticket is called like any other, with the rule that decided.

use chrono::{DateTime, Duration, Utc};

use crate::counter::{Counter, CounterState};
use crate::draft::Draft;
use crate::event::Event;
use crate::hall::Hall;
use crate::hours;
use crate::ids::{CounterId, QueueId};
use crate::next::{self, Choice};
use crate::setup::{Assign, Mode, Served};

/// Assigns waiting tickets to free counters where the mode says so.
pub(crate) fn free_counters(draft: &mut Draft) {
    if !anything_is_automatic(&draft.hall) {
        return;
    }
    // Each call takes a counter out of the free ones, so this ends.
    while let Some((counter, choice)) = next_pair(draft) {
        draft.emit(Event::Called { ticket: choice.ticket, counter, because: choice.because });
    }
}

/// When a condition of time will let a free counter be assigned somebody who waits now.
pub(crate) fn next(hall: &Hall) -> Option<DateTime<Utc>> {
    if !anything_is_automatic(hall) {
        return None;
    }
    let counters = hall.fold.counters.values().filter(|it| is_assignable(it));
    counters.filter_map(|it| next_at(hall, it)).min()
}

fn anything_is_automatic(hall: &Hall) -> bool {
    let set = hall.fold.mode == Some(Mode::Automatic)
        || hall.fold.counter_modes.values().any(|it| *it == Mode::Automatic)
        || hall.fold.queues.values().any(|it| it.mode == Some(Mode::Automatic));
    set || hall.setup.hall.mode == Mode::Automatic
        || hall.setup.queues.iter().any(|it| it.mode == Some(Mode::Automatic))
        || hall.setup.counters.iter().any(|it| it.mode == Some(Mode::Automatic))
}

/// Somebody is there, has nobody, and did not just take a call back.
fn is_assignable(counter: &Counter) -> bool {
    counter.state == CounterState::Open && !counter.by_hand
}

fn next_pair(draft: &Draft) -> Option<(CounterId, Choice)> {
    let hall = &draft.hall;
    let mut free: Vec<_> = hall.fold.counters.values().filter(|it| is_assignable(it)).collect();
    match hall.setup.hall.assign {
        Assign::LongestIdle => free.sort_by_key(|it| it.idle_since),
        Assign::FewestServed => free.sort_by_key(|it| (it.served, it.idle_since)),
    }
    free.into_iter().find_map(|counter| {
        let assigns = |queue: &QueueId| is_assigned(hall, counter, queue, draft.now);
        let choice = next::next_in(hall, &counter.id, draft.now, &assigns)?;
        Some((counter.id.clone(), choice))
    })
}

/// Whether tickets of a queue are assigned to a counter now. At noon only counters on duty are.
fn is_assigned(hall: &Hall, counter: &Counter, queue: &QueueId, now: DateTime<Utc>) -> bool {
    is_automatic(hall, counter, queue) && (is_on_duty(hall, counter) || !hours::is_noon(hall, queue, now))
}

fn is_automatic(hall: &Hall, counter: &Counter, queue: &QueueId) -> bool {
    hall.mode_for(queue, &counter.id) == Mode::Automatic
}

fn is_on_duty(hall: &Hall, counter: &Counter) -> bool {
    hall.setup.counter(&counter.id).is_some_and(|it| it.noon_duty)
}

/// Who could be called already has been; what is left waits for a condition of time.
fn next_at(hall: &Hall, counter: &Counter) -> Option<DateTime<Utc>> {
    let now = hall.fold.time?;
    let served = hall.setup.counter(&counter.id).map_or(&[][..], |it| &it.queues);
    let conditions = served.iter().filter(|it| is_automatic(hall, counter, &it.queue));
    let of_queues = conditions.filter_map(|it| condition_met(hall, counter, it, now));
    let sent = hall.fold.tickets.sent_to(&counter.id);
    let of_sent = sent
        .filter(|it| is_automatic(hall, counter, &it.queue) && next::is_callable(hall, it))
        .filter_map(|it| hours::noon_ends(hall, &it.queue, now));
    of_queues.chain(of_sent).min()
}

/// When a queue that is not called now because of the time will be.
fn condition_met(hall: &Hall, counter: &Counter, served: &Served, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let eldest = next::eldest_callable(hall, &served.queue, &counter.id)?;
    let wait_s = served.only_when_wait_s.unwrap_or(0);
    let at = now.max(eldest + Duration::seconds(wait_s.into()));
    let at = match hours::noon_ends(hall, &served.queue, at) {
        Some(end) if !is_on_duty(hall, counter) => end,
        Some(_) | None => at,
    };
    Some(at)
}

#[cfg(test)]
mod tests {
    use crate::kit::*;
    use crate::setup::{Assign, Mode};

    #[test]
    fn the_counter_that_is_free_longest_gets_the_next_ticket() {
        let mut hall = given([automatic(), asked(pause(1)), passed(5), asked(resume(1))]);
        hall.after_s(5).when(issue("a")).then("A001 taken; A001 to counter 2");
        hall.when(issue("a"))
            .then("A002 taken; A002 to counter 3")
            .when(issue("a"))
            .then("A003 taken; A003 to counter 1");
        hall.when(issue("a")).then("A004 taken").after_s(5).must(start(3)).when(finish(3));
        hall.then("A002 finished; A004 to counter 3");
    }

    /// Counter 1 has served somebody and is free; counter 2 is there since a minute later.
    fn one_has_served() -> Scene {
        let fewest = the_hall(|it| (it.mode, it.assign) = (Mode::Automatic, Assign::FewestServed));
        let mut hall = given([fewest, asked(pause(2)), asked(pause(3)), one_waiting()]);
        hall.must(start(1)).must(finish(1)).after_s(60).must(resume(2));
        hall
    }

    #[test]
    fn or_the_one_that_has_served_the_fewest_today() {
        one_has_served().when(issue("a")).then("A002 taken; A002 to counter 2");
        let mut tomorrow = one_has_served();
        tomorrow.at("2026-11-25T09:00:00+08:00").when(issue("a"));
        tomorrow.then("day 2026-11-25; A001 taken; A001 to counter 1");
    }

    #[test]
    fn by_hand_nothing_moves_without_staff() {
        let mut hall = given([one_waiting(), one_waiting()]);
        hall.after_s(3600).tick().then("").must(call_next(1)).must(start(1)).when(finish(1)).then("A001 finished");
        assert_eq!(hall.line("a"), "A002");
    }

    #[test]
    fn in_a_mixed_hall_only_the_queues_that_say_so_are_assigned() {
        let by_itself = queue("b").with(|it| it.mode = Some(Mode::Automatic));
        let mut hall = given([the_hall(|it| it.mode = Mode::Mixed), queue("a"), by_itself]);
        hall.when(issue("a")).then("A001 taken").when(issue("b")).then("B001 taken; B001 to counter 1");
        hall.must(start(1)).when(finish(1)).then("B001 finished").when(call_next(1)).then("A001 to counter 1");
    }

    #[test]
    fn a_new_setup_reaches_who_waits_at_once() {
        let mut hall =
            given([automatic(), queue("a"), queue("b"), counter(1, &["a"]), counter(2, &["a"]), counter(3, &[])]);
        hall.when(issue("b")).then("B001 taken");
        let mut setup = hall.hall.setup.as_ref().clone();
        setup.counters[1] = counter_setup(2, &["b"]);
        let configured = hall.hall.configure(setup.into(), 2, crate::By::Hub, hall.now);
        let called = configured.hall.fold.counters.get(&"2".into()).and_then(|it| it.ticket);
        assert_eq!(called, Some(hall.reference("B001")), "without a restart and without a press");
    }
}
