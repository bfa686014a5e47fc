//! Makes the picture of a hall that is played forward.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, Utc};

use super::picture::{AtWork, Line, NOW, PLAIN, Picture, Serves, Target, Waiter};
use super::times::Times;
use crate::counter::Counter;
use crate::hall::Hall;
use crate::ids::{ClassId, CounterId, QueueId, TicketRef};
use crate::setup::{Choose, Mode, Served};
use crate::ticket::{Ticket, TicketState};

/// Arrivals that must be known before their rate is believed.
const ARRIVALS_MIN: usize = 3;
/// The rank of the first class: after stages and appointments.
const CLASSES: usize = 2;
/// How long staff are expected to take before they call, seconds.
const PAUSE_S: f64 = 15.0;

/// Whether a counter works and serves a queue.
pub(super) fn serves(hall: &Hall, counter: &Counter, queue: &QueueId) -> bool {
    let setup = hall.setup.counter(&counter.id);
    counter.is_working() && setup.is_some_and(|it| it.queues.iter().any(|served| served.queue == *queue))
}

/// Makes a picture.
struct Painter<'a> {
    hall: &'a Hall,
    now: DateTime<Utc>,
    lines: Vec<Line>,
    of_queue: BTreeMap<&'a QueueId, usize>,
    targets: usize,
    draws: u32,
}

impl Picture {
    /// None: nobody serves what is asked for.
    pub fn of(hall: &Hall, now: DateTime<Utc>, target: &Target<'_>) -> Option<Self> {
        let ticket = match target {
            Target::Ticket(reference) => Some(hall.ticket(*reference).filter(|it| it.state == TicketState::Waiting)?),
            Target::New(_) => None,
        };
        let mut painter = Painter {
            hall,
            now,
            lines: Vec::new(),
            of_queue: BTreeMap::new(),
            targets: usize::from(ticket.is_some()),
            draws: 0,
        };
        let working: Vec<_> = hall.fold.counters.values().filter(|it| it.is_working()).collect();
        let asked = ticket.map(|it| it.reference);
        let counters: Vec<AtWork> = working.into_iter().map(|it| painter.counter(it, asked)).collect();
        match target {
            Target::Ticket(_) => {}
            Target::New(asked) => asked.iter().for_each(|(queue, class)| painter.ask(queue, *class, &counters)),
        }
        if counters.iter().all(|it| !it.by_preference && !it.has_conditions) {
            // By order alone, nobody who comes later without a class is called earlier.
            painter.lines.iter_mut().for_each(|it| it.rates.0 = 0.0);
        }
        let lines = painter.lines;
        let asked_in = |it: &Line| it.plain.iter().chain(&it.special).filter(|it| it.target.is_some()).count();
        let served = lines.iter().enumerate().filter(|(at, _)| is_served(&counters, *at));
        let reachable: usize = served.map(|(_, it)| asked_in(it)).sum();
        let targets = painter.targets;
        (reachable > 0).then_some(Self { counters, lines, targets, reachable })
    }
}

/// Whether any counter serves a line.
fn is_served(counters: &[AtWork], line: usize) -> bool {
    counters.iter().any(|it| it.serves.iter().any(|it| it.line == line))
}

impl<'a> Painter<'a> {
    fn draw(&mut self) -> u32 {
        self.draws += 1;
        self.draws
    }

    fn counter(&mut self, counter: &'a Counter, asked: Option<TicketRef>) -> AtWork {
        let setup = self.hall.setup.counter(&counter.id);
        let mut serves: Vec<Serves> = self.sent_to(&counter.id, asked).into_iter().map(Serves::always).collect();
        for served in setup.map_or(&[][..], |it| &it.queues) {
            let frozen = self.hall.queue_fold(&served.queue).is_some_and(|it| it.frozen.is_some());
            if !frozen && self.hall.setup.queue(&served.queue).is_some() {
                serves.push(Serves::when(self.line(&served.queue, asked), served));
            }
        }
        let ticket = counter.ticket.and_then(|it| self.hall.ticket(it));
        let busy = ticket.zip(counter.busy_since).map(|(ticket, since)| {
            let lasted_s = self.seconds_since(since) + f64::from(ticket.served_s);
            (lasted_s, self.line(&ticket.queue, asked))
        });
        AtWork {
            busy,
            free_s: counter.wrap_up_until.map_or(0.0, |it| (-self.seconds_since(it)).max(0.0)),
            idle_s: counter.idle_since.map(|it| -self.seconds_since(it)),
            has_conditions: serves.iter().any(Serves::has_condition),
            serves,
            by_preference: setup.is_some_and(|it| it.choose == Choose::Preference),
            draw: self.draw(),
        }
    }

