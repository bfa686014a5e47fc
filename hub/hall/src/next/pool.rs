//! The lanes of a counter (or of one queue), from which tickets are taken in the order of the rules.
//!
//! Taking changes the pool alone, so the same code says who is next, who would be after that, and
//! how many are ahead. The hall itself changes only by its journal.

use chrono::{DateTime, Utc};

use super::lane::{Lane, Place, Privilege, Which};
use super::{RULES, Rule, choose};
use crate::hall::Hall;
use crate::ids::{CounterId, QueueId, TicketRef};
use crate::setup::Choose;

/// See the module.
pub(crate) struct Pool<'a> {
    pub lanes: Vec<Lane<'a>>,
    pub choose: Choose,
    pub now: DateTime<Utc>,
}

/// The lanes between which the rules decide now.
pub(crate) struct Group<'p> {
    pool: &'p Pool<'p>,
    lanes: Vec<usize>,
}

/// What a rule picked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pick {
    pub lane: usize,
    pub which: Which,
    pub place: Place,
    pub rule: Rule,
}

/// A ticket that was taken.
pub(crate) struct Taken<'a> {
    pub reference: TicketRef,
    pub queue: &'a QueueId,
    pub rule: Rule,
    /// Other queues whose mix begins anew with this call.
    pub settled: Vec<&'a QueueId>,
}

impl<'a> Pool<'a> {
    /// Everybody a counter may call, from the queues it serves and `from` lets through.
    pub fn of_counter(
        hall: &'a Hall,
        counter: &'a CounterId,
        now: DateTime<Utc>,
        from: &dyn Fn(&QueueId) -> bool,
    ) -> Self {
        let setup = &hall.setup;
        let own = setup.counter(counter);
        let goes_on = |queue: &QueueId| from(queue) && hall.queue_fold(queue).is_none_or(|it| it.frozen.is_none());
        // Who was sent here by name can be called nowhere else: before the counter's own order of queues.
        let sent = hall.fold.tickets.sent_to(counter).filter(|it| goes_on(&it.queue));
        let sent = sent.map(|it| Lane::of_sent(setup, &it.queue, hall.rules_of(&it.queue), it));
        let served = own.map_or(&[][..], |it| &it.queues).iter().filter(|it| goes_on(&it.queue));
        let served = served.filter_map(|it| {
            let line = hall.fold.tickets.line(&it.queue)?;
            let out_of_turn = out_of_turn(hall, &it.queue);
            Some(Lane::of_queue(setup, it, hall.rules_of(&it.queue), line, out_of_turn))
        });
        Self {
            lanes: sent.chain(served).filter(|it| !it.is_empty()).collect(),
            choose: own.map_or(Choose::default(), |it| it.choose),
            now,
        }
    }

    /// Everybody who waits in one queue, for whichever counter.
    pub fn of_queue(hall: &'a Hall, queue: &'a QueueId, now: DateTime<Utc>) -> Self {
        let line = hall.fold.tickets.line(queue);
        let lane = line.map(|it| Lane::of_all(&hall.setup, queue, hall.rules_of(queue), it, out_of_turn(hall, queue)));
        Self { lanes: lane.into_iter().collect(), choose: Choose::LongestWait, now }
    }

    /// Takes the next one, by the rules in their order.
    pub fn take(&mut self) -> Option<Taken<'a>> {
        let (pick, members) = {
            let group = Group { lanes: choose::lanes(self), pool: self };
            let pick = RULES.iter().find_map(|rule| rule(&group))?;
            (pick, group.lanes)
        };
        let reference = self.lanes[pick.lane].take(pick.which)?;
        let queue = self.lanes[pick.lane].queue;
        let settled = self.count(pick, &members);
        Some(Taken { reference, queue, rule: pick.rule, settled })
    }

    /// Counts the call in the mix of the lanes, as `apply` will in that of the queues.
    fn count(&mut self, pick: Pick, members: &[usize]) -> Vec<&'a QueueId> {
        let queue = self.lanes[pick.lane].queue;
        let mut settled = Vec::new();
        match pick.rule {
            Rule::Appointment | Rule::Class => {
                let same = self.lanes.iter_mut().filter(|it| it.queue == queue && !it.is_sent);
                same.for_each(|it| it.out_of_turn += 1);
            }
            Rule::Ageing | Rule::Order | Rule::ToCounter => {
                for at in members {
                    let other = self.lanes[*at].queue;
                    if other != queue && self.lanes[*at].out_of_turn > 0 && !settled.contains(&other) {
                        settled.push(other);
                    }
                }
                let begins_anew = |it: &QueueId| it == queue || settled.contains(&it);
                let lanes = self.lanes.iter_mut().filter(|it| begins_anew(it.queue));
                lanes.for_each(|it| it.out_of_turn = 0);
            }
            Rule::Stage | Rule::Chosen => {}
        }
        settled
    }
}

impl Group<'_> {
    /// The lanes, each with its number.
    pub fn lanes(&self) -> impl Iterator<Item = (usize, &Lane<'_>)> {
        self.lanes.iter().map(|at| (*at, &self.pool.lanes[*at]))
    }

    /// One lane.
    pub fn lane(&self, at: usize) -> &Lane<'_> {
        &self.pool.lanes[at]
    }

    /// The first of those that something puts before others: by rank, then by order.
    pub fn first_privileged(&self, kind: Privilege, rule: Rule) -> Option<Pick> {
        let firsts = self.lanes().filter_map(|(lane, it)| Some((lane, it.first_privileged(kind)?)));
        let (lane, (which, _, place)) = firsts.min_by_key(|(_, (_, rank, place))| (*rank, *place))?;
        Some(Pick { lane, which, place, rule })
    }

    /// The first of all by order.
    pub fn first(&self) -> Option<Pick> {
        let firsts = self.lanes().filter_map(|(lane, it)| it.first().map(|(which, place)| (lane, which, place)));
        let (lane, which, place) = firsts.min_by_key(|(.., place)| *place)?;
        let rule = if self.lane(lane).is_sent { Rule::ToCounter } else { Rule::Order };
        Some(Pick { lane, which, place, rule })
    }

    /// The time.
    pub fn now(&self) -> DateTime<Utc> {
        self.pool.now
    }
}

fn out_of_turn(hall: &Hall, queue: &QueueId) -> u32 {
    hall.queue_fold(queue).map_or(0, |it| it.tally.out_of_turn)
}
