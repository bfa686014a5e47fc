//! Words to phonemes, each with the place it has in the text: so that it can be found again in the sound.

use std::collections::HashMap;

use crate::announcement::Language;
use crate::bank::{Atom, atoms};
use crate::phrase::{Mark, Part, Role, Spot, Word, phonemes};
use crate::voice::Mute;

/// From this silence on, milliseconds, a voice is told to pause: it then speaks the word before as one does there.
const PAUSE_FROM_MS: u16 = 40;

/// How English words sound.
#[derive(Default)]
pub struct Lexicon(HashMap<String, String>);

impl Lexicon {
    /// Reads a JSON object from word to phonemes; words that have several ways take the usual one.
    pub fn read(text: &[u8]) -> Result<Self, Mute> {
        let words: HashMap<String, serde_json::Value> = serde_json::from_slice(text)
            .map_err(|error| Mute::Failed(format!("the lexicon of the voice pack is damaged: {error}")))?;
        let sound =
            |value: &serde_json::Value| value.as_str().or_else(|| value.get("DEFAULT")?.as_str()).map(str::to_owned);
        Ok(Self(words.into_iter().filter_map(|(word, value)| Some((word, sound(&value)?))).collect()))
    }

    fn of(&self, word: &str) -> Option<String> {
        let lower = word.to_lowercase();
        let find = |word: &str| self.0.get(word).cloned();
        find(&lower).or_else(|| find(word)).or_else(|| {
            // Plurals that stand in no dictionary.
            let one = find(lower.strip_suffix('s')?)?;
            let end = match one.chars().last()? {
                's' | 'z' | 'ʃ' | 'ʒ' | 'ʧ' | 'ʤ' => "ᵻz",
                'p' | 't' | 'k' | 'f' | 'θ' => "s",
                _ => "z",
            };
            Some(one + end)
        })
    }
}

/// A text in phonemes.
#[derive(Default)]
pub struct Sentence {
    /// The numbers that the model is given.
    pub ids: Vec<i64>,
    /// Its words, in order.
    pub said: Vec<Said>,
}

/// A word of it.
pub struct Said {
    /// What is matched later.
    pub atom: Atom,
    /// Which part of the phrase it belongs to.
    pub part: usize,
    /// Its phonemes, as one reads them.
    pub phonemes: String,
    /// Where its numbers stand.
    pub at: std::ops::Range<usize>,
}

impl Sentence {
    /// Of some parts, in this voice's language; the last word ends the sentence.
    pub fn new(parts: &[Part], lexicon: &Lexicon) -> Result<Self, Mute> {
        let mut sentence = Self::default();
        let words: Vec<(usize, Language, &Word)> = parts
            .iter()
            .enumerate()
            .flat_map(|(n, part)| part.words.iter().map(move |word| (n, part.language, word)))
            .collect();
        for (n, (part, language, word)) in words.iter().enumerate() {
            let next = words.get(n + 1);
            sentence.word(*part, *language, word, lexicon)?;
            let ends_part = next.is_some_and(|(other, ..)| other != part);
            sentence.mark(word, *language, next.is_none(), ends_part);
        }
        if sentence.ids.len() > phonemes::PHONEMES_MAX {
            return Err(Mute::Failed(format!("{} phonemes are too many for one sentence", sentence.ids.len())));
        }
        Ok(sentence)
    }

    fn word(&mut self, part: usize, language: Language, word: &Word, lexicon: &Lexicon) -> Result<(), Mute> {
        let atoms = atoms(language, std::slice::from_ref(word));
        // Signs of one Chinese word run together; everything else stands apart.
        if !self.ids.is_empty() {
            self.add(" ");
        }
        for atom in atoms {
            let phonemes = sounds(language, word, &atom, lexicon).ok_or_else(|| Mute::Lacks(atom.text.clone()))?;
            let from = self.ids.len();
            if language == Language::En && from > 0 && self.said.last().is_some_and(|last| last.at.end == from) {
                self.add(" ");
            }
            let from = self.ids.len();
            self.add(&phonemes);
            if self.ids.len() == from {
                return Err(Mute::Lacks(atom.text));
            }
            self.said.push(Said { atom, part, phonemes, at: from..self.ids.len() });
        }
        Ok(())
    }

    /// The sign after a word, as the voice knows it.
    fn mark(&mut self, word: &Word, language: Language, is_last: bool, ends_part: bool) {
        // Digits read one by one, with a rest after each: run together, 八一 is heard as 白一 and 三一号 as 三号.
        let is_apart = language == Language::Zh && matches!(word.role, Role::Digit(Spot::First | Spot::Middle));
        let sign = match word.mark {
            Some(Mark::Comma | Mark::List) => ",",
            Some(Mark::Colon) => ":",
            Some(Mark::Semicolon) => ";",
            Some(Mark::Stop) => ".",
            Some(Mark::Question) => "?",
            Some(Mark::Exclamation) => "!",
            None if is_last => ".",
            None if is_apart || ends_part || word.pause_ms >= PAUSE_FROM_MS => ",",
            None => "",
        };
        self.add(sign);
    }

    fn add(&mut self, phonemes: &str) {
        self.ids.extend(phonemes::ids(phonemes));
    }
}

fn sounds(language: Language, word: &Word, atom: &Atom, lexicon: &Lexicon) -> Option<String> {
    match (word.role, language) {
        (Role::Letter, _) => phonemes::letter(word.text.chars().next()?).map(str::to_owned),
        (_, Language::Zh) => phonemes::mandarin(&atom.sound),
        (_, Language::En) if atom.sound.is_empty() => {
            phonemes::english(&atom.text).map(str::to_owned).or_else(|| lexicon.of(&atom.text))
        }
        (_, Language::En) => match atom.sound.strip_prefix('/').and_then(|sound| sound.strip_suffix('/')) {
            Some(asked) => Some(asked.to_owned()),
            None => phonemes::respelled(&atom.sound),
        },
    }
}
