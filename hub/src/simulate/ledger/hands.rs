//! The ledger's view of counters: who has whom, and which step may be taken back.

use hall::event::CounterChange;
use hall::{CounterId, TicketRef};

use super::{Ledger, Where};

/// A step of a counter that may be taken back, with what stood before it.
#[derive(Clone, Debug)]
pub(super) struct Step {
    seq: i64,
    ticket: Option<(TicketRef, Where)>,
    held: bool,
    was_open: bool,
}

impl Ledger {
    pub(super) fn called(&mut self, seq: i64, ticket: TicketRef, counter: &CounterId) -> Result<(), String> {
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

    pub(super) fn undone(&mut self, counter: &CounterId, undoes: i64) -> Result<(), String> {
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

    pub(super) fn counter(&mut self, seq: i64, counter: &CounterId, change: &CounterChange) -> Result<(), String> {
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

    pub(super) fn moves(
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

    pub(super) fn remember(&mut self, seq: i64, ticket: Option<TicketRef>, counter: &CounterId) {
        let ticket = ticket.map(|it| (it, self.tickets.get(&it).copied().unwrap_or(Where::Gone)));
        let held = ticket.is_some_and(|(it, _)| self.holder.get(&it) == Some(counter));
        let was_open = self.open.contains(counter);
        self.steps.insert(counter.clone(), Step { seq, ticket, held, was_open });
    }

    pub(super) fn let_go(&mut self, ticket: TicketRef) {
        if let Some(counter) = self.holder.remove(&ticket) {
            self.held.remove(&counter);
        }
    }

    pub(super) fn holds(&self, counter: &CounterId, ticket: TicketRef) -> Result<(), String> {
        match self.held.get(counter) {
            Some(held) if *held == ticket => Ok(()),
            held => Err(format!("says counter {counter} has {ticket}, but it has {held:?}")),
        }
    }

    pub(super) fn stands(&self, ticket: TicketRef, allowed: &[Where]) -> Result<(), String> {
        match self.tickets.get(&ticket) {
            Some(at) if allowed.contains(at) => Ok(()),
            at => Err(format!("moves {ticket}, which stands at {at:?} and not at any of {allowed:?}")),
        }
    }

    pub(super) fn put(&mut self, ticket: TicketRef, at: Where) -> Result<(), String> {
        self.tickets.insert(ticket, at);
        Ok(())
    }
}
