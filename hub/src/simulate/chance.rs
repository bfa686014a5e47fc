//! Chance from a seed: the same seed plays the same day.

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

/// A seeded generator with the few draws a day needs.
#[derive(Debug)]
pub struct Dice(StdRng);

impl Dice {
    /// Dice that always fall alike for a seed.
    pub fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// True so many times of a hundred.
    pub fn percent(&mut self, chance: u32) -> bool {
        self.0.random_range(0..100) < chance
    }

    /// A whole number below `bound` (0 if there is none).
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { self.0.random_range(0..bound) }
    }

    /// A whole number between two, both included.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        self.0.random_range(low..=high)
    }

    /// A time that is often short and seldom long, with this mean, in seconds.
    pub fn wait(&mut self, mean_s: f64) -> f64 {
        let even: f64 = self.0.random_range(f64::EPSILON..1.0);
        -mean_s * even.ln()
    }

    /// One of a list.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let index = self.below(of.len());
        of.get(index)
    }
}
