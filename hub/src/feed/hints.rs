//! What may be called soon, for whoever makes its sounds.

use std::sync::Arc;

use hall::{Entry, Event, Hall, TicketState, Touched};

use crate::speech::Planner;
use crate::speech::planner::Waits;

/// Tickets whose sounds are made when a hall is first followed; later ones when their turn is near enough to be fetched.
const TICKETS_MAX: usize = 200;

/// Everything that waits, for a hall that is followed from now on.
pub(super) fn all(planner: &Planner, hall: &Hall) {
    let mut waiting: Vec<_> = hall.open_tickets().filter(|it| it.state == TicketState::Waiting).collect();
    waiting.sort_unstable_by_key(|it| it.reference);
    let tickets = waiting.iter().take(TICKETS_MAX).map(|it| waits(it)).collect();
    planner.hint(&hall.setup, tickets, true);
}

/// What these entries add.
pub(super) fn of(planner: &Planner, entries: &[(Entry, Touched)], after: &Arc<Hall>) {
    if entries.iter().any(|(it, _)| matches!(it.event, Event::Configured { .. })) {
        return all(planner, after);
    }
    let comes = |it: &Event| matches!(it, Event::Issued(_) | Event::Transferred(_) | Event::CheckedIn { .. });
    let new = entries.iter().filter(|(it, _)| comes(&it.event)).filter_map(|(_, touched)| touched.ticket.as_deref());
    planner.hint(&after.setup, new.map(waits).collect(), false);
}

fn waits(it: &hall::Ticket) -> Waits {
    Waits { queue: it.queue.clone(), number: it.number.to_string(), known: it.visitor.as_ref().map(|_| it.id.clone()) }
}
