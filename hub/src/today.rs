//! The figures of a hall's business day, from its report rows and the hall as it stands.
//!
//! Pure but for `of`, which fetches. An average never stands without its maximum; what is not known is
//! absent, not nought.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, Utc};
use hall::{Hall, HallId, TicketState};
use serde::{Deserialize, Serialize};

use crate::Hub;
use crate::error::Error;
use crate::store::reports::{self, TicketFact, VisitFact};

mod promise;

pub use promise::Promise;

/// The figures of a day.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Today {
    /// The business day, `2026-11-24`.
    pub day: String,
    /// By queue, in the hall's order.
    pub queues: Vec<QueueDay>,
    /// By counter, in the hall's order.
    pub counters: Vec<CounterDay>,
    /// By hour at the site; hours in which nothing happened are absent.
    pub hours: Vec<HourDay>,
    /// How good the promised waits were.
    pub forecast: Promise,
}

/// A queue's day.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QueueDay {
    /// The queue.
    pub id: String,
    /// Tickets taken for it.
    pub issued: u32,
    /// Times somebody was called from it.
    pub called: u32,
    /// Visitors served (a stage of a route counts in its own queue).
    pub served: u32,
    /// Calls nobody came to.
    pub no_show: u32,
    /// Tickets given up or taken out.
    pub cancelled: u32,
    /// Tickets nobody served before the day ended.
    pub unserved: u32,
    /// Waiting now.
    pub waiting: u32,
    /// Wait to the call, seconds: mean; null = nobody was called yet.
    pub wait_mean_s: Option<u32>,
    /// Nine of ten waited less.
    pub wait_p90_s: Option<u32>,
    /// The longest, those still waiting included.
    pub wait_max_s: Option<u32>,
    /// Service, seconds: mean.
    pub service_mean_s: Option<u32>,
    /// A wait above this is late.
    pub limit_wait_s: u32,
}

/// A counter's day.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CounterDay {
    /// The counter.
    pub id: String,
    /// Visitors served.
    pub served: u32,
    /// Service, seconds: mean.
    pub service_mean_s: Option<u32>,
    /// Calls nobody came to.
    pub no_show: u32,
}

/// An hour of the day.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HourDay {
    /// 0 to 23, at the site.
    pub hour: u32,
    /// Tickets taken.
    pub issued: u32,
    /// Visitors served.
    pub served: u32,
    /// Tickets taken in that hour a week ago.
    pub last_week_issued: u32,
}

/// The day of one member of staff.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OwnDay {
    /// Visitors served.
    pub served: u32,
    /// Service, seconds: mean.
    pub service_mean_s: Option<u32>,
    /// Calls nobody came to.
    pub no_show: u32,
}

/// The figures of a hall's present business day.
pub async fn of(hub: &Hub, id: &HallId) -> Result<Today, Error> {
    let (hall, now) = (hub.halls.seen(id).await?.hall, hub.clock.now());
    let date = hall::hours::business_day(&hall, now);
    let day = date.to_string();
    let last_week = (date - Days::new(7)).to_string();
    let tickets = reports::tickets(&hub.db, id, &day).await?;
    let visits = reports::visits(&hub.db, id, &day, None).await?;
    let hours_before = reports::issued_by_hour(&hub.db, id, &last_week).await?;
    Ok(Today {
        day,
        queues: queues(&hall, &tickets, &visits, now),
        counters: counters(&hall, &visits),
        hours: hours(&tickets, &visits, &hours_before),
        forecast: Promise::kept(&tickets, &visits),
    })
}

/// The day of one member of staff, by their name in entries (`person:ID`).
pub async fn of_staff(hub: &Hub, id: &HallId, staff: &str) -> Result<OwnDay, Error> {
    let hall = hub.halls.seen(id).await?.hall;
    let day = hall::hours::business_day(&hall, hub.clock.now()).to_string();
    let visits = reports::visits(&hub.db, id, &day, Some(staff)).await?;
    let all: Vec<&VisitFact> = visits.iter().collect();
    Ok(OwnDay { served: count(&all, "served"), service_mean_s: mean(services(&all)), no_show: count(&all, "no_show") })
}

