//! What somebody says to the hall by hand: in words, or a recorded clip.

use std::sync::Arc;

use hall::{Setup, ticket};
use wire::{Aloud, Say, SayPart};

use super::planner::{Ahead, Planner, say};

/// Silence between two times a broadcast is said, milliseconds.
const GAP_MS: u32 = 1_200;
/// A broadcast that waited longer is shown only, seconds.
const STALE_S: u32 = 300;

/// What somebody announces by hand.
#[derive(Clone, Copy, Debug)]
pub struct Broadcast<'a> {
    /// In words.
    pub text: Option<&'a str>,
    /// Or a recorded clip, by id.
    pub clip: Option<&'a str>,
    /// In this language.
    pub language: Option<ticket::Language>,
    /// How often.
    pub repeat: u32,
}

/// The key of a recorded clip.
pub fn clip_key(clip: &str) -> String {
    format!("clip-{clip}")
}

/// The clip that a key means.
pub fn clip_of(key: &str) -> Option<&str> {
    key.strip_prefix("clip-")
}

impl Planner {
    /// How an announcement made by hand is said; none: nobody could hear it.
    pub fn broadcast(&self, setup: &Arc<Setup>, said: &Broadcast<'_>) -> Option<Aloud> {
        let inner = self.inner.as_ref().filter(|_| !setup.speakers.is_empty())?;
        let spoken = match (said.clip, said.text) {
            (Some(clip), _) => {
                Some(Say { parts: vec![SayPart { key: clip_key(clip), pause_ms: 0 }], ..Say::default() })
            }
            (None, Some(text)) => self.text(setup, text, said.language).map(|it| {
                // Nothing but this frame tells what its keys mean: before anybody can ask for them.
                it.parts.iter().for_each(|it| self.learn(it));
                let said = say(&it);
                let words = Ahead { setup: setup.clone(), tickets: Vec::new(), places: false, words: it.parts };
                inner.ahead.try_send(words).ok();
                said
            }),
            (None, None) => None,
        };
        Some(Aloud {
            say: spoken.into_iter().collect(),
            repeat: said.repeat,
            gap_ms: GAP_MS,
            chime: true,
            stale_s: STALE_S,
            unheard: false,
        })
    }
}
