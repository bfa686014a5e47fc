//! A counter's sign and a floor's, told apart before any language: codes are read, names are said.

use super::normalise::{self, Run};
use crate::announcement::Place;

/// Most letters that are read as letters; more are a word.
const LETTERS_MAX: usize = 3;
/// What may stand after a number on a sign that was typed whole: `3号窗口`.
const AFTER: [&str; 12] =
    ["号窗口", "号诊室", "号柜台", "号房间", "号室", "号台", "窗口", "诊室", "柜台", "房间", "室", "号"];

/// What a counter's sign is.
pub(super) enum Label {
    /// A number with or without letters, and the Chinese word after it.
    Code {
        /// Its runs.
        runs: Vec<Run>,
        /// `号窗口`.
        word: String,
    },
    /// A name: `综合窗口`.
    Named(String),
}

pub(super) fn label(place: &Place) -> Label {
    let text = normalise::plain(&place.label).trim().to_owned();
    let word = normalise::plain(&place.word).trim().to_owned();
    let word = if word.is_empty() { "号窗口".to_owned() } else { word };
    let typed_whole = AFTER.iter().find_map(|after| Some((code(text.strip_suffix(after)?)?, *after)));
    match typed_whole {
        Some((runs, "号")) if word.starts_with('号') => Label::Code { runs, word },
        Some((runs, "号")) => Label::Code { runs, word: format!("号{word}") },
        Some((runs, after)) => Label::Code { runs, word: after.to_owned() },
        None => code(&text).map_or(Label::Named(text), |runs| Label::Code { runs, word }),
    }
}

/// The runs of a sign that is a code: digits, few letters, a single Chinese sign, or a number in Chinese signs.
fn code(text: &str) -> Option<Vec<Run>> {
    if let Some(digits) = normalise::digits_of(text) {
        return Some(vec![Run::Digits(digits)]);
    }
    let reads = |c: char| c.is_ascii_alphanumeric() || normalise::is_hanzi(c) || " -.".contains(c);
    let runs = normalise::code(text);
    let short = |run: &Run| match run {
        Run::Letters(letters) => letters.len() <= LETTERS_MAX,
        Run::Digits(_) => true,
        Run::Hanzi(signs) => signs.chars().count() == 1,
    };
    (!runs.is_empty() && text.chars().all(reads) && runs.iter().all(short)).then_some(runs)
}

/// A level of a building.
pub(super) enum Level {
    /// `3`, `3楼`, `3F`.
    Above(u64),
    /// `B1`, `-1`.
    Below(u64),
    /// `G`.
    Ground,
    /// Anything else: `夹层`.
    Named(String),
}

pub(super) fn level(floor: &str) -> Level {
    let text = normalise::plain(floor).trim().to_uppercase();
    let (below, rest) = match text.strip_prefix(['B', '-', '负']).or_else(|| text.strip_prefix("地下")) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix(['F', 'L']).unwrap_or(&text)),
    };
    let bare = rest.trim_end_matches(['F', '楼', '层']).trim();
    let number = bare.parse().ok().or_else(|| normalise::digits_of(bare)?.parse().ok());
    match (number.filter(|number| (1..1000).contains(number)), below) {
        (Some(number), true) => Level::Below(number),
        (Some(number), false) => Level::Above(number),
        (None, _) if text == "G" || text == "GF" || text == "底层" => Level::Ground,
        (None, _) => Level::Named(text),
    }
}
