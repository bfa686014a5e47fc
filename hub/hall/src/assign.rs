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
