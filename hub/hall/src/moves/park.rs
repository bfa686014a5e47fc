//! Park and unpark: a visitor is put aside until something is done or a time has come.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::call_next;
use crate::ask::Ask;
use crate::counter::{Counter, CounterState};
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Fold, StepBefore, Touched, seconds};
use crate::hall::Hall;
use crate::ids::{CounterId, ReasonId, TicketRef};
use crate::moves::TicketName;
use crate::refusal::{Misfit, Refusal, RefusalCode};
use crate::ticket::{Ticket, TicketState};

/// A ticket is parked at most so far ahead, hours.
pub const PARK_HOURS_MAX: i64 = 24;

/// Puts the visitor being served aside.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Park {
    /// The counter.
    pub counter: CounterId,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
    /// Comes back by itself then; at most 24 h ahead.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
}

/// Brings a parked ticket back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unpark {
    /// The ticket.
    pub ticket: TicketName,
}

impl Park {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let (_, ticket) = draft.counter_with(ask, &self.counter, TicketState::Serving, "start it before parking it")?;
        draft.hall.check_reason(self.reason.as_ref())?;
        if let Some(until) = self.until {
            if until <= draft.now {
                return Err(Refusal::Bad(
                    "until",
                    Misfit::TimePassed,
                    "that time has passed; choose a later one".into(),
                ));
            }
            if until > draft.now + Duration::hours(PARK_HOURS_MAX) {
                return Err(Refusal::Bad(
                    "until",
                    Misfit::HoursAhead(PARK_HOURS_MAX),
                    format!("at most {PARK_HOURS_MAX} hours ahead"),
                ));
            }
        }
        draft.answer(Event::Parked {
            ticket: ticket.reference,
            counter: self.counter.clone(),
            at_counter: draft.hall.rules_of(&ticket.queue).park_at_counter,
            reason: self.reason.clone(),
            until: self.until,
        });
        Ok(())
    }
}

impl Unpark {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let ticket = draft.reached_ticket(ask, &self.ticket)?;
        if ticket.state != TicketState::Parked {
            let detail = format!("{} is not parked", ticket.number);
            return Err(Refusal::no(RefusalCode::WrongState, detail).with_ticket(&ticket));
        }
        let counter = its_counter(&draft.hall, &ticket);
        if let Some(counter) = counter.filter(|it| matches!(it.state, CounterState::Calling | CounterState::Serving)) {
            return Err(draft.is_busy(counter));
        }
        let event = comes_back(&draft.hall, &ticket);
        draft.answer(event);
        Ok(())
    }
}

fn its_counter<'a>(hall: &'a Hall, ticket: &Ticket) -> Option<&'a Counter> {
    let id = ticket.counter.as_ref().filter(|_| ticket.parked_at_counter)?;
    hall.fold.counters.get(id).map(|it| &**it)
}

/// A parked ticket comes back: called to its counter if that is free, else it waits.
pub(crate) fn comes_back(hall: &Hall, ticket: &Ticket) -> Event {
    let counter = its_counter(hall, ticket).filter(|it| it.is_free());
    Event::Unparked { ticket: ticket.reference, called_to: counter.map(|it| it.id.clone()) }
}

pub(super) fn apply(fold: &mut Fold, entry: &Entry, parked: &Event) -> Touched {
    let Event::Parked { ticket, counter, at_counter, reason, until } = parked else {
        return Touched::default();
    };
    let since = fold.counters.get(counter).map_or(entry.time, |it| it.since);
    let mut touched = fold.change(entry, *ticket, |ticket| {
        ticket.state = TicketState::Parked;
        ticket.reason = reason.clone();
        ticket.until = *until;
        ticket.parked_at = Some(entry.time);
        ticket.parked_at_counter = *at_counter;
        ticket.counter = at_counter.then(|| counter.clone());
        ticket.served_s = ticket.served_s.saturating_add(seconds(since, entry.time));
    });
    let stood = StepBefore { ticket: touched.ticket_before.clone(), ..StepBefore::default() };
    touched.counter = Some(fold.step(entry, counter, stood, |it| it.let_go(None, entry.time)));
    touched
}

