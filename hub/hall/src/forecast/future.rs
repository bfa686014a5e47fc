//! One future after another: counters become free, take whoever is next by the same rules, and keep them
//! for a time that is drawn. What is not known is left out: parked tickets, pauses, moves by hand.

use super::Interval;
use super::chance::{Chance, Spread};
use super::picture::{AtWork, PLAIN, Picture, Serves, Waiter};

/// Calls played in all futures together, about: what one forecast may cost.
const CALLS_MAX: usize = 24_000;
/// Fewest and most futures, as powers of two.
const FUTURES_BITS: (u32, u32) = (4, 9);
/// Calls in one future, for each who waits and each counter, after which who is not yet called counts as called:
/// a line that counters hardly ever come to would be played for ever.
const CALLS_EACH_MAX: usize = 8;
/// Who came later and waits in one line of one future, people.
const LATER_MAX: usize = 32;
/// The order key of the first who comes later; theirs go by the time of their coming.
const LATER: i64 = super::picture::NOW + 1;

/// The interval of each wait that was asked for; none where nobody would ever be called.
pub(super) fn play(picture: &Picture, seed: u64) -> Vec<Option<Interval>> {
    let waiting: usize = picture.lines.iter().map(|it| it.plain.len() + it.special.len()).sum();
    let wanted = CALLS_MAX / (waiting + picture.counters.len() + 1);
    let bits = wanted.max(1).ilog2().clamp(FUTURES_BITS.0, FUTURES_BITS.1);
    let spread = Spread::new(seed, bits);
    let mut waits: Vec<Vec<f64>> = vec![Vec::with_capacity(spread.futures() as usize); picture.targets];
    let mut future = Future::new(picture, spread);
    let calls_max = CALLS_EACH_MAX * (waiting + picture.counters.len());
    for number in 0..spread.futures() {
        future.play(number, seed, calls_max, &mut waits);
    }
    waits.into_iter().map(interval).collect()
}

/// Rounded outwards, so that a wait to the second is inside.
fn interval(mut waits_s: Vec<f64>) -> Option<Interval> {
    waits_s.sort_unstable_by(f64::total_cmp);
    let at = |tenths: usize| waits_s.get(waits_s.len() * tenths / 10).copied();
    Some(Interval {
        p10_s: whole_seconds(at(1)?.floor()),
        p50_s: whole_seconds(at(5)?.round()),
        p90_s: whole_seconds(at(9)?.ceil()),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates at the ends"
)]
fn whole_seconds(value: f64) -> u32 {
    value as u32
}

/// One future while it is played; kept from one to the next to save making it anew.
struct Future<'p> {
    picture: &'p Picture,
    spread: Spread,
    chance: Chance,
    number: u32,
    lines: Vec<Running>,
    /// When each counter is free; never, if it has nobody to wait for.
    free_s: Vec<f64>,
    left: usize,
}

/// A line while it is played.
#[derive(Default)]
struct Running {
    /// The first of the plain ones that is left.
    at: usize,
    /// Left of those with something that may put them first.
    special: Vec<Waiter>,
    /// Those without a class who came later.
    later: std::collections::VecDeque<Waiter>,
    out_of_turn: u32,
    /// The next to come without and with a class.
    comes_s: (f64, f64),
}

/// Who is taken.
#[derive(Clone, Copy)]
enum Which {
    Plain,
    Later,
    Special(usize),
}

impl<'p> Future<'p> {
    fn new(picture: &'p Picture, spread: Spread) -> Self {
        let lines = picture.lines.iter().map(|_| Running::default()).collect();
        Self {
            picture,
            spread,
            chance: Chance::new(0),
            number: 0,
            lines,
            free_s: Vec::new(),
            left: 0,
        }
    }

    fn play(&mut self, number: u32, seed: u64, calls_max: usize, waits: &mut [Vec<f64>]) {
        self.begin(number, seed);
        let mut last_s = 0.0;
        for _ in 0..calls_max {
            let Some((counter, now_s)) = self.first_free().filter(|_| self.left > 0) else {
                return;
            };
            last_s = now_s;
            self.let_come(now_s);
            self.free_s[counter] = match self.take(counter, now_s) {
                Some((line, waiter)) => match waiter.target {
                    // Only the time is asked for: who would come now takes nobody's.
                    Some(target) => {
                        waits[target].push(now_s);
                        self.left -= 1;
                        now_s
                    }
                    None => now_s + self.keeps(line, waiter.draw),
                },
                None => self.next_try(counter, now_s),
            };
        }
        self.give_up(last_s, waits);
    }

