//! Latin letters in a text: codes, letters that are spelled, and English words.

use super::en::Before;
use super::scan::Scan;
use crate::announcement::Language;
use crate::phrase::manner::{LETTER_GAP_MS, Overrides};
use crate::phrase::normalise::{self, Run};
use crate::phrase::tongue::Said;
use crate::phrase::{Mark, Role, Word, english, lexicon, mandarin, number};

/// Most letters of a code like `AB12`.
const CODE_LETTERS_MAX: usize = 3;
/// Most digits of a code.
const CODE_DIGITS_MAX: usize = 6;
/// Most capitals that are always read as letters: `VIP`.
const CAPITALS_MAX: usize = 3;
/// Most capitals that are read as letters if no vowel makes a word of them: `HTTP`.
const CONSONANTS_MAX: usize = 5;
/// Words in capitals that are no letters.
const SHOUTED: [&str; 20] = [
    "THE", "AND", "FOR", "NOT", "ALL", "ARE", "YOU", "NOW", "NEW", "PIN", "OUT", "OFF", "NO", "TO", "IN", "ON", "IS",
    "AT", "OF", "GO",
];
/// What is written with a stop that ends nothing.
const SHORT: [&str; 8] = ["mr", "mrs", "ms", "dr", "no", "st", "tel", "ext"];
/// After a code in Chinese: it is a counter's.
const DOORS: [&str; 6] = ["号窗口", "窗口", "号诊室", "号柜台", "号台", "柜台"];

pub(super) fn read(scan: &mut Scan<'_>) {
    if !code(scan) {
        word(scan);
    }
}

/// `A012`, `a-012`, `AB12`: letters, a silent hyphen, digits.
fn code(scan: &mut Scan<'_>) -> bool {
    let rest = &scan.chars[scan.at..];
    let letters: String = rest.iter().take_while(|c| c.is_ascii_alphabetic()).collect();
    let hyphen = usize::from(rest.get(letters.len()) == Some(&'-'));
    let digits: String = rest[letters.len() + hyphen..].iter().take_while(|c| c.is_ascii_digit()).collect();
    let length = letters.len() + hyphen + digits.len();
    let cased = letters.len() == 1 || letters.chars().all(|c| c.is_ascii_uppercase());
    let is_code = cased
        && (1..=CODE_LETTERS_MAX).contains(&letters.len())
        && (1..=CODE_DIGITS_MAX).contains(&digits.len())
        && !scan.before().is_some_and(|c| c.is_ascii_alphanumeric())
        && !rest.get(length).is_some_and(char::is_ascii_alphabetic);
    if !is_code {
        return false;
    }
    let after: String = rest[length..].iter().take(3).collect();
    if scan.language == Language::Zh && letters == "B" && digits.len() == 1 && after.starts_with(['层', '楼']) {
        // A basement: B1层.
        scan.at += length;
        scan.say([lexicon::word("地下", Role::Plain)]);
        scan.say(number::zh_digits(&digits, false));
        return true;
    }
    let mut said = spelled(scan.language, &letters);
    if let Some(last) = said.last_mut() {
        last.word.pause_ms = LETTER_GAP_MS;
    }
    let words = match scan.language {
        Language::Zh if DOORS.iter().any(|door| after.starts_with(door)) => mandarin::counter_digits(&digits),
        Language::Zh => number::zh_digits(&digits, false),
        Language::En if Before::of(&scan.words.said).is_door() => english::counter_digits(&digits),
        Language::En => number::en_digits(&digits),
    };
    scan.at += length;
    scan.words.said.extend(said);
    scan.say(words);
    true
}

fn word(scan: &mut Scan<'_>) {
    let letter = |c: &char| c.is_alphabetic() && !normalise::is_hanzi(*c);
    let rest = &scan.chars[scan.at..];
    let within = |at: usize| matches!(rest[at], '\'' | '’') && at > 0 && rest.get(at + 1).is_some_and(letter);
    let length = (0..rest.len()).take_while(|at| letter(&rest[*at]) || within(*at)).count();
    let text: String = rest[..length].iter().collect::<String>().replace('’', "'");
    scan.at += length;
    let said = if is_spelled(&text, scan) { spelled(scan.language, &text) } else { vec![one(&text, scan.overrides)] };
    scan.words.said.extend(said);
}

