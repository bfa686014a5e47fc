//! Numbers in an English text, read as what stands around them asks. A nought is always "zero".

use super::shape::Shape;
use crate::phrase::english::counter_digits;
use crate::phrase::{Mark, Role, Word, number};

/// Most digits that are read as one number; longer ones are codes.
const WHOLE_DIGITS_MAX: usize = 7;
/// The months.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Words before a number of a door: read like a counter.
const DOORS: [&str; 8] = ["counter", "window", "room", "desk", "gate", "booth", "ticket", "number"];
/// Words before a telephone number.
const PHONES: [&str; 6] = ["call", "dial", "phone", "telephone", "hotline", "tel"];
/// Words before a year.
const YEARS: [&str; 4] = ["in", "of", "year", "since"];

/// The words before a number, the last one first, in small letters.
pub(super) struct Before(Vec<String>);

impl Before {
    /// How many of them are looked at.
    const COUNT: usize = 3;

    pub(super) fn of(said: &[crate::phrase::tongue::Said]) -> Self {
        Self(said.iter().rev().take(Self::COUNT).map(|said| said.word.text.to_lowercase()).collect())
    }

    fn last_is(&self, words: &[&str]) -> bool {
        self.0.first().is_some_and(|last| words.contains(&last.as_str()))
    }

    /// Whether a counter's number follows.
    pub(super) fn is_door(&self) -> bool {
        self.last_is(&DOORS[..6])
    }

    fn has_month(&self) -> bool {
        self.0.iter().any(|word| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word)))
    }
}

pub(super) fn words(shape: &Shape, before: &Before) -> Vec<Word> {
    match shape {
        Shape::Date { year, month, day } => {
            let month = usize::try_from(*month).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
            let mut words: Vec<Word> = month.map(|month| Word::plain(*month)).into_iter().collect();
            words.extend(number::en_ordinal(*day));
            if let Some(last) = words.last_mut() {
                last.marked(Mark::Comma);
            }
            words.extend(year_words(year));
            words
        }
        Shape::Clock { hour, minute, second } => clock(*hour, *minute, *second),
        Shape::Phone(groups) => phone(groups),
        Shape::Decimal { whole, fraction } => decimal(whole, fraction),
        Shape::Fraction { above, below } => fraction(*above, *below),
        Shape::Whole(digits) => whole(digits, before),
    }
}

fn clock(hour: u64, minute: u64, second: Option<u64>) -> Vec<Word> {
    let mut words = number::en_cardinal(hour);
    match minute {
        0 if second.is_none() && hour <= 12 => words.push(Word::plain("o'clock")),
        0 if second.is_none() => words.push(Word { role: Role::Number, ..Word::plain("hundred") }),
        1..10 => words.extend(number::en_digits(&format!("0{minute}"))),
        _ => words.extend(number::en_cardinal(minute)),
    }
    if let Some(second) = second {
        words.push(Word::plain("and"));
        words.extend(number::en_cardinal(second));
        words.push(Word::plain(if second == 1 { "second" } else { "seconds" }));
    }
    words
}

fn phone(groups: &[String]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for group in groups {
        if let Some(last) = words.last_mut() {
            last.marked(Mark::List);
        }
        words.extend(number::en_digits(group));
    }
    words
}

pub(super) fn decimal(whole: &str, fraction: &str) -> Vec<Word> {
    let mut words = cardinal(whole).unwrap_or_else(|| number::en_digits(whole));
    words.push(Word::plain("point"));
    words.extend(number::en_digits(fraction));
    words
}

fn fraction(above: u64, below: u64) -> Vec<Word> {
    let mut words = number::en_cardinal(above);
    let many = above > 1;
    match below {
        2 => words.push(Word::plain("half")),
        4 => words.push(Word::plain(if many { "quarters" } else { "quarter" })),
        _ => {
            words.extend(number::en_ordinal(below));
            if let Some(last) = words.last_mut().filter(|_| many) {
                last.text.push('s');
            }
        }
    }
    words
}

/// A number as a whole; none for a leading nought or too many digits.
pub(super) fn cardinal(digits: &str) -> Option<Vec<Word>> {
    let readable = digits.len() <= WHOLE_DIGITS_MAX && (digits.len() == 1 || !digits.starts_with('0'));
    digits.parse().ok().filter(|_| readable).map(number::en_cardinal)
}

fn whole(digits: &str, before: &Before) -> Vec<Word> {
    let is_year = digits.len() == 4 && ("1900".."2100").contains(&digits);
    if before.last_is(&PHONES) && digits.len() >= 3 {
        number::en_digits(digits)
    } else if before.last_is(&DOORS) {
        counter_digits(digits)
    } else if is_year && (before.last_is(&YEARS) || before.has_month()) {
        year_words(digits)
    } else {
        cardinal(digits).unwrap_or_else(|| number::en_digits(digits))
    }
}

/// `2026` is twenty twenty six, `2006` two thousand and six.
fn year_words(year: &str) -> Vec<Word> {
    let (Ok(century), Ok(rest)) = (year[..2].parse::<u64>(), year[2..].parse::<u64>()) else {
        return number::en_digits(year);
    };
    match (century, rest) {
        (0..10, _) => number::en_digits(year),
        (20, 0..10) => cardinal(year).unwrap_or_default(),
        (_, 0) => number::en_cardinal(century).into_iter().chain([hundred()]).collect(),
        (_, 1..10) => number::en_cardinal(century).into_iter().chain(number::en_digits(&year[2..])).collect(),
        (_, _) => number::en_cardinal(century).into_iter().chain(number::en_cardinal(rest)).collect(),
    }
}

fn hundred() -> Word {
    Word { role: Role::Number, ..Word::plain("hundred") }
}
