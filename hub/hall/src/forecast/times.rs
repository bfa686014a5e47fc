//! How long visitors of a queue keep a counter: what was measured lately, and before that what is expected.

use super::chance::Chance;

/// With fewer measured times than this, the expected ones make up the number.
const MEASURED_MIN: usize = 10;
/// What is expected is worth as many measured times as this.
const EXPECTED_WORTH: usize = 2;
/// A logistic curve of deviation 1 is this much narrower than its plain form: square root of 3 / pi.
const LOGISTIC: f64 = 0.551_328_895_421_792;
/// With fewer measured times that are long enough than this, the rest of a service is partly a guess.
const LONGER_MIN: usize = 5;

/// Lengths, sorted, from which futures draw.
#[derive(Clone, Debug)]
pub(super) struct Times {
    sorted_s: Vec<f64>,
    mean_s: f64,
    doubt: f64,
}

impl Times {
    /// From what was measured; `expected_s` is the mean of what is expected before anything is.
    pub fn of<'a>(measured: impl Iterator<Item = &'a u32>, expected_s: f64) -> Self {
        let mut sorted_s: Vec<f64> = measured.map(|it| f64::from(*it)).collect();
        let known = sorted_s.len();
        // Nothing is known of the spread yet: the widest reasonable one, exponential, at even quantiles.
        let missing = MEASURED_MIN.saturating_sub(sorted_s.len());
        let quantile = |at: usize| (at as f64 + 0.5) / missing as f64;
        sorted_s.extend((0..missing).map(|at| -(1.0 - quantile(at)).ln() * expected_s));
        sorted_s.sort_unstable_by(f64::total_cmp);
        let mean_s = sorted_s.iter().sum::<f64>() / sorted_s.len() as f64;
        let variance = sorted_s.iter().map(|it| (it - mean_s) * (it - mean_s)).sum::<f64>() / sorted_s.len() as f64;
        let spread = if mean_s > 0.0 { variance.sqrt() / mean_s } else { 0.0 };
        Self { doubt: spread / ((known + EXPECTED_WORTH) as f64).sqrt(), sorted_s, mean_s }
    }

    /// By how much all lengths of a future may be longer or shorter than those measured, since the mean of a few is
    /// not the mean of all: at a point between 0 and 1 of what is likely (lognormal, with its quantile by the
    /// logistic curve).
    pub fn pace(&self, unit: f64) -> f64 {
        (self.doubt * (unit / (1.0 - unit)).ln() * LOGISTIC).exp()
    }

    /// The length at a point between 0 and 1 of all that were measured.
    pub fn at(&self, unit: f64) -> f64 {
        pick(&self.sorted_s, unit).unwrap_or(self.mean_s)
    }

    /// The rest of a stay that has lasted so long already.
    pub fn rest(&self, lasted_s: f64, unit: f64, chance: &mut Chance) -> f64 {
        if lasted_s <= 0.0 {
            return self.at(unit);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_measured_times_leave_more_doubt_than_many() {
        let slowest = |count: usize| Times::of([60, 180, 300].iter().cycle().take(count), 180.0).pace(0.9);
        let of = [0, 3, 30, 120].map(slowest);
        assert!(of.windows(2).all(|it| it[0] > it[1]), "{of:?}");
        assert!(of[0] > 1.5 && of[3] < 1.1, "{of:?}");
    }

    #[test]
    fn half_of_all_futures_are_no_slower_than_what_was_measured() {
        let times = Times::of([60, 180, 300].iter(), 180.0);
        assert!((times.pace(0.5) - 1.0).abs() < 1e-9);
        assert!((times.pace(0.1) * times.pace(0.9) - 1.0).abs() < 1e-9, "as often slower as quicker");
    }

    #[test]
    fn what_takes_no_time_is_in_no_doubt() {
        let times = Times::of([].iter(), 0.0);
        assert_eq!((times.at(0.9), times.pace(0.9)), (0.0, 1.0));
    }
}
