//! How much wider than it was played an interval must be to hold what it promises: learnt from promises and the
//! waits that came.
//!
//! Futures know nothing of breaks, calls by hand, transfers or a printer that stands still, so what is played is
//! narrower than what comes. Each call of somebody who was promised a wait moves the two ends a little: out by nine
//! steps if the wait was beyond that end, else in by one; so each end rests where one wait of ten is beyond it,
//! whatever the reasons (Gibbs and Candès, "Adaptive conformal inference under distribution shift", 2021, on the
//! logarithm of the width). Whole numbers only, so every machine learns the same.

use serde::{Deserialize, Serialize};

use super::Interval;

/// One step, thousandths of the natural logarithm of a width.
const STEP: i32 = 10;
/// A wait beyond an end moves it by so many steps, one inside by one: one in ten is beyond.
const STEPS_BEYOND: i32 = 9;
/// What is right before anything is learnt: every hall has breaks and calls by hand.
const AT_FIRST: i32 = 150;
/// Least and most beyond that. In long lines the answers come late, so an end could run far before it hears.
const LEARNT: (i32, i32) = (-500, 700);

/// What was learnt of both ends, thousandths of the natural logarithm of a width; 0 = nothing yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Stretch {
    /// Of what lies between the lower end and the median.
    pub below: i32,
    /// Of what lies between the median and the upper end.
    pub above: i32,
}

impl Stretch {
    /// Learns from a promise (as it was told, stretched) and the wait that came, seconds; gives what it learnt.
    pub(crate) fn learn(&mut self, promised: Interval, waited_s: u32) -> Self {
        let before = *self;
        // Nobody can wait less than not at all, nor is there anything to stretch where all futures agree.
        if promised.p10_s > 0 && promised.p10_s < promised.p50_s {
            self.below = moved(self.below, waited_s < promised.p10_s);
        } else if self.below > 0 {
            self.below -= STEP.min(self.below);
        }
        if promised.p50_s < promised.p90_s {
            self.above = moved(self.above, waited_s > promised.p90_s);
        }
        Self { below: self.below - before.below, above: self.above - before.above }
    }

    /// Forgets what it learnt from a call that was taken back.
    pub(crate) fn forget(&mut self, learnt: Self) {
        self.below -= learnt.below;
        self.above -= learnt.above;
    }

    /// The interval as it is told.
    pub(super) fn of(self, played: Interval) -> Interval {
        let (low, middle, high) = (f64::from(played.p10_s), f64::from(played.p50_s), f64::from(played.p90_s));
        let p10_s = if low > 0.0 { (middle * (low / middle).powf(factor(self.below))).floor() } else { 0.0 };
        let p90_s = (middle + (high - middle) * factor(self.above)).ceil();
        Interval { p10_s: whole(p10_s).min(played.p50_s), p50_s: played.p50_s, p90_s: whole(p90_s).max(played.p50_s) }
    }
}

fn moved(learnt: i32, was_beyond: bool) -> i32 {
    let by = if was_beyond { STEPS_BEYOND * STEP } else { -STEP };
    (learnt + by).clamp(LEARNT.0, LEARNT.1)
}

fn factor(learnt: i32) -> f64 {
    (f64::from(AT_FIRST + learnt) / 1_000.0).exp()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates at the ends")]
fn whole(seconds: f64) -> u32 {
    seconds as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROMISED: Interval = Interval { p10_s: 60, p50_s: 120, p90_s: 300 };

    #[test]
    fn one_wait_in_ten_beyond_an_end_leaves_it_where_it_is() {
        let mut stretch = Stretch::default();
        for waited_s in [59, 100, 120, 130, 140, 150, 160, 170, 299, 301] {
            stretch.learn(PROMISED, waited_s);
        }
        assert_eq!(stretch, Stretch::default());
    }

    #[test]
    fn late_calls_widen_the_upper_end_alone_and_not_without_end() {
        let (mut stretch, before) = (Stretch::default(), Stretch::default().of(PROMISED));
        for _ in 0..100 {
            stretch.learn(PROMISED, 1_000);
        }
        let after = stretch.of(PROMISED);
        assert!(after.p90_s > 2 * before.p90_s - PROMISED.p50_s && after.p90_s < 3 * PROMISED.p90_s, "{after:?}");
        assert!(after.p10_s >= before.p10_s, "nobody came early: {after:?}");
        assert_eq!(after.p50_s, PROMISED.p50_s, "half wait longer still");
    }

    #[test]
    fn calls_that_keep_what_was_promised_narrow_it_and_not_without_end() {
        let (mut stretch, before) = (Stretch::default(), Stretch::default().of(PROMISED));
        for _ in 0..1_000 {
            stretch.learn(PROMISED, 120);
        }
        let after = stretch.of(PROMISED);
        assert!(before.p10_s < after.p10_s && after.p10_s < 120, "{after:?}");
        assert!(120 < after.p90_s && after.p90_s < before.p90_s, "{after:?}");
    }

    #[test]
    fn what_a_call_taught_is_forgotten_with_it() {
        let mut stretch = Stretch { below: 40, above: 690 };
        let learnt = stretch.learn(PROMISED, 1_000);
        assert_eq!((learnt, stretch), (Stretch { below: -10, above: 10 }, Stretch { below: 30, above: 700 }));
        stretch.forget(learnt);
        assert_eq!(stretch, Stretch { below: 40, above: 690 });
    }

    #[test]
    fn where_all_futures_agree_there_is_nothing_to_learn() {
        let mut stretch = Stretch::default();
        stretch.learn(Interval::default(), 0);
        stretch.learn(Interval { p10_s: 9, p50_s: 9, p90_s: 9 }, 9);
        assert_eq!(stretch, Stretch::default());
        assert_eq!(stretch.of(Interval::default()), Interval::default());
    }

    #[test]
    fn an_interval_stays_in_order_however_it_is_stretched() {
        for (below, above) in [LEARNT, (LEARNT.1, LEARNT.0), (0, 0)] {
            for (p10_s, p50_s, p90_s) in [(0, 0, 1), (0, 3, 3), (1, 1, 2), (59, 60, 61), (5, 900, 90_000)] {
                let told = Stretch { below, above }.of(Interval { p10_s, p50_s, p90_s });
                assert!(told.p10_s <= told.p50_s && told.p50_s <= told.p90_s, "{told:?}");
            }
        }
    }
}
