//! Reprioritise: staff put a ticket into another class, and say why.

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Fold, Touched};
use crate::ids::{ClassId, ReasonId, TicketRef};
use crate::moves::TicketName;
use crate::reach;
use crate::refusal::{Refusal, RefusalCode};

/// Puts a ticket into another class.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reprioritise {
    /// The ticket.
    pub ticket: TicketName,
    /// The class; none = ordinary.
    #[serde(default)]
    pub priority: Option<ClassId>,
    /// Why.
    pub reason: ReasonId,
}

impl Reprioritise {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let ticket = draft.reached_ticket(ask, &self.ticket)?;
        draft.hall.check_reason(Some(&self.reason))?;
        if let Some(class) = self.priority.as_ref().filter(|it| draft.hall.setup.class(it).is_none()) {
            return Err(Refusal::Bad("priority", format!("{class} is not a class of this hall")));
        }
        if !ticket.state.is_open() {
            return Err(reach::wrong_state(&ticket));
        }
        if ticket.priority == self.priority {
            let detail = format!("{} is in that class already", ticket.number);
            return Err(Refusal::no(RefusalCode::WrongState, detail).with_ticket(&ticket));
        }
        draft.answer(Event::Reprioritised {
            ticket: ticket.reference,
            priority: self.priority.clone(),
            reason: self.reason.clone(),
        });
        Ok(())
    }
}

pub(super) fn apply(fold: &mut Fold, entry: &Entry, ticket: TicketRef, priority: Option<&ClassId>) -> Touched {
    fold.change(entry, ticket, |ticket| ticket.priority = priority.cloned())
}
