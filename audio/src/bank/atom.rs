//! The smallest things that are matched: a sign of Chinese with its syllable, a letter, a word of English.
//!
//! Phrases may hold 号窗口 as one word or three; a bank does not care.

use crate::announcement::Language;
use crate::phrase::{Role, Spot, Word};

/// What is matched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Atom {
    /// As it is matched: English in small letters, letters that are spelled in capitals, Chinese signs.
    pub text: String,
    /// Chinese: its syllable, where it is known; English: phonemes that were asked for.
    pub sound: String,
    /// Where it stands in its number, if it is a digit.
    pub spot: Option<Spot>,
    /// Percent of the voice's own rate.
    pub rate_percent: u16,
    /// Silence after it, milliseconds.
    pub pause_ms: u16,
}

/// The atoms of some words.
pub fn atoms(language: Language, words: &[Word]) -> Vec<Atom> {
    words.iter().flat_map(|word| of_word(language, word)).collect()
}

fn of_word(language: Language, word: &Word) -> Vec<Atom> {
    let atom = |text: String, sound: String| {
        let spot = match word.role {
            Role::Digit(spot) => Some(spot),
            Role::Plain | Role::Letter | Role::Number | Role::Name => None,
        };
        Atom { text, sound, spot, rate_percent: word.rate_percent, pause_ms: 0 }
    };
    let mut atoms: Vec<Atom> = match (language, word.role) {
        (_, Role::Letter) => vec![atom(word.text.to_uppercase(), String::new())],
        (Language::En, _) => {
            let asked = word.sounds.concat();
            word.text.split_whitespace().map(|text| atom(text.to_lowercase(), asked.clone())).collect()
        }
        (Language::Zh, _) => signs(word).map(|(sign, sound)| atom(sign.to_string(), sound)).collect(),
    };
    if let Some(last) = atoms.last_mut() {
        last.pause_ms = word.pause_ms;
    }
    atoms
}

/// A word's signs, each with its syllable if there is one a sign.
fn signs(word: &Word) -> impl Iterator<Item = (char, String)> {
    let count = word.text.chars().filter(|sign| !sign.is_whitespace()).count();
    let known = word.sounds.len() == count;
    let sound = move |at: usize| if known { word.sounds.get(at).cloned().unwrap_or_default() } else { String::new() };
    word.text.chars().filter(|sign| !sign.is_whitespace()).enumerate().map(move |(at, sign)| (sign, sound(at)))
}
