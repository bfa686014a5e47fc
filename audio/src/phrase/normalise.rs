//! Text as people type it, brought to one form: full-width to plain, control characters and pictures gone.

use unicode_normalization::UnicodeNormalization;

/// A stretch of a number as printed: `A012` is a letter and three digits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Run {
    /// Capital letters A to Z.
    Letters(String),
    /// Digits 0 to 9.
    Digits(String),
    /// Chinese signs.
    Hanzi(String),
}

/// Whether a sign is Chinese and has a sound.
pub fn is_hanzi(c: char) -> bool {
    !c.is_ascii() && super::lexicon::sound(c).is_some()
}

/// One form for one sign: NFKC, without control characters, marks that join and pictures; white space is one space.
pub fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.nfkc() {
        if c == '\n' || c == '\r' {
            // A new line ends a sentence.
            plain.push('\n');
        } else if c.is_whitespace() {
            plain.push(' ');
        } else if is_said(c) {
            plain.push(c);
        }
    }
    plain
}

/// Letters, signs and digits, and what changes how they are said.
fn is_said(c: char) -> bool {
    c.is_ascii_graphic()
        || (c.is_alphanumeric() && !is_picture(c))
        || "，、。；：？！…—–−～·•‧¥£€°℃％（）《》「」『』【】“”‘’○●×÷∶〜＊".contains(c)
}

/// Squared and circled letters stand in the alphabet's blocks, yet are pictures.
fn is_picture(c: char) -> bool {
    ('\u{1F000}'..='\u{1FBFF}').contains(&c)
}

/// The stretches of a number as printed. Hyphens, spaces and all else are silent; between digits they keep them apart
/// (`3-2` is two numbers and not 32).
pub fn code(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut apart = false;
    for c in text.nfkc().flat_map(char::to_uppercase) {
        let parted = std::mem::replace(&mut apart, parts(c));
        match runs.last_mut() {
            Some(Run::Digits(run)) if c.is_ascii_digit() && !parted => run.push(c),
            Some(Run::Letters(run)) if c.is_ascii_uppercase() => run.push(c),
            Some(Run::Hanzi(run)) if is_hanzi(c) => run.push(c),
            Some(_) | None => {
                if c.is_ascii_digit() {
                    runs.push(Run::Digits(c.into()));
                } else if c.is_ascii_uppercase() {
                    runs.push(Run::Letters(c.into()));
                } else if is_hanzi(c) {
                    runs.push(Run::Hanzi(c.into()));
                }
            }
        }
    }
    runs
}

/// Whether a sign is seen between digits, so that they are read as two numbers.
fn parts(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_whitespace() || "\u{2010}\u{2011}–—−·、，／".contains(c)
}

/// The digit that a Chinese sign stands for, capitals (`伍`) included.
pub fn digit_of(c: char) -> Option<u32> {
    const PLAIN: &str = "零一二三四五六七八九";
    const CAPITAL: &str = "零壹贰叁肆伍陆柒捌玖";
    let place = |signs: &str| signs.chars().position(|sign| sign == c).and_then(|at| u32::try_from(at).ok());
    match c {
        '〇' => Some(0),
        '两' => Some(2),
        '幺' => Some(1),
        '貳' => Some(2),
        '陸' => Some(6),
        _ => place(PLAIN).or_else(|| place(CAPITAL)),
    }
}

/// Capital numerals as on a bill (`伍号`, `壹佰元`) in plain signs. A lone one that nothing is counted by stays: 伍 is
/// a surname.
pub fn capitals(text: &str) -> String {
    const CAPITALS: &str = "壹贰貳叁肆伍陆陸柒捌玖拾佰仟零";
    const PLAIN: &str = "一二二三四五六六七八九十百千零";
    const COUNTED: &str = "号楼层室位元月日年点个人名份万亿角分";
    let signs: Vec<char> = text.chars().collect();
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    while at < signs.len() {
        let length = signs[at..].iter().take_while(|c| CAPITALS.contains(**c)).count();
        let counts = length > 1 || signs.get(at + length).is_some_and(|c| COUNTED.contains(*c));
        let run = &signs[at..at + length.max(1)];
        plain.extend(run.iter().map(|c| {
            let place = CAPITALS.chars().position(|capital| capital == *c).filter(|_| counts);
            place.and_then(|place| PLAIN.chars().nth(place)).unwrap_or(*c)
        }));
        at += run.len();
    }
    plain
}

/// A number written in Chinese signs (`十二`, `伍`, `一〇一`) in digits; none if it is no number below 10,000.
pub fn digits_of(text: &str) -> Option<String> {
    let signs: Vec<char> = text.chars().collect();
    if signs.is_empty() || signs.len() > 8 {
        return None;
    }
    if signs.iter().all(|c| digit_of(*c).is_some()) {
        return signs.iter().map(|c| digit_of(*c).and_then(|digit| char::from_digit(digit, 10))).collect();
    }
    let (mut sum, mut digit) = (0_u32, None);
    for c in signs {
        let scale = match c {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            _ => {
                digit = Some(digit_of(c)?);
                continue;
            }
        };
        sum += scale * digit.take().unwrap_or(1);
    }
    Some((sum + digit.unwrap_or(0)).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_with_a_sign_between_are_two_numbers() {
        let two = vec![Run::Digits("3".into()), Run::Digits("12".into())];
        for typed in ["3-12", "3 12", "3－12", "3.12", "3–12"] {
            assert_eq!(code(typed), two, "{typed}");
        }
        assert_eq!(code("3\u{200d}12"), [Run::Digits("312".into())], "nobody sees a joiner");
    }

    #[test]
    fn a_code_is_letters_and_digits_however_it_is_typed() {
        let a012 = vec![Run::Letters("A".into()), Run::Digits("012".into())];
        for typed in ["A012", "a012", "Ａ０１２", "A-012", " A 012 ", "A\u{200d}012🎫", "Ⓐ012"] {
            assert_eq!(code(typed), a012, "{typed}");
        }
        assert_eq!(code("🎫-"), []);
        assert_eq!(code("综A1"), [Run::Hanzi("综".into()), Run::Letters("A".into()), Run::Digits("1".into())]);
    }

    #[test]
    fn a_number_in_signs_is_a_number() {
        for (signs, digits) in [("伍", "5"), ("十二", "12"), ("二十", "20"), ("一〇一", "101"), ("壹佰零叁", "103")]
        {
            assert_eq!(digits_of(signs).as_deref(), Some(digits));
        }
        assert_eq!(digits_of("综合"), None);
    }
}
