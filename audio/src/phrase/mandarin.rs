//! Mandarin: 请 A 零一二号到三号窗口.
//!
//! Digits of tickets are read one by one, hyphens are silent, a counter's 1 is always 一, two-digit counters are whole
//! numbers and longer ones codes (三零二诊室). Letters stay letters and carry the syllables that stand for them where a
//! voice knows only Mandarin.

use super::manner::{Digits, Manner, One};
use super::name::{self, Naming};
use super::normalise::Run;
use super::place::{self, Label, Level};
use super::tongue::{Said, Tongue, mark_last};
use super::{Mark, Role, Word, free, lexicon, number};
use crate::announcement::{Address, Direction, Language, Name, Place};

/// Mandarin.
pub(super) struct Mandarin;

impl Tongue for Mandarin {
    fn tickets(&self, numbers: &[Vec<Run>], manner: &Manner) -> Vec<Said> {
        let mut said = Vec::new();
        for (at, runs) in numbers.iter().enumerate() {
            said.extend(code(runs, manner, |digits| ticket_digits(digits, manner)));
            said.push(Said::zh(lexicon::word("号", Role::Plain)));
            if at + 1 < numbers.len() {
                mark_last(&mut said, Mark::List);
            }
        }
        said
    }

    fn place(&self, place: &Place, manner: &Manner) -> Vec<Said> {
        match place::label(place) {
            Label::Code { runs, word } => {
                let mut said = code(&runs, manner, counter_digits);
                // VIP窗口, but A号窗口.
                let is_word = matches!(runs.as_slice(), [Run::Letters(letters)] if letters.len() > 1);
                let word = word.strip_prefix('号').filter(|word| is_word && !word.is_empty()).unwrap_or(&word);
                said.extend(words(word, manner));
                said
            }
            Label::Named(text) => {
                let said = free::words(Language::Zh, &text, &manner.overrides).said;
                if said.is_empty() { words("屏幕显示的窗口", manner) } else { said }
            }
        }
    }

    fn floor(&self, floor: &str, manner: &Manner) -> Vec<Said> {
        let zh = |word: &str| Said::zh(lexicon::word(word, Role::Plain));
        let numbered = |level| number::zh_cardinal(level).into_iter().map(Said::zh);
        match place::level(floor) {
            Level::Above(level) => numbered(level).chain([zh("楼")]).collect(),
            Level::Below(level) => [zh("地下")].into_iter().chain(numbered(level)).chain([zh("层")]).collect(),
            Level::Ground => vec![zh("底层")],
            Level::Named(text) => free::words(Language::Zh, &text, &manner.overrides).said,
        }
    }

    fn direction<'a>(&self, direction: &'a Direction) -> &'a str {
        &direction.zh
    }

    fn name(&self, name: &Name, manner: &Manner) -> Option<Vec<Said>> {
        let address = |address: Address| {
            let text = match address {
                Address::Mr => "先生",
                Address::Ms => "女士",
            };
            lexicon::word(text, Role::Name)
        };
        let naming = name::naming(name, manner)?;
        let mut words = match naming {
            Naming::Surname(piece) => vec![piece.zh()?],
            Naming::Whole(pieces) => pieces.iter().map(name::Piece::zh).collect::<Option<Vec<Word>>>()?,
        };
        words.extend(name.address.map(address));
        Some(words.into_iter().map(Said::zh).collect())
    }

    fn again(&self) -> Vec<Said> {
        let mut said = vec![Said::zh(lexicon::word("再次呼叫", Role::Plain))];
        mark_last(&mut said, Mark::Comma);
        said
    }
}

fn ticket_digits(digits: &str, manner: &Manner) -> Vec<Word> {
    match whole(digits).filter(|_| manner.digits == Digits::Cardinal) {
        Some(number) => number::zh_cardinal(number),
        None => number::zh_digits(digits, manner.one == One::Yao),
    }
}

/// A counter's digits: 十二, but 三零二; 1 is always 一.
pub(super) fn counter_digits(digits: &str) -> Vec<Word> {
    match whole(digits).filter(|number| *number < 100) {
        Some(number) => number::zh_cardinal(number),
        None => number::zh_digits(digits, false),
    }
}

/// The number that digits make, if it can be read as a whole: no leading zero, at most four digits.
pub(super) fn whole(digits: &str) -> Option<u64> {
    let readable = digits == "0" || (!digits.starts_with('0') && digits.len() <= 4);
    digits.parse().ok().filter(|_| readable)
}

/// Letters, digits and signs of a code; the gap stands between letters and the digits after them.
fn code(runs: &[Run], manner: &Manner, digits: impl Fn(&str) -> Vec<Word>) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for run in runs {
        match run {
            Run::Letters(letters) => said.extend(letters.chars().map(letter)),
            Run::Hanzi(signs) => said.extend(words(signs, manner)),
            Run::Digits(run) => {
                if let Some(last) = said.last_mut().filter(|last| last.word.role != Role::Plain) {
                    last.word.pause_ms = manner.letter_gap_ms;
                }
                said.extend(digits(run).into_iter().map(Said::zh));
            }
        }
    }
    said
}

/// A letter, with the syllables that stand for it.
pub(super) fn letter(letter: char) -> Said {
    Said::zh(Word { sounds: letter_sounds(letter), ..Word::letter(letter) })
}

fn words(text: &str, manner: &Manner) -> Vec<Said> {
    lexicon::words(text, &manner.overrides).into_iter().map(Said::zh).collect()
}

/// The signs by which a voice without letters says A to Z, and their syllables.
const LETTERS: [(&str, &str); 26] = [
    ("诶", "ei1"),
    ("比", "bi3"),
    ("西", "xi1"),
    ("弟", "di4"),
    ("衣", "yi1"),
    ("艾福", "ai4 fu2"),
    ("记", "ji4"),
    ("艾尺", "ai4 chi3"),
    ("爱", "ai4"),
    ("杰", "jie2"),
    ("开", "kai1"),
    ("艾勒", "ai4 le4"),
    ("艾姆", "ai4 mu3"),
    ("恩", "en1"),
    ("欧", "ou1"),
    ("批", "pi1"),
    ("丘", "qiu1"),
    ("阿尔", "a1 er3"),
    ("艾丝", "ai4 si1"),
    ("提", "ti2"),
    ("优", "you1"),
    ("维", "wei2"),
    ("达布溜", "da2 bu4 liu1"),
    ("艾克斯", "ai4 ke4 si1"),
    ("歪", "wai1"),
    ("贼", "zei2"),
];

/// The Chinese signs that stand for a letter, for a voice that has no letters.
pub fn letter_signs(letter: char) -> Option<&'static str> {
    letter_entry(letter).map(|(signs, _)| signs)
}

fn letter_sounds(letter: char) -> Vec<String> {
    letter_entry(letter).map(|(_, sounds)| sounds.split(' ').map(str::to_owned).collect()).unwrap_or_default()
}

fn letter_entry(letter: char) -> Option<(&'static str, &'static str)> {
    let at = u32::from(letter.to_ascii_uppercase()).checked_sub(u32::from('A'))?;
    LETTERS.get(at as usize).copied()
}
