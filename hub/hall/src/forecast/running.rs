//! A line while a future is played: who is taken, and who came later.

use std::collections::VecDeque;

use super::chance::Chance;
use super::picture::{LATER, Line, PLAIN, Waiter};

/// Who came later and waits in one line of one future, people.
const LATER_MAX: usize = 32;

/// A line while it is played.
#[derive(Default)]
pub(super) struct Running {
    /// The first of the plain ones that is left.
    at: usize,
    /// Which of those with something that may put them first are taken.
    taken: Vec<bool>,
    /// The first that may be left of them, by rank and by order.
    best_at: usize,
    first_at: usize,
    /// Those who came later, without and with a class.
    later: VecDeque<Waiter>,
    later_special: VecDeque<Waiter>,
    pub out_of_turn: u32,
    /// How much longer or shorter its services are than those measured, in this future.
    pub pace: f64,
    /// The next to come without and with a class.
    pub comes_s: (f64, f64),
}

impl Running {
    pub fn begin(&mut self, line: &Line, chance: &mut Chance) {
        self.at = 0;
        self.taken.clear();
        self.taken.resize(line.special.len(), false);
        (self.best_at, self.first_at) = (0, 0);
        self.later.clear();
        self.later_special.clear();
        self.out_of_turn = line.out_of_turn;
        self.comes_s = (chance.until_next(line.rates.0), chance.until_next(line.rates.1));
    }

    /// Who comes until then joins.
    pub fn let_come(&mut self, line: &Line, now_s: f64, chance: &mut Chance) {
        // Only the first of them is ever looked at, and whoever is taken makes room for the next: without this a
        // rush would be played for ever.
        while self.comes_s.0 <= now_s && self.later.len() < LATER_MAX {
            self.later.push_back(Waiter::later(self.comes_s.0, LATER, PLAIN));
            self.comes_s.0 += chance.until_next(line.rates.0);
        }
        while self.comes_s.1 <= now_s && self.later_special.len() < LATER_MAX {
            let waiter = Waiter::later(self.comes_s.1, LATER, line.usual_rank);
            self.later_special.push_back(waiter);
            self.comes_s.1 += chance.until_next(line.rates.1);
        }
    }

    pub fn take(&mut self, line: &Line, which: Which) -> Option<Waiter> {
        match which {
            Which::Plain => {
                self.at += 1;
                line.plain.get(self.at - 1).copied()
            }
            Which::Later => self.later.pop_front(),
            Which::LaterSpecial => self.later_special.pop_front(),
            Which::Special(at) => {
                self.taken[at] = true;
                while self.taken.get(self.best_at) == Some(&true) {
                    self.best_at += 1;
                }
                while line.special_in_order.get(self.first_at).is_some_and(|it| self.taken[*it]) {
                    self.first_at += 1;
                }
                line.special.get(at).copied()
            }
        }
    }

    /// The first of those nothing puts before others.
    pub fn head<'a>(&'a self, line: &'a Line) -> Option<(Which, &'a Waiter)> {
        let plain = line.plain.get(self.at).map(|it| (Which::Plain, it));
        plain.or_else(|| self.later.front().map(|it| (Which::Later, it)))
    }

    /// The first by order of those that something may put before others.
    pub fn first_special<'a>(&'a self, line: &'a Line) -> Option<(Which, &'a Waiter)> {
        let first = line.special_in_order.get(self.first_at).map(|at| (Which::Special(*at), &line.special[*at]));
        first.or_else(|| self.first_later_special())
    }

    /// The first by rank of them.
    pub fn best_special<'a>(&'a self, line: &'a Line) -> Option<(Which, &'a Waiter)> {
        let best = line.special.get(self.best_at).map(|it| (Which::Special(self.best_at), it));
        let both = best.into_iter().chain(self.first_later_special());
        both.min_by_key(|(_, it)| (it.rank, it.order))
    }

    fn first_later_special(&self) -> Option<(Which, &Waiter)> {
        self.later_special.front().map(|it| (Which::LaterSpecial, it))
    }

    pub fn is_empty(&self, line: &Line) -> bool {
        self.head(line).is_none() && self.first_special(line).is_none()
    }
}

/// Who is taken.
#[derive(Clone, Copy)]
pub(super) enum Which {
    Plain,
    Later,
    LaterSpecial,
    Special(usize),
}