    /// The line of a queue, made when first asked for.
    fn line(&mut self, queue: &'a QueueId, asked: Option<TicketRef>) -> usize {
        if let Some(at) = self.of_queue.get(queue) {
            return *at;
        }
        let hall = self.hall;
        let all = hall.waiting_in(queue).filter(|it| it.counter.is_none());
        let waiters: Vec<Waiter> = all.map(|it| self.waiter(it, asked)).collect();
        let at = self.add_line(queue, waiters);
        let fold = hall.queue_fold(queue);
        let rate = |times: &VecDeque<DateTime<Utc>>| match times.front() {
            Some(first) if times.len() >= ARRIVALS_MIN => {
                (times.len() - 1) as f64 / self.seconds_since(*first).max(1.0)
            }
            Some(_) | None => 0.0,
        };
        let day_is_open = hall.fold.day.is_some_and(|day| day.open);
        let fold_of_open_day = fold.filter(|_| day_is_open);
        self.lines[at].rates = fold_of_open_day.map_or((0.0, 0.0), |it| (rate(&it.ordinary), rate(&it.privileged)));
        self.lines[at].out_of_turn = fold.map_or(0, |it| it.tally.out_of_turn);
        self.of_queue.insert(queue, at);
        at
    }

    /// Lines of those who wait for one counter by name, each queue's its own.
    fn sent_to(&mut self, counter: &'a CounterId, asked: Option<TicketRef>) -> Vec<usize> {
        let sent: Vec<_> = self.hall.fold.tickets.sent_to(counter).collect();
        let mut lines = Vec::new();
        for ticket in sent {
            let waiter = self.waiter(ticket, asked);
            lines.push(self.add_line(&ticket.queue, vec![waiter]));
        }
        lines
    }

    fn add_line(&mut self, queue: &QueueId, waiters: Vec<Waiter>) -> usize {
        let rules = self.hall.rules_of(queue);
        let fold = self.hall.queue_fold(queue);
        let pause_s = self.expected_pause_s(queue);
        let (plain, special): (Vec<_>, Vec<_>) = waiters.into_iter().partition(|it| it.rank == PLAIN);
        let mut line = Line {
            draw: self.draw(),
            plain,
            special,
            special_in_order: Vec::new(),
            times: Times::of(fold.iter().flat_map(|it| &it.services), f64::from(rules.service_s)),
            pauses: Times::of(fold.iter().flat_map(|it| &it.pauses), pause_s),
            greetings: Times::of(fold.iter().flat_map(|it| &it.greetings), pause_s),
            wrap_up_s: f64::from(rules.wrap_up_s),
            mix: rules.mix,
            bound_s: rules.wait_bound_s.map_or(f64::INFINITY, f64::from),
            out_of_turn: 0,
            rates: (0.0, 0.0),
            usual_rank: CLASSES,
        };
        line.sort();
        self.lines.push(line);
        self.lines.len() - 1
    }

    /// How long staff are expected to take before they call; the hub takes no time.
    fn expected_pause_s(&self, queue: &QueueId) -> f64 {
        let of_queue = self.hall.queue_fold(queue).and_then(|it| it.mode).or(self.hall.rules_of(queue).mode);
        match of_queue.or(self.hall.fold.mode).unwrap_or(self.hall.setup.hall.mode) {
            Mode::Automatic => 0.0,
            Mode::Manual | Mode::Mixed => PAUSE_S,
        }
    }

    fn waiter(&mut self, ticket: &Ticket, asked: Option<TicketRef>) -> Waiter {
        let is_asked = asked == Some(ticket.reference);
        Waiter {
            order: ticket.order.0,
            rank: rank(self.hall, ticket),
            since_s: -self.seconds_since(ticket.waiting_since),
            may_stay_away: !is_asked && !ticket.present && self.hall.rules_of(&ticket.queue).check_in,
            target: is_asked.then_some(0),
            draw: self.draw(),
        }
    }

    /// Puts somebody who would come now at the end of a line that is served.
    fn ask(&mut self, queue: &QueueId, class: Option<&ClassId>, counters: &[AtWork]) {
        let target = self.targets;
        self.targets += 1;
        let Some(at) = self.of_queue.get(queue).copied().filter(|at| is_served(counters, *at)) else {
            return;
        };
        let asked = Waiter {
            order: NOW + target as i64,
            rank: class.map_or(PLAIN, |it| CLASSES + self.hall.setup.rank_of(it)),
            since_s: 0.0,
            may_stay_away: false,
            target: Some(target),
            draw: 0,
        };
        let line = &mut self.lines[at];
        if asked.rank == PLAIN {
            line.plain.push(asked);
        } else {
            line.special.push(asked);
            line.sort();
        }
    }

    fn seconds_since(&self, time: DateTime<Utc>) -> f64 {
        (self.now - time).num_milliseconds() as f64 / 1_000.0
    }
}

impl Serves {
    fn always(line: usize) -> Self {
        Self { line, first_when_wait_s: None, only_when_wait_s: None }
    }

    fn has_condition(&self) -> bool {
        self.first_when_wait_s.is_some() || self.only_when_wait_s.is_some()
    }

    fn when(line: usize, served: &Served) -> Self {
        Self {
            line,
            first_when_wait_s: served.first_when_wait_s.map(f64::from),
            only_when_wait_s: served.only_when_wait_s.map(f64::from),
        }
    }
}

/// Stage first, then appointments, then the classes, then everybody else.
fn rank(hall: &Hall, ticket: &Ticket) -> usize {
    match &ticket.priority {
        _ if ticket.stage_first => 0,
        _ if ticket.appointment.is_some() => 1,
        Some(class) => CLASSES + hall.setup.rank_of(class),
        None => PLAIN,
    }
}
