//! How much of a visitor's name is said, and how it sounds.
//!
//! The least that was asked for wins: a sensitive matter says numbers only, a masked name (`王*明`) at most the surname
//! with a form of address, and nothing is ever read of the mask. Where it cannot be said well (a name in Latin letters
//! without pinyin, in Chinese), the number says it alone.

use unicode_normalization::UnicodeNormalization;

use super::manner::{Manner, Names};
use super::normalise::is_hanzi;
use super::{Role, Word, lexicon, phonemes, syllable};
use crate::announcement::Name;

/// Signs by which names are masked.
const MASKS: &str = "*＊✱×○●◯_＿某?？#□■xX";
/// Dots between the parts of a name: `买买提·艾力`.
const DOTS: &str = "·•‧・.";
/// Silence at such a dot, milliseconds.
const DOT_MS: u16 = 120;
/// Most signs of a name that are said.
const SIGNS_MAX: usize = 40;

/// What is said of a name.
pub(super) enum Naming {
    /// The surname alone.
    Surname(Piece),
    /// All of it.
    Whole(Vec<Piece>),
}

/// A part of a name.
pub(super) struct Piece {
    /// As written, in Chinese signs or Latin letters.
    text: String,
    /// Its syllables; empty for a Latin name without pinyin.
    sounds: Vec<String>,
    pause_ms: u16,
    /// A capital begins in English: the surname, and the first of a given name.
    latin: bool,
}

impl Piece {
    /// As it is said in Chinese; none if there is no way to know.
    pub(super) fn zh(&self) -> Option<Word> {
        let word = Word { sounds: self.sounds.clone(), role: Role::Name, ..Word::plain(&self.text) };
        (!self.sounds.is_empty()).then_some(Word { pause_ms: self.pause_ms, ..word })
    }

    /// As it is said in English: in pinyin without tones.
    pub(super) fn en(&self) -> Word {
        let text = if self.latin { self.text.clone() } else { romanised(&self.sounds) };
        let sounds = phonemes::english_of_pinyin(&self.sounds).map(|it| format!("/{it}/")).into_iter().collect();
        Word { sounds, role: Role::Name, pause_ms: self.pause_ms, ..Word::plain(text) }
    }
}

