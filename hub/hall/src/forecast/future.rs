//! One future after another: counters become free, take whoever is next by the same rules, and keep them
//! for a time that is drawn. What is not known is left out: parked tickets, pauses, moves by
//! hand; for these the interval is stretched afterwards.

use super::Interval;
use super::chance::{Chance, Spread};
use super::picture::{AtWork, PLAIN, Picture, Serves, Waiter};
use super::running::{Running, Which};

/// Calls played in all futures together, about: what one forecast may cost.
const CALLS_MAX: usize = 8_000;
/// Fewest and most futures, as powers of two.
const FUTURES_BITS: (u32, u32) = (3, 9);
/// Calls in one future, for each who waits and each counter, after which who is not yet called counts as called:
/// a line that counters hardly ever come to would be played for ever.
const CALLS_EACH_MAX: usize = 3;

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

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates at the ends")]
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

impl<'p> Future<'p> {
    fn new(picture: &'p Picture, spread: Spread) -> Self {
        let lines = picture.lines.iter().map(|_| Running::default()).collect();
        Self { picture, spread, chance: Chance::new(0), number: 0, lines, free_s: Vec::new(), left: 0 }
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
                        waits[target].push(now_s + self.pause(counter, line, waiter.since_s, now_s));
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
        let lines = self.picture.lines.iter().flat_map(|it| it.plain.iter().chain(&it.special));
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
            running.begin(line, &mut self.chance);
            running.pace = line.times.pace(self.spread.unit(line.draw, number));
        }
        self.free_s.clear();
        for counter in &self.picture.counters {
            let free_s = match counter.busy {
                Some((lasted_s, line)) => {
                    let (pace, line) = (self.lines[line].pace, &self.picture.lines[line]);
                    let unit = self.spread.unit(counter.draw, number);
                    pace * line.times.rest(lasted_s / pace, unit, &mut self.chance) + line.wrap_up_s
                }
                None => counter.free_s,
            };
            self.free_s.push(free_s);
        }
    }

    fn first_free(&self) -> Option<(usize, f64)> {
        let mut first = (0, f64::INFINITY);
        for (counter, free_s) in self.free_s.iter().enumerate() {
            if *free_s < first.1 {
                first = (counter, *free_s);
            }
        }
        first.1.is_finite().then_some(first)
    }

    /// Who comes until then joins the lines.
    fn let_come(&mut self, now_s: f64) {
        for (line, running) in self.picture.lines.iter().zip(&mut self.lines) {
            running.let_come(line, now_s, &mut self.chance);
        }
    }

    fn take(&mut self, counter: usize, now_s: f64) -> Option<(usize, Waiter)> {
        loop {
            let (line, which, is_out_of_turn) = self.next(&self.picture.counters[counter], now_s)?;
            let running = &mut self.lines[line];
            let waiter = running.take(&self.picture.lines[line], which)?;
            if waiter.may_stay_away && self.spread.unit(waiter.draw, self.number) < 0.5 {
                continue;
            }
            if waiter.target.is_some() {
                // Only the time is asked for: nobody else's turn changes.
            } else if is_out_of_turn {
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
        let (mut first, mut best): (Option<Found>, Option<Found>) = (None, None);
        let (mut in_a_row, mut is_overdue) = (0, false);
        let lines = &self.picture.lines;
        let any_urgent = counter.has_conditions && counter.serves.iter().any(|it| self.is_urgent(it, now_s));
        for serves in &counter.serves {
            let line = serves.line;
            if !self.has_somebody(line) || (counter.has_conditions && !self.looks_at(serves, any_urgent, now_s)) {
                continue;
            }
            let running = &self.lines[line];
            in_a_row += running.out_of_turn;
            if let Some((which, waiter)) = running.head(&lines[line]) {
                is_overdue |= now_s - waiter.since_s > lines[line].bound_s;
                Found::keep_first(&mut first, line, which, waiter);
            }
            if let Some((which, waiter)) = running.first_special(&lines[line]) {
                Found::keep_first(&mut first, line, which, waiter);
            }
            if let Some((which, waiter)) = running.best_special(&lines[line]) {
                Found::keep_best(&mut best, line, which, waiter);
            }
            if counter.by_preference {
                break;
            }
        }
        let first = first?;
        let best = best.filter(|it| {
            let lets = in_a_row < lines[it.line].mix && !is_overdue;
            it.rank == 0 || (lets && it.order != first.order)
        });
        Some(best.map_or((first.line, first.which, false), |it| (it.line, it.which, it.rank > 0)))
    }

    /// Whether a counter with conditions looks at a line now, as in `next::choose`.
    fn looks_at(&self, serves: &Serves, any_urgent: bool, now_s: f64) -> bool {
        self.may_serve(serves, now_s) && (!any_urgent || self.is_urgent(serves, now_s))
    }

    fn may_serve(&self, serves: &Serves, now_s: f64) -> bool {
        serves.only_when_wait_s.is_none_or(|wait_s| now_s - self.since(serves.line) >= wait_s)
    }

    fn is_urgent(&self, serves: &Serves, now_s: f64) -> bool {
        let waited = |wait_s| now_s - self.since(serves.line) >= wait_s;
        self.may_serve(serves, now_s) && serves.first_when_wait_s.is_some_and(waited)
    }

    fn has_somebody(&self, line: usize) -> bool {
        !self.lines[line].is_empty(&self.picture.lines[line])
    }

    /// Since when the first of a line has waited.
    fn since(&self, line: usize) -> f64 {
        let (running, line) = (&self.lines[line], &self.picture.lines[line]);
        let firsts = running.head(line).into_iter().chain(running.first_special(line));
        firsts.fold(f64::INFINITY, |since, (_, it)| since.min(it.since_s))
    }

    /// How long it takes from then until a counter that could call does.
    fn pause(&mut self, counter: usize, line: usize, since_s: f64, now_s: f64) -> f64 {
        let line = &self.picture.lines[line];
        let unit = self.chance.unit();
        match self.picture.counters[counter].idle_s.filter(|_| now_s <= 0.0) {
            Some(idle_s) if idle_s <= since_s => line.greetings.rest(-since_s, unit, &mut self.chance),
            Some(idle_s) => line.pauses.rest(-idle_s, unit, &mut self.chance),
            None => line.pauses.at(unit),
        }
    }

    fn keeps(&self, line: usize, draw: u32) -> f64 {
        let (pace, line) = (self.lines[line].pace, &self.picture.lines[line]);
        pace * line.times.at(self.spread.unit(draw, self.number)) + line.wrap_up_s
    }

    /// When a counter that may call nobody looks again: somebody comes, or has waited long enough.
    fn next_try(&self, counter: usize, now_s: f64) -> f64 {
        let of_line = |it: &Serves| {
            let comes_s = self.lines[it.line].comes_s;
            let waited = it.only_when_wait_s.map_or(f64::INFINITY, |wait_s| self.since(it.line) + wait_s);
            let waited = if waited > now_s { waited } else { f64::INFINITY };
            comes_s.0.min(comes_s.1).min(waited)
        };
        self.picture.counters[counter].serves.iter().map(of_line).fold(f64::INFINITY, f64::min)
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
        Self { line, which, rank: waiter.rank, order: waiter.order }
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
