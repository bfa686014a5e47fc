//! Who says it: words become samples. An engine is a file here and a line where voices are opened.

pub mod chain;
pub mod clips;
pub mod command;
pub mod espeak;
#[cfg(feature = "neural")]
pub mod kokoro;
mod process;
pub mod recordings;

use crate::phrase::Phrase;
use crate::sound::Sound;

/// One way to turn words into sound.
pub trait Voice: Send + Sync {
    /// Name and version: another version makes other sounds, and is kept apart.
    fn id(&self) -> &str;

    /// Speaks a phrase at this percentage of its own rate: one sound a part, trimmed, at -18 LUFS.
    fn speak(&self, phrase: &Phrase, rate_percent: u16) -> Result<Vec<Spoken>, Mute>;
}

/// A part of a phrase as sound.
#[derive(Clone, PartialEq, Debug)]
pub struct Spoken {
    /// The sound.
    pub sound: Sound,
    /// What it was made of, in order: clips by name, or words with their phonemes.
    pub made_of: Vec<Made>,
}

/// A piece of a sound.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Made {
    /// A clip's name, or phonemes.
    pub what: String,
    /// Where it begins, milliseconds.
    pub from_ms: u32,
    /// Where it ends, milliseconds.
    pub to_ms: u32,
}

/// Why a voice says nothing; the next one is asked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Mute {
    /// It has no sound for a word.
    #[error("this voice has no sound for \"{0}\"")]
    Lacks(String),
    /// Something it needs is not there: a program, a pack, a file.
    #[error("{0} is not there")]
    Missing(String),
    /// It was tried and failed.
    #[error("{0}")]
    Failed(String),
}
