//! The voices in their order: the first that has words for a part says it; the others are remembered with their reasons.
//!
//! A part that a voice cannot say (an English name in a Chinese sentence) may be said by the next one; a part is never
//! said half by one and half by another.

use std::sync::Arc;

use super::{Mute, Spoken, Voice};
use crate::phrase::{Part, Phrase};

/// Voices, best first.
#[derive(Clone, Default)]
pub struct Chain(Vec<Arc<dyn Voice>>);

/// Who said a part, and why those before it did not.
pub struct Said {
    /// The voice's id.
    pub voice: String,
    /// The sound.
    pub spoken: Spoken,
    /// The voices that were asked before it, and why each was mute.
    pub before: Vec<(String, Mute)>,
}

/// Nobody said a part: every voice with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence(pub Vec<(String, Mute)>);

impl Chain {
    /// Of these voices, best first.
    pub fn new(voices: Vec<Arc<dyn Voice>>) -> Self {
        Self(voices)
    }

    /// The ids of its voices, best first.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|voice| voice.id())
    }

    /// Says one part.
    pub fn part(&self, phrase: &Phrase, part: &Part, rate_percent: u16) -> Result<Said, Silence> {
        let alone = Phrase { language: phrase.language, parts: vec![part.clone()] };
        let mut before = Vec::new();
        for voice in &self.0 {
            let mute = match voice.speak(&alone, rate_percent) {
                Ok(mut spoken) if spoken.len() == 1 && spoken.iter().all(is_sound) => {
                    return Ok(Said { voice: voice.id().to_owned(), spoken: spoken.remove(0), before });
                }
                Ok(_) => Mute::Failed("it said nothing".into()),
                Err(mute) => mute,
            };
            before.push((voice.id().to_owned(), mute));
        }
        Err(Silence(before))
    }

    /// Says all parts of a phrase, each by the first voice that can.
    pub fn speak(&self, phrase: &Phrase, rate_percent: u16) -> Result<Vec<Said>, Silence> {
        phrase.parts.iter().map(|part| self.part(phrase, part, rate_percent)).collect()
    }
}

fn is_sound(spoken: &Spoken) -> bool {
    !spoken.sound.samples.is_empty() && spoken.sound.rate == crate::sound::RATE
}

impl std::fmt::Display for Silence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() {
            return f.write_str("there is no voice");
        }
        for (n, (voice, mute)) in self.0.iter().enumerate() {
            write!(f, "{}{voice}: {mute}", if n == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}
