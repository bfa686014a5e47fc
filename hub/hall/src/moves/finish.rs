//! Finish: the service ends; a route goes on to its next stage, a ticket on loan goes back.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::counter::{Counter, Learnt};
use crate::draft::Draft;
use crate::event::{Entry, Event, NextStage};
use crate::fold::{Fold, QueueFold, SERVICES_KEPT, StepBefore, Touched, seconds};
use crate::forecast::Stretch;
use crate::hall::Hall;
use crate::ids::{CounterId, QueueId, TicketRef};
use crate::refusal::Refusal;
use crate::setup::Closing;
use crate::ticket::{Channel, Ticket, TicketState};

/// Ends the service; a route goes on to its next stage.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    /// The counter.
    pub counter: CounterId,
}

impl Finish {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let (counter, ticket) = draft.counter_with(ask, &self.counter, TicketState::Serving, "start it first")?;
        let next = next_stage(&draft.hall, &ticket);
        let wrap_up_s = draft.hall.rules_of(&ticket.queue).wrap_up_s;
        draft.answer(Event::Finished {
            ticket: ticket.reference,
            counter: self.counter.clone(),
            next: next.clone(),
            wrap_up_until: (wrap_up_s > 0).then(|| draft.now + Duration::seconds(wrap_up_s.into())),
            service_s: ticket.served_s.saturating_add(seconds(counter.since, draft.now)),
        });
        // A day that is closed gives no places in the next line any more.
        let day_is_closed = draft.hall.fold.day.is_some_and(|day| !day.open);
        if next.is_some_and(|it| day_is_closed && draft.hall.rules_of(&it.queue).closing == Closing::Unserved) {
            draft.emit(Event::Unserved { ticket: ticket.reference });
        }
        Ok(())
    }
}

/// Where a ticket goes after its present queue: back to who sent it, else on along its route.
fn next_stage(hall: &Hall, ticket: &Ticket) -> Option<NextStage> {
    if let Some(queue) = ticket.back_to.last() {
        return Some(NextStage { queue: queue.clone(), index: None, stage_first: true, present: true });
    }
    let (queue, index) = ticket.next_stage()?;
    let asks_again = hall.rules_of(queue).check_in && ticket.channel == Channel::Phone;
    Some(NextStage { queue: queue.clone(), index: Some(index), stage_first: false, present: !asks_again })
}

pub(super) fn apply(fold: &mut Fold, entry: &Entry, finished: &Event) -> Touched {
    let Event::Finished { ticket, counter, next, wrap_up_until, .. } = finished else {
        return Touched::default();
    };
    let learnt = learn_kept(fold, entry, *ticket, counter);
    let mut touched = fold.change(entry, *ticket, |ticket| match next {
        Some(next) => enter(ticket, next, entry),
        None => {
            ticket.state = TicketState::Done;
            ticket.finished_at = Some(entry.time);
        }
    });
    let stood = StepBefore { ticket: touched.ticket_before.clone(), learnt, ..StepBefore::default() };
    touched.counter = Some(fold.step(entry, counter, stood, |it| {
        it.let_go(*wrap_up_until, entry.time);
        it.served += 1;
    }));
    touched
}

/// The ticket waits for its next stage; it keeps its number and its arrival.
fn enter(ticket: &mut Ticket, next: &NextStage, entry: &Entry) {
    match (next.index, &mut ticket.stage) {
        (Some(index), Some(stage)) => stage.index = index,
        (Some(_), None) => {}
        (None, _) => {
            ticket.back_to.pop();
        }
    }
    ticket.stage_first = next.stage_first;
    ticket.present = next.present;
    join(ticket, &next.queue, entry);
}

/// The ticket joins a line as one that nobody there has called or served yet.
pub(super) fn join(ticket: &mut Ticket, queue: &QueueId, entry: &Entry) {
    if ticket.state == TicketState::Serving {
        ticket.waiting_since = entry.time;
    }
    ticket.state = TicketState::Waiting;
    ticket.queue = queue.clone();
    ticket.counter = None;
    ticket.called_at = None;
    ticket.spoken_at = None;
    ticket.started_at = None;
    ticket.until = None;
    ticket.calls = 0;
    ticket.served_s = 0;
}

