//! Free text: broadcasts, the words of templates, what a page shows.
//!
//! It is read from left to right. Chinese is cut into words that we know, numbers are read as their surroundings ask,
//! codes letter by letter; an English word in Chinese (and Chinese in English) is said in its own language. What
//! cannot be said (pictures, control characters, brackets) is left out.

mod cut;
mod en;
mod latin;
mod scan;
mod shape;
mod zh;

use super::manner::Overrides;
use super::tongue::Said;
use super::{Mark, Phrase, TEXT_CHARS_MAX, Unsayable, normalise};
use crate::announcement::Language;

/// Words of a text, and the mark before the first.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// A mark that belongs to whatever was said before.
    pub(super) lead: Option<Mark>,
    /// The words.
    pub(super) said: Vec<Said>,
}

/// Says a text in a language; parts in another language stand by themselves.
pub fn free(text: &str, language: Language, overrides: &Overrides) -> Result<Phrase, Unsayable> {
    let chars = text.chars().count();
    if chars > TEXT_CHARS_MAX {
        return Err(Unsayable::TooLong { chars, most: TEXT_CHARS_MAX });
    }
    let said = words(language, text, overrides).said;
    if said.is_empty() {
        return Err(Unsayable::Nothing);
    }
    Ok(Phrase { language, parts: cut::parts(said) })
}

/// The words of a text of ours or a hall's settings, which are short.
pub(super) fn words(language: Language, text: &str, overrides: &Overrides) -> Words {
    scan::scan(language, &normalise::plain(text), overrides)
}

/// Letters and digits one by one.
pub(super) fn spelled(language: Language, text: &str) -> Vec<Said> {
    latin::spelled(language, text)
}
