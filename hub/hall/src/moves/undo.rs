//! Undo: the counter's last step is taken back, while nothing has come of it.

use std::sync::Arc;

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::ask::{Ask, By, Reach};
use crate::counter::{Counter, CounterState, Pause, Step};
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{CALLS_KEPT, Fold, QueueFold, Touched};
use crate::ids::CounterId;
use crate::refusal::{Refusal, RefusalCode};

/// Takes the counter's last step back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// The counter.
    pub counter: CounterId,
}

impl Undo {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let counter = draft.reached_counter(ask, &self.counter)?;
        let step = self.last_step(draft, &counter)?;
        self.may_have_it_back(draft, ask, &counter, &step)?;
        draft.answer(Event::Undone { counter: self.counter.clone(), undoes: step.seq });
        Ok(())
    }

    fn last_step(&self, draft: &Draft, counter: &Counter) -> Result<Arc<Step>, Refusal> {
        let label = draft.hall.label(&self.counter);
        let too_late = |why: String| Refusal::no(RefusalCode::TooLate, why).with_counter(counter);
        let Some(step) = counter.last.clone() else {
            return Err(too_late(format!("there is nothing to take back at counter {label}")));
        };
        let undo_s = draft.hall.setup.hall.undo_s;
        if draft.now > step.at + Duration::seconds(undo_s.into()) {
            return Err(too_late(format!(
                "a step can be taken back for {undo_s} seconds only; please set it right by hand"
            )));
        }
        let ticket = step.ticket.as_ref().and_then(|it| draft.hall.ticket(it.reference));
        match ticket.filter(|it| it.touched != step.seq) {
            Some(ticket) => Err(too_late(format!(
                "something else has happened to {} since; please set it right by hand",
                ticket.number
            ))
            .with_ticket(ticket)),
            None => Ok(step),
        }
    }

    /// Taking back a closing gives the counter to who held it; they hold one counter at a time.
    fn may_have_it_back(&self, draft: &Draft, ask: &Ask, counter: &Counter, step: &Step) -> Result<(), Refusal> {
        let Some(staff) = step.counter.staff.as_ref().filter(|_| counter.state == CounterState::Closed) else {
            return Ok(());
        };
        if ask.reach == Reach::Own && *staff != ask.by {
            let detail =
                format!("counter {} was held by somebody else; open it instead", draft.hall.label(&self.counter));
            return Err(Refusal::no(RefusalCode::NotYours, detail).with_counter(counter));
        }
        match staff {
            By::Person(_) => super::open_counter::holds_no_other(&draft.hall, staff),
            By::Token(_) | By::Visitor | By::Hub => Ok(()),
        }
    }
}

pub(super) fn apply(fold: &mut Fold, entry: &Entry, id: &CounterId) -> Touched {
    let Some(step) = fold.counters.get(id).and_then(|it| it.last.clone()) else {
        return Touched::default();
    };
    let mut touched = Touched::default();
    if let Some(stood) = &step.ticket {
        let mut ticket = stood.as_ref().clone();
        ticket.touched = entry.seq;
        touched.ticket_before =
            fold.tickets.get(&stood.reference).or_else(|| fold.tickets.closed(&stood.reference)).cloned();
        touched.ticket = Some(fold.tickets.take_back(ticket));
    }
    unlist(fold, &step);
    touched.call =
        touched.ticket.as_ref().and_then(|it| fold.calls.iter().find(|call| call.ticket == it.reference)).cloned();
    unlearn(fold, &step);
    touched.counter = Some(fold.change_counter(entry, id, |counter| {
        *counter = step.counter.as_ref().clone();
        // A call that was taken back is not made again by the hub: it is now in the staff's hands.
        counter.by_hand = counter.state == CounterState::Open;
    }));
    touched
}

