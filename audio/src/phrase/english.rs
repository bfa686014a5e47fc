//! English: Number A zero one two, please proceed to counter three.
//!
//! A zero is always "zero". A counter with a name has it in English from its settings, or is "the counter shown on
//! screen": nothing is translated by guessing.

use super::mandarin::whole;
use super::manner::{Digits, Manner};
use super::name::{self, Naming};
use super::normalise::Run;
use super::place::{self, Label, Level};
use super::tongue::{Said, Tongue, mark_last};
use super::{Mark, Role, Word, free, lexicon, number};
use crate::announcement::{Address, Direction, Language, Name, Place};

/// English.
pub(super) struct English;

impl Tongue for English {
    fn tickets(&self, numbers: &[Vec<Run>], manner: &Manner) -> Vec<Said> {
        let mut said = Vec::new();
        for (at, runs) in numbers.iter().enumerate() {
            if at > 0 && at + 1 == numbers.len() {
                said.push(Said::en(Word::plain("and")));
            }
            said.extend(code(runs, manner, |digits| ticket_digits(digits, manner)));
            if at + 2 < numbers.len() {
                mark_last(&mut said, Mark::List);
            }
        }
        said
    }

    fn place(&self, place: &Place, manner: &Manner) -> Vec<Said> {
        let word = if place.word_en.trim().is_empty() { "counter" } else { place.word_en.trim() };
        let text = |text: &str| free::words(Language::En, text, &manner.overrides).said;
        match (place::label(place), place.label_en.as_deref().map(str::trim).filter(|label| !label.is_empty())) {
            (_, Some(label)) if !text(label).is_empty() => text(label),
            (Label::Code { runs, .. }, _) => {
                let mut said = text(word);
                said.extend(code(&runs, manner, counter_digits));
                said
            }
            (Label::Named(label), _) if label.is_ascii() && !text(&label).is_empty() => text(&label),
            (Label::Named(_), _) => text(&format!("the {word} shown on screen")),
        }
    }

    fn floor(&self, floor: &str, manner: &Manner) -> Vec<Said> {
        let plain = |word: &str| Said::en(Word::plain(word));
        let numbered = |words: Vec<Word>| words.into_iter().map(Said::en);
        match place::level(floor) {
            Level::Above(level) => {
                [plain("the")].into_iter().chain(numbered(number::en_ordinal(level))).chain([plain("floor")]).collect()
            }
            Level::Below(level) => {
                [plain("basement"), plain("level")].into_iter().chain(numbered(number::en_cardinal(level))).collect()
            }
            Level::Ground => vec![plain("the"), plain("ground"), plain("floor")],
            Level::Named(text) => free::words(Language::En, &text, &manner.overrides).said,
        }
    }

    fn direction<'a>(&self, direction: &'a Direction) -> &'a str {
        &direction.en
    }

    fn name(&self, name: &Name, manner: &Manner) -> Option<Vec<Said>> {
        let address = |address: Address| {
            let text = match address {
                Address::Mr => "Mr",
                Address::Ms => "Ms",
            };
            Word { role: Role::Name, ..Word::plain(text) }
        };
        let mut words: Vec<Word> = name.address.map(address).into_iter().collect();
        match name::naming(name, manner)? {
            Naming::Surname(piece) => words.push(piece.en()),
            Naming::Whole(pieces) => words.extend(pieces.iter().map(name::Piece::en)),
        }
        Some(words.into_iter().map(Said::en).collect())
    }

    fn again(&self) -> Vec<Said> {
        let mut said = vec![Said::en(Word::plain("Second")), Said::en(Word::plain("call"))];
        mark_last(&mut said, Mark::Stop);
        said
    }
}

fn ticket_digits(digits: &str, manner: &Manner) -> Vec<Word> {
    match whole(digits).filter(|_| manner.digits == Digits::Cardinal) {
        Some(number) => number::en_cardinal(number),
        None => number::en_digits(digits),
    }
}

/// A counter's digits: twelve, but three zero two.
pub(super) fn counter_digits(digits: &str) -> Vec<Word> {
    match whole(digits).filter(|number| *number < 100) {
        Some(number) => number::en_cardinal(number),
        None => number::en_digits(digits),
    }
}

fn code(runs: &[Run], manner: &Manner, digits: impl Fn(&str) -> Vec<Word>) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for run in runs {
        match run {
            Run::Letters(letters) => said.extend(letters.chars().map(|letter| Said::en(Word::letter(letter)))),
            // 综012: the sign is said as it is, by a voice that can.
            Run::Hanzi(signs) => said.extend(lexicon::words(signs, &manner.overrides).into_iter().map(Said::zh)),
            Run::Digits(run) => {
                if let Some(last) = said.last_mut().filter(|last| last.word.role != Role::Plain) {
                    last.word.pause_ms = manner.letter_gap_ms;
                }
                said.extend(digits(run).into_iter().map(Said::en));
            }
        }
    }
    said
}
