//! Reads a template. A mistake is told with its place, counted in characters from 1.

use super::{PAUSE_MS, Piece, TEMPLATE_CHARS_MAX, TEMPLATE_DEPTH_MAX, TEMPLATE_PIECES_MAX, Template, Variable};
use crate::announcement::Language;
use crate::phrase::RATE_PERCENT;
use crate::phrase::normalise::is_hanzi;
use crate::phrase::syllable;

/// Signs that mean something and need a backslash to be said.
pub(super) const SIGNS: [char; 6] = ['{', '}', '[', ']', '|', '\\'];

/// What is wrong with a template, and where.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("character {at}: {fault}")]
pub struct TemplateError {
    /// The character, counted from 1.
    pub at: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with a template.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    /// Too long.
    #[error("the template has more than {TEMPLATE_CHARS_MAX} characters")]
    TooLong,
    /// Too many pieces.
    #[error("the template has more than {TEMPLATE_PIECES_MAX} pieces")]
    TooMany,
    /// Pieces too deep within pieces.
    #[error("braces and brackets stand more than {TEMPLATE_DEPTH_MAX} deep")]
    TooDeep,
    /// No such variable or markup.
    #[error(
        "there is no {{{0}}}; known are {{ticket}}, {{name}}, {{place}}, {{floor}}, {{direction}}, {{again}}, {{pause 300}}, {{rate 80|…}}, {{spell|…}}, {{pinyin shan4|单}} and {{say shahn|Shan}}"
    )]
    Unknown(String),
    /// A brace or bracket without its partner.
    #[error("this `{0}` has no partner; for the sign itself write `\\{0}`")]
    Unpaired(char),
    /// A backslash before something else.
    #[error("a backslash stands only before {{ }} [ ] | and \\")]
    Escape,
    /// A pause that is no pause.
    #[error("a pause is {} to {} milliseconds, like {{pause 300}}", PAUSE_MS.start(), PAUSE_MS.end())]
    Pause,
    /// A rate that is none.
    #[error("a rate is {} to {} percent, like {{rate 80|words}}", RATE_PERCENT.start(), RATE_PERCENT.end())]
    Rate,
    /// Nothing to say within markup.
    #[error("after the | there must be something to say")]
    Empty,
    /// Pinyin that does not fit.
    #[error("pinyin is one syllable with its tone (1 to 5) for every sign, like {{pinyin chong2 qing4|重庆}}")]
    Pinyin,
    /// A respelling that cannot be used.
    #[error(
        "a respelling is of the letters a to z and hyphens, like {{say shahn|Shan}}; phonemes stand between slashes"
    )]
    Say,
    /// Markup of the other language.
    #[error("{{{0}}} is not for templates of this language")]
    Language(&'static str),
    /// Nobody is called.
    #[error("nobody is called: the template needs {{ticket}} or {{name}}")]
    Nobody,
}

pub(super) fn parse(language: Language, text: &str) -> Result<Template, TemplateError> {
    let chars: Vec<char> = text.chars().take(TEMPLATE_CHARS_MAX + 1).collect();
    if chars.len() > TEMPLATE_CHARS_MAX {
        return Err(TemplateError { at: TEMPLATE_CHARS_MAX + 1, fault: Fault::TooLong });
    }
    let mut reader = Reader { language, chars, at: 0, pieces: 0 };
    let pieces = reader.pieces(None, 0)?;
    let template = Template { language, pieces };
    if template.has(Variable::Ticket) || template.has(Variable::Name) {
        Ok(template)
    } else {
        Err(TemplateError { at: 1, fault: Fault::Nobody })
    }
}

struct Reader {
    language: Language,
    chars: Vec<char>,
    at: usize,
    pieces: usize,
}

/// The brace or bracket that a list of pieces ends with, and where its partner stands.
type Close = Option<(char, usize)>;

impl Reader {
    fn fails<T>(at: usize, fault: Fault) -> Result<T, TemplateError> {
        Err(TemplateError { at: at + 1, fault })
    }

    fn pieces(&mut self, close: Close, depth: usize) -> Result<Vec<Piece>, TemplateError> {
        if depth > TEMPLATE_DEPTH_MAX {
            return Self::fails(self.at, Fault::TooDeep);
        }
        let mut pieces = Vec::new();
        loop {
            let from = self.at;
            let text = self.text()?;
            if !text.is_empty() {
                self.add(from, &mut pieces, Piece::Text(text))?;
            }
            let at = self.at;
            let sign = self.chars.get(at).copied();
            self.at += 1;
            match (sign, close) {
                (None, None) => return Ok(pieces),
                (None, Some((open, from))) => return Self::fails(from, Fault::Unpaired(open)),
                (Some('}'), Some(('{', _))) | (Some(']'), Some(('[', _))) => return Ok(pieces),
                (Some('{'), _) => {
                    let piece = self.braces(at, depth)?;
                    self.add(at, &mut pieces, piece)?;
                }
                (Some('['), _) => {
                    let inner = self.pieces(Some(('[', at)), depth + 1)?;
                    self.add(at, &mut pieces, Piece::Section(inner))?;
                }
                (Some(sign), _) => return Self::fails(at, Fault::Unpaired(sign)),
            }
        }
    }

