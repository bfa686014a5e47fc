//! A lane: the callable tickets of one queue, as one counter sees them, while they are taken one by one.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::ids::{QueueId, TicketRef};
use crate::setup::{Queue, Served};
use crate::ticket::{OrderKey, Ticket};
use crate::tickets::{Line, Plain};

/// By what tickets are put in order.
pub(crate) type Place = (OrderKey, TicketRef);

/// See the module.
pub(crate) struct Lane<'a> {
    pub queue: &'a QueueId,
    pub rules: &'a Queue,
    /// Tickets nothing sets apart, in order; those before `at` are taken or not callable.
    plain: &'a [Plain],
    at: usize,
    /// All others that may be called, in order.
    pub special: Vec<&'a Arc<Ticket>>,
    /// Calls out of turn since the last in turn.
    pub out_of_turn: u32,
    /// A single ticket that was sent to this counter by name; its queue's mix is counted in its own lane.
    pub is_sent: bool,
    /// First of all as soon as somebody waits so long, seconds.
    pub first_when_wait_s: Option<u32>,
    /// Only when somebody waits so long, seconds.
    pub only_when_wait_s: Option<u32>,
}

/// Which ticket of a lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Which {
    Plain,
    Special(usize),
}

impl<'a> Lane<'a> {
    /// Who waits for any counter of a queue.
    pub fn of_queue(served: &'a Served, rules: &'a Queue, line: &'a Line, out_of_turn: u32) -> Self {
        let special = line.special.iter().filter(|it| it.counter.is_none());
        Self {
            first_when_wait_s: served.first_when_wait_s,
            only_when_wait_s: served.only_when_wait_s,
            ..Self::new(&served.queue, rules, &line.plain, special, out_of_turn)
        }
    }

    /// Who waits for one counter by name.
    pub fn of_sent(queue: &'a QueueId, rules: &'a Queue, sent: &'a Arc<Ticket>) -> Self {
        Self {
            is_sent: true,
            ..Self::new(queue, rules, &[], std::iter::once(sent), 0)
        }
    }

    /// Everybody who waits in a queue.
    pub fn of_all(queue: &'a QueueId, rules: &'a Queue, line: &'a Line, out_of_turn: u32) -> Self {
        Self::new(queue, rules, &line.plain, line.special.iter(), out_of_turn)
    }

    fn new(
        queue: &'a QueueId,
        rules: &'a Queue,
        plain: &'a [Plain],
        special: impl Iterator<Item = &'a Arc<Ticket>>,
        out_of_turn: u32,
    ) -> Self {
        let mut lane = Self {
            queue,
            rules,
            plain,
            at: 0,
            special: special.filter(|it| it.present || !rules.check_in).collect(),
            out_of_turn,
            is_sent: false,
            first_when_wait_s: None,
            only_when_wait_s: None,
        };
        lane.skip_absent();
        lane
    }

    /// The first of those nothing sets apart.
    pub fn head(&self) -> Option<&'a Plain> {
        self.plain.get(self.at)
    }

    /// Nobody is left.
    pub fn is_empty(&self) -> bool {
        self.head().is_none() && self.special.is_empty()
    }

    /// The first by order, whoever it is.
    pub fn first(&self) -> Option<(Which, Place)> {
        let plain = self.head().map(|it| (Which::Plain, it.place()));
        let special = self.special.first().map(|it| (Which::Special(0), it.place()));
        plain.into_iter().chain(special).min_by_key(|(_, place)| *place)
    }

    /// Whether somebody has waited so long.
    pub fn has_waited(&self, wait_s: u32, now: DateTime<Utc>) -> bool {
        let long = |since: DateTime<Utc>| (now - since).num_seconds() >= i64::from(wait_s);
        self.plain_left().any(|it| long(it.waiting_since)) || self.special.iter().any(|it| long(it.waiting_since))
    }

    /// Whether somebody whom nothing puts before others has waited longer than the queue's bound.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        let Some(bound_s) = self.rules.wait_bound_s else {
            return false;
        };
        let over = |since: DateTime<Utc>| (now - since).num_seconds() > i64::from(bound_s);
        let ordinary = self.special.iter().filter(|it| !is_privileged(it));
        self.plain_left().any(|it| over(it.waiting_since)) || ordinary.clone().any(|it| over(it.waiting_since))
    }

    /// Takes a ticket out, and gives its name.
    pub fn take(&mut self, which: Which) -> Option<TicketRef> {
        match which {
            Which::Plain => {
                let taken = self.head()?.reference;
                self.at += 1;
                self.skip_absent();
                Some(taken)
            }
            Which::Special(at) if at < self.special.len() => Some(self.special.remove(at).reference),
            Which::Special(_) => None,
        }
    }

    fn plain_left(&self) -> impl Iterator<Item = &'a Plain> + use<'a> {
        let check_in = self.rules.check_in;
        self.plain[self.at..].iter().filter(move |it| it.present || !check_in)
    }

    fn skip_absent(&mut self) {
        while self.rules.check_in && self.head().is_some_and(|it| !it.present) {
            self.at += 1;
        }
    }
}

/// Whether something of the ticket itself may put it before others.
pub(crate) fn is_privileged(ticket: &Ticket) -> bool {
    ticket.stage_first || ticket.appointment.is_some() || ticket.priority.is_some()
}