    /// Who was not reached waits at least until now.
    fn give_up(&self, now_s: f64, waits: &mut [Vec<f64>]) {
        let lines = self
            .picture
            .lines
            .iter()
            .flat_map(|it| it.plain.iter().chain(&it.special));
        for target in lines.filter_map(|it| it.target) {
            if waits[target].len() <= self.number as usize {
                waits[target].push(now_s);
            }
        }
    }

    fn begin(&mut self, number: u32, seed: u64) {
        self.number = number;
        self.chance = Chance::new(seed ^ (u64::from(number) << 32));
        self.left = self.picture.reachable;
        for (line, running) in self.picture.lines.iter().zip(&mut self.lines) {
            running.at = 0;
            running.later.clear();
            running.special.clone_from(&line.special);
            running.out_of_turn = line.out_of_turn;
            running.comes_s = (
                self.chance.until_next(line.rates.0),
                self.chance.until_next(line.rates.1),
            );
        }
        self.free_s.clear();
        for counter in &self.picture.counters {
            let free_s = match counter.busy {
                Some((lasted_s, line)) => {
                    let line = &self.picture.lines[line];
                    let unit = self.spread.unit(counter.draw, number);
                    line.times.rest(lasted_s, unit, &mut self.chance) + line.wrap_up_s
                }
                None => counter.free_s,
            };
            self.free_s.push(free_s);
        }
    }

    fn first_free(&self) -> Option<(usize, f64)> {
        let all = self.free_s.iter().copied().enumerate().filter(|(_, at)| at.is_finite());
        all.min_by(|(_, a), (_, b)| a.total_cmp(b))
    }

    /// Who comes until then joins the lines.
    fn let_come(&mut self, now_s: f64) {
        for (line, running) in self.picture.lines.iter().zip(&mut self.lines) {
            // Only the first of them is ever looked at, and whoever is taken makes room for the next: without this a
            // rush would be played for ever.
            while running.comes_s.0 <= now_s && running.later.len() < LATER_MAX {
                running.later.push_back(Waiter::later(running.comes_s.0, LATER, PLAIN));
                running.comes_s.0 += self.chance.until_next(line.rates.0);
            }
            while running.comes_s.1 <= now_s && running.special.len() < LATER_MAX + line.special.len() {
                running
                    .special
                    .push(Waiter::later(running.comes_s.1, LATER, line.usual_rank));
                running.comes_s.1 += self.chance.until_next(line.rates.1);
            }
        }
    }

    fn take(&mut self, counter: usize, now_s: f64) -> Option<(usize, Waiter)> {
        loop {
            let (line, which, is_out_of_turn) = self.next(&self.picture.counters[counter], now_s)?;
            let running = &mut self.lines[line];
            let waiter = match which {
                Which::Plain => {
                    running.at += 1;
                    self.picture.lines[line].plain[running.at - 1]
                }
                Which::Later => running.later.pop_front()?,
                Which::Special(at) => running.special.remove(at),
            };
            if waiter.may_stay_away && self.spread.unit(waiter.draw, self.number) < 0.5 {
                continue;
            }
            if is_out_of_turn {
                running.out_of_turn += 1;
            } else if waiter.rank > 0 {
                for served in &self.picture.counters[counter].serves {
                    self.lines[served.line].out_of_turn = 0;
                }
            }
            return Some((line, waiter));
        }
    }

