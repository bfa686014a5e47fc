//! What a caller may touch: the tickets and counters a command names, found or refused.
//!
//! Who somebody is, and which commands they may ask for at all, is decided at the hub's door.

use std::sync::Arc;

use crate::ask::{Ask, By, Reach};
use crate::counter::{Counter, CounterState};
use crate::draft::Draft;
use crate::hall::Hall;
use crate::ids::{CounterId, ReasonId};
use crate::moves::TicketName;
use crate::refusal::{Misfit, Refusal, RefusalCode};
use crate::ticket::{Ticket, TicketState};

impl Hall {
    /// The ticket a caller names: one that is known, or the reason why it is not.
    pub(crate) fn named(&self, ask: &Ask, name: &TicketName) -> Result<Arc<Ticket>, Refusal> {
        let tickets = &self.fold.tickets;
        let (known, closed) = match name {
            TicketName::Ref(_) if ask.reach == Reach::Ticket => {
                return Err(Refusal::no(RefusalCode::NotYours, "name your own ticket by the key on its slip"));
            }
            TicketName::Ref(reference) => (tickets.get(reference), tickets.closed(reference)),
            TicketName::Id(id) => match tickets.by_id(id) {
                Some(known) => (Some(known), None),
                None => (None, tickets.closed_by_id(id)),
            },
        };
        match (known, closed) {
            (Some(ticket), _) => Ok(ticket.clone()),
            (None, Some(ticket)) => Err(is_closed(ticket)),
            (None, None) => Err(Refusal::Missing("ticket")),
        }
    }

    /// The first counter a person holds.
    pub(crate) fn counter_held_by(&self, who: &By) -> Option<&Arc<Counter>> {
        let counters = self.fold.counters.values();
        counters.filter(|it| it.state != CounterState::Closed).find(|it| it.staff.as_ref() == Some(who))
    }

