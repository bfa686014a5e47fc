//! From entries to report rows: pure. Dates and hours are those of the hall's site, worked out here because the
//! two databases count days differently.

use std::collections::BTreeMap;

use chrono::{DateTime, Timelike, Utc};
use hall::forecast::Interval;
use hall::{By, Entry, Event, Hall, HallId, Ticket, TicketRef, TicketState, Touched};

use crate::store::services::{Outcome, ServiceRow};
use crate::store::tickets::TicketRow;

/// Rows that follow some entries.
pub struct Rows<'a> {
    /// Each ticket that was touched, as it stands after the last of them.
    pub tickets: Vec<TicketRow<'a>>,
    /// Visits to counters that ended.
    pub services: Vec<ServiceRow<'a>>,
    /// Entries whose visit is taken back.
    pub taken_back: Vec<i64>,
}

/// The rows of some entries of one hall; `hall` stands after the last of them.
pub fn rows<'a>(
    id: &'a HallId,
    hall: &Hall,
    entries: &'a [(Entry, Touched)],
    estimates: &BTreeMap<TicketRef, Interval>,
) -> Rows<'a> {
    let mut last = BTreeMap::new();
    let mut services: Vec<ServiceRow<'a>> = Vec::new();
    let mut taken_back = Vec::new();
    for (entry, touched) in entries {
        if let Some(ticket) = &touched.ticket {
            last.insert(ticket.reference, &**ticket);
        }
        if let Event::Undone { undoes, .. } = &entry.event {
            // Undone in the same group: the row is not even written.
            let before = services.len();
            services.retain(|it| it.seq != *undoes);
            if services.len() == before {
                taken_back.push(*undoes);
            }
        }
        services.extend(service(id, hall, entry, touched));
    }
    let tickets = last
        .into_values()
        .map(|ticket| {
            let when = Local::of(hall, ticket.issued_at);
            TicketRow {
                ticket,
                hall: id,
                day: when.day,
                local_date: when.date,
                local_hour: when.hour,
                estimate: estimates.get(&ticket.reference).copied(),
            }
        })
        .collect();
    Rows { tickets, services, taken_back }
}

/// The visit that an entry ended, if it did.
fn service<'a>(id: &'a HallId, hall: &Hall, entry: &Entry, touched: &Touched) -> Option<ServiceRow<'a>> {
    let outcome = outcome(&entry.event)?;
    let before = touched.ticket_before.as_ref()?;
    let (counter, called_at) = (before.counter.as_ref()?, before.called_at?);
    match before.state {
        TicketState::Called | TicketState::Serving => {}
        TicketState::Waiting
        | TicketState::Parked
        | TicketState::NoShow
        | TicketState::Done
        | TicketState::Cancelled
        | TicketState::Unserved => return None,
    }
    let staff = hall.fold.counters.get(counter).and_then(|it| it.staff.as_ref()).or(Some(&entry.by));
    let when = Local::of(hall, entry.time);
    Some(ServiceRow {
        hall: id,
        seq: entry.seq,
        ticket: before.reference,
        queue: before.queue.to_string(),
        counter: counter.to_string(),
        staff: staff.and_then(name),
        outcome,
        called_at,
        started_at: before.started_at,
        finished_at: entry.time,
        wait_s: (called_at - before.waiting_since).num_seconds().max(0),
        service_s: service_s(entry, before),
        day: when.day,
        local_date: when.date,
        local_hour: when.hour,
    })
}

/// How long the visit was served; none: never begun. A finish tells it without the time the ticket was parked.
fn service_s(entry: &Entry, before: &Ticket) -> Option<i64> {
    let begun = before.started_at?;
    if let Event::Finished { service_s, .. } = &entry.event {
        return Some(i64::from(*service_s));
    }
    Some((entry.time - begun).num_seconds().max(0))
}

fn outcome(event: &Event) -> Option<Outcome> {
    match event {
        Event::Finished { .. } => Some(Outcome::Served),
        Event::NoShow { .. } => Some(Outcome::NoShow),
        Event::Transferred(_) => Some(Outcome::Transferred),
        Event::Cancelled { .. } => Some(Outcome::Cancelled),
        Event::Day { .. }
        | Event::Issued(_)
        | Event::CheckedIn { .. }
        | Event::Called { .. }
        | Event::Recalled { .. }
        | Event::Started { .. }
        | Event::Parked { .. }
        | Event::Unparked { .. }
        | Event::Returned { .. }
        | Event::Deferred { .. }
        | Event::Reprioritised { .. }
        | Event::Undone { .. }
        | Event::Unserved { .. }
        | Event::Counter { .. }
        | Event::Queue { .. }
        | Event::Mode { .. }
        | Event::Configured { .. }
        | Event::Announced(_)
        | Event::Withdrawn { .. } => None,
    }
}

/// `person:ID` or `token:ID`; visitors and the hub itself serve nobody.
fn name(by: &By) -> Option<String> {
    match by {
        By::Person(id) => Some(format!("person:{id}")),
        By::Token(id) => Some(format!("token:{id}")),
        By::Visitor | By::Hub => None,
    }
}

/// An instant as the hall's site sees it.
struct Local {
    day: String,
    date: String,
    hour: i64,
}

impl Local {
    fn of(hall: &Hall, at: DateTime<Utc>) -> Self {
        let local = at.with_timezone(&hall.setup.hall.time_zone);
        Self {
            day: hall::hours::business_day(hall, at).to_string(),
            date: local.date_naive().to_string(),
            hour: local.hour().into(),
        }
    }
}
