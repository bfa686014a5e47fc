//! Call ticket: a free counter calls a chosen ticket, out of its order.

use serde::{Deserialize, Serialize};

use crate::ask::{Ask, Reach};
use crate::draft::Draft;
use crate::event::Event;
use crate::ids::CounterId;
use crate::moves::TicketName;
use crate::next;
use crate::reach;
use crate::refusal::{Refusal, RefusalCode};
use crate::ticket::{Ticket, TicketState};

/// Calls a chosen ticket.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallTicket {
    /// The counter.
    pub counter: CounterId,
    /// The ticket.
    pub ticket: TicketName,
}

impl CallTicket {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let counter = draft.free_counter(ask, &self.counter)?;
        let ticket = draft.hall.named(ask, &self.ticket)?;
        self.may_be_called(draft, ask, &ticket)
            .map_err(|refusal| refusal.with_ticket(&ticket).with_counter(&counter))?;
        let because = next::chosen(&draft.hall, &ticket, &self.counter, draft.now);
        draft.answer(Event::Called { ticket: ticket.reference, counter: self.counter.clone(), because });
        Ok(())
    }

    fn may_be_called(&self, draft: &Draft, ask: &Ask, ticket: &Ticket) -> Result<(), Refusal> {
        let hall = &draft.hall;
        let number = &ticket.number;
        let refuse = |code, detail| Err(Refusal::no(code, detail));
        match ticket.state {
            TicketState::Waiting => {}
            TicketState::Called | TicketState::Serving => {
                let other = ticket.counter.as_ref().map_or("another counter", |it| hall.label(it));
                return refuse(
                    RefusalCode::AlreadyCalled,
                    format!("{number} is at counter {other} already; call another"),
                );
            }
            TicketState::Parked | TicketState::NoShow => return Err(reach::wrong_state(ticket)),
            TicketState::Done | TicketState::Cancelled | TicketState::Unserved => {
                return Err(reach::wrong_state(ticket));
            }
        }
        if hall.rules_of(&ticket.queue).check_in && !ticket.present {
            return refuse(RefusalCode::WrongState, format!("{number} has not checked in yet; check it in first"));
        }
        if hall.queue_fold(&ticket.queue).is_some_and(|it| it.frozen.is_some()) {
            return refuse(
                RefusalCode::QueueFrozen,
                format!("the queue of {number} is stopped; a supervisor can let it go on"),
            );
        }
        let serves_it = hall
            .setup
            .counter(&self.counter)
            .is_some_and(|it| it.queues.iter().any(|served| served.queue == ticket.queue));
        let sent_here = ticket.counter.as_ref() == Some(&self.counter);
        if ask.reach == Reach::Own && !serves_it && !sent_here {
            let label = hall.label(&self.counter);
            return refuse(
                RefusalCode::NotYours,
                format!("counter {label} does not serve the queue of {number}; transfer it first"),
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;

    #[test]
    fn staff_choose_among_their_own_queues_and_a_supervisor_among_all() {
        let parts =
            [queue("a"), queue("b"), counter(1, &["a"]), asked(issue("a")), asked(issue("a")), asked(issue("b"))];
        let mut hall = given(parts);
        hall.when(call(1, "A002").by_token("1")).then("A002 to counter 1").because("chosen");
        hall.must(start(1)).must(finish(1)).when(call(1, "B001").by_token("1"));
        hall.then_refused(RefusalCode::NotYours, "counter 1 does not serve the queue of B001; transfer it first");
        hall.when(call(1, "B001")).then("B001 to counter 1");
    }

    #[test]
    fn only_who_waits_can_be_chosen() {
        let mut hall = given([one_waiting(), one_waiting(), one_waiting()]);
        hall.must(call_next(1)).must(start(1)).must(park(1)).must(call_next(1)).must(no_show(1));
        hall.when(call(1, "A001")).then_refused(RefusalCode::WrongState, "bring it back first");
        hall.when(call(1, "A002")).then_refused(RefusalCode::WrongState, "let it return first");
        hall.must(cancel("A003")).when(call(1, "A003")).then_refused(RefusalCode::WrongState, "was cancelled");
        hall.must(issue("a")).must(freeze("a")).when(call(1, "A004"));
        hall.then_refused(RefusalCode::QueueFrozen, "the queue of A004 is stopped");
    }
}
