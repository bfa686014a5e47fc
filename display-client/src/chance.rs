//! The only place where chance comes in: how long to wait, so that a thousand players do not come back at once.

use std::time::Duration;

use wire::heard::Retry;

/// A wait between the bounds the hub gave.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub fn wait(between: Retry) -> Duration {
    let share: f64 = rand::random();
    let (min, max) = (between.min_s.max(0.0), between.max_s.max(between.min_s).max(0.0));
    Duration::try_from_secs_f64(min + share * (max - min)).unwrap_or(Duration::from_secs(10))
}
