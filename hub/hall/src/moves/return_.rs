//! Return: a no-show comes back in time, to the place the queue says.

use serde::{Deserialize, Serialize};

use super::place;
use crate::ask::{Ask, Reach};
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Fold, Touched};
use crate::ids::{ReasonId, TicketRef};
use crate::moves::TicketName;
use crate::refusal::{Refusal, RefusalCode};
use crate::setup::ReturnPlace;
use crate::ticket::{OrderKey, Ticket, TicketState};

/// A no-show comes back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// The ticket.
    pub ticket: TicketName,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
}

impl Return {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        if ask.reach == Reach::Ticket {
            return Err(Refusal::no(RefusalCode::NotYours, "please show your ticket to the staff"));
        }
        let ticket = draft.hall.named(ask, &self.ticket)?;
        draft.hall.check_reason(self.reason.as_ref())?;
        may_return(draft, &ticket).map_err(|refusal| refusal.with_ticket(&ticket))?;
        let fold = &draft.hall.fold;
        let order = match draft.hall.rules_of(&ticket.queue).return_place {
            ReturnPlace::Head => place::head(fold, &ticket.queue, ticket.reference),
            ReturnPlace::After(places) => place::after(fold, &ticket.queue, ticket.reference, places, draft.next_seq()),
            ReturnPlace::Tail => place::tail(draft.next_seq()),
        };
        draft.answer(Event::Returned { ticket: ticket.reference, order });
        Ok(())
    }
}

fn may_return(draft: &Draft, ticket: &Ticket) -> Result<(), Refusal> {
    let number = &ticket.number;
    let refuse = |code, detail| Err(Refusal::no(code, detail));
    if ticket.state != TicketState::NoShow {
        return refuse(RefusalCode::WrongState, format!("{number} did not miss a call; nothing to return from"));
    }
    if draft.hall.fold.day.is_some_and(|day| !day.open) {
        return refuse(RefusalCode::DayClosed, format!("the hall has closed for today; {number} cannot return"));
    }
    if ticket.until.is_some_and(|until| until < draft.now) {
        return refuse(RefusalCode::TooLate, format!("{number} missed its call too long ago; take a new ticket"));
    }
    if ticket.returns >= draft.hall.rules_of(&ticket.queue).returns {
        return refuse(RefusalCode::TooLate, format!("{number} has returned as often as allowed; take a new ticket"));
    }
    Ok(())
}

pub(super) fn apply(fold: &mut Fold, entry: &Entry, ticket: TicketRef, order: OrderKey) -> Touched {
    fold.change(entry, ticket, |ticket| {
        ticket.state = TicketState::Waiting;
        ticket.order = order;
        ticket.returns += 1;
        ticket.waiting_since = entry.time;
        ticket.counter = None;
        ticket.until = None;
        ticket.finished_at = None;
        ticket.calls = 0;
        // Whoever comes back stands before the staff.
        ticket.present = true;
    })
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;

    #[test]
    fn only_who_missed_a_call_returns_and_staff_let_them() {
        let mut hall = given([one_waiting()]);
        hall.when(come_back("A001")).then_refused(RefusalCode::WrongState, "A001 did not miss a call");
        hall.must(call_next(1)).must(no_show(1)).when(come_back("A001").by_visitor());
        hall.then_refused(RefusalCode::NotYours, "please ask the staff");
        hall.when(come_back("A001").by("li")).then("A001 returned");
    }

    #[test]
    fn who_comes_back_is_there_and_waits_anew() {
        let mut hall = given([asked(issue_with("a", |it| it.channel = crate::ticket::Channel::Phone))]);
        hall.must(call_next(1)).must(no_show(1)).after_s(60).must(come_back("A001"));
        let ticket = hall.ticket("A001");
        assert_eq!((ticket.present, ticket.waiting_since), (true, hall.now));
    }

    #[test]
    fn nobody_returns_to_a_closed_day() {
        let mut hall = given([one_waiting()]);
        hall.must(call_next(1)).must(no_show(1)).must(close_day()).when(come_back("A001"));
        hall.then_refused(RefusalCode::DayClosed, "the hall has closed for today");
    }

    #[test]
    fn who_fell_off_the_list_of_missed_numbers_stays_off_it() {
        let mut hall = given((0..22).map(|_| one_waiting()));
        for _ in 0..22 {
            hall.must(call_next(1)).must(no_show(1)).after_s(1);
        }
        let listed = |hall: &Scene| -> Vec<String> {
            hall.hall.fold.missed.iter().map(|it| hall.hall.ticket(*it).unwrap().number.clone()).collect()
        };
        assert_eq!((listed(&hall).len(), listed(&hall)[0].as_str(), listed(&hall)[19].as_str()), (20, "A022", "A003"));
        hall.must(come_back("A021").by("li"));
        assert_eq!((listed(&hall).len(), listed(&hall)[1].as_str(), listed(&hall)[18].as_str()), (19, "A020", "A003"));
        hall.after_s(24 * 3600).must(issue("a"));
        assert!(listed(&hall).is_empty(), "a new day knows nobody of the old one");
    }
}
