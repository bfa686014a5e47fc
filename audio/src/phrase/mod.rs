//! The same in words: one language, each word with its sounds, rate and pause. Pure.
//!
//! A phrase has parts, so that what is said of a ticket can be made when it is issued, and what is said of a
//! counter when the hall is set up; a call then only joins the two.
//!
//! ```text
//! call        an announcement, in the words of a template, as a queue wants it said
//! free        any text: broadcasts, what a page shows
//! vocabulary  the words that calls are made of
//! phonemes    words as the neural voice was taught them
//!
//! mandarin, english   numbers, counters, floors, names of one language
//! lexicon, syllable   how Chinese sounds          number      numbers in words
//! normalise           one form for one sign       name, place what is read, before any language
//! ```
//!
//! It knows no voice, reads no clock and keeps nothing: the same input gives the same words.

mod compose;
mod english;
mod free;
mod lexicon;
mod mandarin;
pub mod manner;
mod name;
pub(crate) mod normalise;
mod number;
pub mod phonemes;
mod place;
pub mod syllable;
mod text;
mod tongue;
mod vocabulary;

pub use compose::{PART_GAP_MS, call};
pub use free::free;
pub use mandarin::letter_signs;
pub use manner::{Digits, Manner, Names, One, Overrides};
pub use vocabulary::vocabulary;

use serde::{Deserialize, Serialize};

use crate::announcement::{Language, TICKETS_MAX};

/// Most characters of a text that is said.
pub const TEXT_CHARS_MAX: usize = 500;
/// Most characters of a ticket's number.
pub const TICKET_CHARS_MAX: usize = 16;
/// Slowest and fastest a word or a voice can be asked to speak, percent of its own rate.
pub const RATE_PERCENT: std::ops::RangeInclusive<u16> = 70..=125;

/// A sentence as it is spoken.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Phrase {
    /// The language of the sentence; a part may be in another one.
    pub language: Language,
    /// Its parts, in the order they are said.
    pub parts: Vec<Part>,
}

/// A part of a sentence that is made, kept and fetched by itself.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Part {
    /// What it depends on.
    pub about: About,
    /// The language it is spoken in: an English name within a Chinese sentence is a part of its own.
    pub language: Language,
    /// Its words.
    pub words: Vec<Word>,
}

/// What a part depends on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// The ticket (and its visitor's name).
    Ticket,
    /// Where to go.
    Place,
    /// Neither: fixed or free words.
    Words,
}

/// A word, a digit or a letter, as it is spoken.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Word {
    /// As it is spoken: `零`, `窗口`, `zero`, `A`.
    pub text: String,
    /// Chinese: a syllable with its tone a sign (`ling2`), 5 = light; of a letter, those of the signs that stand for
    /// it. English: empty, or the one way to say it that was asked for: phonemes (`/ʃˈæn/`) or a respelling (`shan`).
    pub sounds: Vec<String>,
    /// What it is in the sentence.
    pub role: Role,
    /// Percent of the voice's own rate.
    pub rate_percent: u16,
    /// The sign after it, which gives the sentence its melody.
    pub mark: Option<Mark>,
    /// All of the silence after it, milliseconds: the sign's, or more. After a part's last word it is the silence to
    /// the next part, and not in the part's own sound.
    pub pause_ms: u16,
}

/// A sign between words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// `，` `,`
    Comma,
    /// `、`, between the members of a list; a comma in English.
    List,
    /// `：` `:`
    Colon,
    /// `；` `;`
    Semicolon,
    /// `。` `.`
    Stop,
    /// `？` `?`
    Question,
    /// `！` `!`
    Exclamation,
}

/// What a word is in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A word.
    Plain,
    /// A letter that is spelled.
    Letter,
    /// A digit read by itself, and where it stands in its number.
    Digit(Spot),
    /// Part of a number read as a whole: `十二`, `twelve`.
    Number,
    /// Part of a name. Never kept on a disk.
    Name,
}

/// Where a digit stands in its number: its melody depends on it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// Others follow.
    First,
    /// Between others.
    Middle,
    /// After others.
    Last,
    /// By itself.
    Only,
}

/// Why something is not said.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unsayable {
    /// Too many characters.
    #[error("{chars} characters are too many to be said: at most {most}")]
    TooLong {
        /// As many as there are.
        chars: usize,
        /// As many as there may be.
        most: usize,
    },
    /// No letter, digit or sign in it.
    #[error("there is nothing in it that can be said")]
    Nothing,
    /// Too many tickets.
    #[error("{0} tickets are too many for one call: at most {TICKETS_MAX}")]
    TooMany(usize),
}

impl Word {
    /// A plain word at the voice's own rate, without a pause.
    pub fn plain(text: impl ToString) -> Self {
        Self {
            text: text.to_string(),
            sounds: Vec::new(),
            role: Role::Plain,
            rate_percent: 100,
            mark: None,
            pause_ms: 0,
        }
    }
}
