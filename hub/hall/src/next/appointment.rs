//! Rule 2: an appointment goes first in its window, by the same mix and bound as a class:
//! a slot that was overbooked by hand starves nobody.

use super::pool::{Group, Pick};
use super::{Rule, mix};

pub(super) fn pick(group: &Group<'_>) -> Option<Pick> {
    let first = group.first_special(Rule::Appointment, |ticket| ticket.appointment.is_some().then_some(()))?;
    mix::lets(group, &first).then_some(first)
}