pub(super) fn apply_unparked(
    fold: &mut Fold,
    entry: &Entry,
    ticket: TicketRef,
    called_to: Option<&CounterId>,
) -> Touched {
    if let Some(counter) = called_to {
        let ticket = fold.tickets.get(&ticket).cloned();
        return call_next::call(fold, entry, counter, StepBefore { ticket, ..StepBefore::default() });
    }
    // It still waits for its counter, unless nobody is there any more.
    let is_open = |it: &CounterId| fold.counters.get(it).is_some_and(|it| it.state != CounterState::Closed);
    let counter = fold.tickets.get(&ticket).and_then(|it| it.counter.clone()).filter(is_open);
    fold.change(entry, ticket, |ticket| {
        ticket.state = TicketState::Waiting;
        ticket.counter = counter;
        ticket.parked_at_counter = false;
        ticket.until = None;
        ticket.reason = None;
    })
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;
    use crate::ticket::TicketState;

    #[test]
    fn who_is_parked_leaves_the_counter_free_and_comes_back_with_the_old_place() {
        let mut hall = given([one_waiting(), one_waiting(), one_waiting()]);
        hall.must(call_next(1)).must(start(1)).when(park(1)).then("A001 parked").is("A001", TicketState::Parked);
        assert_eq!(hall.ticket("A001").parked_at, Some(hall.now));
        hall.after_s(60).when(call_next(1)).then("A002 to counter 1");
        hall.when(unpark("A001")).then("A001 unparked");
        assert_eq!(hall.line("a"), "A001 A003");
    }

    #[test]
    fn a_time_may_be_set_at_which_it_comes_back_by_itself() {
        let mut hall = given([one_waiting()]);
        hall.must(call_next(1)).must(start(1)).must(park_for(1, 600));
        assert_eq!(hall.hall.due_at(), Some(hall.now + chrono::Duration::seconds(600)));
        hall.after_s(599).tick().then("").after_s(1).tick().then("A001 unparked");
    }

    #[test]
    fn a_service_in_two_parts_is_one_and_the_time_between_is_none_of_it() {
        let mut hall = given([one_waiting(), one_waiting()]);
        hall.must(call_next(1)).must(start(1)).after_s(100).must(park(1));
        hall.must(call_next(1)).must(start(1)).after_s(1_000).must(finish(1)).must(unpark("A001"));
        hall.must(call_next(1)).must(start(1)).after_s(50).must(finish(1));
        let services = hall.hall.queue_fold(&"a".into()).map(|it| it.services.clone());
        assert_eq!(services, Some([1_000, 150].into()));
    }

    #[test]
    fn where_the_queue_says_so_it_is_parked_at_its_counter_and_called_there_again() {
        let mut hall = given([queue("a").with(|it| it.park_at_counter = true), one_waiting(), one_waiting()]);
        hall.must(call_next(1)).must(start(1)).must(park(1)).must(call_next(1)).when(unpark("A001"));
        hall.then_refused(RefusalCode::CounterBusy, "counter 1 is calling A002");
        hall.must(start(1)).must(finish(1)).when(unpark("A001")).then("A001 unparked to counter 1");
    }

    #[test]
    fn only_a_visitor_being_served_is_parked_for_a_known_reason_and_at_most_a_day() {
        let mut hall = given([one_waiting()]);
        hall.must(call_next(1)).when(park(1)).then_refused(RefusalCode::WrongState, "start it before parking it");
        hall.must(start(1)).when(park_for(1, 0)).then_bad("until").when(park_for(1, 24 * 3600 + 1)).then_bad("until");
        let bored = super::Park { counter: "1".into(), reason: Some("bored".into()), until: None };
        hall.when(ask(crate::Command::Park(bored))).then_bad("reason");
        hall.must(park_for(1, 24 * 3600)).must(unpark("A001")).when(unpark("A001"));
        hall.then_refused(RefusalCode::WrongState, "A001 is not parked");
    }

    #[test]
    fn a_ticket_parked_at_a_counter_is_no_business_of_other_staff() {
        let mut hall = given([queue("a").with(|it| it.park_at_counter = true), one_waiting()]);
        hall.must(call_next(1)).must(start(1)).must(park(1)).when(unpark("A001").by_token("2"));
        hall.then_refused(RefusalCode::NotYours, "counter 1 is held by somebody else");
        hall.when(unpark("A001").by_token("1")).then("A001 unparked to counter 1");
    }
}
