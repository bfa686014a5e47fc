//! Announce: see the command.

use serde::{Deserialize, Serialize};

use crate::ids::{AnnouncementId, ZoneId};
use crate::ticket::Language;

/// Says something in zones; the words are kept by the door, outside the journal.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Announce {
    /// Set by the door: the row that holds the words.
    #[serde(default)]
    pub id: Option<AnnouncementId>,
    /// Where; empty = the whole hall.
    pub zones: Vec<ZoneId>,
    /// Speakers by name; empty = all of the zones.
    #[serde(default)]
    pub speakers: Vec<String>,
    /// In one language only.
    #[serde(default)]
    pub language: Option<Language>,
    /// How often it is said, 1-5 (default 1).
    #[serde(default)]
    pub repeat: Option<u32>,
    /// How long it is shown, seconds, at most 3600 (default 300).
    #[serde(default)]
    pub ttl_s: Option<u32>,
}
