//! Reads a text from left to right, one thing at a time.

use super::shape::{self, Shape};
use super::{Words, en, latin, zh};
use crate::announcement::Language;
use crate::phrase::manner::Overrides;
use crate::phrase::normalise::{self, is_hanzi};
use crate::phrase::tongue::Said;
use crate::phrase::{Mark, Word, lexicon, number};

/// Signs between the two ends of a range: `9:00-17:00`.
const RANGES: &str = "-–—~〜∶";
/// Signs of money, and what is said after the amount.
const MONEY: [(char, &str, &str); 4] =
    [('¥', "元", "yuan"), ('$', "美元", "dollars"), ('€', "欧元", "euros"), ('£', "英镑", "pounds")];
/// What is measured, as written after a number.
const MEASURES: [(&str, &str, &str); 10] = [
    ("m2", "平方米", "square metres"),
    ("km", "公里", "kilometres"),
    ("kg", "公斤", "kilograms"),
    ("cm", "厘米", "centimetres"),
    ("mm", "毫米", "millimetres"),
    ("ml", "毫升", "millilitres"),
    ("min", "分钟", "minutes"),
    ("m", "米", "metres"),
    ("g", "克", "grams"),
    ("h", "小时", "hours"),
];

pub(super) struct Scan<'a> {
    pub(super) language: Language,
    pub(super) overrides: &'a Overrides,
    pub(super) chars: Vec<char>,
    pub(super) at: usize,
    pub(super) words: Words,
}

pub(super) fn scan(language: Language, text: &str, overrides: &Overrides) -> Words {
    let chars = normalise::capitals(text).chars().collect();
    let mut scan = Scan { language, overrides, chars, at: 0, words: Words::default() };
    while let Some(c) = scan.look(0) {
        let before = scan.at;
        scan.next(c);
        // Whatever was read, the next look is further on.
        scan.at = scan.at.max(before + 1);
    }
    scan.words
}

