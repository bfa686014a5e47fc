//! What the simulated hall owes to the outside world: a second reader of the journal that counts for itself.
//!
//! A ticket taken at the kiosk owes one slip, any other ticket none. Shares no code with `notify`.

use std::collections::{BTreeMap, BTreeSet};

use hall::event::Event;
use hall::ticket::Channel;
use hall::{By, Entry, HallId, TicketRef};

use crate::store::deliveries::Cause;

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct Debts {
    kiosk: By,
    slips: BTreeSet<TicketRef>,
}

impl Debts {
    /// Nothing is owed yet; `kiosk` is who takes tickets at the one kiosk with a printer.
    pub fn new(kiosk: By) -> Self {
        Self { kiosk, slips: BTreeSet::new() }
    }

    /// Reads the next entry.
    pub fn read(&mut self, entry: &Entry) {
        if let Event::Issued(issued) = &entry.event
            && issued.channel == Channel::Kiosk
            && entry.by == self.kiosk
        {
            self.slips.insert(TicketRef(entry.seq));
        }
    }

    /// How many are owed.
    pub fn len(&self) -> u64 {
        self.slips.len() as u64
    }

    /// Compares with what is written down: each slip once, and nothing else.
    pub fn check(&self, hall: &HallId, epoch: i64, written: &[Cause]) -> Result<(), String> {
        let mut of_ticket: BTreeMap<TicketRef, Vec<&str>> = BTreeMap::new();
        for it in written {
            let ticket = TicketRef(it.reference);
            if !self.slips.contains(&ticket) {
                return Err(format!("a delivery is written for {}, which nobody asked for", it.cause));
            }
            of_ticket.entry(ticket).or_default().push(&it.cause);
        }
        for slip in &self.slips {
            let causes = of_ticket.get(slip).map_or(&[][..], Vec::as_slice);
            if causes != [format!("slip {hall} {epoch} {}", slip.0)] {
                return Err(format!("ticket {slip} is owed one slip, but {} are written: {causes:?}", causes.len()));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;

    use super::*;

    fn issued(seq: i64, by: By, channel: &str) -> Entry {
        let issued = json!({
            "id": format!("key-{seq}"), "number": "A001", "series": "A", "running": 1, "queue": "a", "route": [],
            "channel": channel, "priority": null, "language": "zh", "visitor": null, "present": true,
        });
        let event = Event::Issued(serde_json::from_value(issued).unwrap());
        Entry { seq, time: DateTime::UNIX_EPOCH, by, event }
    }

    fn debts() -> Debts {
        let kiosk = By::Token("kiosk".into());
        let mut debts = Debts::new(kiosk.clone());
        let entries = [
            issued(1, kiosk.clone(), "kiosk"),
            issued(2, kiosk.clone(), "phone"),
            issued(3, By::Token("other".into()), "kiosk"),
            issued(4, kiosk, "kiosk"),
        ];
        entries.iter().for_each(|it| debts.read(it));
        debts
    }

    fn check(written: &[(&str, i64)]) -> Result<(), String> {
        let cause = |(cause, reference): &(&str, i64)| Cause { cause: (*cause).into(), reference: *reference };
        debts().check(&"h".into(), 7, &written.iter().map(cause).collect::<Vec<_>>())
    }

    #[test]
    fn each_slip_is_owed_once() {
        assert_eq!(debts().len(), 2);
        assert_eq!(check(&[("slip h 7 1", 1), ("slip h 7 4", 4)]), Ok(()));
    }

    #[test]
    fn one_that_is_missing_or_written_twice_or_that_nobody_asked_for_is_found() {
        assert!(check(&[("slip h 7 1", 1)]).is_err_and(|it| it.contains("but 0 are written")));
        let twice = [("slip h 7 1", 1), ("slip h 7 4", 4), ("slip h 8 4", 4)];
        assert!(check(&twice).is_err_and(|it| it.contains("but 2 are written")));
        let more = [("slip h 7 1", 1), ("slip h 7 4", 4), ("slip h 7 2", 2)];
        assert!(check(&more).is_err_and(|it| it.contains("nobody asked for")));
        let other = [("slip h 7 1", 1), ("slip h 7 5", 4)];
        assert!(check(&other).is_err_and(|it| it.contains("is owed one slip")));
    }
}
