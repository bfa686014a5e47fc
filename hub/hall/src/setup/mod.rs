//! How a hall is set up: everything an administrator decides, as one document.
//!
//! This is also the file by which a hall is exported and imported. A decision uses the
//! revision that stood under the hall's lock; `apply` never reads it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{ClassId, CounterId, QueueId, ReasonId, SpeakerId, ZoneId};

mod counter;
mod hours;
mod own;
mod places;
mod queue;
mod speech;

pub use counter::{Choose, CounterSetup, Served};
pub use hours::{Hours, Period};
pub use own::{Assign, HallSetup, Mode, OfferSort, Reason, SpecialDay};
pub use places::{Class, Department, Zone};
pub use queue::{Closing, Queue, ReturnPlace};
pub use speech::{Digits, Level, Output, Pronunciation, SaidNames, Sentences, Speaker, SpeakerKind, Speech};

/// Most rows of one kind (queues, counters, zones…) in a hall.
pub const ROWS_MAX: usize = 500;
/// Most characters in a name.
pub const NAME_CHARS_MAX: usize = 60;
/// Most open tickets a hall holds; above it refuses `hall_full`.
pub const OPEN_TICKETS_MAX: usize = 5_000;
/// Reasons that every hall knows, besides its own.
pub const REASONS: [&str; 4] = ["busy", "away", "break", "other"];

/// A hall with all its parts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The hall.
    pub hall: HallSetup,
    /// Waiting areas.
    #[serde(default)]
    pub zones: Vec<Zone>,
    /// Departments.
    #[serde(default)]
    pub departments: Vec<Department>,
    /// Priority classes, the highest first.
    #[serde(default)]
    pub classes: Vec<Class>,
    /// Queues, in the order of the administrator.
    #[serde(default)]
    pub queues: Vec<Queue>,
    /// Counters, in the order of the building.
    #[serde(default)]
    pub counters: Vec<CounterSetup>,
    /// Speakers.
    #[serde(default)]
    pub speakers: Vec<Speaker>,
}

/// A revision of a setup, as stored.
#[derive(Clone, PartialEq, Debug)]
pub struct Revision {
    /// Counts the changes of the setup, from 1.
    pub number: i64,
    /// The setup.
    pub setup: Setup,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

impl Setup {
    /// A queue by id.
    pub fn queue(&self, id: &QueueId) -> Option<&Queue> {
        self.queues.iter().find(|it| it.id == *id)
    }

    /// A counter by id.
    pub fn counter(&self, id: &CounterId) -> Option<&CounterSetup> {
        self.counters.iter().find(|it| it.id == *id)
    }

    /// A class by id.
    pub fn class(&self, id: &ClassId) -> Option<&Class> {
        self.classes.iter().find(|it| it.id == *id)
    }

    /// The zones in which a ticket of this queue is shown; empty = everywhere.
    pub fn zones_of(&self, queue: &QueueId) -> &[ZoneId] {
        self.queue(queue).map_or(&[], |it| &it.zones)
    }

    /// A zone by id.
    pub fn zone(&self, id: &ZoneId) -> Option<&Zone> {
        self.zones.iter().find(|it| it.id == *id)
    }

    /// A speaker by id.
    pub fn speaker(&self, id: &SpeakerId) -> Option<&Speaker> {
        self.speakers.iter().find(|it| it.id == *id)
    }

    /// How the calls of a queue are said; none: they are not.
    pub fn speech_of(&self, queue: &QueueId) -> Option<&Speech> {
        let queue = self.queue(queue)?;
        (!queue.silent).then(|| queue.speech.as_ref().unwrap_or(&self.hall.speech))
    }

    /// Where a class stands among the others; the highest is 0, one no longer in the list is last.
    pub fn rank_of(&self, id: &ClassId) -> usize {
        self.classes.iter().position(|it| it.id == *id).unwrap_or(self.classes.len())
    }

    /// Whether a code is one of the hall's reasons.
    pub fn knows_reason(&self, id: &ReasonId) -> bool {
        REASONS.contains(&id.as_str()) || self.hall.reasons.iter().any(|it| it.id == *id)
    }
}
