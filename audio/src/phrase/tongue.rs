//! What every language can do: say a number, a counter, a floor, a name. One file a language, one line here.

use super::manner::Manner;
use super::normalise::Run;
use super::{Mark, Role, Word, english, mandarin};
use crate::announcement::{Direction, Language, Name, Place};

/// A word, and the language that it is spoken in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// The language.
    pub language: Language,
    /// The word.
    pub word: Word,
}

/// The calls of one language.
pub(super) trait Tongue: Sync {
    /// Numbers as printed, in runs; at least one.
    fn tickets(&self, numbers: &[Vec<Run>], manner: &Manner) -> Vec<Said>;
    /// Where to go.
    fn place(&self, place: &Place, manner: &Manner) -> Vec<Said>;
    /// A level of the building as signed.
    fn floor(&self, floor: &str, manner: &Manner) -> Vec<Said>;
    /// How to get there.
    fn direction<'a>(&self, direction: &'a Direction) -> &'a str;
    /// The name as far as it may be said; none if nothing of it may, or can.
    fn name(&self, name: &Name, manner: &Manner) -> Option<Vec<Said>>;
    /// That it is a recall, with its mark.
    fn again(&self) -> Vec<Said>;
}

/// Who says it in this language.
pub(super) fn tongue(language: Language) -> &'static dyn Tongue {
    match language {
        Language::Zh => &mandarin::Mandarin,
        Language::En => &english::English,
    }
}

impl Said {
    pub(super) fn zh(word: Word) -> Self {
        Self { language: Language::Zh, word }
    }

    pub(super) fn en(word: Word) -> Self {
        Self { language: Language::En, word }
    }
}

impl Word {
    pub(super) fn letter(letter: char) -> Self {
        Self { role: Role::Letter, ..Self::plain(letter) }
    }

    /// Sets the mark after it; the silence is the mark's, or what it was if that is longer.
    pub(super) fn marked(&mut self, mark: Mark) {
        self.mark = Some(mark);
        self.pause_ms = self.pause_ms.max(mark.pause_ms());
    }
}

/// Marks the last of some words.
pub(super) fn mark_last(said: &mut [Said], mark: Mark) {
    if let Some(last) = said.last_mut() {
        last.word.marked(mark);
    }
}
