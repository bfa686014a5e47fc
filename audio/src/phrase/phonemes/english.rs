//! English words that calls are made of, letters, and respellings. Any other word is for a voice's own lexicon.

use std::collections::HashMap;
use std::sync::LazyLock;

static WORDS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let entry = |line: &'static str| line.split_once(' ').map(|(word, phonemes)| (word.to_lowercase(), phonemes));
    include_str!("../data/english.txt").lines().filter_map(entry).collect()
});

/// The letters A to Z.
const LETTERS: [&str; 26] = [
    "ˈA",
    "bˈi",
    "sˈi",
    "dˈi",
    "ˈi",
    "ˈɛf",
    "ʤˈi",
    "ˈAʧ",
    "ˈI",
    "ʤˈA",
    "kˈA",
    "ˈɛl",
    "ˈɛm",
    "ˈɛn",
    "ˈO",
    "pˈi",
    "kjˈu",
    "ˈɑɹ",
    "ˈɛs",
    "tˈi",
    "jˈu",
    "vˈi",
    "dˈʌbəljˌu",
    "ˈɛks",
    "wˈI",
    "zˈi",
];

/// The phonemes of a word that we know, in whatever case.
pub fn english(word: &str) -> Option<&'static str> {
    WORDS.get(&word.to_lowercase()).copied()
}

/// The phonemes of a letter's name.
pub fn letter(letter: char) -> Option<&'static str> {
    let at = u32::from(letter.to_ascii_uppercase()).checked_sub(u32::from('A'))?;
    LETTERS.get(at as usize).copied()
}

/// What respellings are made of, longest first: letters, phonemes, whether it is a vowel.
const SPELLINGS: [(&str, &str, bool); 47] = [
    ("igh", "I", true),
    ("air", "ɛɹ", true),
    ("eer", "ɪɹ", true),
    ("oor", "ʊɹ", true),
    ("eye", "I", true),
    ("ah", "ɑ", true),
    ("ar", "ɑɹ", true),
    ("ay", "A", true),
    ("ai", "A", true),
    ("aw", "ɔ", true),
    ("ee", "i", true),
    ("er", "ɜɹ", true),
    ("ow", "W", true),
    ("oh", "O", true),
    ("oo", "u", true),
    ("or", "ɔɹ", true),
    ("oy", "Y", true),
    ("uh", "ʌ", true),
    ("sh", "ʃ", false),
    ("ch", "ʧ", false),
    ("th", "θ", false),
    ("zh", "ʒ", false),
    ("ng", "ŋ", false),
    ("ck", "k", false),
    ("a", "æ", true),
    ("e", "ɛ", true),
    ("i", "ɪ", true),
    ("o", "ɑ", true),
    ("u", "ʌ", true),
    ("b", "b", false),
    ("c", "k", false),
    ("d", "d", false),
    ("f", "f", false),
    ("g", "ɡ", false),
    ("h", "h", false),
    ("j", "ʤ", false),
    ("k", "k", false),
    ("l", "l", false),
    ("m", "m", false),
    ("n", "n", false),
    ("p", "p", false),
    ("r", "ɹ", false),
    ("s", "s", false),
    ("t", "t", false),
    ("v", "v", false),
    ("w", "w", false),
    ("y", "j", false),
];

/// The phonemes of a respelling: `shahn`, `boh-TEE` (the syllable in capitals is stressed, else the first).
pub fn respelled(how: &str) -> Option<String> {
    let syllables: Vec<&str> = how.split('-').filter(|syllable| !syllable.is_empty()).collect();
    let is_loud = |syllable: &&str| syllable.len() > 1 && !syllable.chars().any(char::is_lowercase);
    let stressed = syllables.iter().position(is_loud).unwrap_or(0);
    let each = |(at, syllable): (usize, &&str)| spelled(&syllable.to_lowercase(), at == stressed);
    let phonemes: Option<Vec<String>> = syllables.iter().enumerate().map(each).collect();
    phonemes.map(|all| all.concat()).filter(|all| !all.is_empty())
}

fn spelled(syllable: &str, stressed: bool) -> Option<String> {
    let (mut rest, mut phonemes, mut stress) = (syllable, String::new(), stressed);
    while !rest.is_empty() {
        let simple = match rest.as_bytes()[0] {
            b'q' => Some(("k", false)),
            b'x' => Some(("ks", false)),
            b'z' if !rest.starts_with("zh") => Some(("z", false)),
            _ => None,
        };
        let (length, phoneme, is_vowel) = match simple {
            Some((phoneme, is_vowel)) => (1, phoneme, is_vowel),
            None => {
                let (letters, phoneme, is_vowel) = SPELLINGS.iter().find(|(letters, ..)| rest.starts_with(letters))?;
                (letters.len(), *phoneme, *is_vowel)
            }
        };
        if is_vowel && std::mem::take(&mut stress) {
            phonemes.push('ˈ');
        }
        phonemes.push_str(phoneme);
        rest = &rest[length..];
    }
    Some(phonemes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::phonemes::ids;

    #[test]
    fn the_voice_knows_every_phoneme_of_ours() {
        let spellings = SPELLINGS.iter().map(|(_, phoneme, _)| *phoneme);
        for phonemes in WORDS.values().copied().chain(LETTERS).chain(spellings) {
            assert!(phonemes.chars().all(|c| ids::id(c).is_some()), "{phonemes}");
        }
    }

    #[test]
    fn respellings_are_spelled_out() {
        assert_eq!(respelled("shahn").as_deref(), Some("ʃˈɑn"));
        assert_eq!(respelled("boh-TEE").as_deref(), Some("bOtˈi"));
        assert_eq!(respelled("zhow").as_deref(), Some("ʒˈW"));
        assert_eq!(respelled("-"), None);
    }
}
