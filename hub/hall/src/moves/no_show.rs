//! No-show: the visitor did not come to the counter, and may return for a while.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::finish::learn_kept;
use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Fold, StepBefore, Touched, seconds};
use crate::hall::Hall;
use crate::ids::{CounterId, TicketRef};
use crate::refusal::{Refusal, RefusalCode};
use crate::ticket::{Ticket, TicketState};

/// The visitor did not come.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoShow {
    /// The counter.
    pub counter: CounterId,
}

impl NoShow {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let (counter, ticket) = draft.counter_with(ask, &self.counter, TicketState::Called, "finish it instead")?;
        let after_s = draft.hall.rules_of(&ticket.queue).no_show_after_s;
        let since_s = seconds(counter.since, draft.now);
        if since_s < after_s {
            let detail = format!(
                "{} was called {since_s} seconds ago; give the visitor {} more",
                ticket.number,
                after_s - since_s
            );
            return Err(Refusal::no(RefusalCode::WrongState, detail).with_ticket(&ticket).with_counter(&counter));
        }
        let event = missed(&draft.hall, &ticket, &self.counter, draft.now);
        draft.answer(event);
        Ok(())
    }
}

/// The event of a visitor who did not come: pressed by staff, or due by itself.
pub(crate) fn missed(hall: &Hall, ticket: &Ticket, counter: &CounterId, now: DateTime<Utc>) -> Event {
    let rules = hall.rules_of(&ticket.queue);
    Event::NoShow {
        ticket: ticket.reference,
        counter: counter.clone(),
        return_until: now + Duration::seconds(rules.return_within_s.into()),
        // Nobody was served: there is nothing to wrap up.
        wrap_up_until: None,
    }
}

pub(super) fn apply(
    fold: &mut Fold,
    entry: &Entry,
    ticket: TicketRef,
    counter: &CounterId,
    return_until: DateTime<Utc>,
    wrap_up_until: Option<DateTime<Utc>>,
) -> Touched {
    let learnt = learn_kept(fold, entry, ticket, counter);
    let mut touched = fold.change(entry, ticket, |ticket| {
        ticket.state = TicketState::NoShow;
        ticket.until = Some(return_until);
        ticket.finished_at = Some(entry.time);
        // The call that went before others was missed; what comes back is an ordinary place.
        ticket.stage_first = false;
    });
    let stood = StepBefore { ticket: touched.ticket_before.clone(), learnt, ..StepBefore::default() };
    touched.counter = Some(fold.step(entry, counter, stood, |it| it.let_go(wrap_up_until, entry.time)));
    touched
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;
    use crate::ticket::TicketState;

    #[test]
    fn a_visitor_is_given_time_to_come() {
        let mut hall = given([queue("a").with(|it| it.no_show_after_s = 20), one_waiting()]);
        hall.must(call_next(1)).after_s(15).when(no_show(1));
        hall.then_refused(RefusalCode::WrongState, "called 15 seconds ago; give the visitor 5 more");
        hall.after_s(5).when(no_show(1)).then("A001 missed").is("A001", TicketState::NoShow);
        assert_eq!(hall.counter(1).ticket, None, "the counter is free for the next");
    }

    #[test]
    fn a_call_may_become_a_no_show_by_itself_and_a_recall_gives_more_time() {
        let mut hall = given([queue("a").with(|it| it.call_timeout_s = Some(60)), one_waiting(), one_waiting()]);
        hall.must(call_next(1)).after_s(30).must(recall(1)).after_s(59).tick().then("");
        hall.after_s(1).tick().then("A001 missed").when(call_next(1)).then("A002 to counter 1");
        hall.must(start(1)).after_s(600).tick().then("");
    }

    #[test]
    fn who_is_being_served_has_come() {
        let mut hall = given([one_waiting()]);
        hall.must(call_next(1)).must(start(1)).when(no_show(1));
        hall.then_refused(RefusalCode::WrongState, "counter 1 is serving A001; finish it instead");
    }
}