    /// A reason that is given must be one of the hall's.
    pub(crate) fn check_reason(&self, reason: Option<&ReasonId>) -> Result<(), Refusal> {
        match reason {
            Some(reason) if !self.setup.knows_reason(reason) => {
                Err(Refusal::Bad("reason", Misfit::NoSuch, format!("{reason} is not in the hall's list of reasons")))
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl Draft {
    /// A counter the caller may move, whatever it is doing.
    pub(crate) fn reached_counter(&self, ask: &Ask, id: &CounterId) -> Result<Arc<Counter>, Refusal> {
        let counter = self.hall.counter(id)?;
        let is_others = counter.state != CounterState::Closed && counter.staff.as_ref() != Some(&ask.by);
        match ask.reach {
            Reach::Hall => Ok(counter),
            Reach::Own if !is_others => Ok(counter),
            Reach::Own | Reach::Ticket => Err(Refusal::no(
                RefusalCode::NotYours,
                format!("counter {} is held by somebody else; ask them or a supervisor", self.hall.label(id)),
            )
            .with_counter(&counter)),
        }
    }

    /// A counter the caller may move, with somebody there, pausing or not.
    pub(crate) fn open_counter(&self, ask: &Ask, id: &CounterId) -> Result<Arc<Counter>, Refusal> {
        let counter = self.reached_counter(ask, id)?;
        if counter.state == CounterState::Closed {
            return Err(self.is_closed(&counter));
        }
        Ok(counter)
    }

    /// A counter the caller may move and that can call somebody.
    pub(crate) fn free_counter(&self, ask: &Ask, id: &CounterId) -> Result<Arc<Counter>, Refusal> {
        let counter = self.open_counter(ask, id)?;
        match counter.state {
            CounterState::Open | CounterState::WrappingUp => Ok(counter),
            CounterState::Calling | CounterState::Serving => Err(self.is_busy(&counter)),
            CounterState::Paused => Err(Refusal::no(
                RefusalCode::CounterClosed,
                format!("counter {} is paused; resume it first", self.hall.label(id)),
            )
            .with_counter(&counter)),
            CounterState::Closed => Err(self.is_closed(&counter)),
        }
    }

    /// A counter the caller may move, with its ticket in the state a move needs; `else_do` says what to do otherwise.
    pub(crate) fn counter_with(
        &self,
        ask: &Ask,
        id: &CounterId,
        state: TicketState,
        else_do: &str,
    ) -> Result<(Arc<Counter>, Arc<Ticket>), Refusal> {
        let (counter, ticket) = self.counter_with_any(ask, id)?;
        if ticket.state == state {
            return Ok((counter, ticket));
        }
        let is = self.doing(&counter, &ticket);
        Err(Refusal::no(RefusalCode::WrongState, format!("{is}; {else_do}"))
            .with_ticket(&ticket)
            .with_counter(&counter))
    }

    /// A counter the caller may move, with whatever ticket it has.
    pub(crate) fn counter_with_any(&self, ask: &Ask, id: &CounterId) -> Result<(Arc<Counter>, Arc<Ticket>), Refusal> {
        let counter = self.open_counter(ask, id)?;
        let ticket = counter.ticket.and_then(|it| self.hall.ticket(it)).cloned();
        match ticket {
            Some(ticket) => Ok((counter, ticket)),
            None => Err(Refusal::no(
                RefusalCode::WrongState,
                format!("counter {} has no ticket; call one first", self.hall.label(id)),
            )
            .with_counter(&counter)),
        }
    }

    /// A ticket that is not at a counter somebody else holds.
    pub(crate) fn reached_ticket(&self, ask: &Ask, name: &TicketName) -> Result<Arc<Ticket>, Refusal> {
        let ticket = self.hall.named(ask, name)?;
        let is_tied = ticket.is_at_counter() || ticket.state == TicketState::Parked;
        if let Some(counter) = ticket.counter.as_ref().filter(|_| is_tied && ask.reach == Reach::Own) {
            self.reached_counter(ask, counter).map_err(|refusal| refusal.with_ticket(&ticket))?;
        }
        Ok(ticket)
    }

    /// Refuses what only a supervisor may do.
    pub(crate) fn for_supervisors(&self, ask: &Ask, what: &str) -> Result<(), Refusal> {
        match ask.reach {
            Reach::Hall => Ok(()),
            Reach::Own | Reach::Ticket => {
                Err(Refusal::no(RefusalCode::NotYours, format!("only a supervisor may {what}; please ask one")))
            }
        }
    }

    /// "counter 3 is calling A012; …".
    pub(crate) fn is_busy(&self, counter: &Counter) -> Refusal {
        let ticket = counter.ticket.and_then(|it| self.hall.ticket(it));
        let Some(ticket) = ticket else {
            return Refusal::no(RefusalCode::CounterBusy, "the counter is busy; try again").with_counter(counter);
        };
        let is = self.doing(counter, ticket);
        let advice = match counter.state {
            CounterState::Calling => "start it or press no-show first",
            CounterState::Serving => "finish it first",
            CounterState::Closed | CounterState::Open | CounterState::Paused | CounterState::WrappingUp => {
                "let it go first"
            }
        };
        Refusal::no(RefusalCode::CounterBusy, format!("{is}; {advice}")).with_ticket(ticket).with_counter(counter)
    }

    fn is_closed(&self, counter: &Counter) -> Refusal {
        let label = self.hall.label(&counter.id);
        Refusal::no(RefusalCode::CounterClosed, format!("counter {label} is closed; open it first"))
            .with_counter(counter)
    }

    fn doing(&self, counter: &Counter, ticket: &Ticket) -> String {
        let doing = if ticket.state == TicketState::Serving { "serving" } else { "calling" };
        format!("counter {} is {doing} {}", self.hall.label(&counter.id), ticket.number)
    }
}

fn is_closed(ticket: &Ticket) -> Refusal {
    Refusal::no(RefusalCode::WrongState, became_of(ticket)).with_ticket(ticket)
}

/// What became of a ticket, in words.
fn became_of(ticket: &Ticket) -> String {
    let number = &ticket.number;
    match ticket.state {
        TicketState::Waiting => format!("{number} is waiting"),
        TicketState::Called => format!("{number} has been called"),
        TicketState::Serving => format!("{number} is being served"),
        TicketState::Parked => format!("{number} is parked; bring it back first"),
        TicketState::NoShow => format!("{number} missed its call; let it return first"),
        TicketState::Done => format!("{number} has been served; take a new ticket"),
        TicketState::Cancelled => format!("{number} was cancelled; take a new ticket"),
        TicketState::Unserved => format!("the day ended before {number} was served; take a new ticket"),
    }
}

/// A ticket is not in the state a move needs.
pub(crate) fn wrong_state(ticket: &Ticket) -> Refusal {
    Refusal::no(RefusalCode::WrongState, became_of(ticket)).with_ticket(ticket)
}
