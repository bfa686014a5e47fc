//! Defer: "I need more time". Some places later, so often as the queue allows, never an earlier one.
//!
//! Refused where nobody would go first: it would cost the visitor one of few times and change nothing.

use serde::{Deserialize, Serialize};

use super::place;
use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Fold, Touched};
use crate::hall::Hall;
use crate::ids::{ReasonId, TicketRef};
use crate::moves::TicketName;
use crate::reach;
use crate::refusal::{Refusal, RefusalCode};
use crate::ticket::{OrderKey, Ticket, TicketState};

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

/// What "more time" is worth to a waiting ticket now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deferral {
    /// How many would go first; none: it is refused.
    pub places: u32,
    /// How often it may still be asked for; none: it is refused.
    pub left: u32,
}

impl Hall {
    /// What a ticket may ask for; none if it does not wait, or its queue gives nobody more time.
    pub fn deferral_of(&self, ticket: &Ticket) -> Option<Deferral> {
        let rules = self.rules_of(&ticket.queue);
        let may = ticket.state == TicketState::Waiting && rules.deferrals > 0;
        may.then(|| Deferral {
            places: go_first(&self.fold, ticket, rules.defer_places),
            left: rules.deferrals.saturating_sub(ticket.deferrals),
        })
    }
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
        if go_first(&draft.hall.fold, &ticket, rules.defer_places) == 0 {
            let detail =
                format!("nobody waits behind {}, so nobody can go first; please wait, or cancel it", ticket.number);
            return Err(Refusal::no(RefusalCode::NobodyBehind, detail).with_ticket(&ticket));
        }
        let order = place::behind(&draft.hall.fold, &ticket, rules.defer_places, draft.next_seq());
        draft.answer(Event::Deferred { ticket: ticket.reference, order });
        Ok(())
    }
}

/// How many of its queue would go before a waiting ticket if it were deferred.
fn go_first(fold: &Fold, ticket: &Ticket, places: u32) -> u32 {
    let Some(line) = fold.tickets.line(&ticket.queue) else {
        return 0;
    };
    let place = ticket.place();
    let plain_behind = line.plain.len() - line.plain.partition_point(|it| it.place() <= place);
    let special_behind = line.special.iter().filter(|it| it.place() > place).count();
    let behind = (plain_behind + special_behind).min(places as usize);
    // Who gives up going before everybody also lets those go first who came earlier.
    let plain_before = line.plain.partition_point(|it| it.place() < place);
    let special_before = line.special.iter().filter(|it| it.place() < place && !it.stage_first).count();
    let passed = if ticket.stage_first { plain_before + special_before } else { 0 };
    u32::try_from(behind + passed).unwrap_or(u32::MAX)
}

pub(super) fn apply(fold: &mut Fold, entry: &Entry, ticket: TicketRef, order: OrderKey) -> Touched {
    fold.change(entry, ticket, |ticket| {
        ticket.order = order;
        ticket.deferrals += 1;
        // Who asks for more time gives up going first.
        ticket.stage_first = false;
    })
}

#[cfg(test)]
mod tests {
    use super::Deferral;
    use crate::RefusalCode;
    use crate::kit::*;

    fn deferral(hall: &Scene, number: &str) -> Option<(u32, u32)> {
        let told = hall.hall.deferral_of(&hall.ticket(number));
        told.map(|Deferral { places, left }| (places, left))
    }

    #[test]
    fn who_has_nobody_behind_lets_nobody_go_first_and_keeps_the_time() {
        let mut hall = given([queue("a"), queue("b"), asked(issue("a")), asked(issue("a")), asked(issue("b"))]);
        assert_eq!((deferral(&hall, "A001"), deferral(&hall, "A002")), (Some((1, 2)), Some((0, 2))));
        hall.when(defer("A002").by_visitor());
        hall.then_refused(RefusalCode::NobodyBehind, "nobody waits behind A002, so nobody can go first");
        hall.must(issue("a")).when(defer("A002").by_visitor()).then("A002 deferred");
        assert_eq!((hall.line("a"), deferral(&hall, "A002")), ("A001 A003 A002".into(), Some((0, 1))));
    }

    #[test]
    fn it_is_told_how_many_go_first_and_how_often_it_may_be_asked() {
        let rules = queue("a").with(|it| (it.defer_places, it.deferrals) = (2, 1));
        let mut hall = given([rules, one_waiting(), one_waiting(), one_waiting(), one_waiting()]);
        assert_eq!(deferral(&hall, "A001"), Some((2, 1)));
        hall.must(defer("A001").by_visitor());
        assert_eq!((hall.line("a"), deferral(&hall, "A001")), ("A002 A003 A001 A004".into(), Some((1, 0))));
        hall.must(call_next(1));
        assert_eq!(deferral(&hall, "A002"), None, "who is called waits no more");
        let none = given([queue("a").with(|it| it.deferrals = 0), one_waiting(), one_waiting()]);
        assert_eq!(deferral(&none, "A001"), None);
    }

    #[test]
    fn who_is_back_from_another_stage_lets_everybody_go_first_also_those_who_came_earlier() {
        let mut hall = given([queue("a"), queue("x"), counter(1, &["a"]), counter(2, &["x"]), one_waiting()]);
        hall.must(issue("a")).must(call(1, "A002")).must(start(1)).must(send_and_back(1, "x"));
        hall.must(call(2, "A002")).must(start(2)).must(finish(2));
        assert_eq!((hall.explained(1), deferral(&hall, "A002")), ("A002 stage, A001 order".into(), Some((1, 2))));
        hall.must(defer("A002"));
        assert_eq!((hall.explained(1), deferral(&hall, "A002")), ("A001 order, A002 order".into(), Some((0, 1))));
    }
}
