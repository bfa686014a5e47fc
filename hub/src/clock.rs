//! The only place that asks the system what time it is.
//!
//! Everything else is given `now`. Times are cut to microseconds, the finest both databases keep.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use parking_lot::Mutex;

/// Where `now` comes from.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The system's clock.
    #[default]
    System,
    /// A clock that stands still until it is moved; for tests and the simulator.
    Set(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn set_to(at: DateTime<Utc>) -> Self {
        Self::Set(Arc::new(Mutex::new(at.trunc_subsecs(6))))
    }

    /// The time, cut to microseconds.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the one place")]
            Self::System => Utc::now().trunc_subsecs(6),
            Self::Set(at) => *at.lock(),
        }
    }

    /// Moves a set clock forward (the system's clock cannot be moved: then nothing happens).
    pub fn advance(&self, by: Duration) {
        if let Self::Set(at) = self {
            let mut at = at.lock();
            *at += chrono::Duration::from_std(by).unwrap_or_default();
        }
    }

    /// Sets a set clock, also backward.
    pub fn jump(&self, to: DateTime<Utc>) {
        if let Self::Set(at) = self {
            *at.lock() = to.trunc_subsecs(6);
        }
    }
}
