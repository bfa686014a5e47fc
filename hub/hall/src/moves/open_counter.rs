//! Open a counter: somebody is there. A person holds one counter at a time, a program any number.

use serde::{Deserialize, Serialize};

use crate::ask::{Ask, By, Reach};
use crate::counter::{Counter, CounterState};
use crate::draft::Draft;
use crate::event::Entry;
use crate::event::{CounterChange, Event};
use crate::fold::StepBefore;
use crate::fold::{Fold, Touched};
use crate::hall::Hall;
use crate::ids::CounterId;
use crate::refusal::{Refusal, RefusalCode};

/// Somebody is at the counter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenCounter {
    /// The counter.
    pub counter: CounterId,
    /// A named person (scope supervisor); none = the caller.
    #[serde(default)]
    pub staff: Option<String>,
}

impl OpenCounter {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        if ask.reach == Reach::Ticket {
            return draft.for_supervisors(ask, "open a counter for visitors");
        }
        let staff = match &self.staff {
            Some(person) => {
                draft.for_supervisors(ask, "open a counter for somebody else")?;
                By::Person(person.clone())
            }
            None => ask.by.clone(),
        };
        if draft.hall.setup.counter(&self.counter).is_none() {
            return Err(Refusal::Missing("counter"));
        }
        let counter = draft.hall.counter(&self.counter)?;
        if counter.state != CounterState::Closed {
            return Err(is_open(draft.hall.label(&self.counter), &counter, &staff));
        }
        match &staff {
            By::Person(_) => holds_no_other(&draft.hall, &staff)?,
            By::Token(_) | By::Visitor | By::Hub => {}
        }
        draft.answer(Event::Counter { counter: self.counter.clone(), change: CounterChange::Opened { staff } });
        Ok(())
    }
}

fn is_open(label: &str, counter: &Counter, staff: &By) -> Refusal {
    let detail = if counter.state == CounterState::Paused {
        format!("counter {label} is paused, not closed; resume it")
    } else if counter.staff.as_ref() == Some(staff) {
        format!("counter {label} is open already; call the next ticket")
    } else {
        format!("counter {label} is open already, held by somebody else; choose another")
    };
    Refusal::no(RefusalCode::WrongState, detail).with_counter(counter)
}

/// A person is at one counter at a time.
pub(super) fn holds_no_other(hall: &Hall, staff: &By) -> Result<(), Refusal> {
    match hall.counter_held_by(staff) {
        Some(first) => {
            let label = hall.label(&first.id);
            let detail = format!("counter {label} is still held by the same person; close it first");
            Err(Refusal::no(RefusalCode::NotYours, detail).with_counter(first))
        }
        None => Ok(()),
    }
}

/// Any change of a counter that is not about a ticket.
pub(super) fn apply(fold: &mut Fold, entry: &Entry, id: &CounterId, change: &CounterChange) -> Touched {
    let now = entry.time;
    let counter = match change {
        // The end of wrapping up is nobody's step: what was done before it can still be taken back.
        CounterChange::WrappedUp => fold.change_counter(entry, id, |it| it.become_(CounterState::Open, now)),
        CounterChange::Opened { staff } => fold.step(entry, id, StepBefore::default(), |it| {
            it.become_(CounterState::Open, now);
            it.staff = Some(staff.clone());
            it.by_hand = false;
        }),
        CounterChange::Paused { reason } => fold.step(entry, id, StepBefore::default(), |it| {
            it.become_(CounterState::Paused, now);
            it.reason = Some(reason.clone());
        }),
        CounterChange::Resumed => fold.step(entry, id, StepBefore::default(), |it| {
            it.become_(CounterState::Open, now);
            it.by_hand = false;
        }),
        CounterChange::Closed => fold.step(entry, id, StepBefore::default(), |it| {
            it.become_(CounterState::Closed, now);
            it.staff = None;
            it.by_hand = false;
        }),
    };
    Touched { counter: Some(counter), ..Touched::default() }
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;

    fn open_for(counter: &str, staff: &str) -> Wish {
        ask(crate::Command::OpenCounter(super::OpenCounter { counter: counter.into(), staff: Some(staff.into()) }))
    }

    #[test]
    fn a_person_holds_one_counter_and_a_program_any_number() {
        let mut hall = given([asked(close(1)), asked(close(2)), asked(close(3))]);
        hall.must(open(1).by("wang")).when(open(2).by("wang"));
        hall.then_refused(RefusalCode::NotYours, "counter 1 is still held by the same person; close it first");
        hall.must(open(2).by_token("pads")).when(open(3).by_token("pads")).then("counter 3 opened");
    }

    #[test]
    fn a_supervisor_opens_for_somebody_and_staff_for_themselves_only() {
        let mut hall = given([asked(close(1)), asked(close(2))]);
        hall.when(open_for("1", "li").by("wang")).then_refused(RefusalCode::NotYours, "only a supervisor may");
        hall.when(open_for("1", "li")).then("counter 1 opened");
        assert_eq!(hall.counter(1).staff, Some(crate::By::Person("li".into())));
        hall.when(open_for("2", "li")).then_refused(RefusalCode::NotYours, "held by the same person");
    }

    #[test]
    fn a_counter_that_is_open_or_paused_is_not_opened_again() {
        let mut hall = given([]);
        hall.when(open(1).by("wang")).then_refused(RefusalCode::WrongState, "held by somebody else; choose another");
        hall.when(open(1).by_token("1")).then_refused(RefusalCode::WrongState, "call the next ticket");
        hall.must(pause(1)).when(open(1)).then_refused(RefusalCode::WrongState, "is paused, not closed; resume it");
        hall.when(open(9)).then_bad("counter");
    }
}
