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