fn queues(hall: &Hall, tickets: &[TicketFact], visits: &[VisitFact], now: DateTime<Utc>) -> Vec<QueueDay> {
    let each = hall.setup.queues.iter().map(|queue| {
        let id = queue.id.as_str();
        let own: Vec<&VisitFact> = visits.iter().filter(|it| it.queue == id).collect();
        let mut waits: Vec<i64> = own.iter().map(|it| it.wait_s).collect();
        waits.sort_unstable();
        let now_there = hall
            .open_tickets()
            .filter(|it| it.queue == queue.id && matches!(it.state, TicketState::Called | TicketState::Serving));
        let still = hall.waiting_in(&queue.id).map(|it| (now - it.waiting_since).num_seconds().max(0)).max();
        let issued = tickets.iter().filter(|it| it.first_queue == id).count();
        let ended = |state: &str| tickets.iter().filter(|it| it.queue == id && it.state == state).count();
        QueueDay {
            id: id.to_owned(),
            issued: small(issued),
            called: small(own.len() + now_there.count()),
            served: count(&own, "served"),
            no_show: count(&own, "no_show"),
            cancelled: small(ended("cancelled")),
            unserved: small(ended("unserved")),
            waiting: small(hall.waiting_in(&queue.id).count()),
            wait_mean_s: mean(waits.iter().copied()),
            wait_p90_s: percentile(&waits, 90),
            wait_max_s: waits.last().copied().max(still).map(whole),
            service_mean_s: mean(services(&own)),
            limit_wait_s: queue.late_s,
        }
    });
    each.collect()
}

fn counters(hall: &Hall, visits: &[VisitFact]) -> Vec<CounterDay> {
    let each = hall.setup.counters.iter().map(|counter| {
        let own: Vec<&VisitFact> = visits.iter().filter(|it| it.counter == counter.id.as_str()).collect();
        CounterDay {
            id: counter.id.to_string(),
            served: count(&own, "served"),
            service_mean_s: mean(services(&own)),
            no_show: count(&own, "no_show"),
        }
    });
    each.collect()
}

fn hours(tickets: &[TicketFact], visits: &[VisitFact], last_week: &[(i64, i64)]) -> Vec<HourDay> {
    let mut hours: BTreeMap<i64, HourDay> = BTreeMap::new();
    for it in tickets {
        hours.entry(it.local_hour).or_default().issued += 1;
    }
    for it in visits.iter().filter(|it| it.outcome == "served") {
        hours.entry(it.local_hour).or_default().served += 1;
    }
    for (hour, issued) in last_week {
        hours.entry(*hour).or_default().last_week_issued = whole(*issued);
    }
    hours.into_iter().map(|(hour, it)| HourDay { hour: whole(hour), ..it }).collect()
}

fn count(visits: &[&VisitFact], outcome: &str) -> u32 {
    small(visits.iter().filter(|it| it.outcome == outcome).count())
}

/// Lengths of the services that were brought to an end.
fn services<'a>(visits: &'a [&VisitFact]) -> impl Iterator<Item = i64> + 'a {
    visits.iter().filter(|it| it.outcome == "served").filter_map(|it| it.service_s)
}

fn mean(seconds: impl Iterator<Item = i64>) -> Option<u32> {
    let (sum, count) = seconds.fold((0, 0), |(sum, count), it| (sum + it, count + 1));
    (count > 0).then(|| whole((sum + count / 2) / count))
}

/// The smallest of sorted values that so many of a hundred do not pass (nearest rank).
fn percentile(sorted: &[i64], of_hundred: usize) -> Option<u32> {
    let rank = (sorted.len() * of_hundred).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied().map(whole)
}

fn whole(n: i64) -> u32 {
    u32::try_from(n.max(0)).unwrap_or(u32::MAX)
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_was_seen() {
        let waits: Vec<i64> = (1..=20).collect();
        assert_eq!(percentile(&waits, 90), Some(18));
        assert_eq!(percentile(&[7], 90), Some(7));
        assert_eq!(percentile(&[], 90), None);
    }

    #[test]
    fn nothing_seen_is_not_nought() {
        assert_eq!(mean(std::iter::empty()), None);
        assert_eq!(mean([1, 2].into_iter()), Some(2), "rounded, not cut");
    }

    #[test]
    fn hours_join_this_day_and_the_one_a_week_ago() {
        let ticket = TicketFact {
            reference: 1,
            first_queue: "a".into(),
            queue: "a".into(),
            state: "waiting".into(),
            local_hour: 9,
            issued_at: DateTime::UNIX_EPOCH,
            estimate_p10_s: None,
            estimate_p50_s: None,
            estimate_p90_s: None,
        };
        let day = hours(&[ticket.clone(), ticket], &[], &[(8, 3), (9, 4)]);
        let figures: Vec<_> = day.iter().map(|it| (it.hour, it.issued, it.served, it.last_week_issued)).collect();
        assert_eq!(figures, [(8, 0, 0, 3), (9, 2, 0, 4)]);
    }
}
