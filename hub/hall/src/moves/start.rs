//! Start: the visitor has come to the counter, service begins.

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::counter::CounterState;
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Fold, StepBefore, Touched};
use crate::ids::{CounterId, TicketRef};
use crate::refusal::Refusal;
use crate::ticket::TicketState;

/// The visitor has come; service begins.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// The counter.
    pub counter: CounterId,
}

impl Start {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let (_, ticket) =
            draft.counter_with(ask, &self.counter, TicketState::Called, "its service has begun already")?;
        draft.answer(Event::Started { ticket: ticket.reference, counter: self.counter.clone() });
        Ok(())
    }
}

pub(super) fn apply(fold: &mut Fold, entry: &Entry, ticket: TicketRef, counter: &CounterId) -> Touched {
    let mut touched = fold.change(entry, ticket, |ticket| {
        ticket.state = TicketState::Serving;
        ticket.started_at.get_or_insert(entry.time);
        // Whoever is served is in the hall, and has used the place before others.
        ticket.present = true;
        ticket.stage_first = false;
    });
    let stood = StepBefore { ticket: touched.ticket_before.clone(), ..StepBefore::default() };
    touched.counter = Some(fold.step(entry, counter, stood, |it| it.become_(CounterState::Serving, entry.time)));
    touched
}
