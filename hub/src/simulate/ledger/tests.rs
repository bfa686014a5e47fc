//! Each promise broken on purpose: a ledger that could not fail would prove nothing.

use chrono::{DateTime, TimeDelta};
use hall::By;
use hall::event::{CounterChange, Event};
use hall::next::{Because, Rule};
use serde_json::json;

use super::*;

/// A journal that is written by hand, right or wrong.
#[derive(Default)]
struct Journal(Vec<Entry>);

impl Journal {
    /// A hall with two open counters and tickets A001 (entry 3) and A002 (entry 4).
    fn begun() -> Self {
        Self::default().opens("1").opens("2").issues("A001", 1).issues("A002", 2)
    }

    fn and(mut self, event: Event) -> Self {
        let seq = self.0.len() as i64 + 1;
        let time = DateTime::UNIX_EPOCH + TimeDelta::seconds(seq);
        self.0.push(Entry { seq, time, by: By::Hub, event });
        self
    }

    fn opens(self, counter: &str) -> Self {
        self.and(Event::Counter { counter: counter.into(), change: CounterChange::Opened { staff: By::Hub } })
    }

    fn closes(self, counter: &str) -> Self {
        self.and(Event::Counter { counter: counter.into(), change: CounterChange::Closed })
    }

    fn issues(self, number: &str, running: u32) -> Self {
        let id = format!("key-{}", self.0.len());
        self.issues_with_key(number, running, &id)
    }

    fn issues_with_key(self, number: &str, running: u32, id: &str) -> Self {
        let issued = json!({
            "id": id, "number": number, "series": "A", "running": running, "queue": "a", "route": [], "channel": "kiosk",
            "priority": null, "language": "zh", "visitor": null, "present": true,
        });
        self.and(Event::Issued(serde_json::from_value(issued).unwrap()))
    }

    fn calls(self, ticket: i64, counter: &str) -> Self {
        let because =
            Because { rule: Rule::Order, queue: "a".into(), candidates: vec![TicketRef(ticket)], settled: Vec::new() };
        self.and(Event::Called { ticket: TicketRef(ticket), counter: counter.into(), because })
    }

    fn starts(self, ticket: i64, counter: &str) -> Self {
        self.and(Event::Started { ticket: TicketRef(ticket), counter: counter.into() })
    }

    fn finishes(self, ticket: i64, counter: &str) -> Self {
        let (ticket, counter) = (TicketRef(ticket), counter.into());
        self.and(Event::Finished { ticket, counter, next: None, wrap_up_until: None, service_s: 1 })
    }

    fn undoes(self, counter: &str, undoes: i64) -> Self {
        self.and(Event::Undone { counter: counter.into(), undoes })
    }

    fn new_day(self) -> Self {
        self.and(Event::Day { date: "2026-11-25".parse().unwrap(), open: true, new: true })
    }

    fn unserved(self, ticket: i64) -> Self {
        self.and(Event::Unserved { ticket: TicketRef(ticket) })
    }

    #[track_caller]
    fn keeps_its_promises(self) -> Ledger {
        Ledger::check(&self.0).unwrap()
    }

    /// The last entry, and no other, breaks a promise.
    #[track_caller]
    fn breaks(self, what: &str) {
        let broken = Ledger::check(&self.0).unwrap_err();
        assert!(broken.what.contains(what), "{broken}");
        assert_eq!(broken.seq, self.0.last().unwrap().seq, "{broken}");
    }
}

#[test]
fn a_day_as_it_should_be_breaks_nothing() {
    let day = Journal::begun().calls(3, "1").starts(3, "1").finishes(3, "1").calls(4, "2").undoes("2", 8);
    let ledger = day.calls(4, "1").closes("2").keeps_its_promises();
    assert_eq!((ledger.issued, ledger.calls, ledger.served, ledger.open_tickets()), (2, 3, 1, 1));
}

#[test]
fn a_gap_a_repeat_and_a_step_back_in_time_are_found() {
    for (place, seq, seconds, what) in [(3, 5, 5, "a gap"), (3, 3, 4, "a repeat"), (3, 4, 1, "earlier")] {
        let mut journal = Journal::begun();
        journal.0.truncate(place + 1);
        let last = &mut journal.0[place];
        (last.seq, last.time) = (seq, DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds));
        journal.breaks(what);
    }
}

#[test]
fn numbers_that_repeat_or_leave_a_gap_are_found() {
    Journal::begun().issues("A004", 4).breaks("gives A004 after 2 in series A: a gap");
    Journal::begun().issues("A002", 2).breaks("a gap");
    Journal::begun().issues("A002", 3).breaks("gives the number A002 a second time");
    Journal::begun().issues_with_key("A003", 3, "key-2").breaks("a key that another ticket has");
}

#[test]
fn a_series_begins_anew_with_a_day_and_only_when_nobody_of_it_is_left() {
    let night = || Journal::begun().unserved(3).unserved(4).new_day();
    night().issues("A001", 1).keeps_its_promises();
    night().issues("A003", 3).keeps_its_promises();
    night().issues("A002", 2).breaks("a gap");
    Journal::begun().unserved(3).new_day().issues("A001", 1).breaks("anew while a ticket of it is open");
    Journal::begun().unserved(3).unserved(4).issues("A001", 1).breaks("a gap");
}

#[test]
fn a_ticket_called_twice_and_a_counter_with_two_tickets_are_found() {
    Journal::begun().calls(3, "1").calls(3, "2").breaks("called twice");
    Journal::begun().calls(3, "1").calls(4, "1").breaks("which holds");
    Journal::begun().calls(3, "3").breaks("which is not open");
    Journal::begun().calls(3, "1").starts(3, "1").finishes(3, "1").calls(3, "1").breaks("stands at Some(Gone)");
    Journal::begun().calls(9, "1").breaks("stands at None");
}

#[test]
fn moves_of_somebody_elses_ticket_are_found() {
    Journal::begun().calls(3, "1").starts(4, "1").breaks("but it has");
    Journal::begun().calls(3, "1").finishes(3, "1").breaks("stands at Some(Called)");
    Journal::begun().starts(3, "1").breaks("but it has None");
    Journal::begun().calls(3, "1").closes("1").breaks("closes counter 1, which holds");
}

#[test]
fn only_the_last_step_of_a_counter_is_taken_back() {
    Journal::begun().calls(3, "1").starts(3, "1").undoes("1", 5).breaks("not the last step of counter 1");
    Journal::begun().calls(3, "1").undoes("2", 5).breaks("not the last step of counter 2");
    Journal::begun().calls(3, "1").undoes("1", 5).undoes("1", 5).breaks("not the last step");
    Journal::begun().calls(3, "1").undoes("1", 5).starts(3, "1").breaks("but it has None");
}
