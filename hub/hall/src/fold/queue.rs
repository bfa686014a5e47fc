//! What a queue has seen: the counts of today, and the lengths the forecast draws from. It decides nothing.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::forecast::Stretch;
use crate::ids::ReasonId;
use crate::next::Tally;
use crate::setup::Mode;

/// Times at a counter kept per queue for the forecast.
pub const SERVICES_KEPT: usize = 120;
/// Waits kept per queue for the forecast's yardsticks.
pub const WAITS_KEPT: usize = 30;
/// Pauses before a call kept per queue for the forecast, after a visitor and at a free counter.
pub const PAUSES_KEPT: usize = 60;
/// Arrivals kept per queue for the forecast, with and without a class.
pub const ARRIVALS_KEPT: usize = 30;

/// What a queue has seen today.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct QueueFold {
    /// Tickets issued today.
    pub taken: u32,
    /// Frozen: gives no tickets and is not called.
    pub frozen: Option<Frozen>,
    /// Mode set for it, over the setup's.
    pub mode: Option<Mode>,
    /// The mix of priority and ordinary calls so far.
    pub tally: Tally,
    /// How long the last visitors kept a counter, from the call to the end, seconds, newest last; kept over days.
    pub services: VecDeque<u32>,
    /// How long the last visitors waited for their call, seconds, newest last; kept over days.
    #[serde(default)]
    pub waits: VecDeque<u32>,
    /// How long after it was free, with somebody waiting, a counter made its last calls, seconds, newest last; kept
    /// over days.
    #[serde(default)]
    pub pauses: VecDeque<u32>,
    /// How long the last who came to a free counter waited for its call, seconds, newest last; kept over days.
    #[serde(default)]
    pub greetings: VecDeque<u32>,
    /// How much wider than they are played intervals must be to hold what they promise; kept over days.
    #[serde(default)]
    pub stretch: Stretch,
    /// When the last tickets without a class were taken today, newest last: how often more will come.
    #[serde(default)]
    pub ordinary: VecDeque<DateTime<Utc>>,
    /// The same of tickets with a class.
    #[serde(default)]
    pub privileged: VecDeque<DateTime<Utc>>,
}

/// Why a queue is frozen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Frozen {
    /// Code.
    pub reason: Option<ReasonId>,
}

impl QueueFold {
    /// Keeps a measured time, and forgets the oldest.
    pub(crate) fn keep<T>(list: &mut VecDeque<T>, newest: T, most: usize) {
        list.push_back(newest);
        while list.len() > most {
            list.pop_front();
        }
    }

    /// Forgets a measured time that was taken back.
    pub(crate) fn forget(list: &mut VecDeque<u32>, value: u32) {
        if let Some(at) = list.iter().rposition(|it| *it == value) {
            list.remove(at);
        }
    }
}
