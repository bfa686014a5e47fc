//! Open and close the day: a closed day gives no tickets; who waits is cut off, served or carried over.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cancel;
use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Day, Fold, Touched};
use crate::hours;
use crate::ids::TicketRef;
use crate::next::Tally;
use crate::numbering;
use crate::refusal::{Refusal, RefusalCode};
use crate::setup::Closing;
use crate::ticket::TicketState;

/// Opens the business day (again).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenDay {}

/// Closes the business day: no more tickets; those open are unserved or carried over, as their queue says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseDay {}

impl OpenDay {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        draft.for_supervisors(ask, "open the day")?;
        if draft.answer_with_new_day() {
            return Ok(());
        }
        if draft.hall.fold.day.is_some_and(|day| day.open) {
            return Err(Refusal::no(RefusalCode::WrongState, "the day is open already"));
        }
        let date = hours::business_day(&draft.hall, draft.now);
        draft.answer(Event::Day { date, open: true, new: false });
        Ok(())
    }
}

impl CloseDay {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        draft.for_supervisors(ask, "close the day")?;
        let Some(day) = draft.hall.fold.day.filter(|day| day.open) else {
            return Err(Refusal::no(RefusalCode::WrongState, "the day is closed already"));
        };
        let cut_off: Vec<TicketRef> = draft
            .hall
            .open_tickets()
            .filter(|it| matches!(it.state, TicketState::Waiting | TicketState::Parked))
            .filter(|it| draft.hall.rules_of(&it.queue).closing == Closing::Unserved)
            .map(|it| it.reference)
            .collect();
        for ticket in cut_off {
            draft.emit(Event::Unserved { ticket });
        }
        draft.answer(Event::Day { date: day.date, open: false, new: false });
        Ok(())
    }
}

pub(super) fn apply_unserved(fold: &mut Fold, entry: &Entry, ticket: TicketRef) -> Touched {
    cancel::close(fold, entry, ticket, TicketState::Unserved, None)
}

pub(super) fn apply(fold: &mut Fold, date: NaiveDate, open: bool, new: bool) -> Touched {
    fold.day = Some(Day { date, open });
    if new {
        begin_day(fold);
    }
    Touched::default()
}

/// What was of yesterday is forgotten: numbers, lists, counts, modes. Freezes and measured times stay.
fn begin_day(fold: &mut Fold) {
    fold.tickets.end_day();
    numbering::begin_day(fold);
    fold.calls.clear();
    fold.mode = None;
    fold.counter_modes.clear();
    for queue in fold.queues.values_mut().map(Arc::make_mut) {
        queue.taken = 0;
        queue.mode = None;
        queue.tally = Tally::default();
        queue.ordinary.clear();
        queue.privileged.clear();
    }
    for counter in fold.counters.values_mut().map(Arc::make_mut) {
        counter.served = 0;
        counter.last = None;
        counter.by_hand = false;
    }
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;

    #[test]
    fn a_supervisor_closes_the_day_and_may_open_it_again() {
        let mut hall = given([one_waiting()]);
        hall.when(close_day().by("li")).then_refused(RefusalCode::NotYours, "only a supervisor may close the day");
        hall.when(open_day()).then_refused(RefusalCode::WrongState, "the day is open already");
        hall.when(close_day()).then("A001 unserved; day closed").when(close_day());
        hall.then_refused(RefusalCode::WrongState, "the day is closed already");
        hall.when(issue("a")).then_refused(RefusalCode::DayClosed, "please come back tomorrow");
        hall.when(open_day()).then("day opened").when(issue("a")).then("A002 taken");
    }

    #[test]
    fn a_new_day_begins_without_the_calls_of_the_last() {
        let mut hall = given([one_waiting()]);
        hall.must(call_next(1)).must(start(1)).must(finish(1));
        assert_eq!(hall.hall.fold.calls.len(), 1);
        hall.at("2026-11-25T08:00:00+08:00").must(issue("a"));
        assert!(hall.hall.fold.calls.is_empty());
    }

    #[test]
    fn opening_a_day_that_has_begun_meanwhile_is_that_beginning() {
        let mut hall = given([one_waiting()]);
        hall.must(close_day()).at("2026-11-25T08:00:00+08:00").when(open_day()).then("day 2026-11-25");
        hall.when(issue("a")).then("A001 taken");
    }
}
