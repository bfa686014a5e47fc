//! Freeze and thaw: a queue gives no tickets and is not called until a supervisor lets it go on.

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::Event;
use crate::fold::{Fold, Frozen, Touched};
use crate::ids::{QueueId, ReasonId};
use crate::refusal::{Refusal, RefusalCode};

/// Stops a queue: no tickets, no calls.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FreezeQueue {
    /// The queue.
    pub queue: QueueId,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
}

/// Lets a frozen queue go on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ThawQueue {
    /// The queue.
    pub queue: QueueId,
    /// Why.
    #[serde(default)]
    pub reason: Option<ReasonId>,
}

impl FreezeQueue {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        set_frozen(draft, ask, &self.queue, true, self.reason.as_ref())
    }
}

impl ThawQueue {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        set_frozen(draft, ask, &self.queue, false, self.reason.as_ref())
    }
}

fn set_frozen(
    draft: &mut Draft,
    ask: &Ask,
    queue: &QueueId,
    frozen: bool,
    reason: Option<&ReasonId>,
) -> Result<(), Refusal> {
    draft.for_supervisors(ask, "stop a queue or let it go on")?;
    let name = &draft.hall.queue(queue)?.name;
    draft.hall.check_reason(reason)?;
    let is_frozen = draft.hall.queue_fold(queue).is_some_and(|it| it.frozen.is_some());
    if is_frozen == frozen {
        let detail = if frozen { format!("{name} is stopped already") } else { format!("{name} is not stopped") };
        return Err(Refusal::no(RefusalCode::WrongState, detail));
    }
    draft.answer(Event::Queue { queue: queue.clone(), frozen, reason: reason.cloned() });
    Ok(())
}

pub(super) fn apply(fold: &mut Fold, queue: &QueueId, frozen: bool, reason: Option<&ReasonId>) -> Touched {
    fold.queue_mut(queue).frozen = frozen.then(|| Frozen { reason: reason.cloned() });
    Touched::default()
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;

    #[test]
    fn a_stopped_queue_gives_no_tickets_and_is_not_called_until_it_goes_on() {
        let mut hall = given([queue("a"), queue("b"), asked(issue("a")), asked(issue("b"))]);
        hall.when(freeze("a")).then("a frozen").when(issue("a"));
        hall.then_refused(RefusalCode::QueueFrozen, "is stopped at present and gives no tickets");
        hall.when(call_next(1)).then("B001 to counter 1").when(call_next(2));
        hall.then_refused(RefusalCode::NobodyWaiting, "1 wait for counter 2, but none can be called yet");
        hall.when(call(2, "A001")).then_refused(RefusalCode::QueueFrozen, "a supervisor can let it go on");
        assert_eq!(hall.line("a"), "A001", "who waits keeps the place");
        hall.when(thaw("a")).then("a thawed").when(call_next(2)).then("A001 to counter 2");
    }

    #[test]
    fn the_hub_assigns_nobody_of_a_stopped_queue_and_goes_on_by_itself() {
        let mut hall = given([automatic(), asked(freeze("a")), asked(thaw("a")), asked(freeze("a"))]);
        hall.when(issue("a")).then_refused(RefusalCode::QueueFrozen, "is stopped");
        hall.must(thaw("a")).must(pause(1)).must(pause(2)).must(pause(3)).must(issue("a")).must(freeze("a"));
        hall.when(resume(1)).then("counter 1 resumed").when(thaw("a")).then("a thawed; A001 to counter 1");
    }

    #[test]
    fn only_a_supervisor_stops_a_queue_and_not_twice() {
        let mut hall = given([queue("a")]);
        hall.when(freeze("a").by("wang")).then_refused(RefusalCode::NotYours, "only a supervisor may");
        hall.when(thaw("a")).then_refused(RefusalCode::WrongState, "is not stopped");
        hall.must(freeze("a")).when(freeze("a")).then_refused(RefusalCode::WrongState, "is stopped already");
        hall.when(freeze("x")).then_bad("queue");
    }
}
