//! How long visitors of a queue keep a counter: what was measured lately, and before that what is expected.

use super::chance::Chance;
use crate::fold::QueueFold;
use crate::setup::Queue;

/// With fewer measured times than this, the expected ones make up the number.
const MEASURED_MIN: usize = 10;
/// With fewer measured times that are long enough than this, the rest of a service is partly a guess.
const LONGER_MIN: usize = 5;

/// Lengths, sorted, from which futures draw.
#[derive(Clone, Debug)]
pub(super) struct Times {
    sorted_s: Vec<f64>,
    mean_s: f64,
}

impl Times {
    pub fn of(rules: &Queue, fold: Option<&QueueFold>) -> Self {
        let measured = fold.into_iter().flat_map(|it| it.services.iter().map(|it| f64::from(*it)));
        let mut sorted_s: Vec<f64> = measured.collect();
        // Nothing is known of the spread yet: the widest reasonable one, exponential, at even quantiles.
        let missing = MEASURED_MIN.saturating_sub(sorted_s.len());
        let quantile = |at: usize| (at as f64 + 0.5) / missing as f64;
        sorted_s.extend((0..missing).map(|at| -(1.0 - quantile(at)).ln() * f64::from(rules.service_s)));
        sorted_s.sort_unstable_by(f64::total_cmp);
        let mean_s = sorted_s.iter().sum::<f64>() / sorted_s.len() as f64;
        Self { sorted_s, mean_s }
    }

    /// The length at a point between 0 and 1 of all that were measured.
    pub fn at(&self, unit: f64) -> f64 {
        pick(&self.sorted_s, unit).unwrap_or(self.mean_s)
    }

    /// The rest of a stay that has lasted so long already.
    pub fn rest(&self, lasted_s: f64, unit: f64, chance: &mut Chance) -> f64 {
        let longer = &self.sorted_s[self.sorted_s.partition_point(|it| *it <= lasted_s)..];
        // Where hardly anybody ever stayed so long, a stay is as good as new.
        let known = longer.len() as f64 / LONGER_MIN as f64;
        if known < 1.0 && chance.unit() >= known {
            return chance.until_next(1.0 / self.mean_s.max(1.0));
        }
        pick(longer, unit).map_or(self.mean_s, |it| it - lasted_s)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and a short length")]
fn pick(sorted: &[f64], unit: f64) -> Option<f64> {
    let at = (unit * sorted.len() as f64) as usize;
    sorted.get(at.min(sorted.len().checked_sub(1)?)).copied()
}
