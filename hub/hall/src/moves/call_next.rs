//! Call next: a free counter calls whoever is next for it.

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::counter::{Learnt, Pause};
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Call, Fold, PAUSES_KEPT, QueueFold, StepBefore, Touched, WAITS_KEPT, seconds};
use crate::ids::{CounterId, QueueId, TicketRef};
use crate::next::{self, Because, Rule, Tally};
use crate::refusal::{Refusal, RefusalCode};
use crate::ticket::{Ticket, TicketState};

/// Calls whoever is next for a counter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallNext {
    /// The counter.
    pub counter: CounterId,
}

impl CallNext {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        let counter = draft.free_counter(ask, &self.counter)?;
        let Some(choice) = next::next_for(&draft.hall, &self.counter, draft.now) else {
            return Err(nobody(draft, &self.counter).with_counter(&counter));
        };
        draft.answer(Event::Called { ticket: choice.ticket, counter: self.counter.clone(), because: choice.because });
        Ok(())
    }
}

/// Nobody can be called, and why.
fn nobody(draft: &Draft, counter: &CounterId) -> Refusal {
    let hall = &draft.hall;
    let label = hall.label(counter);
    let served = hall.setup.counter(counter).map_or(&[][..], |it| &it.queues);
    let waiting: usize = served.iter().map(|it| hall.fold.tickets.waiting(&it.queue)).sum();
    if hall.fold.day.is_some_and(|day| !day.open) && waiting == 0 {
        let detail = format!("the day is closed and nobody is left for counter {label}");
        return Refusal::no(RefusalCode::DayClosed, detail);
    }
    let detail = if served.is_empty() {
        format!("counter {label} serves no queue; ask an administrator to give it one")
    } else if waiting == 0 {
        format!("nobody is waiting for counter {label}")
    } else {
        format!(
            "{waiting} wait for counter {label}, but none can be called yet: not checked in, stopped, or kept for later"
        )
    };
    Refusal::no(RefusalCode::NobodyWaiting, detail)
}

pub(super) fn apply(
    fold: &mut Fold,
    entry: &Entry,
    ticket: TicketRef,
    counter: &CounterId,
    because: &Because,
) -> Touched {
    let Some(before) = fold.tickets.get(&ticket).cloned() else {
        return Touched::default();
    };
    let tallies = mix(fold, because);
    let learnt = (before.called_at.is_none()).then(|| learn_wait(fold, entry, &before, counter));
    call(fold, entry, counter, StepBefore { ticket: Some(before), tallies, listed: None, learnt })
}

/// A ticket comes to a counter: by a call, or back from where it was parked.
pub(super) fn call(fold: &mut Fold, entry: &Entry, counter: &CounterId, mut stood: StepBefore) -> Touched {
    let Some(before) = stood.ticket.clone() else {
        return Touched::default();
    };
    let mut touched = fold.change(entry, before.reference, |ticket| {
        ticket.state = TicketState::Called;
        ticket.promised = None;
        ticket.counter = Some(counter.clone());
        ticket.called_at.get_or_insert(entry.time);
        ticket.spoken_at = Some(entry.time);
        ticket.calls = 1;
        ticket.until = None;
        ticket.reason = None;
        ticket.parked_at_counter = false;
    });
    stood.listed = Some(fold.list_call(Call {
        seq: entry.seq,
        ticket: before.reference,
        number: before.number.clone(),
        queue: before.queue.clone(),
        counter: counter.clone(),
        at: entry.time,
        times: 1,
    }));
    touched.counter = Some(fold.step(entry, counter, stood, |it| it.take(&before, entry.time)));
    touched
}

/// Counts the call in the mix, and gives what stood before.
fn mix(fold: &mut Fold, because: &Because) -> Vec<(QueueId, Tally)> {
    let mut before = Vec::new();
    let mut set = |queue: &QueueId, count: &dyn Fn(u32) -> u32| {
        let tally = &mut fold.queue_mut(queue).tally;
        before.push((queue.clone(), *tally));
        tally.out_of_turn = count(tally.out_of_turn);
    };
    match because.rule {
        Rule::Appointment | Rule::Class => set(&because.queue, &|it| it + 1),
        Rule::Ageing | Rule::Order | Rule::ToCounter => {
            set(&because.queue, &|_| 0);
            because.settled.iter().for_each(|queue| set(queue, &|_| 0));
        }
        Rule::Stage | Rule::Chosen => {}
    }
    before
}

fn learn_wait(fold: &mut Fold, entry: &Entry, ticket: &Ticket, counter: &CounterId) -> Learnt {
    let waited_s = seconds(ticket.waiting_since, entry.time);
    let idle_since = fold.counters.get(counter).and_then(|it| it.idle_since);
    let pause = idle_since.map(|idle| {
        if idle <= ticket.waiting_since { Pause::Greeting(waited_s) } else { Pause::After(seconds(idle, entry.time)) }
    });
    let queue = fold.queue_mut(&ticket.queue);
    QueueFold::keep(&mut queue.waits, waited_s, WAITS_KEPT);
    match pause {
        Some(Pause::After(pause_s)) => QueueFold::keep(&mut queue.pauses, pause_s, PAUSES_KEPT),
        Some(Pause::Greeting(pause_s)) => QueueFold::keep(&mut queue.greetings, pause_s, PAUSES_KEPT),
        None => {}
    }
    let came_s = seconds(ticket.issued_at, entry.time);
    let stretch = ticket.promised.map(|it| queue.stretch.learn(it, came_s)).unwrap_or_default();
    Learnt { queue: ticket.queue.clone(), kept_s: None, waited_s: Some(waited_s), pause, stretch }
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;

    #[test]
    fn the_longest_waiting_is_called_first() {
        given([one_waiting(), one_waiting()]).when(call_next(1)).then("A001 to counter 1").because("order");
    }

    #[test]
    fn pressed_twice_it_names_the_ticket_and_calls_nobody_else() {
        let mut hall = given([one_waiting(), one_waiting()]);
        hall.must(call_next(1)).when(call_next(1));
        hall.then_refused(RefusalCode::CounterBusy, "counter 1 is calling A001; start it or press no-show first");
        hall.must(start(1)).when(call_next(1));
        hall.then_refused(RefusalCode::CounterBusy, "counter 1 is serving A001; finish it first");
        assert_eq!(hall.line("a"), "A002");
    }

    #[test]
    fn two_counters_never_get_the_same_ticket() {
        let mut hall = given([one_waiting()]);
        hall.must(call_next(1)).when(call_next(2));
        hall.then_refused(RefusalCode::NobodyWaiting, "nobody is waiting for counter 2");
    }

    #[test]
    fn a_closed_or_paused_counter_calls_nobody() {
        let mut hall = given([one_waiting()]);
        hall.must(pause(1)).when(call_next(1)).then_refused(RefusalCode::CounterClosed, "resume it first");
        hall.must(close(2)).when(call_next(2)).then_refused(RefusalCode::CounterClosed, "open it first");
    }

    #[test]
    fn nobody_presses_for_somebody_else() {
        let mut hall = given([one_waiting()]);
        hall.when(call_next(1).by("wang")).then_refused(RefusalCode::NotYours, "held by somebody else");
        hall.when(call_next(1).by_token("1")).then("A001 to counter 1");
    }
}
