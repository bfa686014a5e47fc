//! What stands in a bank's `manifest.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::announcement::Language;
use crate::phrase::{About, Spot};

/// The kind of manifest this program reads and writes.
pub const VERSION: u32 = 1;

/// A bank of clips.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// [`VERSION`].
    pub version: u32,
    /// Its name: which voice, and which making of it. Sounds made with another name are kept apart.
    pub name: String,
    /// Samples a second.
    pub rate: u32,
    /// How it was made, in a sentence.
    pub made: String,
    /// Under which licence its sounds may be used.
    pub licence: String,
    /// What there is of each language.
    pub languages: BTreeMap<Language, Recorded>,
}

/// All clips of a language.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Recorded {
    /// The file with all of its sound, beside the manifest.
    pub file: String,
    /// SHA-256 of that file, hexadecimal.
    pub sha256: String,
    /// Samples in it.
    pub samples: u32,
    /// The engine or person who spoke, and its version.
    pub voice: String,
    /// The clips.
    pub clips: Vec<Clip>,
}

/// Words that were spoken in one breath. Any run of consecutive words of it can be used by itself.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Clip {
    /// Its name: `zh-12`.
    pub key: String,
    /// Its words, as one reads them.
    pub text: String,
    /// What it was said about.
    pub about: About,
    /// Where it begins in the file, samples.
    pub start: u32,
    /// How long it is, samples.
    pub length: u32,
    /// Its loudness, LUFS.
    pub lufs: f32,
    /// Its words.
    pub words: Vec<Spoken>,
}

/// A word (in Chinese: a sign) of a clip.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Spoken {
    /// As it is matched: English in small letters, letters that are spelled in capitals, Chinese signs.
    pub text: String,
    /// Chinese: its syllable; English: nothing, or its phonemes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sound: String,
    /// Where it stands in its number, if it is a digit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spot: Option<Spot>,
    /// Where it begins and ends in the clip, samples.
    pub at: [u32; 2],
    /// There is silence between it and the next word.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub breath: bool,
}

impl Manifest {
    /// What is wrong with it, if anything.
    pub fn fault(&self) -> Option<String> {
        if self.version != VERSION {
            return Some(format!("its manifest is of version {}, this program reads {VERSION}", self.version));
        }
        if self.rate != crate::sound::RATE {
            return Some(format!("{} samples a second, not {}", self.rate, crate::sound::RATE));
        }
        self.languages.values().find_map(Recorded::fault)
    }
}

impl Recorded {
    fn fault(&self) -> Option<String> {
        let wrong = |clip: &&Clip| {
            clip.start.checked_add(clip.length).is_none_or(|end| end > self.samples)
                || clip.words.is_empty()
                || clip.words.iter().any(|word| word.at[0] > word.at[1] || word.at[1] > clip.length)
        };
        self.clips.iter().find(wrong).map(|clip| format!("clip {} lies outside of its sound", clip.key))
    }
}
