//! How long a visitor will wait: an honest interval, simulated forward from recent service times.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::hall::Hall;
use crate::ids::{QueueId, TicketRef};
use crate::next;
use crate::ticket::TicketState;

/// An interval: half of all waits end before `p50_s`, nine of ten before `p90_s`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Estimate {
    /// Median, seconds.
    pub p50_s: u32,
    /// Ninetieth percentile, seconds.
    pub p90_s: u32,
}

/// The wait of a ticket that would be taken in a queue now. None: nobody serves it.
pub fn of_queue(hall: &Hall, queue: &QueueId, _now: DateTime<Utc>) -> Option<Estimate> {
    rough(hall, queue, hall.fold.tickets.waiting(queue))
}

/// The rest of the wait of a ticket.
pub fn of_ticket(hall: &Hall, ticket: TicketRef, _now: DateTime<Utc>) -> Option<Estimate> {
    let ahead = ahead_of(hall, ticket)?;
    rough(hall, &hall.ticket(ticket)?.queue, ahead as usize)
}

/// How many will be called before a ticket that waits, as things stand; none if it does not wait.
pub fn ahead_of(hall: &Hall, ticket: TicketRef) -> Option<u32> {
    let ticket = hall.ticket(ticket)?;
    (ticket.state == TicketState::Waiting).then(|| next::ahead_of(hall, ticket, hall.fold.time.unwrap_or_default()))
}

fn rough(hall: &Hall, queue: &QueueId, ahead: usize) -> Option<Estimate> {
    let serves = |it: &crate::Counter| {
        let setup = hall.setup.counter(&it.id);
        it.is_working() && setup.is_some_and(|it| it.queues.iter().any(|served| served.queue == *queue))
    };
    let counters = hall.fold.counters.values().filter(|it| serves(it)).count();
    let counters = u32::try_from(counters).ok().filter(|it| *it > 0)?;
    let p50_s = u32::try_from(ahead)
        .ok()?
        .saturating_mul(hall.rules_of(queue).service_s)
        / counters;
    Some(Estimate {
        p50_s,
        p90_s: p50_s.saturating_mul(2),
    })
}
