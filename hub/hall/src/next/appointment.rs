//! Rule 2: an appointment goes first in its window, by the same mix and bound as a class:
//! a slot that was overbooked by hand starves nobody.

use super::lane::Privilege;
use super::pool::{Group, Pick};
use super::{Rule, mix};

pub(super) fn pick(group: &Group<'_>) -> Option<Pick> {
    candidate(group).filter(|it| mix::lets(group, it))
}

/// Who would be picked, if the mix and the bound let them.
pub(super) fn candidate(group: &Group<'_>) -> Option<Pick> {
    group.first_privileged(Privilege::Appointment, Rule::Appointment)
}
