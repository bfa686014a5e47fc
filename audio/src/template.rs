//! What is said of a ticket, as an administrator writes it: words with places to fill and a little markup.
//!
//! ```text
//! 请{ticket}[{name}]到[{floor}]{place}[，{direction}]
//! Number {ticket}[, {name}], please proceed to {place}[ on {floor}][, {direction}]
//!
//! {ticket} {name} {place} {floor} {direction}   filled in; without a value they say nothing
//! {again}                                       says of a recall that it is one, where the queue wants it
//! [ … ]                                         said only if everything in it has a value
//! {pause 300}                                   silence, milliseconds
//! {rate 80|words, {ticket}}                     said at this percentage of the voice's rate
//! {spell|AB12}                                  letter by letter, digit by digit
//! {pinyin shan4|单}                              Chinese: said with these syllables
//! {say shahn|Shan} {say /ʃˈæn/|Shan}            English: said as respelled, or with these phonemes
//! \{ \} \[ \] \| \\                             the sign itself
//! ```
//!
//! It is parsed and checked once; a mistake is told with its place and what would be right. It never says anything
//! by itself: [`crate::phrase::call`] fills it in.

mod parse;
mod write;

pub(crate) use parse::is_respelling;
pub use parse::{Fault, TemplateError};

use crate::announcement::{Kind, Language};

/// Most characters of a template.
pub const TEMPLATE_CHARS_MAX: usize = 300;
/// Most pieces of a template, those inside others included.
pub const TEMPLATE_PIECES_MAX: usize = 60;
/// How deep pieces may stand within pieces.
pub const TEMPLATE_DEPTH_MAX: usize = 3;
/// Shortest and longest pause, milliseconds.
pub const PAUSE_MS: std::ops::RangeInclusive<u16> = 20..=3000;

/// A checked template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    /// Its language.
    pub language: Language,
    /// Its pieces, in the order they are said.
    pub pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Words as they stand.
    Text(String),
    /// A place to fill.
    Variable(Variable),
    /// Silence, milliseconds.
    Pause(u16),
    /// Pieces said slower or faster, percent.
    Rate(u16, Vec<Piece>),
    /// Letters and digits one by one.
    Spell(String),
    /// A word, and the one way to say it: pinyin syllables, or an English respelling or phonemes.
    Sounded {
        /// As `Word::sounds` keeps them.
        sounds: Vec<String>,
        /// As it is written.
        text: String,
    },
    /// Pieces that are said only if all of their variables have a value.
    Section(Vec<Piece>),
}

/// What a template can be filled with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Variable {
    /// The number, or numbers.
    Ticket,
    /// The visitor's name, as far as it is said.
    Name,
    /// The counter.
    Place,
    /// Its floor.
    Floor,
    /// How to get there.
    Direction,
    /// That it is a recall.
    Again,
}

impl Variable {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Ticket, Self::Name, Self::Place, Self::Floor, Self::Direction, Self::Again];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Name => "name",
            Self::Place => "place",
            Self::Floor => "floor",
            Self::Direction => "direction",
            Self::Again => "again",
        }
    }
}

/// What is said where a queue has no template of its own.
pub fn default_text(language: Language, kind: Kind) -> &'static str {
    match (language, kind) {
        (Language::Zh, Kind::Call) => "请{ticket}[{name}]到[{floor}]{place}[，{direction}]",
        (Language::Zh, Kind::Recall) => "{again}请{ticket}[{name}]到[{floor}]{place}[，{direction}]",
        (Language::Zh, Kind::Missed) => "{ticket}[{name}]已过号，请联系工作人员",
        (Language::En, Kind::Call) => {
            "Number {ticket}[, {name}], please proceed to {place}[ on {floor}][, {direction}]"
        }
        (Language::En, Kind::Recall) => {
            "{again}Number {ticket}[, {name}], please proceed to {place}[ on {floor}][, {direction}]"
        }
        (Language::En, Kind::Missed) => {
            "Number {ticket}[, {name}], you have missed your call, please speak to a member of staff"
        }
    }
}

impl Template {
    /// Reads and checks a template.
    pub fn parse(language: Language, text: &str) -> Result<Self, TemplateError> {
        parse::parse(language, text)
    }

    /// What is said where a queue has no template of its own.
    pub fn standard(language: Language, kind: Kind) -> Self {
        // The texts are ours, and a test reads every one of them.
        Self::parse(language, default_text(language, kind)).unwrap_or(Self { language, pieces: Vec::new() })
    }

    /// Whether a variable stands anywhere in it.
    pub fn has(&self, variable: Variable) -> bool {
        fn within(pieces: &[Piece], variable: Variable) -> bool {
            pieces.iter().any(|piece| match piece {
                Piece::Variable(it) => *it == variable,
                Piece::Rate(_, inner) | Piece::Section(inner) => within(inner, variable),
                Piece::Text(_) | Piece::Pause(_) | Piece::Spell(_) | Piece::Sounded { .. } => false,
            })
        }
        within(&self.pieces, variable)
    }
}
