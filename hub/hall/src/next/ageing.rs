//! Rule 4: nobody waits beyond the queue's bound while others are taken out of turn.
//!
//! Somebody overdue does not jump the line: it goes on in order, in which whoever has a class keeps
//! the place of their arrival. So neither side ever starves the other.

use super::pool::{Group, Pick};
use super::{Rule, appointment, class, mix};

pub(super) fn pick(group: &Group<'_>) -> Option<Pick> {
    if !somebody_is_overdue(group) {
        return None;
    }
    let kept_back = appointment::candidate(group).or_else(|| class::candidate(group))?;
    let first = group.first()?;
    mix::would_let(group, &kept_back).then_some(Pick { rule: Rule::Ageing, ..first })
}

/// Whether an ordinary ticket has waited beyond its queue's bound.
pub(super) fn somebody_is_overdue(group: &Group<'_>) -> bool {
    group.lanes().any(|(_, lane)| lane.is_overdue(group.now()))
}