/// Whether a word is read letter by letter.
fn is_spelled(text: &str, scan: &Scan<'_>) -> bool {
    let count = text.chars().count();
    if text.eq_ignore_ascii_case("www") {
        return true;
    }
    if !text.chars().all(|c| c.is_ascii_alphabetic()) || scan.overrides.english(text).is_some() {
        return false;
    }
    let capitals = text.chars().all(|c| c.is_ascii_uppercase());
    let vowels = text.contains(['A', 'E', 'I', 'O', 'U']);
    let short = count <= CAPITALS_MAX || (count <= CONSONANTS_MAX && !vowels);
    match scan.language {
        Language::Zh if count == 1 => true,
        // "A" and "I" are words where a sentence begins, "I" everywhere.
        Language::En if count == 1 => capitals && text != "I" && (text != "A" || !begins(&scan.words.said)),
        Language::Zh => capitals && short,
        // A text all in capitals shouts; it does not spell.
        Language::En => {
            capitals && short && !SHOUTED.contains(&text) && scan.chars.iter().any(|c| c.is_ascii_lowercase())
        }
    }
}

fn begins(said: &[Said]) -> bool {
    said.last().is_none_or(|last| last.word.mark.is_some_and(Mark::ends))
}

fn one(text: &str, overrides: &Overrides) -> Said {
    let sounds = overrides.english(text).map(|how| vec![how.to_owned()]).unwrap_or_default();
    Said::en(Word { sounds, ..Word::plain(text) })
}

/// Whether the last word is an abbreviation, whose stop ends nothing.
pub(super) fn is_short(said: &[Said]) -> bool {
    said.last()
        .is_some_and(|last| last.language == Language::En && SHORT.contains(&last.word.text.to_lowercase().as_str()))
}

/// After a short word's stop: `No. 12` is a number.
pub(super) fn numbered(scan: &mut Scan<'_>) {
    let next = scan.chars[scan.at + 1..].iter().find(|c| **c != ' ');
    let is_number = scan.words.said.last().is_some_and(|last| last.word.text.eq_ignore_ascii_case("no"));
    if is_number && next.is_some_and(char::is_ascii_digit) {
        scan.words.said.pop();
        if scan.language == Language::En {
            scan.say([Word::plain("number")]);
        }
    }
}

/// Takes `am`, `p.m.` after a time in English, as letters.
pub(super) fn half_of_day(scan: &mut Scan<'_>) {
    if scan.language != Language::En {
        return;
    }
    let space = usize::from(scan.look(0) == Some(' '));
    let rest: String = scan.chars[scan.at + space..].iter().take(5).collect::<String>().to_lowercase();
    for (written, letters) in [("a.m.", "AM"), ("p.m.", "PM"), ("am", "AM"), ("pm", "PM")] {
        let ends = !rest[..].strip_prefix(written).unwrap_or("x").starts_with(|c: char| c.is_alphanumeric());
        if ends {
            scan.at += space + written.len();
            if scan.words.said.last().is_some_and(|last| last.word.text == "o'clock") {
                scan.words.said.pop();
            }
            scan.words.said.extend(spelled(Language::En, letters));
            return;
        }
    }
}

/// Letters and digits one by one.
pub(super) fn spelled(language: Language, text: &str) -> Vec<Said> {
    let each = |run: Run| match (run, language) {
        (Run::Letters(letters), Language::Zh) => letters.chars().map(mandarin::letter).collect(),
        (Run::Letters(letters), Language::En) => letters.chars().map(|it| Said::en(Word::letter(it))).collect(),
        (Run::Digits(digits), Language::Zh) => number::zh_digits(&digits, false).into_iter().map(Said::zh).collect(),
        (Run::Digits(digits), Language::En) => number::en_digits(&digits).into_iter().map(Said::en).collect(),
        (Run::Hanzi(signs), _) => {
            lexicon::words(&signs, &Overrides::default()).into_iter().map(Said::zh).collect::<Vec<Said>>()
        }
    };
    normalise::code(text).into_iter().flat_map(each).collect()
}
