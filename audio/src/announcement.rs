//! What is to be said of a ticket, before any language.

use serde::{Deserialize, Serialize};

/// Most tickets called in one sentence.
pub const TICKETS_MAX: usize = 5;

/// A language that things are said in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Mandarin.
    Zh,
    /// English.
    En,
}

impl Language {
    /// The word that travels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

/// What happened to the ticket.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Called for the first time.
    Call,
    /// Called again.
    Recall,
    /// Its call was missed.
    Missed,
}

/// What is to be said of a ticket: structured, so that nothing is ever guessed from text.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Announcement {
    /// What happened.
    pub kind: Kind,
    /// Numbers as printed, `A012`; several for one joint call.
    pub tickets: Vec<String>,
    /// Where to go; none = nowhere (a missed call).
    pub place: Option<Place>,
    /// Whose turn it is, where the queue says names.
    pub name: Option<Name>,
}

/// A counter as it is signed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Place {
    /// What is on its sign: `3`, `302`, `A3`, `综合窗口`.
    pub label: String,
    /// The Chinese word after the label: `号窗口`, `诊室`.
    pub word: String,
    /// The English word before it: `counter`, `room`.
    pub word_en: String,
    /// What a named counter (`综合窗口`) is called in English.
    pub label_en: Option<String>,
    /// The floor, as signed: `3`, `B1`.
    pub floor: Option<String>,
    /// How to get there, by language: `左转`, `turn left`.
    pub direction: Option<Direction>,
}

/// How to get there, in both languages; either may be empty.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Direction {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A visitor's name as far as it is said aloud.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Name {
    /// As written: `单单单`, `王*明`, `LI Ming`.
    pub written: String,
    /// Pinyin with tone numbers (`shan4 dan1 dan1`), where somebody gave it.
    pub pinyin: Option<String>,
    /// How the visitor is addressed, if known.
    pub address: Option<Address>,
}

/// A form of address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// 先生, Mr.
    Mr,
    /// 女士, Ms.
    Ms,
}
