//! Set mode: who moves tickets, in the hall, for one queue or at one counter, until the day ends.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::Event;
use crate::fold::{Fold, Touched};
use crate::ids::{CounterId, QueueId};
use crate::refusal::Refusal;
use crate::setup::Mode;

/// Sets who moves tickets: hall, or one queue, or one counter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetMode {
    /// The mode.
    pub mode: Mode,
    /// Only this queue.
    #[serde(default)]
    pub queue: Option<QueueId>,
    /// Only this counter.
    #[serde(default)]
    pub counter: Option<CounterId>,
}

impl SetMode {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        draft.for_supervisors(ask, "set who moves tickets")?;
        if self.queue.is_some() && self.counter.is_some() {
            return Err(Refusal::Bad("queue", "name a queue or a counter, not both".into()));
        }
        if let Some(queue) = &self.queue {
            draft.hall.queue(queue)?;
        }
        if let Some(counter) = &self.counter {
            draft.hall.setup.counter(counter).ok_or(Refusal::Missing("counter"))?;
        }
        draft.answer(Event::Mode { mode: self.mode, queue: self.queue.clone(), counter: self.counter.clone() });
        Ok(())
    }
}

pub(super) fn apply(fold: &mut Fold, mode: Mode, queue: Option<&QueueId>, counter: Option<&CounterId>) -> Touched {
    match (queue, counter) {
        (Some(queue), _) => fold.queue_mut(queue).mode = Some(mode),
        (None, Some(counter)) => {
            fold.counter_modes.insert(counter.clone(), mode);
        }
        (None, None) => fold.mode = Some(mode),
    }
    // A new mode is a new word to every counter, also to those that took a call back.
    for counter in fold.counters.values_mut().filter(|it| it.by_hand) {
        Arc::make_mut(counter).by_hand = false;
    }
    Touched::default()
}
