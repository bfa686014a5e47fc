//! What is said aloud, as players are told: sounds by key, fetched before they are needed.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How a call or an announcement is said; a frame without it is silent.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Aloud {
    /// The languages, one after the other. Empty: no voice has words for it; the chime sounds, and screens mark it.
    pub say: Vec<Say>,
    /// How often all of it is said.
    pub repeat: u32,
    /// Silence between two times, milliseconds.
    pub gap_ms: u32,
    /// Whether a chime goes before it (never on a hearing loop).
    pub chime: bool,
    /// Not begun so many seconds after its time, it is not said any more.
    pub stale_s: u32,
    /// No speaker that is meant can be heard now (its player is away, its device gone, its page untouched): screens mark it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unheard: bool,
}

/// A sentence in one language.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Say {
    /// `zh` or `en`.
    pub language: String,
    /// As it is spoken, without any name.
    pub text: String,
    /// Its sounds, in order.
    pub parts: Vec<SayPart>,
}

/// A part of a sentence.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SayPart {
    /// `GET /halls/{hall}/phrases/{key}` is its sound.
    pub key: String,
    /// Silence after it, milliseconds.
    #[serde(default)]
    pub pause_ms: u32,
}

/// Of what is said now, and what speakers are asked outside the journal.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// A speaker begins to say something: screens show it again, at least until it ends.
    Began(Began),
    /// One speaker is to play a test.
    Test(Test),
}

/// A speaker has begun.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Began {
    /// The speaker.
    pub speaker: String,
    /// The ticket that is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<i64>,
    /// Or the announcement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announcement: Option<String>,
    /// Where it is heard; empty = the whole hall.
    pub zones: Vec<String>,
    /// The first sound, by the hub's clock.
    pub begins: DateTime<Utc>,
    /// The last one, by the hub's clock.
    pub ends: DateTime<Utc>,
}

/// A test of one speaker.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Test {
    /// The speaker.
    pub speaker: String,
    /// What it plays.
    pub aloud: Aloud,
}
