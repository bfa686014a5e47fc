//! How Chinese is pronounced: a hall's own table first, then ours of words (so that 单号 is dan1 and 重庆 chong2),
//! then a dictionary of single signs.
//!
//! Our tables are text: a word and its syllables a line. Text is cut by the longest word that is known.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::ToPinyin;

use super::manner::Overrides;
use super::{Role, Word, syllable};

/// A word and its syllables.
type Table = HashMap<&'static str, Vec<&'static str>>;

static WORDS: LazyLock<Table> = LazyLock::new(|| read(include_str!("data/words.txt")));
static SURNAMES: LazyLock<Table> = LazyLock::new(|| read(include_str!("data/surnames.txt")));

/// Longest word of our tables, in signs.
const WORD_SIGNS_MAX: usize = 8;
/// Longest surname, in signs.
const SURNAME_SIGNS_MAX: usize = 4;

fn read(table: &'static str) -> Table {
    let entry = |line: &'static str| {
        let mut fields = line.split(' ');
        Some((fields.next()?, fields.collect()))
    };
    table.lines().filter_map(entry).collect()
}

/// The words of a run of Chinese signs. A sign without a sound is left out.
pub fn words(text: &str, overrides: &Overrides) -> Vec<Word> {
    let signs: Vec<char> = text.chars().collect();
    let mut words = Vec::new();
    let mut unknown = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        match longest(&signs[at..], overrides) {
            Some((length, sounds)) => {
                pairs(&mut unknown, &mut words);
                words.push(Word { sounds, ..Word::plain(signs[at..at + length].iter().collect::<String>()) });
                at += length;
            }
            None => {
                unknown.extend(sound(signs[at]).map(|sound| (signs[at], sound)));
                at += 1;
            }
        }
    }
    pairs(&mut unknown, &mut words);
    words
}

/// Signs that no table joins are taken two by two, as most Chinese words are; an odd one goes with the last two.
fn pairs(unknown: &mut Vec<(char, String)>, words: &mut Vec<Word>) {
    while !unknown.is_empty() {
        let length = if unknown.len() == 3 { 3 } else { unknown.len().min(2) };
        let (signs, sounds): (Vec<char>, Vec<String>) = unknown.drain(..length).unzip();
        words.push(Word { sounds, ..Word::plain(signs.into_iter().collect::<String>()) });
    }
}

/// A word that we know: one sound a sign, from the same tables.
pub fn word(text: &str, role: Role) -> Word {
    let sounds = match WORDS.get(text) {
        Some(sounds) => owned(sounds),
        None => text.chars().filter_map(sound).collect(),
    };
    Word { sounds, role, ..Word::plain(text) }
}

/// How many signs the longest known word at the beginning has, and its syllables.
fn longest(signs: &[char], overrides: &Overrides) -> Option<(usize, Vec<String>)> {
    let most = signs.len().min(WORD_SIGNS_MAX.max(overrides.words_signs_max()));
    for length in (1..=most).rev() {
        let text: String = signs[..length].iter().collect();
        if let Some(sounds) = overrides.word(&text) {
            return Some((length, sounds.to_vec()));
        }
        if let Some(sounds) = WORDS.get(text.as_str()) {
            return Some((length, owned(sounds)));
        }
    }
    None
}

/// The most usual syllable of a sign.
pub fn sound(c: char) -> Option<String> {
    // What the dictionary has without a vowel or with a rare sound.
    let own = match c {
        '〇' => Some("ling2"),
        '嗯' | '唔' => Some("en4"),
        '两' => Some("liang3"),
        _ => None,
    };
    own.map(str::to_owned).or_else(|| syllable::tidy(c.to_pinyin()?.with_tone_num_end()))
}

/// How many signs of a name are its surname, and their syllables; two signs before one, the hall's own before ours.
pub fn surname(name: &[char], overrides: &Overrides) -> Option<(usize, Vec<String>)> {
    for length in (1..=name.len().min(SURNAME_SIGNS_MAX)).rev() {
        let text: String = name[..length].iter().collect();
        if let Some(sounds) = overrides.surname(&text) {
            return Some((length, sounds.to_vec()));
        }
        if let Some(sounds) = SURNAMES.get(text.as_str()) {
            return Some((length, owned(sounds)));
        }
    }
    let first = sound(*name.first()?)?;
    Some((1, vec![first]))
}

fn owned(sounds: &[&str]) -> Vec<String> {
    sounds.iter().map(|sound| (*sound).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use pinyin::ToPinyinMulti;

    #[test]
    fn every_line_of_our_tables_has_a_syllable_for_each_sign_that_it_can_have() {
        let mut odd = Vec::new();
        for (word, sounds) in WORDS.iter().chain(SURNAMES.iter()) {
            assert_eq!(word.chars().count(), sounds.len(), "{word}");
            assert!(sounds.len() <= WORD_SIGNS_MAX, "{word}");
            for (sign, sound) in word.chars().zip(sounds) {
                assert_eq!(syllable::tidy(sound).as_deref(), Some(*sound), "{word}");
                let known: Vec<String> = sign
                    .to_pinyin_multi()
                    .into_iter()
                    .flatten()
                    .filter_map(|sound| syllable::tidy(sound.with_tone_num_end()))
                    .collect();
                // A light syllable is a matter of the word; 不 and 一 change with what follows.
                let base = |sound: &str| sound.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
                let fits = known.iter().any(|it| it == sound)
                    || (sound.ends_with('5') && known.iter().any(|it| base(it) == base(sound)))
                    || matches!((sign, *sound), ('不', "bu2") | ('一', "yi2" | "yi4"))
                    // Surnames whose sound the dictionary does not have.
                    || matches!((sign, *sound), ('贠', "yun4") | ('撒', "sa4"));
                if !fits {
                    odd.push(format!("{word}: {sign} is not {sound}, but one of {known:?}"));
                }
            }
        }
        assert_eq!(odd, Vec::<String>::new());
    }

    #[test]
    fn words_decide_how_a_sign_sounds() {
        let sounds = |text: &str| {
            let words = words(text, &Overrides::default());
            words.into_iter().flat_map(|word| word.sounds).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(sounds("单号"), "dan1 hao4");
        assert_eq!(sounds("重庆银行行长"), "chong2 qing4 yin2 hang2 hang2 zhang3");
        assert_eq!(sounds("重新排队"), "chong2 xin1 pai2 dui4");
        assert_eq!(sounds("音乐会快乐"), "yin1 yue4 hui4 kuai4 le4");
    }
}
