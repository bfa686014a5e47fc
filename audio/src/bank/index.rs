//! Where in a bank each word stands.

use std::collections::HashMap;

use super::atom::Atom;
use super::manifest::Clip;

/// Most places of one word that are looked at: more make no better call, only a slower one.
const PLACES_MAX: usize = 240;

/// Places by sound and by text.
#[derive(Default, Debug)]
pub struct Index {
    sounds: HashMap<String, Vec<(usize, usize)>>,
    texts: HashMap<String, Vec<(usize, usize)>>,
}

impl Index {
    /// Of these clips.
    pub fn new(clips: &[Clip]) -> Self {
        let mut index = Self::default();
        for (clip, words) in clips.iter().enumerate().map(|(clip, it)| (clip, &it.words)) {
            for (at, word) in words.iter().enumerate() {
                index.texts.entry(word.text.clone()).or_default().push((clip, at));
                if !word.sound.is_empty() {
                    index.sounds.entry(word.sound.clone()).or_default().push((clip, at));
                }
            }
        }
        index
    }

    /// Clip and word, in the bank's order.
    pub fn places(&self, atom: &Atom) -> &[(usize, usize)] {
        let by_sound = if atom.sound.is_empty() { None } else { self.sounds.get(&atom.sound) };
        let places = by_sound.or_else(|| self.texts.get(&atom.text)).map_or(&[][..], Vec::as_slice);
        &places[..places.len().min(PLACES_MAX)]
    }
}
