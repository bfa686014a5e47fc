//! Tickets, counters and answers in the shapes callers see. Who may see a ticket's id is decided here.

use chrono::{DateTime, Utc};
use hall::forecast::{self, Estimate};
use hall::{Counter, Hall, Reach, Refusal, Ticket, TicketId};
use serde::{Deserialize, Serialize};
use wire::At;

use crate::error::Error;

/// The answer to a command, after its commit.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Answer {
    /// The last entry written.
    pub at: At,
    /// The ticket it was about, as it stands.
    pub ticket: Option<ShownTicket>,
    /// The counter it was about, as it stands.
    pub counter: Option<ShownCounter>,
}

/// A ticket as its holder and staff see it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ShownTicket {
    /// The visitor's key; absent for callers who may not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Public name.
    #[serde(rename = "ref")]
    pub reference: i64,
    /// What is printed.
    pub number: String,
    /// Its queue.
    pub queue: String,
    /// `waiting, called, serving, parked, no_show, done, cancelled, unserved`.
    pub state: hall::TicketState,
    /// Class code.
    pub priority: Option<String>,
    /// The counter it is at, or waits for.
    pub counter: Option<String>,
    /// Its stage on a route.
    pub stage: Option<wire::frame::Stage>,
    /// Where it is shown; empty = everywhere.
    pub zones: Vec<String>,
    /// When it was taken.
    pub issued_at: DateTime<Utc>,
    /// When it was first called for the present stage.
    pub called_at: Option<DateTime<Utc>>,
    /// When service began for the present stage.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub finished_at: Option<DateTime<Utc>>,
    /// How many are before it; none when it is not in line.
    pub ahead: Option<u32>,
    /// The rest of the wait; none when it is not in line or nobody serves it.
    pub estimate: Option<Estimate>,
    /// The appointment it was made from.
    pub appointment: Option<String>,
    /// The visitor's page; absent like the id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A counter as callers see it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ShownCounter {
    /// Its id.
    pub id: String,
    /// What is on its sign.
    pub label: String,
    /// `closed, open, calling, serving, paused, wrapping_up`.
    pub state: hall::CounterState,
    /// The ticket it has, by its public name.
    pub ticket: Option<i64>,
    /// What it serves.
    pub queues: Vec<String>,
    /// Why it is paused.
    pub reason: Option<String>,
    /// Since when it is in this state.
    pub since: DateTime<Utc>,
    /// Id of the person or token that holds it; for staff only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<String>,
}

/// A ticket, for somebody who may know its key.
pub fn ticket(hall: &Hall, it: &Ticket, estimate: Option<Estimate>, public_url: &str) -> ShownTicket {
    let stage = it.stage.as_ref().map(|stage| wire::frame::Stage {
        index: stage.index,
        of: u32::try_from(stage.route.len()).unwrap_or(u32::MAX),
        name: hall.setup.queue(&it.queue).map(|queue| queue.name.clone()).unwrap_or_default(),
    });
    let in_line = it.state == hall::TicketState::Waiting;
    ShownTicket {
        id: Some(it.id.to_string()),
        reference: it.reference.0,
        number: it.number.clone(),
        queue: it.queue.to_string(),
        state: it.state,
        priority: it.priority.as_ref().map(ToString::to_string),
        counter: it.counter.as_ref().map(ToString::to_string),
        stage,
        zones: hall.setup.zones_of(&it.queue).iter().map(ToString::to_string).collect(),
        issued_at: it.issued_at,
        called_at: it.called_at,
        started_at: it.started_at,
        finished_at: it.finished_at,
        ahead: if in_line { forecast::ahead_of(hall, it.reference) } else { None },
        estimate: estimate.filter(|_| in_line),
        appointment: it.appointment.clone(),
        url: Some(format!("{public_url}/t/{}", it.id)),
    }
}

/// A counter; `staff` only where the caller may know who is there.
pub fn counter(hall: &Hall, it: &Counter, with_staff: bool) -> ShownCounter {
    let setup = hall.setup.counter(&it.id);
    let staff = it.staff.as_ref().filter(|_| with_staff).and_then(|by| match by {
        hall::By::Person(id) | hall::By::Token(id) => Some(id.clone()),
        hall::By::Visitor | hall::By::Hub => None,
    });
    ShownCounter {
        id: it.id.to_string(),
        label: setup.map(|it| it.label.clone()).unwrap_or_default(),
        state: it.state,
        ticket: it.ticket.map(|it| it.0),
        queues: setup.map(|it| it.queues.iter().map(|it| it.queue.to_string()).collect()).unwrap_or_default(),
        reason: it.reason.as_ref().map(ToString::to_string),
        since: it.since,
        staff,
    }
}

/// A refusal with position, ticket and counter as they stand, cut for the caller: who reaches no further than
/// one ticket never learns another one's key, nor who is at a counter.
pub fn refusal(hall: &Hall, at: At, no: Refusal, reach: Reach, own: Option<&TicketId>, public_url: &str) -> Error {
    let (its_ticket, its_counter) = match &no {
        Refusal::No { ticket, counter, .. } => (ticket.clone(), counter.clone()),
        Refusal::Missing(_) | Refusal::Bad(..) => return Error::Refused(no),
    };
    let is_staff = match reach {
        Reach::Hall | Reach::Own => true,
        Reach::Ticket => false,
    };
    let mut problem = Error::Refused(no).problem();
    problem.at = Some(at);
    problem.ticket = its_ticket.and_then(|it| {
        let may_know = is_staff || own == Some(&it.id);
        let mut shown = ticket(hall, &it, None, public_url);
        if !may_know {
            (shown.id, shown.url) = (None, None);
        }
        serde_json::to_value(shown).ok()
    });
    problem.counter = its_counter.and_then(|it| serde_json::to_value(counter(hall, &it, is_staff)).ok());
    Error::RefusedAt(Box::new(problem))
}
