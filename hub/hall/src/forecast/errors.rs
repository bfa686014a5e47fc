//! How good a forecast was: what was promised against what came.

use super::Interval;

/// Promises and real waits of a day, in figures for the supervisor.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Errors {
    errors_s: Vec<u32>,
    inside: usize,
    beyond: usize,
}

impl Errors {
    /// A promise, and the wait that came of it, seconds.
    pub fn add(&mut self, promised: Interval, waited_s: u32) {
        self.errors_s.push(promised.p50_s.abs_diff(waited_s));
        self.inside += usize::from((promised.p10_s..=promised.p90_s).contains(&waited_s));
        self.beyond += usize::from(waited_s > promised.p90_s);
    }

    /// How many there were.
    pub fn len(&self) -> usize {
        self.errors_s.len()
    }

    /// Whether there were none.
    pub fn is_empty(&self) -> bool {
        self.errors_s.is_empty()
    }

    /// Median absolute error of `p50_s`, seconds.
    pub fn median_s(&self) -> Option<u32> {
        let mut sorted = self.errors_s.clone();
        let middle = sorted.len() / 2;
        (!sorted.is_empty()).then(|| *sorted.select_nth_unstable(middle).1)
    }

    /// Mean absolute error of `p50_s`, seconds.
    pub fn mean_s(&self) -> Option<f64> {
        let sum: f64 = self.errors_s.iter().map(|it| f64::from(*it)).sum();
        (!self.is_empty()).then(|| sum / self.len() as f64)
    }

    /// Share of waits inside the interval of 80 %, between 0 and 1.
    pub fn inside_80(&self) -> Option<f64> {
        (!self.is_empty()).then(|| self.inside as f64 / self.len() as f64)
    }

    /// Share of waits longer than `p90_s`, which should be one of ten, between 0 and 1.
    pub fn beyond_90(&self) -> Option<f64> {
        (!self.is_empty()).then(|| self.beyond as f64 / self.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_error_and_the_share_inside_are_told() {
        let mut errors = Errors::default();
        assert_eq!((errors.median_s(), errors.inside_80()), (None, None));
        let promised = Interval { p10_s: 60, p50_s: 120, p90_s: 300 };
        for waited_s in [59, 100, 120, 300, 400] {
            errors.add(promised, waited_s);
        }
        assert_eq!(errors.median_s(), Some(61));
        assert_eq!((errors.inside_80(), errors.beyond_90()), (Some(0.6), Some(0.2)));
    }
}