impl Scan<'_> {
    /// The character so far ahead.
    pub(super) fn look(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    pub(super) fn before(&self) -> Option<char> {
        self.chars.get(self.at.checked_sub(1)?).copied()
    }

    pub(super) fn say(&mut self, words: impl IntoIterator<Item = Word>) {
        let language = self.language;
        self.words.said.extend(words.into_iter().map(|word| Said { language, word }));
    }

    /// Fixed words of ours, in the language of the text.
    fn say_text(&mut self, zh: &str, en: &str) {
        match self.language {
            Language::Zh => self.say(lexicon::words(zh, &Overrides::default())),
            Language::En => self.say(en.split(' ').map(Word::plain)),
        }
    }

    fn next(&mut self, c: char) {
        if c.is_ascii_digit() {
            self.number();
        } else if is_hanzi(c) {
            let run: String = self.chars[self.at..].iter().take_while(|c| is_hanzi(**c)).collect();
            self.at += run.chars().count();
            self.words.said.extend(lexicon::words(&run, self.overrides).into_iter().map(Said::zh));
        } else if c.is_alphabetic() {
            latin::read(self);
        } else if let Some((_, zh, en)) = MONEY.iter().find(|(sign, ..)| *sign == c) {
            self.money(zh, en);
        } else if c == '-' && self.look(1).is_some_and(|c| c.is_ascii_digit()) && !self.joins() {
            self.minus();
        } else {
            self.sign(c);
        }
    }

    fn money(&mut self, zh: &str, en: &str) {
        self.at += 1;
        while self.look(0) == Some(' ') {
            self.at += 1;
        }
        if !self.look(0).is_some_and(|c| c.is_ascii_digit()) {
            return;
        }
        let (shape, length) = shape::read(&self.chars[self.at..]);
        let amount = match (self.language, &shape) {
            (Language::Zh, _) => zh::amount(&shape),
            (Language::En, Shape::Whole(digits)) => en::cardinal(digits),
            (Language::En, Shape::Decimal { whole, fraction }) => match fraction.trim_end_matches('0') {
                "" => en::cardinal(whole),
                fraction => Some(en::decimal(whole, fraction)),
            },
            (Language::En, Shape::Date { .. } | Shape::Clock { .. } | Shape::Phone(_) | Shape::Fraction { .. }) => None,
        };
        match amount {
            Some(words) => {
                self.at += length;
                self.say(words);
                // `￥50元` says it twice.
                let said_by_itself = self.language == Language::Zh && self.look(0).is_some_and(|c| zh.ends_with(c));
                if !said_by_itself {
                    self.say_text(zh, en);
                }
            }
            None => self.number(),
        }
    }

    /// A hyphen before a number is silent, but for degrees.
    fn minus(&mut self) {
        let before = self.before();
        self.at += 1;
        let (_, length) = shape::read(&self.chars[self.at..]);
        let degrees = matches!(self.look(length), Some('°' | '度'));
        if degrees && !before.is_some_and(char::is_alphanumeric) {
            self.say_text("零下", "minus");
        }
    }

    fn number(&mut self) {
        let (shape, length) = shape::read(&self.chars[self.at..]);
        let from = self.at;
        self.at += length;
        let percent = self.look(0) == Some('%');
        match self.language {
            Language::Zh => {
                if percent {
                    self.say_text("百分之", "");
                }
                let measured = self.measured().is_some();
                let around = zh::Around { before: &self.chars[..from], after: &self.chars[self.at..], measured };
                let words = if percent { zh::amount(&shape) } else { None };
                let words = words.unwrap_or_else(|| zh::words(&shape, &around));
                self.say(words);
            }
            Language::En => {
                let words = match (self.ordinal(), &shape) {
                    (true, Shape::Whole(digits)) => digits.parse().map(number::en_ordinal).unwrap_or_default(),
                    (_, shape) => en::words(shape, &en::Before::of(&self.words.said)),
                };
                self.say(words);
            }
        }
        if percent {
            self.at += 1;
            self.say_text("", "percent");
        }
        self.measure();
        if matches!(shape, Shape::Clock { .. } | Shape::Whole(_)) {
            latin::half_of_day(self);
        }
        self.range();
    }

    /// Takes `st`, `nd`, `rd`, `th` after a number of few digits.
    fn ordinal(&mut self) -> bool {
        let ends: String = self.chars[self.at..].iter().take_while(|c| c.is_ascii_alphabetic()).take(3).collect();
        let short = self.chars[..self.at].iter().rev().take_while(|c| c.is_ascii_digit()).count() <= 3;
        let is = short && ["st", "nd", "rd", "th"].contains(&ends.to_lowercase().as_str());
        if is {
            self.at += 2;
        }
        is
    }

    fn measure(&mut self) {
        if self.look(0) == Some('°') {
            self.at += 1;
            if self.look(0) == Some('C') {
                self.at += 1;
                self.say_text("摄氏度", "degrees");
            } else {
                self.say_text("度", "degrees");
            }
            return;
        }
        if let Some((length, zh, en)) = self.measured() {
            self.at += length;
            self.say_text(zh, en);
        }
    }

    /// The measure that stands after a number; one of a single letter only without a space.
    fn measured(&self) -> Option<(usize, &'static str, &'static str)> {
        let space = usize::from(self.look(0) == Some(' '));
        let rest = self.chars.get(self.at + space..)?;
        let after: String = rest.iter().take_while(|c| c.is_ascii_alphanumeric()).take(4).collect();
        let (written, zh, en) = MEASURES.iter().find(|(written, ..)| *written == after)?;
        (space == 0 || written.len() > 1).then_some((space + written.len(), *zh, *en))
    }

    /// `9:00 - 17:00`: from one to the other.
    fn range(&mut self) {
        let spaces = |from: usize| self.chars[from..].iter().take_while(|c| **c == ' ').count();
        let sign = self.at + spaces(self.at);
        if !self.chars.get(sign).is_some_and(|c| RANGES.contains(*c)) {
            return;
        }
        let other = sign + 1 + spaces(sign + 1);
        if self.chars.get(other).is_some_and(char::is_ascii_digit) {
            self.at = other;
            self.say_text("到", "to");
        }
    }

    /// A sign between words.
    fn sign(&mut self, c: char) {
        let alnum = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        match c {
            // Part of an address or a version: gov.cn
            '.' if latin::is_short(&self.words.said) => latin::numbered(self),
            '.' if alnum(self.before()) && alnum(self.look(1)) => self.say_text("点", "dot"),
            // 5月1日-3日, 周一~周五; 元/次
            '-' | '~' if self.joins() => self.say_text("到", ""),
            '/' if self.language == Language::Zh && self.look(1).is_some_and(is_hanzi) => self.say_text("每", ""),
            '&' => self.say_text("和", "and"),
            '@' if self.language == Language::En => self.say_text("", "at"),
            // A dash between words; a hyphen within one was read with it.
            '-' if self.before() == Some(' ') && self.look(1) == Some(' ') => self.mark(Mark::Comma),
            _ => {
                if let Some(mark) = Mark::of(c) {
                    self.mark(mark);
                }
            }
        }
    }

    /// Whether a sign stands between Chinese, or Chinese and a number.
    fn joins(&self) -> bool {
        let after = self.look(1).is_some_and(|c| is_hanzi(c) || c.is_ascii_digit());
        self.language == Language::Zh && self.before().is_some_and(is_hanzi) && after
    }

    fn mark(&mut self, mark: Mark) {
        match self.words.said.last_mut() {
            Some(last) => last.word.marked(mark),
            None => self.words.lead = self.words.lead.or(Some(mark)),
        }
    }
}
