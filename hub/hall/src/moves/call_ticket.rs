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
                RefusalCode::WrongState,
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
