//! Check in: the visitor of a remote ticket, or of the next stage, is in the hall.

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Fold, Touched};
use crate::ids::TicketRef;
use crate::moves::TicketName;
use crate::reach;
use crate::refusal::{Refusal, RefusalCode};
use crate::ticket::TicketState;

/// The visitor is in the hall.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// The ticket.
    #[serde(default)]
    pub ticket: Option<TicketName>,
    /// An appointment instead.
    #[serde(default)]
    pub appointment: Option<String>,
    /// Or its code.
    #[serde(default)]
    pub code: Option<String>,
}

impl CheckIn {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let name = match (&self.ticket, &self.appointment, &self.code) {
            (Some(name), None, None) => name,
            (None, Some(_), None) | (None, None, Some(_)) => return Err(Refusal::Missing("appointment")),
            (None, None, None) => {
                return Err(Refusal::Bad("ticket", "name a ticket, an appointment or a code".into()));
            }
            (Some(_), _, _) | (None, Some(_), Some(_)) => {
                return Err(Refusal::Bad("ticket", "name only one of ticket, appointment and code".into()));
            }
        };
        let ticket = draft.hall.named(ask, name)?;
        if ticket.state != TicketState::Waiting {
            return Err(reach::wrong_state(&ticket));
        }
        if ticket.present {
            let detail = format!("{} has checked in already; please wait for its call", ticket.number);
            return Err(Refusal::no(RefusalCode::WrongState, detail).with_ticket(&ticket));
        }
        draft.answer(Event::CheckedIn { ticket: ticket.reference });
        Ok(())
    }
}

pub(super) fn apply(fold: &mut Fold, entry: &Entry, ticket: TicketRef) -> Touched {
    fold.change(entry, ticket, |ticket| ticket.present = true)
}