/// `shan4 dan1` is `Shandan`.
fn romanised(sounds: &[String]) -> String {
    let plain: String =
        sounds.iter().map(|sound| sound.trim_end_matches(|c: char| c.is_ascii_digit()).replace('ü', "yu")).collect();
    let mut chars = plain.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// What is said of a name; none if nothing is.
pub(super) fn naming(name: &Name, manner: &Manner) -> Option<Naming> {
    if manner.sensitive || manner.names == Names::None {
        return None;
    }
    let written: String = name.written.nfkc().take(SIGNS_MAX).collect();
    let written = written.trim();
    let given = name.pinyin.as_deref().and_then(syllable::all).unwrap_or_default();
    if written.chars().any(|c| c.is_ascii_alphabetic()) && !written.chars().any(is_hanzi) {
        return latin(written, &given, name, manner);
    }
    // A sign without a known sound is as good as masked, unless its pinyin is given.
    let is_mute = |c: char| !is_hanzi(c) && !DOTS.contains(c) && !c.is_whitespace();
    let signs: Vec<char> = written.chars().collect();
    let masked = signs.iter().any(|c| MASKS.contains(*c) || is_mute(*c));
    let spelled_out = given.len() == signs.len() && !signs.iter().any(|c| MASKS.contains(*c) || c.is_ascii());
    if masked && spelled_out && manner.names == Names::Whole {
        return Some(Naming::Whole(cut(&signs, 1, &given)));
    }
    let segments = segments(written);
    let first = segments.first()?;
    // What stands before the mask is all that is known: 王*明.
    let known: Vec<char> = written.chars().take_while(|c| is_hanzi(*c) && !MASKS.contains(*c)).collect();
    if masked || manner.names == Names::Surname {
        name.address?;
        if known.is_empty() {
            return None;
        }
        return Some(Naming::Surname(surname(&known, segments.len() > 1, &given, manner)?));
    }
    if segments.len() > 1 {
        return Some(Naming::Whole(dotted(&segments, &given)));
    }
    let (length, sounds) = lexicon::surname(first, &manner.overrides)?;
    let mut sounds = sounds;
    sounds.extend(first[length..].iter().filter_map(|c| lexicon::sound(*c)));
    let sounds = if given.len() == first.len() { given } else { sounds };
    Some(Naming::Whole(cut(first, length, &sounds)))
}

fn segments(written: &str) -> Vec<Vec<char>> {
    let hanzi = |part: &str| part.chars().filter(|c| is_hanzi(*c)).collect::<Vec<char>>();
    written.split(|c| DOTS.contains(c)).map(hanzi).filter(|part| !part.is_empty()).collect()
}

/// The surname at the beginning; of a name with dots its first part, which is how such a visitor is addressed.
fn surname(known: &[char], dots: bool, given: &[String], manner: &Manner) -> Option<Piece> {
    let (length, sounds) = if dots {
        (known.len(), known.iter().filter_map(|c| lexicon::sound(*c)).collect())
    } else {
        lexicon::surname(known, &manner.overrides)?
    };
    let sounds = given.get(..length).map_or(sounds, <[String]>::to_vec);
    Some(Piece { text: known[..length].iter().collect(), sounds, pause_ms: 0, latin: false })
}

/// A whole name, surname and given name apart (`Shan Dandan` in English).
fn cut(signs: &[char], surname: usize, sounds: &[String]) -> Vec<Piece> {
    let piece = |from: usize, to: usize| Piece {
        text: signs[from..to].iter().collect(),
        sounds: sounds.get(from..to).map(<[String]>::to_vec).unwrap_or_default(),
        pause_ms: 0,
        latin: false,
    };
    let mut pieces = vec![piece(0, surname)];
    if surname < signs.len() {
        pieces.push(piece(surname, signs.len()));
    }
    pieces
}

fn dotted(segments: &[Vec<char>], given: &[String]) -> Vec<Piece> {
    let signs: usize = segments.iter().map(Vec::len).sum();
    let mut at = 0;
    let last = segments.len() - 1;
    let piece = |(number, segment): (usize, &Vec<char>)| {
        let own: Vec<String> = segment.iter().filter_map(|c| lexicon::sound(*c)).collect();
        let sounds = if given.len() == signs { given[at..at + segment.len()].to_vec() } else { own };
        at += segment.len();
        let pause_ms = if number < last { DOT_MS } else { 0 };
        Piece { text: segment.iter().collect(), sounds, pause_ms, latin: false }
    };
    segments.iter().enumerate().map(piece).collect()
}

/// A name in Latin letters: its syllables are shared out among its words by their letters.
fn latin(written: &str, given: &[String], name: &Name, manner: &Manner) -> Option<Naming> {
    if written.chars().any(|c| MASKS.contains(c) && !c.is_ascii_alphabetic()) {
        return None;
    }
    let keeps = |c: char| c.is_alphabetic() || "'-’".contains(c);
    let mut rest = given;
    let mut pieces = Vec::new();
    for word in written.split_whitespace() {
        let text: String = word.chars().filter(|c| keeps(*c)).collect();
        let sounds = syllables_of(&text, rest);
        rest = &rest[sounds.len()..];
        pieces.push(Piece { text, sounds, pause_ms: 0, latin: true });
    }
    pieces.retain(|piece| !piece.text.is_empty());
    if manner.names == Names::Whole {
        return (!pieces.is_empty()).then_some(Naming::Whole(pieces));
    }
    name.address?;
    // By custom the surname is in capitals; without them nobody can know which word it is.
    let is_surname = |piece: &Piece| piece.text.len() > 1 && !piece.text.chars().any(char::is_lowercase);
    let mut surnames = pieces.into_iter().filter(is_surname);
    match (surnames.next(), surnames.next()) {
        (Some(surname), None) => Some(Naming::Surname(surname)),
        (Some(_), Some(_)) | (None, _) => None,
    }
}

/// How many of the syllables spell this word; none if they do not.
fn syllables_of(word: &str, syllables: &[String]) -> Vec<String> {
    let letters: String = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let mut spelled = String::new();
    for (at, syllable) in syllables.iter().enumerate() {
        spelled.push_str(&syllable.trim_end_matches(|c: char| c.is_ascii_digit()).replace('ü', "u"));
        if spelled == letters.replace(['ü', 'v'], "u") {
            return syllables[..=at].to_vec();
        }
    }
    Vec::new()
}
