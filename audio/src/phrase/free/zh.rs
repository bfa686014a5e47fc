//! Numbers in a Chinese text, read as what stands around them asks.

use super::shape::Shape;
use crate::phrase::mandarin::counter_digits;
use crate::phrase::{Mark, Role, Word, lexicon, number};

/// Most digits that are read as one number; longer ones are codes.
const WHOLE_DIGITS_MAX: usize = 12;
/// Most digits of a bare number without anything that is counted after it; longer ones are codes.
const BARE_DIGITS_MAX: usize = 7;
/// What is numbered, not counted: 二楼, 三零二室.
const NUMBERED: &str = "号室房栋幢座楼层路线";
/// What is counted: 两位, 两个.
const COUNTED: &str =
    "位个人名次天张份件本套周年条项家间台种点小分秒米公千块元倍遍步边侧岁户批轮部页度万亿厘毫平吨升克百角美欧英只";
/// Signs before a telephone number.
const PHONES: [&str; 6] = ["电话", "热线", "拨打", "请拨", "致电", "手机"];
/// How far before a number such a word is looked for, characters.
const LOOK_BACK: usize = 6;

/// What stands around a number.
pub(super) struct Around<'a> {
    pub(super) before: &'a [char],
    pub(super) after: &'a [char],
    /// A measure like `kg` follows.
    pub(super) measured: bool,
}

impl Around<'_> {
    fn next(&self) -> Option<char> {
        self.after.iter().copied().find(|c| *c != ' ')
    }

    fn is_called(&self) -> bool {
        let from = self.before.len().saturating_sub(LOOK_BACK);
        let before: String = self.before[from..].iter().collect();
        PHONES.iter().any(|word| before.contains(word))
    }
}

pub(super) fn words(shape: &Shape, around: &Around<'_>) -> Vec<Word> {
    match shape {
        Shape::Date { year, month, day } => {
            let mut words = number::zh_digits(year, false);
            words.push(plain("年"));
            words.extend(counted(*month, "月"));
            words.extend(counted(*day, "日"));
            words
        }
        Shape::Clock { hour, minute, second } => clock(*hour, *minute, *second),
        Shape::Phone(groups) => phone(groups),
        Shape::Decimal { whole, fraction } => decimal(whole, fraction),
        Shape::Fraction { above, below } => {
            let mut words = number::zh_cardinal(*below);
            words.push(plain("分之"));
            words.extend(number::zh_cardinal(*above));
            words
        }
        Shape::Whole(digits) => whole(digits, around),
    }
}

/// Money: noughts after the point say nothing.
pub(super) fn amount(shape: &Shape) -> Option<Vec<Word>> {
    match shape {
        Shape::Decimal { whole, fraction } => {
            let fraction = fraction.trim_end_matches('0');
            Some(if fraction.is_empty() { two(&cardinal(whole)?) } else { decimal(whole, fraction) })
        }
        Shape::Whole(digits) => cardinal(digits).map(|words| two(&words)),
        Shape::Date { .. } | Shape::Clock { .. } | Shape::Phone(_) | Shape::Fraction { .. } => None,
    }
}

pub(super) fn plain(text: &str) -> Word {
    lexicon::word(text, Role::Plain)
}

fn counted(number: u64, word: &str) -> Vec<Word> {
    number::zh_cardinal(number).into_iter().chain([plain(word)]).collect()
}

fn clock(hour: u64, minute: u64, second: Option<u64>) -> Vec<Word> {
    let mut words = two(&number::zh_cardinal(hour));
    words.push(plain("点"));
    let mut small = |number: u64, word: &str| {
        if number < 10 {
            words.push(lexicon::word("零", Role::Number));
        }
        words.extend(counted(number, word));
    };
    match second {
        Some(second) => {
            small(minute, "分");
            small(second, "秒");
        }
        None if minute > 0 => small(minute, "分"),
        None => {}
    }
    words
}

/// Groups with a breath between them, and 幺 for 1.
fn phone(groups: &[String]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for group in groups {
        if let Some(last) = words.last_mut() {
            last.marked(Mark::List);
        }
        words.extend(number::zh_digits(group, true));
    }
    words
}

fn decimal(whole: &str, fraction: &str) -> Vec<Word> {
    let mut words = cardinal(whole).unwrap_or_else(|| number::zh_digits(whole, false));
    words.push(plain("点"));
    words.extend(number::zh_digits(fraction, false));
    words
}

/// A number as a whole; none for a leading nought or too many digits.
fn cardinal(digits: &str) -> Option<Vec<Word>> {
    let readable = digits.len() <= WHOLE_DIGITS_MAX && (digits.len() == 1 || !digits.starts_with('0'));
    digits.parse().ok().filter(|_| readable).map(number::zh_cardinal)
}

fn whole(digits: &str, around: &Around<'_>) -> Vec<Word> {
    let next = around.next();
    let is = |signs: &str| next.is_some_and(|c| signs.contains(c));
    let hotline =
        digits.len() == 5 && (digits.starts_with('1') || digits.starts_with("95") || digits.starts_with("96"));
    let is_counted = is(COUNTED) || is("月日") || around.measured;
    if !is_counted && (around.is_called() && digits.len() >= 3 || hotline && !is(NUMBERED)) {
        return number::zh_digits(digits, true);
    }
    if (is("年") && digits.len() == 4) || (digits.len() > BARE_DIGITS_MAX && !is_counted) {
        return number::zh_digits(digits, false);
    }
    if is(NUMBERED) {
        return counter_digits(digits);
    }
    let words = cardinal(digits).unwrap_or_else(|| number::zh_digits(digits, false));
    let is_order = around.before.last() == Some(&'第');
    if is_order || (words.len() == 1 && !is(COUNTED) && !around.measured) { words } else { two(&words) }
}

/// 两 for 二 where something is counted: by itself, and before 千, 万, 亿.
fn two(words: &[Word]) -> Vec<Word> {
    let mut words = words.to_vec();
    let counts = |word: Option<&Word>| word.is_none_or(|next| ["千", "万", "亿"].contains(&next.text.as_str()));
    if words.first().is_some_and(|first| first.text == "二") && counts(words.get(1)) {
        words[0] = Word { role: words[0].role, ..lexicon::word("两", Role::Number) };
    }
    words
}
