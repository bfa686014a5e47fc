//! The only place that asks what time it is, and what the hub's clock says.
//!
//! Everything else counts from the start of the program, which no administrator can set back.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

use audio::announcer::Moment;
use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;

/// Readings of the hub's clock that are compared.
const READINGS_MAX: usize = 16;

/// Where `now` comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The system's clocks.
    System(Instant),
    /// Clocks that a test moves: time since the start, and the time of the day at the start.
    Set(Arc<Mutex<Moment>>, DateTime<Utc>),
}

impl Clock {
    /// The system's clocks, from now on.
    pub fn system() -> Self {
        Self::System(Instant::now())
    }

    /// Time since the start.
    pub fn now(&self) -> Moment {
        match self {
            Self::System(start) => start.elapsed(),
            Self::Set(now, _) => *now.lock(),
        }
    }

    /// The time of the day, as this machine believes.
    pub fn wall(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the one place")]
            Self::System(_) => Utc::now(),
            Self::Set(now, start) => *start + *now.lock(),
        }
    }
}

/// What the hub's clock says. A reading is late by the way it travelled, so the earliest of some is the best.
#[derive(Clone, Debug, Default)]
pub struct HubClock {
    readings: VecDeque<TimeDelta>,
}

impl HubClock {
    /// The hub said `hub` in something that came just now.
    pub fn read(&mut self, hub: DateTime<Utc>, now: Moment) {
        if self.readings.len() == READINGS_MAX {
            self.readings.pop_front();
        }
        self.readings.push_back(hub - (DateTime::UNIX_EPOCH + now));
    }

    /// A new connection, perhaps to another hub: what the last one said counts no more.
    pub fn forget(&mut self) {
        self.readings.clear();
    }

    /// What the hub's clock says now; none before its first word.
    pub fn at(&self, now: Moment) -> Option<DateTime<Utc>> {
        Some(DateTime::UNIX_EPOCH + now + *self.readings.iter().max()?)
    }

    /// When it is, or was, that time at the hub; none before the hub's first word, or before this program started.
    pub fn moment_of(&self, hub: DateTime<Utc>) -> Option<Moment> {
        (hub - DateTime::UNIX_EPOCH - *self.readings.iter().max()?).to_std().ok()
    }

    /// How far this machine's own clock is ahead of the hub's, milliseconds.
    pub fn ahead_ms(&self, wall: DateTime<Utc>, now: Moment) -> Option<i64> {
        Some((wall - self.at(now)?).num_milliseconds())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_reading_that_travelled_least_counts() {
        let hub: DateTime<Utc> = "2026-11-22T09:00:00Z".parse().unwrap();
        let mut clock = HubClock::default();
        assert_eq!(clock.at(Duration::ZERO), None);
        clock.read(hub, Duration::from_millis(10_800));
        clock.read(hub + Duration::from_secs(15), Duration::from_millis(25_020));
        clock.read(hub + Duration::from_secs(30), Duration::from_millis(40_300));
        let now = Duration::from_millis(50_020);
        assert_eq!(clock.at(now), Some(hub + Duration::from_secs(40)));
        assert_eq!(clock.moment_of(hub + Duration::from_secs(40)), Some(now));
        assert_eq!(clock.ahead_ms(hub + Duration::from_millis(40_250), now), Some(250));
        assert_eq!(clock.moment_of(hub - Duration::from_secs(3_600)), None, "before it was started");
    }

    #[test]
    fn a_clock_that_is_set_back_at_the_hub_is_believed_after_a_while() {
        let hub: DateTime<Utc> = "2026-11-22T09:00:00Z".parse().unwrap();
        let mut clock = HubClock::default();
        clock.read(hub + Duration::from_secs(3_600), Duration::ZERO);
        (0..READINGS_MAX as u64).for_each(|n| clock.read(hub + Duration::from_secs(n), Duration::from_secs(n)));
        assert_eq!(clock.at(Duration::from_secs(100)), Some(hub + Duration::from_secs(100)));
    }
}