/// Keeps for the forecast how long a visitor kept the counter, called or served.
pub(super) fn learn_kept(fold: &mut Fold, entry: &Entry, ticket: TicketRef, counter: &CounterId) -> Option<Learnt> {
    let ticket = fold.tickets.get(&ticket)?.clone();
    let since = fold.counters.get(counter).and_then(|it: &std::sync::Arc<Counter>| it.busy_since)?;
    let kept_s = ticket.served_s.saturating_add(seconds(since, entry.time));
    QueueFold::keep(&mut fold.queue_mut(&ticket.queue).services, kept_s, SERVICES_KEPT);
    Some(Learnt {
        queue: ticket.queue.clone(),
        kept_s: Some(kept_s),
        waited_s: None,
        pause: None,
        stretch: Stretch::default(),
    })
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;
    use crate::ticket::{Channel, TicketState};

    fn on_route(stages: &'static [&str]) -> Wish {
        issue_with(stages[0], move |it| it.route = stages.iter().map(|it| (*it).into()).collect())
    }

    /// Registration, the doctor's room, the pharmacy: each with its own counter.
    fn hospital(change: impl FnOnce(&mut crate::setup::Queue)) -> Scene {
        let counters = [counter(1, &["r"]), counter(2, &["d"]), counter(3, &["p"])];
        given([queue("r"), queue("d").with(change), queue("p")].into_iter().chain(counters))
    }

    #[test]
    fn a_route_leads_through_its_stages_in_order_with_one_number() {
        let mut hall = hospital(|_| {});
        hall.must(on_route(&["r", "d", "p"])).when(call_next(2));
        hall.then_refused(RefusalCode::NobodyWaiting, "nobody is waiting for counter 2");
        for (counter, next) in [(1, "R001 on to d"), (2, "R001 on to p"), (3, "R001 finished")] {
            hall.when(call_next(counter)).then(&format!("R001 to counter {counter}"));
            hall.must(start(counter)).when(finish(counter)).then(next);
        }
        hall.is("R001", TicketState::Done);
    }

    #[test]
    fn the_next_line_is_joined_with_the_time_of_the_arrival() {
        let mut hall = hospital(|_| {});
        hall.must(on_route(&["r", "d"])).after_s(60).must(issue("d")).after_s(60);
        hall.must(call_next(1)).must(start(1)).must(finish(1));
        assert_eq!(hall.line("d"), "R001 D001");
        assert_eq!(hall.ticket("R001").stage.as_ref().map(|it| it.index), Some(2));
    }

    #[test]
    fn a_stage_that_asks_for_it_wants_another_check_in_of_those_who_are_elsewhere() {
        let mut hall = hospital(|it| it.check_in = true);
        let afar = |it: &mut crate::moves::Issue| {
            (it.channel, it.route) = (Channel::Phone, vec!["r".into(), "d".into()]);
        };
        hall.must(issue_with("r", afar)).must(on_route(&["r", "d"]));
        for _ in 0..2 {
            hall.must(call_next(1)).must(start(1)).must(finish(1));
        }
        hall.when(call_next(2)).then("R002 to counter 2").must(start(2)).must(finish(2));
        hall.when(call_next(2)).then_refused(RefusalCode::NobodyWaiting, "not checked in");
        hall.must(check_in("R001")).when(call_next(2)).then("R001 to counter 2");
    }

    #[test]
    fn after_a_visitor_there_is_time_to_wrap_up_and_staff_may_cut_it_short() {
        let mut hall = given([automatic(), queue("a").with(|it| it.wrap_up_s = 30), counter(1, &["a"])]);
        hall.must(pause(2)).must(pause(3)).must(issue("a")).must(issue("a")).must(issue("a"));
        hall.must(start(1)).when(finish(1)).then("A001 finished");
        hall.after_s(29).tick().then("").after_s(1).tick().then("counter 1 wrapped up; A002 to counter 1");
        hall.must(start(1)).must(finish(1)).when(call_next(1)).then("A003 to counter 1");
    }

    #[test]
    fn when_the_day_is_closed_there_is_no_next_stage() {
        let mut hall = hospital(|_| {});
        hall.must(on_route(&["r", "d"])).must(call_next(1)).must(start(1)).must(close_day());
        hall.when(finish(1)).then("R001 on to d; R001 unserved");
    }
}
