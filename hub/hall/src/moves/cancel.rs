//! Cancel: a ticket is given up by its visitor, or taken out by staff with a reason.

use serde::{Deserialize, Serialize};

use crate::ask::{Ask, Reach};
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Fold, Touched};
use crate::ids::{ReasonId, TicketRef};
use crate::moves::TicketName;
use crate::reach;
use crate::refusal::{Refusal, RefusalCode};
use crate::ticket::TicketState;

/// Gives a ticket up.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// The ticket.
    pub ticket: TicketName,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
}

impl Cancel {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let ticket = draft.reached_ticket(ask, &self.ticket)?;
        draft.hall.check_reason(self.reason.as_ref())?;
        if !ticket.state.is_open() {
            return Err(reach::wrong_state(&ticket));
        }
        if ask.reach == Reach::Ticket && ticket.state == TicketState::Serving {
            let detail = format!("{} is being served; please tell the staff at the counter", ticket.number);
            return Err(Refusal::no(RefusalCode::WrongState, detail).with_ticket(&ticket));
        }
        draft.answer(Event::Cancelled { ticket: ticket.reference, reason: self.reason.clone() });
        Ok(())
    }
}

pub(super) fn apply(fold: &mut Fold, entry: &Entry, ticket: TicketRef, reason: Option<&ReasonId>) -> Touched {
    close(fold, entry, ticket, TicketState::Cancelled, reason)
}

/// Closes a ticket without its being served; a counter that had it is free again.
pub(super) fn close(
    fold: &mut Fold,
    entry: &Entry,
    ticket: TicketRef,
    state: TicketState,
    reason: Option<&ReasonId>,
) -> Touched {
    let counter = fold.tickets.get(&ticket).cloned().and_then(|it| fold.release(entry, &it));
    let mut touched = fold.change(entry, ticket, |ticket| {
        ticket.state = state;
        ticket.finished_at = Some(entry.time);
        ticket.until = None;
        ticket.reason = reason.cloned();
    });
    touched.counter = counter;
    touched
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;
    use crate::ticket::TicketState;

    #[test]
    fn a_visitor_gives_the_ticket_up_until_it_is_being_served() {
        let mut hall = given([one_waiting(), one_waiting()]);
        hall.when(cancel("A002").by_visitor()).then("A002 cancelled").is("A002", TicketState::Cancelled);
        hall.must(call_next(1)).must(start(1)).when(cancel("A001").by_visitor());
        hall.then_refused(RefusalCode::WrongState, "please tell the staff at the counter");
        hall.when(cancel("A001").by_token("1")).then("A001 cancelled");
    }

    #[test]
    fn a_counter_that_called_it_is_free_again() {
        let mut hall = given([one_waiting(), one_waiting()]);
        hall.must(call_next(1)).must(cancel("A001").by_visitor()).when(call_next(1)).then("A002 to counter 1");
    }

    #[test]
    fn what_is_over_is_not_cancelled_and_a_reason_is_one_of_the_halls() {
        let mut hall = given([one_waiting()]);
        let name = crate::moves::TicketName::Ref(hall.reference("A001"));
        let bored = super::Cancel { ticket: name, reason: Some("bored".into()) };
        hall.when(ask(crate::Command::Cancel(bored))).then_bad("reason");
        hall.must(cancel("A001")).when(cancel("A001")).then_refused(RefusalCode::WrongState, "was cancelled");
    }
}
