//! How calls are said aloud, and where: words for speakers, never sounds.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::ids::{SpeakerId, ZoneId};
use crate::ticket::Language;

/// How the calls of a queue are said.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Speech {
    /// In these languages, one after the other.
    pub languages: Vec<Language>,
    /// How often a call is said.
    pub repeat: u32,
    /// Silence between two times, milliseconds.
    pub gap_ms: u32,
    /// A chime goes before it.
    pub chime: bool,
    /// How fast, percent of the voice's own rate.
    pub rate_percent: u16,
    /// How numbers are read.
    pub digits: Digits,
    /// 一 in a number is said 幺.
    pub yao: bool,
    /// A recall says that it is one.
    pub again: bool,
    /// How much of a visitor's name is said.
    pub names: SaidNames,
    /// Not begun so many seconds after the press, a call is not said any more.
    pub stale_s: u32,
    /// Sentences in Chinese.
    pub zh: Sentences,
    /// Sentences in English.
    pub en: Sentences,
}

/// What is said, with `{ticket}`, `{place}` and marks for rate, pause and pronunciation; none: the usual sentence.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Sentences {
    /// At a call.
    pub call: Option<String>,
    /// At a repeated call.
    pub recall: Option<String>,
    /// When a call was missed; none: nothing is said.
    pub missed: Option<String>,
}

/// How much of a visitor's name is said; no screen ever shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SaidNames {
    /// Nothing: the number alone.
    #[default]
    None,
    /// The surname with Mr or Ms; nothing where that is not known.
    Surname,
    /// All of it.
    Whole,
}

/// How numbers are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Digits {
    /// One by one.
    #[default]
    Each,
    /// As a whole.
    Cardinal,
}

impl Default for Speech {
    fn default() -> Self {
        Self {
            languages: vec![Language::Zh, Language::En],
            repeat: 1,
            gap_ms: 800,
            chime: true,
            rate_percent: 100,
            digits: Digits::Each,
            yao: false,
            again: false,
            names: SaidNames::None,
            stale_s: 30,
            zh: Sentences::default(),
            en: Sentences::default(),
        }
    }
}

/// How a surname, a place or a word of this hall is pronounced, over what the hub knows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pronunciation {
    /// As it is written: `盖`, `六安`.
    pub written: String,
    /// Pinyin with a tone number each syllable: `ge3`, `lu4 an1`.
    pub pinyin: String,
    /// A surname only: the same sign may be read otherwise elsewhere.
    #[serde(default)]
    pub surname: bool,
}

/// A speaker, addressed by itself.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Speaker {
    /// Its id.
    pub id: SpeakerId,
    /// Chinese name.
    pub name: String,
    /// English name.
    #[serde(default)]
    pub name_en: String,
    /// Where it is heard; empty = the whole hall.
    #[serde(default)]
    pub zones: Vec<ZoneId>,
    /// The player that has it, by id; none = not connected yet.
    #[serde(default)]
    pub player: Option<String>,
    /// How the player reaches it.
    #[serde(default)]
    pub output: Output,
    /// Name of the sound device at its player (`spk_a`); a page has none.
    #[serde(default)]
    pub device: String,
    /// What it is for.
    #[serde(default)]
    pub kind: SpeakerKind,
    /// Louder or softer than the others, dB.
    #[serde(default)]
    pub gain_db: f32,
    /// Louder or softer at times of the day.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// Never softer than this, dB: in opening hours it is always heard.
    #[serde(default = "default_floor_db")]
    pub floor_db: f32,
}

/// How a player reaches a speaker.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Output {
    /// A sound device that has a name.
    #[default]
    Device,
    /// The page of a screen.
    Page,
}

/// What a speaker is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerKind {
    /// Everybody in its zones.
    #[default]
    Hall,
    /// Hearing aids: speech alone, at a constant level.
    Loop,
}

/// A level at a time of the day, in the hall's time zone.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// From.
    pub from: NaiveTime,
    /// Until; before `from`: over midnight.
    pub until: NaiveTime,
    /// Added to the speaker's own, dB.
    pub gain_db: f32,
}

fn default_floor_db() -> f32 {
    -24.0
}
