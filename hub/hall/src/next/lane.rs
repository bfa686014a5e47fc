//! A lane: the callable tickets of one queue, as one counter sees them, while they are taken one by one.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::ids::{QueueId, TicketRef};
use crate::setup::{Queue, Served, Setup};
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
    special: Vec<Special>,
    /// Those of them that something puts first: of each kind the first one first.
    privileged: [Vec<usize>; 3],
    /// Special tickets that are left.
    left: usize,
    /// Calls out of turn since the last in turn.
    pub out_of_turn: u32,
    /// A single ticket that was sent to this counter by name; its queue's mix is counted in its own lane.
    pub is_sent: bool,
    /// First of all as soon as somebody waits so long, seconds.
    pub first_when_wait_s: Option<u32>,
    /// Only when somebody waits so long, seconds.
    pub only_when_wait_s: Option<u32>,
}

/// What puts a ticket before others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Privilege {
    Stage = 0,
    Appointment = 1,
    Class = 2,
}

/// A ticket with something that may put it first, or that only one counter may call.
#[derive(Clone, Copy, Debug)]
struct Special {
    place: Place,
    waiting_since: DateTime<Utc>,
    /// What puts it first, if anything, and the rank of its class.
    privilege: Option<(Privilege, usize)>,
    is_taken: bool,
}

/// Which ticket of a lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Which {
    Plain,
    Special(usize),
}

impl Special {
    fn of(ticket: &Ticket, setup: &Setup) -> Self {
        let class = ticket.priority.as_ref();
        let privilege = if ticket.stage_first {
            Some((Privilege::Stage, 0))
        } else if ticket.appointment.is_some() {
            Some((Privilege::Appointment, 0))
        } else {
            class.map(|it| (Privilege::Class, setup.rank_of(it)))
        };
        Self { place: ticket.place(), waiting_since: ticket.waiting_since, privilege, is_taken: false }
    }
}

impl<'a> Lane<'a> {
    /// Who waits for any counter of a queue.
    pub fn of_queue(setup: &Setup, served: &'a Served, rules: &'a Queue, line: &'a Line, out_of_turn: u32) -> Self {
        let special = line.special.iter().filter(|it| it.counter.is_none());
        Self {
            first_when_wait_s: served.first_when_wait_s,
            only_when_wait_s: served.only_when_wait_s,
            out_of_turn,
            ..Self::new(setup, &served.queue, rules, &line.plain, special)
        }
    }

    /// Who waits for one counter by name.
    pub fn of_sent(setup: &Setup, queue: &'a QueueId, rules: &'a Queue, sent: &'a Arc<Ticket>) -> Self {
        Self { is_sent: true, ..Self::new(setup, queue, rules, &[], std::iter::once(sent)) }
    }

    /// Everybody who waits in a queue.
    pub fn of_all(setup: &Setup, queue: &'a QueueId, rules: &'a Queue, line: &'a Line, out_of_turn: u32) -> Self {
        Self { out_of_turn, ..Self::new(setup, queue, rules, &line.plain, line.special.iter()) }
    }

    fn new(
        setup: &Setup,
        queue: &'a QueueId,
        rules: &'a Queue,
        plain: &'a [Plain],
        special: impl Iterator<Item = &'a Arc<Ticket>>,
    ) -> Self {
        let callable = special.filter(|it| it.present || !rules.check_in);
        let special: Vec<Special> = callable.map(|it| Special::of(it, setup)).collect();
        let of = |kind: Privilege| {
            let is_kind = |it: &usize| special[*it].privilege.is_some_and(|(other, _)| other == kind);
            let mut all: Vec<usize> = (0..special.len()).filter(is_kind).collect();
            all.sort_by_key(|it| special[*it].privilege.map(|(_, rank)| rank));
            all
        };
        let mut lane = Self {
            queue,
            rules,
            plain,
            at: 0,
            left: special.len(),
            privileged: [of(Privilege::Stage), of(Privilege::Appointment), of(Privilege::Class)],
            special,
            out_of_turn: 0,
            is_sent: false,
            first_when_wait_s: None,
            only_when_wait_s: None,
        };
        lane.skip_absent();
        lane
    }

    /// Nobody is left.
    pub fn is_empty(&self) -> bool {
        self.left == 0 && self.head().is_none()
    }

    /// The first by order, whoever it is.
    pub fn first(&self) -> Option<(Which, Place)> {
        let plain = self.head().map(|it| (Which::Plain, it.place()));
        let special = self.special.iter().position(|it| !it.is_taken);
        let special = special.map(|at| (Which::Special(at), self.special[at].place));
        plain.into_iter().chain(special).min_by_key(|(_, place)| *place)
    }

    /// The first of those that something puts before others, with its rank.
    pub fn first_privileged(&self, kind: Privilege) -> Option<(Which, usize, Place)> {
        let at = *self.privileged[kind as usize].iter().find(|it| !self.special[**it].is_taken)?;
        let it = &self.special[at];
        Some((Which::Special(at), it.privilege.map_or(0, |(_, rank)| rank), it.place))
    }

    /// Whether somebody has waited so long.
    pub fn has_waited(&self, wait_s: u32, now: DateTime<Utc>) -> bool {
        self.has(|since, _| (now - since).num_seconds() >= i64::from(wait_s))
    }

    /// Whether somebody whom nothing puts before others has waited longer than the queue's bound.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        let bound_s = self.rules.wait_bound_s;
        bound_s.is_some_and(|bound_s| {
            self.has(|since, is_plain| is_plain && (now - since).num_seconds() > i64::from(bound_s))
        })
    }

    /// Whether this is so of anybody left: since when they wait, and whether nothing puts them first.
    fn has(&self, is_so: impl Fn(DateTime<Utc>, bool) -> bool) -> bool {
        let check_in = self.rules.check_in;
        let mut plain = self.plain[self.at..].iter().filter(|it| it.present || !check_in);
        let mut special = self.special.iter().filter(|it| !it.is_taken);
        plain.any(|it| is_so(it.waiting_since, true))
            || special.any(|it| is_so(it.waiting_since, it.privilege.is_none()))
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
            Which::Special(at) => {
                let special = self.special.get_mut(at).filter(|it| !it.is_taken)?;
                special.is_taken = true;
                self.left -= 1;
                Some(special.place.1)
            }
        }
    }

    fn head(&self) -> Option<&'a Plain> {
        self.plain.get(self.at)
    }

    fn skip_absent(&mut self) {
        while self.rules.check_in && self.head().is_some_and(|it| !it.present) {
            self.at += 1;
        }
    }
}
