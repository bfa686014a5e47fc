//! Close a counter: nobody is there any more. Not while it has a ticket.

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::counter::CounterState;
use crate::draft::Draft;
use crate::event::{CounterChange, Event, Transferred};
use crate::ids::CounterId;
use crate::refusal::Refusal;

/// Nobody is at the counter any more.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseCounter {
    /// The counter.
    pub counter: CounterId,
}

impl CloseCounter {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let counter = draft.reached_counter(ask, &self.counter)?;
        match counter.state {
            CounterState::Open | CounterState::WrappingUp | CounterState::Paused => {}
            CounterState::Calling | CounterState::Serving => return Err(draft.is_busy(&counter)),
            CounterState::Closed => {
                let detail = format!("counter {} is closed already", draft.hall.label(&self.counter));
                return Err(Refusal::no(crate::RefusalCode::WrongState, detail).with_counter(&counter));
            }
        }
        self.send_back(draft);
        draft.answer(Event::Counter { counter: self.counter.clone(), change: CounterChange::Closed });
        Ok(())
    }

    /// Who was sent to this counter by name waits for any counter of the queue again.
    fn send_back(&self, draft: &mut Draft) {
        let sent: Vec<_> = draft.hall.fold.tickets.sent_to(&self.counter).cloned().collect();
        for ticket in sent {
            draft.emit(Event::Transferred(Box::new(Transferred {
                ticket: ticket.reference,
                from: None,
                queue: ticket.queue.clone(),
                to_counter: None,
                order: ticket.order,
                back_to: None,
                reason: ticket.reason.clone(),
            })));
        }
    }
}
