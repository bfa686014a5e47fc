//! Counters that are open without a visitor although people wait for them (a figure of the hall's setup says how long).
//!
//! Pure. A pause is not idleness, and nobody is late before the visitor came.

use chrono::{DateTime, TimeDelta, Utc};
use hall::setup::CounterSetup;
use hall::{CounterId, CounterState, Hall};

/// A counter that is idle, and how many wait for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Idle {
    /// The counter.
    pub counter: CounterId,
    /// People it could call.
    pub waiting: usize,
}

/// The idle counters of a hall at `now`.
pub fn counters(hall: &Hall, now: DateTime<Utc>) -> Vec<Idle> {
    let limit = TimeDelta::seconds(hall.setup.hall.idle_alert_s.into());
    if limit.is_zero() {
        return Vec::new();
    }
    hall.setup.counters.iter().filter_map(|it| idle(hall, it, now, limit)).collect()
}

fn idle(hall: &Hall, setup: &CounterSetup, now: DateTime<Utc>, limit: TimeDelta) -> Option<Idle> {
    let counter = hall.counter(&setup.id).ok()?;
    if counter.state != CounterState::Open {
        return None;
    }
    let mut waiting = 0;
    let mut first: Option<DateTime<Utc>> = None;
    for served in &setup.queues {
        let Ok(queue) = hall.queue(&served.queue) else { continue };
        if hall.queue_fold(&served.queue).is_some_and(|it| it.frozen.is_some()) {
            continue;
        }
        let only_after = TimeDelta::seconds(served.only_when_wait_s.unwrap_or_default().into());
        for ticket in hall.waiting_in(&served.queue) {
            let may_call =
                (ticket.present || !queue.check_in) && ticket.counter.as_ref().is_none_or(|it| *it == setup.id);
            if may_call && now - ticket.waiting_since >= only_after {
                waiting += 1;
                let since = ticket.waiting_since + only_after;
                first = Some(first.map_or(since, |it| it.min(since)));
            }
        }
    }
    let since = counter.idle_since.unwrap_or(counter.since).max(first?);
    (now - since >= limit).then(|| Idle { counter: setup.id.clone(), waiting })
}
