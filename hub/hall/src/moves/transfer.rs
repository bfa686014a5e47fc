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
use crate::refusal::{Misfit, Refusal, RefusalCode};
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
                return Err(Refusal::Bad(
                    "ticket",
                    Misfit::OneOf,
                    "name either the ticket or the counter that has it".into(),
                ));
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
                Err(Refusal::Bad("queue", Misfit::OneOf, "name either the queue or the counter it goes to".into()))
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

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;
    use crate::moves::Place;
    use crate::ticket::TicketState;

    #[test]
    fn a_ticket_goes_to_another_queue_by_its_arrival_first_or_last() {
        for (place, line) in
            [(Place::Keep, "B001 A001 B002"), (Place::Head, "A001 B001 B002"), (Place::Tail, "B001 B002 A001")]
        {
            let mut hall = given([queue("a"), queue("b")]);
            hall.must(issue("b")).must(issue("a")).must(issue("b"));
            hall.when(move_to("A001", "b", place)).then("A001 sent to b");
            assert_eq!(hall.line("b"), line, "{place:?}");
            hall.must(issue("b"));
            assert_eq!(hall.line("b"), format!("{line} B003"), "who comes later stands behind");
        }
    }

    #[test]
    fn a_ticket_goes_to_another_counter_and_is_called_there() {
        let mut hall = given([one_waiting(), one_waiting()]);
        hall.must(call_next(1)).when(send_to(1, 3)).then("A001 sent to counter 3").is("A001", TicketState::Waiting);
        hall.when(call_next(2)).then("A002 to counter 2").when(call_next(3)).then("A001 to counter 3");
        hall.must(start(3)).must(close(1)).when(send_to(3, 1));
        hall.then_refused(RefusalCode::CounterClosed, "counter 1 is closed; choose one where somebody is");
        hall.when(send_to(3, 3)).then_refused(RefusalCode::WrongState, "A001 is at counter 3 already");
    }

    #[test]
    fn a_supervisor_changes_a_place_in_the_line_itself() {
        let mut hall = given([one_waiting(), one_waiting(), one_waiting()]);
        hall.when(move_to("A003", "a", Place::Head)).then("A003 sent to a");
        assert_eq!(hall.line("a"), "A003 A001 A002");
        hall.when(move_to("A003", "a", Place::Keep));
        hall.then_refused(RefusalCode::WrongState, "A003 is in that line already; choose another place");
    }

    #[test]
    fn a_transfer_names_one_ticket_one_goal_and_a_known_reason() {
        let mut hall = given([queue("a"), queue("b"), one_waiting()]);
        let transfer = |counter: Option<&str>, queue: Option<&str>, to_counter: Option<&str>| super::Transfer {
            ticket: None,
            counter: counter.map(Into::into),
            queue: queue.map(Into::into),
            to_counter: to_counter.map(Into::into),
            place: Place::Keep,
            then: None,
            reason: None,
        };
        hall.must(call_next(1)).must(start(1));
        let wish = |it: super::Transfer| ask(crate::Command::Transfer(it));
        hall.when(wish(transfer(None, Some("b"), None))).then_bad("ticket");
        hall.when(wish(transfer(Some("1"), None, None))).then_bad("queue");
        hall.when(wish(transfer(Some("1"), Some("b"), Some("2")))).then_bad("queue");
        hall.when(wish(transfer(Some("1"), Some("x"), None))).then_bad("queue");
        hall.when(wish(transfer(Some("1"), None, Some("9")))).then_bad("counter");
        let why = super::Transfer { reason: Some("bored".into()), ..transfer(Some("1"), Some("b"), None) };
        hall.when(wish(why)).then_bad("reason").is("A001", TicketState::Serving);
    }

    #[test]
    fn what_is_over_or_put_aside_is_not_transferred() {
        let mut hall = given([queue("a"), queue("b"), one_waiting()]);
        hall.must(call_next(1)).must(start(1)).must(park(1)).when(move_to("A001", "b", Place::Keep));
        hall.then_refused(RefusalCode::WrongState, "bring it back first");
        hall.must(cancel("A001")).when(move_to("A001", "b", Place::Keep));
        hall.then_refused(RefusalCode::WrongState, "was cancelled");
    }
}
