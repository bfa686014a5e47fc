//! A second, simpler reader of a journal, which believes nothing.
//!
//! It shares no code with the rules: it keeps who holds whom and which numbers were given, and
//! says in one sentence what is wrong as soon as an entry breaks a promise.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use hall::event::{CounterChange, Event};
use hall::{CounterId, Entry, TicketId, TicketRef};

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

/// A step of a counter that may be taken back, with what stood before it.
#[derive(Clone, Debug)]
struct Step {
    seq: i64,
    ticket: Option<(TicketRef, Where)>,
    held: bool,
    was_open: bool,
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
    numbers: BTreeMap<String, BTreeSet<String>>,
    running: BTreeMap<String, u32>,
    /// Series that may begin anew since the day began.
    fresh: BTreeSet<String>,
    series_of: BTreeMap<TicketRef, String>,
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
            Event::Day { new, .. } => {
                if *new {
                    self.new_day();
                }
                Ok(())
            }
            Event::Issued(it) => self.issued(entry.seq, &it.id, &it.number, &it.series, it.running),
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
            Event::Queue { .. } | Event::Mode { .. } | Event::Configured { .. } | Event::Announced(_) => Ok(()),
        }
    }

    fn new_day(&mut self) {
        self.tickets.retain(|_, at| !matches!(at, Where::Gone | Where::Missed));
        let open = &self.tickets;
        self.series_of.retain(|it, _| open.contains_key(it));
        self.fresh = self.running.keys().cloned().collect();
        self.steps.clear();
    }

    fn issued(
        &mut self,
        seq: i64,
        id: &TicketId,
        number: &str,
        series: &str,
        running: Option<u32>,
    ) -> Result<(), String> {
        if !self.keys.insert(id.clone()) {
            return Err("gives a key that another ticket has".into());
        }
        if let Some(running) = running {
            self.number(number, series, running)?;
        }
        self.series_of.insert(TicketRef(seq), series.to_owned());
        self.issued += 1;
        self.put(TicketRef(seq), Where::Waiting)
    }

    /// Numbers of a series follow each other without gaps; a new day may begin anew, but not while a ticket of it is open.
    fn number(&mut self, number: &str, series: &str, running: u32) -> Result<(), String> {
        let last = self.running.insert(series.to_owned(), running);
        let fresh = self.fresh.remove(series);
        if let Some(last) = last.filter(|last| running != last + 1) {
            if !fresh {
                return Err(format!("gives {number} after {last} in series {series}: a gap"));
            }
            if self.series_of.values().any(|it| it == series) {
                return Err(format!("begins series {series} anew while a ticket of it is open"));
            }
            self.numbers.remove(series);
        }
        if !self.numbers.entry(series.to_owned()).or_default().insert(number.to_owned()) {
            return Err(format!("gives the number {number} a second time"));
        }
        Ok(())
    }

    fn called(&mut self, seq: i64, ticket: TicketRef, counter: &CounterId) -> Result<(), String> {
        self.calls += 1;
        if !self.open.contains(counter) {
            return Err(format!("calls {ticket} to counter {counter}, which is not open"));
        }
        if let Some(other) = self.holder.get(&ticket) {
            return Err(format!("calls {ticket}, which counter {other} holds: called twice"));
        }
        if let Some(other) = self.held.get(counter) {
            return Err(format!("calls {ticket} to counter {counter}, which holds {other}"));
        }
        self.moves(seq, ticket, counter, &[Where::Waiting, Where::Parked, Where::Missed], Where::Called)?;
        self.holder.insert(ticket, counter.clone());
        self.held.insert(counter.clone(), ticket);
        Ok(())
    }

    fn undone(&mut self, counter: &CounterId, undoes: i64) -> Result<(), String> {
        let step = self.steps.remove(counter).filter(|it| it.seq == undoes);
        let step =
            step.ok_or_else(|| format!("takes back entry {undoes}, which was not the last step of counter {counter}"))?;
        if step.was_open {
            self.open.insert(counter.clone());
        } else {
            self.open.remove(counter);
        }
        let Some((ticket, stood)) = step.ticket else {
            return Ok(());
        };
        self.let_go(ticket);
        if step.held {
            if let Some(other) = self.held.get(counter) {
                return Err(format!("gives {ticket} back to counter {counter}, which holds {other}"));
            }
            self.holder.insert(ticket, counter.clone());
            self.held.insert(counter.clone(), ticket);
        }
        self.put(ticket, stood)
    }

    fn counter(&mut self, seq: i64, counter: &CounterId, change: &CounterChange) -> Result<(), String> {
        if !matches!(change, CounterChange::WrappedUp) {
            self.remember(seq, None, counter);
        }
        match change {
            CounterChange::Opened { .. } => {
                self.open.insert(counter.clone());
                Ok(())
            }
            CounterChange::Closed => {
                self.open.remove(counter);
                match self.held.get(counter) {
                    Some(ticket) => Err(format!("closes counter {counter}, which holds {ticket}")),
                    None => Ok(()),
                }
            }
            CounterChange::Paused { .. } | CounterChange::Resumed | CounterChange::WrappedUp => Ok(()),
        }
    }

    fn moves(
        &mut self,
        seq: i64,
        ticket: TicketRef,
        counter: &CounterId,
        from: &[Where],
        to: Where,
    ) -> Result<(), String> {
        self.stands(ticket, from)?;
        self.remember(seq, Some(ticket), counter);
        self.put(ticket, to)
    }

    fn remember(&mut self, seq: i64, ticket: Option<TicketRef>, counter: &CounterId) {
        let ticket = ticket.map(|it| (it, self.tickets.get(&it).copied().unwrap_or(Where::Gone)));
        let held = ticket.is_some_and(|(it, _)| self.holder.get(&it) == Some(counter));
        let was_open = self.open.contains(counter);
        self.steps.insert(counter.clone(), Step { seq, ticket, held, was_open });
    }

    fn let_go(&mut self, ticket: TicketRef) {
        if let Some(counter) = self.holder.remove(&ticket) {
            self.held.remove(&counter);
        }
    }

    fn holds(&self, counter: &CounterId, ticket: TicketRef) -> Result<(), String> {
        match self.held.get(counter) {
            Some(held) if *held == ticket => Ok(()),
            held => Err(format!("says counter {counter} has {ticket}, but it has {held:?}")),
        }
    }

    fn stands(&self, ticket: TicketRef, allowed: &[Where]) -> Result<(), String> {
        match self.tickets.get(&ticket) {
            Some(at) if allowed.contains(at) => Ok(()),
            at => Err(format!("moves {ticket}, which stands at {at:?} and not at any of {allowed:?}")),
        }
    }

    fn put(&mut self, ticket: TicketRef, at: Where) -> Result<(), String> {
        self.tickets.insert(ticket, at);
        Ok(())
    }
}
