//! How a queue wants its calls said, and how a hall pronounces what our tables do not know.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::syllable;
use crate::template::is_respelling;

/// Silence between the letters of a number and its digits, where nothing else is asked for, milliseconds: long enough
/// that a voice rests there, and the letter does not run into the first digit.
pub const LETTER_GAP_MS: u16 = 160;
/// Longest silence after the letters of a number, milliseconds.
pub const LETTER_GAP_MS_MAX: u16 = 500;

/// How a queue wants its calls said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Manner {
    /// How the digits of a ticket are read.
    pub digits: Digits,
    /// How a Chinese 1 is read when digits of a ticket are read one by one.
    pub one: One,
    /// Silence between the letters of a number and its digits, milliseconds.
    pub letter_gap_ms: u16,
    /// How much of a visitor's name is said.
    pub names: Names,
    /// Only the number is ever said, whatever `names` says: the matter itself tells something about the visitor.
    pub sensitive: bool,
    /// Whether `{again}` says of a recall that it is one.
    pub again: bool,
    /// The hall's own pronunciations.
    pub overrides: Overrides,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            digits: Digits::Each,
            one: One::Yi,
            letter_gap_ms: LETTER_GAP_MS,
            names: Names::None,
            sensitive: false,
            again: false,
            overrides: Overrides::default(),
        }
    }
}

/// How the digits of a ticket are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Digits {
    /// One by one: 一零八, one zero eight.
    #[default]
    Each,
    /// As a whole: 一百零八. A number with a leading zero, or of more than four digits, is read one by one all the same.
    Cardinal,
}

/// How a Chinese 1 is read among digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum One {
    /// 一.
    #[default]
    Yi,
    /// 幺, as on the telephone. Counters are always 一.
    Yao,
}

/// How much of a visitor's name is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Names {
    /// Nothing: the number alone.
    #[default]
    None,
    /// The surname with the form of address; nothing where that is not known.
    Surname,
    /// All of it; of a masked name its surname.
    Whole,
}

/// A hall's own pronunciations: they win over our tables, and a ticket's own pinyin over them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Overrides {
    surnames: BTreeMap<String, Vec<String>>,
    words: BTreeMap<String, Vec<String>>,
    english: BTreeMap<String, String>,
}

/// What is wrong with an entry of the table.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum OverrideError {
    /// Not one syllable a sign.
    #[error("\"{0}\" needs one syllable with its tone (1 to 5) for every sign, like chong2 qing4")]
    Pinyin(String),
    /// Not a way to say an English word.
    #[error("\"{0}\" needs a respelling of the letters a to z and hyphens, like shahn, or phonemes between slashes")]
    Respelling(String),
}

impl Overrides {
    /// Longest word of the table, in signs.
    const SIGNS_MAX: usize = 20;

    /// A surname and its pinyin.
    pub fn add_surname(&mut self, surname: &str, pinyin: &str) -> Result<(), OverrideError> {
        self.surnames.insert(surname.to_owned(), checked(surname, pinyin)?);
        Ok(())
    }

    /// A Chinese word (of a place, say) and its pinyin.
    pub fn add_word(&mut self, word: &str, pinyin: &str) -> Result<(), OverrideError> {
        self.words.insert(word.to_owned(), checked(word, pinyin)?);
        Ok(())
    }

    /// An English word, in whatever case, and how it is said: respelled, or in phonemes between slashes.
    pub fn add_english(&mut self, word: &str, how: &str) -> Result<(), OverrideError> {
        if word.trim().is_empty() || !is_respelling(how) {
            return Err(OverrideError::Respelling(word.to_owned()));
        }
        self.english.insert(word.trim().to_lowercase(), how.to_owned());
        Ok(())
    }

    pub(super) fn surname(&self, surname: &str) -> Option<&[String]> {
        self.surnames.get(surname).map(Vec::as_slice)
    }

    pub(super) fn word(&self, word: &str) -> Option<&[String]> {
        self.words.get(word).map(Vec::as_slice)
    }

    pub(super) fn english(&self, word: &str) -> Option<&str> {
        self.english.get(&word.to_lowercase()).map(String::as_str)
    }

    pub(super) fn words_signs_max(&self) -> usize {
        self.words.keys().map(|word| word.chars().count()).max().unwrap_or(0).min(Self::SIGNS_MAX)
    }
}

fn checked(signs: &str, pinyin: &str) -> Result<Vec<String>, OverrideError> {
    let count = signs.chars().filter(|c| super::normalise::is_hanzi(*c)).count();
    syllable::all(pinyin)
        .filter(|syllables| syllables.len() == count && count == signs.chars().count() && count <= Overrides::SIGNS_MAX)
        .ok_or_else(|| OverrideError::Pinyin(signs.to_owned()))
}
