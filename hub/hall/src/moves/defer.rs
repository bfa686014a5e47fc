//! Defer: "I need more time". Some places later, so often as the queue allows, never an earlier one.

use serde::{Deserialize, Serialize};

use super::place;
use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Fold, Touched};
use crate::ids::{ReasonId, TicketRef};
use crate::moves::TicketName;
use crate::reach;
use crate::refusal::{Refusal, RefusalCode};
use crate::ticket::{OrderKey, TicketState};

/// "I need more time": some places later.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Defer {
    /// The ticket.
    pub ticket: TicketName,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
}

impl Defer {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let ticket = draft.reached_ticket(ask, &self.ticket)?;
        draft.hall.check_reason(self.reason.as_ref())?;
        if ticket.state != TicketState::Waiting {
            return Err(reach::wrong_state(&ticket));
        }
        let rules = draft.hall.rules_of(&ticket.queue);
        if ticket.deferrals >= rules.deferrals {
            let detail = format!("{} has been put back as often as allowed; please wait, or cancel it", ticket.number);
            return Err(Refusal::no(RefusalCode::TooLate, detail).with_ticket(&ticket));
        }
        let order = place::behind(&draft.hall.fold, &ticket, rules.defer_places, draft.next_seq());
        draft.answer(Event::Deferred { ticket: ticket.reference, order });
        Ok(())
    }
}

pub(super) fn apply(fold: &mut Fold, entry: &Entry, ticket: TicketRef, order: OrderKey) -> Touched {
    fold.change(entry, ticket, |ticket| {
        ticket.order = order;
        ticket.deferrals += 1;
        // Who asks for more time gives up going first.
        ticket.stage_first = false;
    })
}
