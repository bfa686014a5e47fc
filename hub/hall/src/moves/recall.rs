//! Recall: the same call again, as often and as soon as the queue allows.

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Call, Fold, StepBefore, Touched, seconds};
use crate::ids::{CounterId, TicketRef};
use crate::refusal::{Refusal, RefusalCode};
use crate::ticket::TicketState;

/// The same call again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Recall {
    /// The counter.
    pub counter: CounterId,
}

impl Recall {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let (_, ticket) = draft.counter_with(ask, &self.counter, TicketState::Called, "only a call can be repeated")?;
        let rules = draft.hall.rules_of(&ticket.queue);
        let number = &ticket.number;
        let refuse = |detail| Err(Refusal::no(RefusalCode::RecallLimit, detail).with_ticket(&ticket));
        if ticket.calls > rules.recalls {
            return refuse(format!("{number} was called {} times; press no-show if nobody comes", ticket.calls));
        }
        let since_s = ticket.spoken_at.map_or(u32::MAX, |at| seconds(at, draft.now));
        if since_s < rules.recall_gap_s {
            let rest_s = rules.recall_gap_s - since_s;
            return refuse(format!("{number} was called a moment ago; call it again in {rest_s} seconds"));
        }
        draft.answer(Event::Recalled { ticket: ticket.reference, counter: self.counter.clone() });
        Ok(())
    }
}

pub(super) fn apply(fold: &mut Fold, entry: &Entry, ticket: TicketRef, counter: &CounterId) -> Touched {
    let mut touched = fold.change(entry, ticket, |ticket| {
        ticket.calls += 1;
        ticket.spoken_at = Some(entry.time);
    });
    let Some(after) = touched.ticket.clone() else {
        return touched;
    };
    let listed = fold.list_call(Call {
        seq: entry.seq,
        ticket,
        number: after.number.clone(),
        queue: after.queue.clone(),
        counter: counter.clone(),
        at: entry.time,
        times: after.calls,
    });
    let stood = StepBefore { ticket: touched.ticket_before.clone(), listed: Some(listed), ..StepBefore::default() };
    touched.counter = Some(fold.step(entry, counter, stood, |_| {}));
    touched
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;

    #[test]
    fn only_a_call_can_be_repeated_and_not_a_service() {
        let mut hall = given([one_waiting()]);
        hall.when(recall(1)).then_refused(RefusalCode::WrongState, "has no ticket");
        hall.must(call_next(1)).must(start(1)).after_s(60).when(recall(1));
        hall.then_refused(RefusalCode::WrongState, "counter 1 is serving A001; only a call can be repeated");
    }

    #[test]
    fn a_new_call_counts_anew() {
        let mut hall = given([queue("a").with(|it| (it.recalls, it.recall_gap_s) = (1, 10)), one_waiting()]);
        hall.must(call_next(1)).after_s(10).must(recall(1)).must(no_show(1)).must(come_back("A001"));
        hall.must(call_next(1)).after_s(10).when(recall(1)).then("A001 again to counter 1");
        assert_eq!(hall.ticket("A001").calls, 2);
    }
}