/// The list of calls as it was for this ticket.
fn unlist(fold: &mut Fold, step: &Step) {
    let (Some(ticket), Some(listed)) = (&step.ticket, &step.listed) else {
        return;
    };
    let Some(made) = fold.calls.iter().position(|it| it.ticket == ticket.reference) else {
        return;
    };
    fold.calls.remove(made);
    if let Some(earlier) = &listed.earlier {
        let place = fold.calls.iter().position(|it| it.seq < earlier.seq).unwrap_or(fold.calls.len());
        fold.calls.insert(place, earlier.clone());
        fold.calls.truncate(CALLS_KEPT);
    }
}

/// What the queues have learnt and counted, as it was.
fn unlearn(fold: &mut Fold, step: &Step) {
    for (queue, tally) in &step.tallies {
        fold.queue_mut(queue).tally = *tally;
    }
    if let Some(learnt) = &step.learnt {
        let queue = fold.queue_mut(&learnt.queue);
        if let Some(kept_s) = learnt.kept_s {
            QueueFold::forget(&mut queue.services, kept_s);
        }
        if let Some(waited_s) = learnt.waited_s {
            QueueFold::forget(&mut queue.waits, waited_s);
        }
        match learnt.pause {
            Some(Pause::After(pause_s)) => QueueFold::forget(&mut queue.pauses, pause_s),
            Some(Pause::Greeting(pause_s)) => QueueFold::forget(&mut queue.greetings, pause_s),
            None => {}
        }
        queue.stretch.forget(learnt.stretch);
    }
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;
    use crate::ticket::TicketState;

    #[test]
    fn a_call_is_taken_back_and_the_ticket_stands_where_it_stood() {
        let mut hall = given([one_waiting(), one_waiting()]);
        hall.must(call_next(1)).after_s(10).when(undo(1)).then("undone at counter 1");
        assert_eq!(hall.line("a"), "A001 A002");
        assert!(hall.hall.fold.calls.is_empty(), "no screen lists it any more");
        assert!(hall.hall.queue_fold(&"a".into()).is_some_and(|it| it.waits.is_empty()), "no forecast learns from it");
        hall.when(undo(1)).then_refused(RefusalCode::TooLate, "");
    }

    #[test]
    fn every_step_of_a_counter_can_be_taken_back() {
        let mut hall = given([one_waiting()]);
        hall.must(call_next(1)).must(start(1)).must(undo(1)).is("A001", TicketState::Called);
        hall.must(start(1)).must(finish(1)).must(undo(1)).is("A001", TicketState::Serving);
        hall.must(park(1)).must(undo(1)).is("A001", TicketState::Serving);
        hall.must(finish(1)).must(pause(1)).must(undo(1));
        assert_eq!(hall.counter(1).state, crate::CounterState::Open);
        hall.must(close(1)).must(undo(1));
        assert_eq!(hall.counter(1).state, crate::CounterState::Open);
    }

    #[test]
    fn after_a_while_it_is_too_late() {
        let mut hall = given([the_hall(|it| it.undo_s = 10), one_waiting()]);
        hall.must(call_next(1)).after_s(11).when(undo(1));
        hall.then_refused(RefusalCode::TooLate, "for 10 seconds only; please set it right by hand");
    }

    #[test]
    fn what_something_else_came_of_is_not_taken_back() {
        let mut hall = given([one_waiting(), one_waiting()]);
        hall.must(call_next(1)).must(no_show(1)).must(come_back("A001")).when(undo(1));
        hall.then_refused(RefusalCode::TooLate, "something else has happened to A001 since");
        hall.when(undo(3)).then("undone at counter 3");
        hall.when(call_next(3)).then_refused(RefusalCode::CounterClosed, "open it first");
    }

    #[test]
    fn the_hub_does_not_make_a_call_again_that_staff_took_back() {
        let mut hall = given([automatic(), one_waiting()]);
        hall.must(undo(1)).then("undone at counter 1; A001 to counter 2");
        hall.must(issue("a")).then("A002 taken; A002 to counter 3");
        hall.must(issue("a")).then("A003 taken").when(call_next(1)).then("A003 to counter 1");
    }
}
