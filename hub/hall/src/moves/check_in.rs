//! Check in: the visitor of a remote ticket, or of the next stage, is in the hall.

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Fold, Touched};
use crate::ids::TicketRef;
use crate::moves::TicketName;
use crate::reach;
use crate::refusal::{Misfit, Refusal, RefusalCode};
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
                return Err(Refusal::Bad("ticket", Misfit::OneOf, "name a ticket, an appointment or a code".into()));
            }
            (Some(_), _, _) | (None, Some(_), Some(_)) => {
                return Err(Refusal::Bad(
                    "ticket",
                    Misfit::OneOf,
                    "name only one of ticket, appointment and code".into(),
                ));
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

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;
    use crate::ticket::Channel;

    fn from_afar(queue: &str) -> Wish {
        issue_with(queue, |it| it.channel = Channel::Phone)
    }

    #[test]
    fn a_ticket_taken_from_afar_is_called_only_after_its_check_in_where_the_queue_asks_for_one() {
        let mut hall = given([queue("a").with(|it| it.check_in = true)]);
        hall.must(from_afar("a")).when(call_next(1)).then_refused(RefusalCode::NobodyWaiting, "not checked in");
        hall.when(call(1, "A001")).then_refused(RefusalCode::WrongState, "A001 has not checked in yet");
        hall.when(check_in("A001").by_visitor()).then("A001 checked in");
        hall.when(call_next(1)).then("A001 to counter 1");
    }

    #[test]
    fn elsewhere_it_is_called_like_any_other() {
        let mut hall = given([queue("a")]);
        hall.must(from_afar("a")).must(issue("a")).when(call_next(1)).then("A001 to counter 1");
    }

    #[test]
    fn who_comes_late_has_the_place_of_the_arrival_and_passes_nobody_who_was_called() {
        let mut hall = given([queue("a").with(|it| it.check_in = true)]);
        hall.must(from_afar("a")).must(issue("a")).must(issue("a"));
        hall.when(call_next(1)).then("A002 to counter 1");
        hall.must(check_in("A001")).when(call_next(2)).then("A001 to counter 2");
    }

    #[test]
    fn who_is_in_the_hall_need_not_check_in_and_nobody_does_it_twice() {
        let mut hall = given([queue("a").with(|it| it.check_in = true), one_waiting()]);
        hall.when(check_in("A001")).then_refused(RefusalCode::WrongState, "A001 has checked in already");
        hall.must(from_afar("a")).must(check_in("A002")).when(check_in("A002"));
        hall.then_refused(RefusalCode::WrongState, "please wait for its call");
        hall.must(cancel("A002")).when(check_in("A002")).then_refused(RefusalCode::WrongState, "was cancelled");
    }

    #[test]
    fn a_check_in_names_one_thing() {
        let both = |appointment: Option<&str>| super::CheckIn {
            ticket: Some(crate::moves::TicketName::Ref(crate::TicketRef(1))),
            appointment: appointment.map(Into::into),
            code: None,
        };
        let nothing = super::CheckIn { ticket: None, appointment: None, code: None };
        let mut hall = given([one_waiting()]);
        for wrong in [nothing, both(Some("ap-1"))] {
            hall.when(ask(crate::Command::CheckIn(wrong))).then_bad("ticket");
        }
    }
}
