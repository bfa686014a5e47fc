//! espeak-ng, as a process: the last voice before silence.
//!
//! It is never linked (its licence would become ours) and never given a shell. English is understood; its Mandarin is not
//! good enough to be used unasked, and is fed with pinyin, never with signs: its own reading of those is wrong.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use super::process::{self, Limits};
use super::{Made, Mute, Spoken, Voice};
use crate::announcement::Language;
use crate::bank::atoms;
use crate::phrase::{Part, Phrase, Role};
use crate::sound::{Sound, millis};

/// Words a minute at 100 percent: slower than its own 175, for a hall.
const WORDS_A_MINUTE: u32 = 150;
/// Longest time for one part.
const TIME_MAX: Duration = Duration::from_secs(5);

/// Says English, and Mandarin if it was allowed to.
pub struct Espeak {
    program: PathBuf,
    mandarin: bool,
}

impl Espeak {
    /// With the program of this name or path; Mandarin only where an operator wants it.
    pub fn new(program: impl Into<PathBuf>, mandarin: bool) -> Self {
        Self { program: program.into(), mandarin }
    }

    fn part(&self, part: &Part, rate_percent: u16) -> Result<Spoken, Mute> {
        let (voice, text) = match part.language {
            Language::En => ("en-us", english(part)?),
            Language::Zh if self.mandarin => ("cmn-latn-pinyin", pinyin(part)?),
            Language::Zh => {
                return Err(Mute::Failed(
                    "it speaks Mandarin badly and only where that was allowed (--espeak-chinese)".into(),
                ));
            }
        };
        let speed = WORDS_A_MINUTE * u32::from(rate_percent) / 100;
        let arguments = ["-b", "1", "-v", voice, "-s", &speed.to_string(), "--stdin", "--stdout"].map(OsString::from);
        let limits = Limits { time: TIME_MAX, ..Limits::default() };
        let bytes = process::run(&self.program, &arguments, Some(text.as_bytes()), &limits)?;
        let sound = process::speech(&bytes, "espeak-ng")?;
        Ok(spoken(sound, text))
    }
}

/// A part that was made as a whole.
pub(super) fn spoken(sound: Sound, what: String) -> Spoken {
    let to_ms = millis(sound.samples.len());
    Spoken { sound, made_of: vec![Made { what, from_ms: 0, to_ms }] }
}

/// Letters stand apart, or they would be read as a word.
fn english(part: &Part) -> Result<String, Mute> {
    let word = |text: &str, role: Role| if role == Role::Letter { format!("{text}.") } else { text.to_owned() };
    let words: Vec<String> = part.words.iter().map(|it| word(&it.text, it.role)).collect();
    process::plain(&words.join(" ")).ok_or_else(|| Mute::Lacks(words.join(" ")))
}

fn pinyin(part: &Part) -> Result<String, Mute> {
    let mut syllables = Vec::new();
    for word in &part.words {
        if word.role == Role::Letter {
            // Letters have the syllables that stand for them.
            syllables.extend(word.sounds.iter().cloned());
            continue;
        }
        for atom in atoms(part.language, std::slice::from_ref(word)) {
            if atom.sound.is_empty() {
                return Err(Mute::Lacks(atom.text));
            }
            syllables.push(atom.sound);
        }
    }
    process::plain(&syllables.join(" ").replace('ü', "v")).ok_or_else(|| Mute::Lacks(String::new()))
}

impl Voice for Espeak {
    fn id(&self) -> &str {
        "espeak-ng"
    }

    fn speak(&self, phrase: &Phrase, rate_percent: u16) -> Result<Vec<Spoken>, Mute> {
        phrase.parts.iter().map(|part| self.part(part, rate_percent)).collect()
    }
}
