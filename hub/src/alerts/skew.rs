//! Clocks that are wrong: this node's against the database's, or against the time that really passed.
//!
//! Pure; `rounds` reads the clocks. Order in a hall does not hang on clocks, waits and due times do.

use chrono::{DateTime, TimeDelta, Utc};

/// More than this is an alert.
pub const SKEW_MAX: TimeDelta = TimeDelta::seconds(1);

/// How far this node's clock is surely ahead of the database's, which was read between `before` and `after`.
pub fn ahead_of_database(before: DateTime<Utc>, database: DateTime<Utc>, after: DateTime<Utc>) -> TimeDelta {
    if before > database {
        before - database
    } else if after < database {
        after - database
    } else {
        TimeDelta::zero()
    }
}

/// How far a clock jumped: what it says that passed, less what really passed.
pub fn jumped(said: TimeDelta, passed: std::time::Duration) -> TimeDelta {
    said - TimeDelta::from_std(passed).unwrap_or(TimeDelta::MAX)
}

/// Whether it is too much.
pub fn is_too_much(skew: TimeDelta) -> bool {
    skew.abs() > SKEW_MAX
}

/// `+2.4`: seconds, with their sign.
pub fn in_words(skew: TimeDelta) -> String {
    format!("{:+.1}", skew.num_milliseconds() as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::milliseconds(ms)
    }

    #[test]
    fn a_slow_answer_is_no_skew() {
        assert_eq!(ahead_of_database(at(0), at(900), at(3_000)), TimeDelta::zero());
    }

    #[test]
    fn a_clock_ahead_or_behind_is_seen_with_its_sign() {
        let ahead = ahead_of_database(at(5_000), at(1_500), at(5_010));
        assert!(is_too_much(ahead));
        assert_eq!(in_words(ahead), "+3.5");
        assert_eq!(in_words(ahead_of_database(at(0), at(2_000), at(10))), "-2.0");
        assert!(!is_too_much(ahead_of_database(at(0), at(1_010), at(10))), "one second is allowed");
    }

    #[test]
    fn a_clock_that_was_set_has_jumped() {
        assert!(!is_too_much(jumped(TimeDelta::milliseconds(10_040), Duration::from_secs(10))));
        assert_eq!(in_words(jumped(TimeDelta::seconds(70), Duration::from_secs(10))), "+60.0");
        assert_eq!(in_words(jumped(TimeDelta::seconds(-20), Duration::from_secs(10))), "-30.0");
    }
}
