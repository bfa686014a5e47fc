//! A second, simpler reader of a journal, which believes nothing.
//!
//! It shares no code with the rules: it keeps who holds whom and which numbers were given, and
//! says in one sentence what is wrong as soon as an entry breaks a promise.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use hall::event::{Event, Issued};
use hall::{CounterId, Entry, TicketId, TicketRef};

mod hands;
mod numbers;

use hands::Step;
use numbers::Numbers;

/// What the ledger knows of a ticket.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Where {
    Waiting,
    Called,
    Serving,
    Parked,
    Missed,
    Gone,
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    seq: i64,
    time: Option<DateTime<Utc>>,
    tickets: BTreeMap<TicketRef, Where>,
    holder: BTreeMap<TicketRef, CounterId>,
    held: BTreeMap<CounterId, TicketRef>,
    open: BTreeSet<CounterId>,
    steps: BTreeMap<CounterId, Step>,
    keys: BTreeSet<TicketId>,
    numbers: Numbers,
    /// Calls seen, first ones and repeats.
    pub calls: u64,
    /// Tickets issued.
    pub issued: u64,
    /// Visitors served to the end.
    pub served: u64,
}

/// A broken promise: the entry and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("entry {seq}: {what}")]
pub struct Broken {
    /// The entry.
    pub seq: i64,
    /// What is wrong.
    pub what: String,
}

impl Ledger {
    /// Reads the next entry.
    pub fn read(&mut self, entry: &Entry) -> Result<(), Broken> {
        let said = self.order(entry).and_then(|()| self.event(entry));
        said.map_err(|what| Broken { seq: entry.seq, what })
    }

    /// The last entry read.
    pub fn seq(&self) -> i64 {
        self.seq
    }

    /// Tickets that wait, are called, served or parked.
    pub fn open_tickets(&self) -> usize {
        self.tickets.values().filter(|it| !matches!(it, Where::Gone | Where::Missed)).count()
    }

    /// Reads a whole journal.
    pub fn check(entries: &[Entry]) -> Result<Self, Broken> {
        let mut ledger = Self::default();
        for entry in entries {
            ledger.read(entry)?;
        }
        Ok(ledger)
    }

    fn order(&mut self, entry: &Entry) -> Result<(), String> {
        if entry.seq != self.seq + 1 {
            return Err(format!("follows entry {}: a gap or a repeat", self.seq));
        }
        if self.time.is_some_and(|last| entry.time < last) {
            return Err("is earlier than the entry before it".into());
        }
        self.seq = entry.seq;
        self.time = Some(entry.time);
        Ok(())
    }

    fn event(&mut self, entry: &Entry) -> Result<(), String> {
        match &entry.event {
            Event::Day { new: true, .. } => {
                self.new_day();
                Ok(())
            }
            Event::Issued(it) => self.issued(entry.seq, it),
            Event::CheckedIn { ticket } | Event::Deferred { ticket, .. } => self.stands(*ticket, &[Where::Waiting]),
            Event::Reprioritised { ticket, .. } => {
                self.stands(*ticket, &[Where::Waiting, Where::Parked, Where::Called, Where::Serving])
            }
            Event::Called { ticket, counter, .. } => self.called(entry.seq, *ticket, counter),
            Event::Recalled { ticket, counter } => {
                self.calls += 1;
                self.holds(counter, *ticket)?;
                self.remember(entry.seq, Some(*ticket), counter);
                self.stands(*ticket, &[Where::Called])
            }
            Event::Started { ticket, counter } => {
                self.holds(counter, *ticket)?;
                self.moves(entry.seq, *ticket, counter, &[Where::Called], Where::Serving)
            }
            Event::Finished { ticket, counter, next, .. } => {
                self.holds(counter, *ticket)?;
                self.served += 1;
                let after = if next.is_some() { Where::Waiting } else { Where::Gone };
                self.moves(entry.seq, *ticket, counter, &[Where::Serving], after)?;
                self.let_go(*ticket);
                Ok(())
            }
            Event::NoShow { ticket, counter, .. } => {
                self.holds(counter, *ticket)?;
                self.moves(entry.seq, *ticket, counter, &[Where::Called], Where::Missed)?;
                self.let_go(*ticket);
                Ok(())
            }
            Event::Parked { ticket, counter, .. } => {
                self.holds(counter, *ticket)?;
                self.moves(entry.seq, *ticket, counter, &[Where::Serving, Where::Called], Where::Parked)?;
                self.let_go(*ticket);
                Ok(())
            }
            Event::Unparked { ticket, called_to } => {
                self.stands(*ticket, &[Where::Parked])?;
                match called_to {
                    Some(counter) => self.called(entry.seq, *ticket, counter),
                    None => self.put(*ticket, Where::Waiting),
                }
            }
            Event::Transferred(it) => {
                self.stands(it.ticket, &[Where::Waiting, Where::Called, Where::Serving])?;
                if let Some(from) = &it.from {
                    self.remember(entry.seq, Some(it.ticket), from);
                }
                self.let_go(it.ticket);
                self.put(it.ticket, Where::Waiting)
            }
            Event::Returned { ticket, .. } => {
                self.stands(*ticket, &[Where::Missed])?;
                self.put(*ticket, Where::Waiting)
            }
            Event::Cancelled { ticket, .. } | Event::Unserved { ticket } => {
                self.let_go(*ticket);
                self.put(*ticket, Where::Gone)
            }
            Event::Undone { counter, undoes } => self.undone(counter, *undoes),
            Event::Counter { counter, change } => self.counter(entry.seq, counter, change),
            Event::Day { .. } | Event::Queue { .. } | Event::Mode { .. } | Event::Configured { .. } => Ok(()),
            Event::Announced(_) | Event::Withdrawn { .. } => Ok(()),
        }
    }

    fn new_day(&mut self) {
        self.tickets.retain(|_, at| !matches!(at, Where::Gone | Where::Missed));
        let open = &self.tickets;
        self.numbers.new_day(|it| open.contains_key(&it));
        self.steps.clear();
    }

    fn issued(&mut self, seq: i64, issued: &Issued) -> Result<(), String> {
        if !self.keys.insert(issued.id.clone()) {
            return Err("gives a key that another ticket has".into());
        }
        self.numbers.give(TicketRef(seq), &issued.number, &issued.series, issued.running)?;
        self.issued += 1;
        self.put(TicketRef(seq), Where::Waiting)
    }
}

#[cfg(test)]
mod tests;
