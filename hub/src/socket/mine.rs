//! What a visitor's phone hears: one ticket, as it stands now.

use chrono::{DateTime, Utc};
use hall::{Hall, Ticket, TicketId, TicketState, forecast};
use wire::Estimate;
use wire::heard::{Deferral, Mine, Shown};
use wire::noun::Stage;

use crate::public::{self, Around, ticket_state};

/// Calls of its queue that are shown beside a ticket.
const CALLS_SHOWN: usize = 3;

/// A ticket the hall still knows, or knew a short while ago; `wait` says the rest of its wait, if it waits.
pub fn of(hall: &Hall, around: &Around, id: &TicketId, wait: impl FnOnce(&Ticket) -> Option<Estimate>) -> Option<Mine> {
    let known = hall.ticket_by_id(id).or_else(|| hall.fold.tickets.closed_by_id(id));
    known.map(|it| Mine { notices: public::emergencies(hall, around, it), ..shown(hall, it, wait) })
}

/// The same for a ticket as it was written down. Its visitor has left: no emergency is theirs.
pub fn shown(hall: &Hall, it: &Ticket, wait: impl FnOnce(&Ticket) -> Option<Estimate>) -> Mine {
    let counter = it.counter.as_ref().and_then(|id| hall.setup.counter(id));
    let at_counter = matches!(it.state, TicketState::Called | TicketState::Serving);
    let waits = it.state == TicketState::Waiting;
    Mine {
        state: ticket_state(it.state).to_owned(),
        number: it.number.clone(),
        ahead: forecast::ahead_of(hall, it.reference).filter(|_| waits),
        estimate: waits.then(|| wait(it)).flatten(),
        counter: counter.filter(|_| at_counter).map(|it| it.label.clone()),
        stage: it.stage.as_ref().map(|stage| Stage {
            index: stage.index,
            of: u32::try_from(stage.route.len()).unwrap_or(u32::MAX),
            name: hall.setup.queue(&it.queue).map(|it| it.name.clone()).unwrap_or_default(),
        }),
        calls: calls(hall, it),
        times: it.calls,
        defer: deferral(hall, it),
        notices: Vec::new(),
    }
}

/// What "more time" would do for a ticket.
pub fn deferral(hall: &Hall, it: &Ticket) -> Option<Deferral> {
    hall.deferral_of(it).map(|it| Deferral { places: it.places, left: it.left })
}

/// The rest of a ticket's wait.
pub fn wait(hall: &Hall, it: &Ticket, now: DateTime<Utc>) -> Option<Estimate> {
    forecast::of_ticket(hall, it.reference, now).map(|it| Estimate { p50_s: it.p50_s, p90_s: it.p90_s })
}

/// Others of a ticket's queue who are called or served now, the newest first.
pub fn calls(hall: &Hall, it: &Ticket) -> Vec<Shown> {
    let is_on =
        |ticket| hall.ticket(ticket).is_some_and(|it| matches!(it.state, TicketState::Called | TicketState::Serving));
    let others = hall.fold.calls.iter().filter(|call| call.queue == it.queue && call.ticket != it.reference);
    let calls = others.filter(|call| is_on(call.ticket)).take(CALLS_SHOWN);
    calls.map(|call| Shown { number: call.number.clone(), label: label(hall, call) }).collect()
}

fn label(hall: &Hall, call: &hall::hall::Call) -> String {
    hall.setup.counter(&call.counter).map(|it| it.label.clone()).unwrap_or_default()
}
