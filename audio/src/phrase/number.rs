//! Numbers in words, without any sentence around them.

use super::{Role, Spot, Word, lexicon};

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
/// English numbers below twenty.
pub(super) const ENGLISH: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
/// English tens, by their digit.
pub(super) const TENS: [&str; 10] =
    ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Where the digit `at` stands among `count`.
pub fn spot(at: usize, count: usize) -> Spot {
    match (at, at + 1 == count) {
        (0, true) => Spot::Only,
        (0, false) => Spot::First,
        (_, true) => Spot::Last,
        (_, false) => Spot::Middle,
    }
}

fn values(digits: &str) -> impl Iterator<Item = usize> {
    digits.chars().filter_map(|c| c.to_digit(10)).map(|digit| digit as usize)
}

/// Chinese digits one by one.
pub fn zh_digits(digits: &str, yao: bool) -> Vec<Word> {
    let count = values(digits).count();
    let word = |(at, value): (usize, usize)| {
        lexicon::word(if yao && value == 1 { "幺" } else { DIGITS[value] }, Role::Digit(spot(at, count)))
    };
    values(digits).enumerate().map(word).collect()
}

/// English digits one by one.
pub fn en_digits(digits: &str) -> Vec<Word> {
    let count = values(digits).count();
    let word = |(at, value): (usize, usize)| Word { role: Role::Digit(spot(at, count)), ..Word::plain(ENGLISH[value]) };
    values(digits).enumerate().map(word).collect()
}

/// A whole Chinese number, in words that stand for one sign each.
pub fn zh_cardinal(number: u64) -> Vec<Word> {
    if number < 10 {
        return zh_digits(&number.to_string(), false);
    }
    let mut signs = zh_signs(number);
    // 十二, not 一十二; only at the beginning.
    if signs.starts_with(&["一", "十"]) {
        signs.remove(0);
    }
    signs.into_iter().map(|sign| lexicon::word(sign, Role::Number)).collect()
}

fn zh_signs(number: u64) -> Vec<&'static str> {
    const GROUPS: [(u64, &str); 3] = [(1_0000_0000_0000, "万亿"), (1_0000_0000, "亿"), (1_0000, "万")];
    let mut signs = Vec::new();
    let mut rest = number;
    for (size, name) in GROUPS {
        if rest >= size {
            signs.extend(zh_signs(rest / size));
            signs.push(name);
            rest %= size;
            if rest > 0 && rest < size / 10 {
                signs.push("零");
            }
        }
    }
    below_ten_thousand(rest, &mut signs);
    if signs.is_empty() {
        signs.push("零");
    }
    signs
}

fn below_ten_thousand(number: u64, signs: &mut Vec<&'static str>) {
    let mut gap = false;
    let mut any = false;
    for (size, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        // Below 10: an index into the digits.
        let digit = (number / size % 10) as usize;
        if digit == 0 {
            gap = any;
            continue;
        }
        if gap {
            signs.push("零");
        }
        signs.push(DIGITS[digit]);
        if !name.is_empty() {
            signs.push(name);
        }
        (any, gap) = (true, false);
    }
}

/// A whole English number: `one hundred and eight`.
pub fn en_cardinal(number: u64) -> Vec<Word> {
    if number < 10 {
        return en_digits(&number.to_string());
    }
    en_words(number).into_iter().map(|word| Word { role: Role::Number, ..Word::plain(word) }).collect()
}

/// An English number that says which one: `third`, `twenty-first` in two words.
pub fn en_ordinal(number: u64) -> Vec<Word> {
    let mut words = en_words(number);
    if let Some(last) = words.pop() {
        words.push(ordinal_of(last));
    }
    words.into_iter().map(|word| Word { role: Role::Number, ..Word::plain(word) }).collect()
}

fn en_words(number: u64) -> Vec<&'static str> {
    const GROUPS: [(u64, &str); 4] =
        [(1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand")];
    let mut words = Vec::new();
    let mut rest = number;
    for (size, name) in GROUPS {
        if rest >= size {
            words.extend(en_words(rest / size));
            words.push(name);
            rest %= size;
        }
    }
    // Below 1000 from here: indexes into the tables.
    let (hundreds, small) = ((rest / 100) as usize, (rest % 100) as usize);
    if hundreds > 0 {
        words.extend([ENGLISH[hundreds], "hundred"]);
    }
    if small > 0 || words.is_empty() {
        if !words.is_empty() {
            words.push("and");
        }
        if small < 20 {
            words.push(ENGLISH[small]);
        } else {
            words.push(TENS[small / 10]);
            words.extend((small % 10 > 0).then(|| ENGLISH[small % 10]));
        }
    }
    words
}

/// The words that make an order of a number; all others stay as they are.
const ORDINALS: [(&str, &str); 32] = [
    ("zero", "zeroth"),
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("four", "fourth"),
    ("five", "fifth"),
    ("six", "sixth"),
    ("seven", "seventh"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("ten", "tenth"),
    ("eleven", "eleventh"),
    ("twelve", "twelfth"),
    ("thirteen", "thirteenth"),
    ("fourteen", "fourteenth"),
    ("fifteen", "fifteenth"),
    ("sixteen", "sixteenth"),
    ("seventeen", "seventeenth"),
    ("eighteen", "eighteenth"),
    ("nineteen", "nineteenth"),
    ("twenty", "twentieth"),
    ("thirty", "thirtieth"),
    ("forty", "fortieth"),
    ("fifty", "fiftieth"),
    ("sixty", "sixtieth"),
    ("seventy", "seventieth"),
    ("eighty", "eightieth"),
    ("ninety", "ninetieth"),
    ("hundred", "hundredth"),
    ("thousand", "thousandth"),
    ("million", "millionth"),
    ("billion", "billionth"),
];

fn ordinal_of(word: &'static str) -> &'static str {
    ORDINALS.iter().find(|(cardinal, _)| *cardinal == word).map_or(word, |(_, ordinal)| ordinal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(words: Vec<Word>, between: &str) -> String {
        words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(between)
    }

    #[test]
    fn whole_numbers_in_chinese() {
        for (number, said) in [
            (0, "零"),
            (2, "二"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (100, "一百"),
            (108, "一百零八"),
            (110, "一百一十"),
            (1000, "一千"),
            (1012, "一千零一十二"),
            (1100, "一千一百"),
            (2008, "二千零八"),
            (10_000, "一万"),
            (10_010, "一万零一十"),
            (100_000, "十万"),
            (120_300, "十二万零三百"),
            (100_000_000, "一亿"),
            (100_010_000, "一亿零一万"),
        ] {
            assert_eq!(joined(zh_cardinal(number), ""), said);
        }
    }

    #[test]
    fn whole_numbers_in_english() {
        for (number, said) in [
            (0, "zero"),
            (12, "twelve"),
            (20, "twenty"),
            (100, "one hundred"),
            (108, "one hundred and eight"),
            (1012, "one thousand and twelve"),
            (1200, "one thousand two hundred"),
            (1_000_001, "one million and one"),
        ] {
            assert_eq!(joined(en_cardinal(number), " "), said);
        }
        assert_eq!(joined(en_ordinal(3), " "), "third");
        assert_eq!(joined(en_ordinal(21), " "), "twenty first");
    }
}
