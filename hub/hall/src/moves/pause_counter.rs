//! Pause and resume: a counter is away or busy for a while, and visitors are told.

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::counter::CounterState;
use crate::draft::Draft;
use crate::event::{CounterChange, Event};
use crate::ids::{CounterId, ReasonId};
use crate::refusal::{Refusal, RefusalCode};

/// Away or busy for a while; visitors are told.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PauseCounter {
    /// The counter.
    pub counter: CounterId,
    /// `busy`, `away`, `break`, `other`, or one of the hall's.
    pub reason: ReasonId,
}

/// Back again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumeCounter {
    /// The counter.
    pub counter: CounterId,
}

impl PauseCounter {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let counter = draft.open_counter(ask, &self.counter)?;
        draft.hall.check_reason(Some(&self.reason))?;
        match counter.state {
            CounterState::Open | CounterState::WrappingUp => {}
            CounterState::Calling | CounterState::Serving => return Err(draft.is_busy(&counter)),
            CounterState::Paused | CounterState::Closed => {
                let detail = format!("counter {} is paused already", draft.hall.label(&self.counter));
                return Err(Refusal::no(RefusalCode::WrongState, detail).with_counter(&counter));
            }
        }
        draft.answer(Event::Counter {
            counter: self.counter.clone(),
            change: CounterChange::Paused { reason: self.reason.clone() },
        });
        Ok(())
    }
}

impl ResumeCounter {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let counter = draft.open_counter(ask, &self.counter)?;
        if counter.state != CounterState::Paused {
            let detail = format!("counter {} is not paused", draft.hall.label(&self.counter));
            return Err(Refusal::no(RefusalCode::WrongState, detail).with_counter(&counter));
        }
        draft.answer(Event::Counter { counter: self.counter.clone(), change: CounterChange::Resumed });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::kit::*;
    use crate::{CounterState, RefusalCode};

    #[test]
    fn a_pause_has_a_reason_of_the_hall_and_says_since_when() {
        let mut hall = given([one_waiting()]);
        let bored = super::PauseCounter { counter: "1".into(), reason: "bored".into() };
        hall.when(ask(crate::Command::PauseCounter(bored))).then_bad("reason");
        hall.after_s(5).when(pause(1)).then("counter 1 paused: break");
        let counter = hall.counter(1);
        assert_eq!((counter.state, counter.since), (CounterState::Paused, hall.now));
        assert_eq!(counter.reason.as_ref().map(|it| it.as_str()), Some("break"));
        hall.when(pause(1)).then_refused(RefusalCode::WrongState, "is paused already");
        hall.when(resume(1)).then("counter 1 resumed").when(resume(1));
        hall.then_refused(RefusalCode::WrongState, "is not paused");
    }

    #[test]
    fn nobody_pauses_with_a_visitor_at_the_counter() {
        let mut hall = given([one_waiting()]);
        hall.must(call_next(1)).when(pause(1)).then_refused(RefusalCode::CounterBusy, "press no-show first");
        hall.must(start(1)).when(pause(1)).then_refused(RefusalCode::CounterBusy, "finish it first");
    }
}
