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