    /// The next for a counter, by the rules of `next`: stage, then class by the mix and the bound, then order.
    fn next(&self, counter: &AtWork, now_s: f64) -> Option<(usize, Which, bool)> {
        let group = self.group(counter, now_s);
        let (mut first, mut best): (Option<Found>, Option<Found>) = (None, None);
        let (mut in_a_row, mut is_overdue) = (0, false);
        for line in group {
            let running = &self.lines[line];
            in_a_row += running.out_of_turn;
            if let Some((which, waiter)) = self.head(line) {
                is_overdue |= now_s - waiter.since_s > self.picture.lines[line].bound_s;
                Found::keep_first(&mut first, line, which, waiter);
            }
            for (at, waiter) in running.special.iter().enumerate() {
                Found::keep_first(&mut first, line, Which::Special(at), waiter);
                Found::keep_best(&mut best, line, Which::Special(at), waiter);
            }
        }
        let first = first?;
        let best = best.filter(|it| {
            let lets = in_a_row < self.picture.lines[it.line].mix && !is_overdue;
            it.rank == 0 || (lets && it.order != first.order)
        });
        Some(best.map_or((first.line, first.which, false), |it| (it.line, it.which, it.rank > 0)))
    }

    /// The lines a counter looks at now, as in `next::choose`.
    fn group(&self, counter: &'p AtWork, now_s: f64) -> impl Iterator<Item = usize> + use<'p> {
        let waited_s = |it: &Serves| now_s - self.since(it.line);
        let may = |it: &&Serves| {
            self.has_somebody(it.line) && it.only_when_wait_s.is_none_or(|wait_s| waited_s(it) >= wait_s)
        };
        let is_urgent = |it: &Serves| it.first_when_wait_s.is_some_and(|wait_s| waited_s(it) >= wait_s);
        let any_urgent = counter.serves.iter().filter(may).any(is_urgent);
        let most = if counter.by_preference { 1 } else { usize::MAX };
        let lines = counter
            .serves
            .iter()
            .filter(may)
            .filter(|it| !any_urgent || is_urgent(it));
        lines.map(|it| it.line).take(most).collect::<Vec<_>>().into_iter()
    }

    fn head(&self, line: usize) -> Option<(Which, &Waiter)> {
        let running = &self.lines[line];
        let plain = self.picture.lines[line]
            .plain
            .get(running.at)
            .map(|it| (Which::Plain, it));
        plain.or_else(|| running.later.front().map(|it| (Which::Later, it)))
    }

    fn has_somebody(&self, line: usize) -> bool {
        !self.lines[line].special.is_empty() || self.head(line).is_some()
    }

    /// Since when the first of a line has waited.
    fn since(&self, line: usize) -> f64 {
        let plain = self.head(line).map_or(f64::INFINITY, |(_, it)| it.since_s);
        self.lines[line]
            .special
            .iter()
            .fold(plain, |since, it| since.min(it.since_s))
    }

    fn keeps(&self, line: usize, draw: u32) -> f64 {
        let line = &self.picture.lines[line];
        line.times.at(self.spread.unit(draw, self.number)) + line.wrap_up_s
    }

    /// When a counter that may call nobody looks again: somebody comes, or has waited long enough.
    fn next_try(&self, counter: usize, now_s: f64) -> f64 {
        let of_line = |it: &Serves| {
            let comes_s = self.lines[it.line].comes_s;
            let waited = it
                .only_when_wait_s
                .map_or(f64::INFINITY, |wait_s| self.since(it.line) + wait_s);
            let waited = if waited > now_s { waited } else { f64::INFINITY };
            comes_s.0.min(comes_s.1).min(waited)
        };
        self.picture.counters[counter]
            .serves
            .iter()
            .map(of_line)
            .fold(f64::INFINITY, f64::min)
    }
}

/// A candidate while the lines are looked through.
#[derive(Clone, Copy)]
struct Found {
    line: usize,
    which: Which,
    rank: usize,
    order: i64,
}

impl Found {
    fn of(line: usize, which: Which, waiter: &Waiter) -> Self {
        Self {
            line,
            which,
            rank: waiter.rank,
            order: waiter.order,
        }
    }

    fn keep_first(first: &mut Option<Self>, line: usize, which: Which, waiter: &Waiter) {
        if first.is_none_or(|it| waiter.order < it.order) {
            *first = Some(Self::of(line, which, waiter));
        }
    }

    fn keep_best(best: &mut Option<Self>, line: usize, which: Which, waiter: &Waiter) {
        if waiter.rank < PLAIN && best.is_none_or(|it| (waiter.rank, waiter.order) < (it.rank, it.order)) {
            *best = Some(Self::of(line, which, waiter));
        }
    }
}
