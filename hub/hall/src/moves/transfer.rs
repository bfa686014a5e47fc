//! Transfer: a ticket goes on to another queue or counter, and keeps its arrival.

use serde::{Deserialize, Serialize};

use super::finish::{join, learn_kept};
use super::place;
use crate::ask::Ask;
use crate::counter::CounterState;
use crate::draft::Draft;
use crate::event::{Entry, Event, Transferred};
use crate::fold::{Fold, StepBefore, Touched};
use crate::ids::{CounterId, QueueId, ReasonId};
use crate::moves::TicketName;
use crate::reach;
use crate::refusal::{Refusal, RefusalCode};
use crate::ticket::{Ticket, TicketState};

/// Most queues a ticket can be on its way back to.
pub const BACK_MAX: usize = 8;

/// Moves a ticket to another queue or counter; its arrival is kept.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The ticket…
    #[serde(default)]
    pub ticket: Option<TicketName>,
    /// …or the counter that has it.
    #[serde(default)]
    pub counter: Option<CounterId>,
    /// To this queue…
    #[serde(default)]
    pub queue: Option<QueueId>,
    /// …or this counter.
    #[serde(default)]
    pub to_counter: Option<CounterId>,
    /// Where it stands there.
    #[serde(default)]
    pub place: Place,
    /// `back`: returns to the sending queue afterwards.
    #[serde(default)]
    pub then: Option<Then>,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
}

/// Where a transferred ticket stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// By its arrival.
    #[default]
    Keep,
    /// First.
    Head,
    /// Last.
    Tail,
}

/// What happens after the other queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// Back to the sending queue, before all others.
    Back,
}

impl Transfer {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let ticket = self.ticket_to_move(draft, ask)?;
        draft.hall.check_reason(self.reason.as_ref())?;
        let queue = self.target(draft, &ticket)?;
        let from = ticket.counter.clone().filter(|_| ticket.is_at_counter());
        if from.is_none() && queue == ticket.queue && self.to_counter == ticket.counter && self.place == Place::Keep {
            let detail = format!("{} is in that line already; choose another place", ticket.number);
            return Err(Refusal::no(RefusalCode::WrongState, detail).with_ticket(&ticket));
        }
        if self.then.is_some() && ticket.back_to.len() >= BACK_MAX {
            let detail =
                format!("{} has been sent on too often to come back; transfer it without coming back", ticket.number);
            return Err(Refusal::no(RefusalCode::WrongState, detail).with_ticket(&ticket));
        }
        let order = match self.place {
            Place::Keep => ticket.order,
            Place::Head => place::head(&draft.hall.fold, &queue, ticket.reference),
            Place::Tail => place::tail(draft.next_seq()),
        };
        draft.answer(Event::Transferred(Box::new(Transferred {
            ticket: ticket.reference,
            from,
            queue,
            to_counter: self.to_counter.clone(),
            order,
            back_to: self.then.map(|Then::Back| ticket.queue.clone()),
            reason: self.reason.clone(),
        })));
        Ok(())
    }

    fn ticket_to_move(&self, draft: &Draft, ask: &Ask) -> Result<std::sync::Arc<Ticket>, Refusal> {
        let ticket = match (&self.ticket, &self.counter) {
            (Some(name), None) => draft.reached_ticket(ask, name)?,
            (None, Some(counter)) => draft.counter_with_any(ask, counter)?.1,
            (None, None) | (Some(_), Some(_)) => {
                return Err(Refusal::Bad("ticket", "name either the ticket or the counter that has it".into()));
            }
        };
        match ticket.state {
            TicketState::Waiting | TicketState::Called | TicketState::Serving => Ok(ticket),
            TicketState::Parked | TicketState::NoShow => Err(reach::wrong_state(&ticket)),
            TicketState::Done | TicketState::Cancelled | TicketState::Unserved => Err(reach::wrong_state(&ticket)),
        }
    }

    /// The queue it will wait in; with a counter named, the ticket's own.
    fn target(&self, draft: &Draft, ticket: &Ticket) -> Result<QueueId, Refusal> {
        match (&self.queue, &self.to_counter) {
            (Some(queue), None) => Ok(draft.hall.queue(queue)?.id.clone()),
            (None, Some(id)) => {
                let counter = draft.hall.counter(id)?;
                let label = draft.hall.label(id);
                if counter.state == CounterState::Closed {
                    let detail = format!("counter {label} is closed; choose one where somebody is");
                    return Err(Refusal::no(RefusalCode::CounterClosed, detail).with_counter(&counter));
                }
                if counter.ticket == Some(ticket.reference) {
                    let detail = format!("{} is at counter {label} already", ticket.number);
                    return Err(Refusal::no(RefusalCode::WrongState, detail).with_ticket(ticket));
                }
                Ok(ticket.queue.clone())
            }
            (None, None) | (Some(_), Some(_)) => {
                Err(Refusal::Bad("queue", "name either the queue or the counter it goes to".into()))
            }
        }
    }
}

pub(super) fn apply(fold: &mut Fold, entry: &Entry, moved: &Transferred) -> Touched {
    let was_serving = fold.tickets.get(&moved.ticket).is_some_and(|it| it.state == TicketState::Serving);
    let learnt = match &moved.from {
        Some(from) if was_serving => learn_kept(fold, entry, moved.ticket, from),
        Some(_) | None => None,
    };
    let mut touched = fold.change(entry, moved.ticket, |ticket| {
        // Within its queue, a ticket that waits only changes its place.
        if ticket.queue != moved.queue || moved.from.is_some() {
            ticket.stage_first = false;
            join(ticket, &moved.queue, entry);
        }
        ticket.counter = moved.to_counter.clone();
        ticket.order = moved.order;
        ticket.back_to.extend(moved.back_to.clone());
        ticket.reason = moved.reason.clone();
    });
    if let Some(from) = &moved.from {
        let stood = StepBefore { ticket: touched.ticket_before.clone(), learnt, ..StepBefore::default() };
        touched.counter = Some(fold.step(entry, from, stood, |it| it.let_go(None, entry.time)));
    }
    touched
}
