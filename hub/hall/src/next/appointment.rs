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

#[cfg(test)]
mod tests {
    use crate::kit::*;

    /// Appointments are made elsewhere; here it only counts that a ticket has one.
    fn booked(hall: &mut Scene, number: &str) {
        let mut ticket = hall.ticket(number).as_ref().clone();
        ticket.appointment = Some("ap-1".into());
        hall.hall.fold.tickets.put(ticket);
    }

    #[test]
    fn an_appointment_goes_before_those_who_came_without_one_and_before_a_class() {
        let mut hall = given([queue("a").with(|it| it.mix = 2), class("elder"), one_waiting(), one_waiting()]);
        hall.must(issue_as("a", "elder")).must(issue("a"));
        booked(&mut hall, "A004");
        assert_eq!(hall.explained(1), "A004 appointment, A003 class, A001 order, A002 order");
        hall.when(call_next(1)).then("A004 to counter 1").because("appointment");
    }

    #[test]
    fn an_overbooked_slot_starves_nobody() {
        let rules = |it: &mut crate::setup::Queue| (it.mix, it.wait_bound_s) = (1, Some(600));
        let mut hall = given([queue("a").with(rules), one_waiting(), one_waiting()]);
        for number in ["A003", "A004", "A005"] {
            hall.must(issue("a"));
            booked(&mut hall, number);
        }
        assert_eq!(hall.explained(1), "A003 appointment, A001 order, A004 appointment, A002 order, A005 order");
        hall.after_s(601).when(call_next(1)).then("A001 to counter 1").because("ageing");
    }
}
