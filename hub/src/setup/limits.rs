//! Collects what does not fit, field by field.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::RangeInclusive;

use crate::error::{FieldError, Why, Wrong};

/// Longest id, characters.
pub const ID_CHARS_MAX: usize = 40;
/// Longest label of a counter, characters.
pub const LABEL_CHARS_MAX: usize = 8;
/// Longest number of a ticket that is said, characters.
pub const NUMBER_CHARS_MAX: usize = 10;
/// Longest hint or line of a ticker, characters.
pub const LINE_CHARS_MAX: usize = 200;
/// Longest name of a floor, characters.
pub const FLOOR_CHARS_MAX: usize = 20;

/// What does not fit, so far.
#[derive(Default)]
pub struct Findings(pub Vec<FieldError>);

impl Findings {
    /// Notes a field unless it fits.
    pub fn must(&mut self, fits: bool, field: impl Display, why: impl Into<Why>) {
        if !fits {
            self.0.push(FieldError::new(field.to_string(), why));
        }
    }

    /// A number within limits.
    pub fn number(&mut self, value: u32, limits: RangeInclusive<u32>, field: impl Display) {
        let (start, end) = (*limits.start(), *limits.end());
        let why = Wrong::Range.within(start as usize..=end as usize, format!("must be {start} to {end}"));
        self.must(limits.contains(&value), field, why);
    }

    /// The same, where none is a choice.
    pub fn number_if(&mut self, value: Option<u32>, limits: RangeInclusive<u32>, field: impl Display) {
        if let Some(value) = value {
            self.number(value, limits, field);
        }
    }

    /// A text of so many characters, on one line.
    pub fn text(&mut self, value: &str, chars: RangeInclusive<usize>, field: impl Display) {
        let fits = chars.contains(&value.trim().chars().count()) && !value.chars().any(char::is_control);
        let why = format!("must have {} to {} characters, on one line", chars.start(), chars.end());
        self.must(fits, field, Wrong::Length.within(chars, why));
    }

    /// Not more of them than there may be.
    pub fn at_most(&mut self, count: usize, most: usize, field: impl Display) {
        self.must(count <= most, field, Wrong::AtMost.up_to(most, format!("must be at most {most}")));
    }

    /// What a field names is there.
    pub fn known(&mut self, known: bool, field: impl Display, what: &str, id: impl Display) {
        self.must(known, field, Wrong::NoSuch.why(format!("there is no {what} `{id}`")));
    }

    /// A name in two languages; the English one may be missing.
    pub fn names(&mut self, name: &str, name_en: &str, path: &str) {
        self.text(name, 1..=hall::setup::NAME_CHARS_MAX, format!("{path}.name"));
        self.text(name_en, 0..=hall::setup::NAME_CHARS_MAX, format!("{path}.name_en"));
    }

    /// An id: it stands in addresses, so letters, digits and three signs.
    pub fn id(&mut self, id: &str, field: impl Display) {
        let plain = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
        let fits = (1..=ID_CHARS_MAX).contains(&id.len()) && id.chars().all(plain) && !id.starts_with('.');
        let why = format!("must be 1 to {ID_CHARS_MAX} of: letters, digits, - _ . (not first)");
        self.must(fits, field, Wrong::IdSigns.within(1..=ID_CHARS_MAX, why));
    }

    /// Ids of one kind of rows: each fits and is there once, and there are not too many.
    pub fn ids<'a>(&mut self, kind: &str, ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            self.id(id, format!("{kind}.{id}.id"));
            self.must(seen.insert(id), format!("{kind}.{id}.id"), Wrong::Twice.why("is there twice"));
        }
        let most = hall::setup::ROWS_MAX;
        self.at_most(seen.len(), most, kind);
    }
}
