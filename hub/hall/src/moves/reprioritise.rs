//! Reprioritise: staff put a ticket into another class, and say why.

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Fold, Touched};
use crate::ids::{ClassId, ReasonId, TicketRef};
use crate::moves::TicketName;
use crate::reach;
use crate::refusal::{Misfit, Refusal, RefusalCode};

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
            return Err(Refusal::Bad("priority", Misfit::NoSuch, format!("{class} is not a class of this hall")));
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

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;

    #[test]
    fn staff_give_a_class_of_the_halls_list_and_say_why() {
        let mut hall = given([queue("a"), class("elder"), one_waiting()]);
        hall.when(reprioritise("A001", Some("elder")).by_visitor())
            .then_refused(RefusalCode::NotYours, "ask the staff");
        hall.when(reprioritise("A001", Some("elder")).by("li")).then("A001 reprioritised");
        hall.when(reprioritise("A001", Some("elder"))).then_refused(RefusalCode::WrongState, "in that class already");
        let ticket = crate::moves::TicketName::Ref(hall.reference("A001"));
        let bored = super::Reprioritise { ticket, priority: None, reason: "bored".into() };
        hall.when(ask(crate::Command::Reprioritise(bored))).then_bad("reason");
        hall.must(cancel("A001"))
            .when(reprioritise("A001", None))
            .then_refused(RefusalCode::WrongState, "was cancelled");
    }
}