    fn add(&mut self, from: usize, pieces: &mut Vec<Piece>, piece: Piece) -> Result<(), TemplateError> {
        self.pieces += 1;
        if self.pieces > TEMPLATE_PIECES_MAX {
            return Self::fails(from, Fault::TooMany);
        }
        pieces.push(piece);
        Ok(())
    }

    /// Words up to the next sign that is not escaped.
    fn text(&mut self) -> Result<String, TemplateError> {
        let mut text = String::new();
        while let Some(&c) = self.chars.get(self.at) {
            if c == '\\' {
                match self.chars.get(self.at + 1) {
                    Some(next) if SIGNS.contains(next) => text.push(*next),
                    Some(_) | None => return Self::fails(self.at, Fault::Escape),
                }
                self.at += 1;
            } else if SIGNS.contains(&c) {
                break;
            } else {
                text.push(c);
            }
            self.at += 1;
        }
        Ok(text)
    }

    /// What stands in braces; the opening one is read.
    fn braces(&mut self, from: usize, depth: usize) -> Result<Piece, TemplateError> {
        let head = self.text()?;
        let bar = match self.chars.get(self.at) {
            Some('|') => true,
            Some('}') => false,
            Some(_) | None => return Self::fails(from, Fault::Unpaired('{')),
        };
        self.at += 1;
        let (word, rest) = head.trim().split_once(char::is_whitespace).unwrap_or((head.trim(), ""));
        let rest = rest.trim();
        match (word, bar, rest.is_empty()) {
            ("pause", false, _) => {
                within(rest, &PAUSE_MS).map(Piece::Pause).map_or(Self::fails(from, Fault::Pause), Ok)
            }
            ("rate", true, _) => self.rate(from, rest, depth),
            ("rate", false, _) => Self::fails(from, Fault::Rate),
            ("spell", true, true) => Ok(Piece::Spell(self.inside(from)?)),
            ("pinyin", true, _) => self.pinyin(from, rest),
            ("say", true, _) => self.say(from, rest),
            (_, false, true) => match Variable::ALL.into_iter().find(|variable| variable.as_str() == word) {
                Some(variable) => Ok(Piece::Variable(variable)),
                None => Self::fails(from, Fault::Unknown(head)),
            },
            (_, _, _) => Self::fails(from, Fault::Unknown(head)),
        }
    }

    fn rate(&mut self, from: usize, percent: &str, depth: usize) -> Result<Piece, TemplateError> {
        let Some(percent) = within(percent, &RATE_PERCENT) else { return Self::fails(from, Fault::Rate) };
        let inner = self.pieces(Some(('{', from)), depth + 1)?;
        if inner.is_empty() { Self::fails(from, Fault::Empty) } else { Ok(Piece::Rate(percent, inner)) }
    }

    fn pinyin(&mut self, from: usize, syllables: &str) -> Result<Piece, TemplateError> {
        if self.language != Language::Zh {
            return Self::fails(from, Fault::Language("pinyin"));
        }
        let text = self.inside(from)?;
        let signs = text.chars().filter(|c| is_hanzi(*c)).count();
        match syllable::all(syllables) {
            Some(sounds) if signs == sounds.len() && signs == text.chars().count() => {
                Ok(Piece::Sounded { sounds, text })
            }
            Some(_) | None => Self::fails(from, Fault::Pinyin),
        }
    }

    fn say(&mut self, from: usize, how: &str) -> Result<Piece, TemplateError> {
        if self.language != Language::En {
            return Self::fails(from, Fault::Language("say"));
        }
        let text = self.inside(from)?;
        if is_respelling(how) {
            Ok(Piece::Sounded { sounds: vec![how.to_owned()], text })
        } else {
            Self::fails(from, Fault::Say)
        }
    }

    /// The words after the bar, without markup, and the closing brace.
    fn inside(&mut self, from: usize) -> Result<String, TemplateError> {
        let text = self.text()?.trim().to_owned();
        if self.chars.get(self.at) != Some(&'}') {
            return Self::fails(from, Fault::Unpaired('{'));
        }
        self.at += 1;
        if text.is_empty() { Self::fails(from, Fault::Empty) } else { Ok(text) }
    }
}

fn within(text: &str, range: &std::ops::RangeInclusive<u16>) -> Option<u16> {
    text.parse().ok().filter(|number| range.contains(number))
}

/// Whether an English word can be said so: a respelling in letters, or phonemes between slashes.
pub(crate) fn is_respelling(how: &str) -> bool {
    match how.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
        Some(phonemes) => {
            !phonemes.trim().is_empty() && phonemes.chars().all(|c| c.is_alphabetic() || "ˈˌː ".contains(c))
        }
        None => !how.is_empty() && how.chars().all(|c| c.is_ascii_alphabetic() || c == '-'),
    }
}
