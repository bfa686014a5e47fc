//! Rule 3: a priority class goes before others, the highest class first, as often as the mix allows.

use super::pool::{Group, Pick};
use super::{Rule, mix};

pub(super) fn pick(group: &Group<'_>) -> Option<Pick> {
    let first = group.first_special(Rule::Class, |ticket| {
        let class = ticket.priority.as_ref()?;
        Some(group.setup().rank_of(class))
    })?;
    mix::lets(group, &first).then_some(first)
}
