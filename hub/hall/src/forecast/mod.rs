//! How long a visitor will wait: an honest interval, simulated forward from recent times at the counters.
//!
//! The waiting tickets and the counters now working are played forward many times, each time with
//! other lengths drawn from what was measured lately; the interval is what came out, stretched as far
//! as the promises of late had to be to hold eight waits of ten. All times are seconds. The same hall
//! gives the same interval. Nothing is decided from it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::hall::Hall;
use crate::ids::{ClassId, QueueId, TicketRef};
use crate::next;
use crate::ticket::TicketState;

mod chance;
mod errors;
mod future;
mod painter;
mod picture;
mod running;
mod stretch;
mod times;
pub mod yardstick;

pub use errors::Errors;
pub use stretch::Stretch;

use future::play;
use picture::{Picture, Target};

/// An interval: half of all waits end before `p50_s`, nine of ten before `p90_s`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = WaitEstimate)]
pub struct Estimate {
    /// Median, seconds.
    pub p50_s: u32,
    /// Ninetieth percentile, seconds.
    pub p90_s: u32,
}

/// The same with its lower end: eight of ten waits are between `p10_s` and `p90_s`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Interval {
    /// Tenth percentile, seconds.
    pub p10_s: u32,
    /// Median, seconds.
    pub p50_s: u32,
    /// Ninetieth percentile, seconds.
    pub p90_s: u32,
}

impl From<Interval> for Estimate {
    fn from(it: Interval) -> Self {
        Self { p50_s: it.p50_s, p90_s: it.p90_s }
    }
}

/// The wait of a ticket that would be taken in a queue now. None: nobody serves it.
pub fn of_queue(hall: &Hall, queue: &QueueId, now: DateTime<Utc>) -> Option<Estimate> {
    interval_of_queue(hall, queue, now).map(Estimate::from)
}

/// The rest of the wait of a ticket. None: it does not wait, or nobody serves its queue.
pub fn of_ticket(hall: &Hall, ticket: TicketRef, now: DateTime<Utc>) -> Option<Estimate> {
    interval_of_ticket(hall, ticket, now).map(Estimate::from)
}

/// See [`of_queue`].
pub fn interval_of_queue(hall: &Hall, queue: &QueueId, now: DateTime<Utc>) -> Option<Interval> {
    of_new(hall, &[(queue, None)], now).pop().flatten()
}

/// See [`of_ticket`].
pub fn interval_of_ticket(hall: &Hall, ticket: TicketRef, now: DateTime<Utc>) -> Option<Interval> {
    let picture = Picture::of(hall, now, &Target::Ticket(ticket))?;
    let played = play(&picture, seed(hall)).into_iter().next().flatten()?;
    Some(stretched(hall, &hall.ticket(ticket)?.queue, played))
}

/// The wait of a ticket that would be taken now, for every queue that is served: one simulation for all.
pub fn of_queues(hall: &Hall, now: DateTime<Utc>) -> BTreeMap<QueueId, Interval> {
    let asked: Vec<_> = hall.setup.queues.iter().map(|it| (&it.id, None)).collect();
    let all = asked.iter().zip(of_new(hall, &asked, now));
    all.filter_map(|((id, _), interval)| Some(((*id).clone(), interval?))).collect()
}

/// The same with and without each class: what is promised to whoever takes the ticket.
pub fn of_classes(hall: &Hall, now: DateTime<Utc>) -> BTreeMap<(QueueId, Option<ClassId>), Interval> {
    let classes = || std::iter::once(None).chain(hall.setup.classes.iter().map(|it| Some(&it.id)));
    let asked: Vec<_> = hall.setup.queues.iter().flat_map(|it| classes().map(|class| (&it.id, class))).collect();
    let all = asked.iter().zip(of_new(hall, &asked, now));
    all.filter_map(|((id, class), interval)| Some((((*id).clone(), class.cloned()), interval?))).collect()
}

fn of_new(hall: &Hall, asked: &[(&QueueId, Option<&ClassId>)], now: DateTime<Utc>) -> Vec<Option<Interval>> {
    let picture = Picture::of(hall, now, &Target::New(asked));
    let played = picture.map(|it| play(&it, seed(hall))).unwrap_or_default();
    let each = played.into_iter().zip(asked);
    each.map(|(played, (queue, _))| Some(stretched(hall, queue, played?))).collect()
}

/// As wide as promises of this queue had to be lately.
fn stretched(hall: &Hall, queue: &QueueId, played: Interval) -> Interval {
    hall.queue_fold(queue).map_or(played, |it| it.stretch.of(played))
}

/// How many will be called before a ticket that waits, as things stand; none if it does not wait.
pub fn ahead_of(hall: &Hall, ticket: TicketRef) -> Option<u32> {
    let ticket = hall.ticket(ticket)?;
    (ticket.state == TicketState::Waiting).then(|| next::ahead_of(hall, ticket, hall.fold.time.unwrap_or_default()))
}

/// The same hall plays the same futures.
fn seed(hall: &Hall) -> u64 {
    hall.fold.seq.unsigned_abs()
}
