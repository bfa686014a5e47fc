//! Chinese names as people type them: whole pinyin, and first letters, in every reading.
//!
//! 重庆 is found by `chong qing` and `zhong qing`, by `cq` and `zq`: who types does not know which reading we mean.

use std::collections::BTreeSet;

use pinyin::ToPinyinMulti as _;

/// Readings of one name; a name of many characters with many readings keeps the first ones.
const READINGS_MAX: usize = 32;

/// How a name can be typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Typed {
    /// First letters, all readings: `cq`, `zq`.
    pub letters: Vec<String>,
    /// Whole syllables, all readings: `chong qing`, `zhong qing`.
    pub pinyin: Vec<String>,
}

/// How a name can be typed. Letters and digits stand for themselves; all else is left out.
pub fn typed(name: &str) -> Typed {
    let mut readings: Vec<(String, String)> = vec![Default::default()];
    for character in name.chars() {
        let sounds = sounds_of(character);
        if sounds.is_empty() {
            continue;
        }
        let longer = readings.iter().flat_map(|(letters, words)| {
            sounds.iter().map(move |sound| {
                let first: String = sound.chars().take(1).collect();
                let pause = if words.is_empty() { "" } else { " " };
                (format!("{letters}{first}"), format!("{words}{pause}{sound}"))
            })
        });
        readings = longer.take(READINGS_MAX).collect();
    }
    let (letters, pinyin): (Vec<_>, Vec<_>) = readings.into_iter().unzip();
    Typed { letters: once(letters), pinyin: once(pinyin) }
}

/// Each once, in order, without what is empty.
fn once(all: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    all.into_iter().filter(|it| !it.is_empty() && seen.insert(it.clone())).collect()
}

/// The readings of a character without tones, the usual one first.
fn sounds_of(character: char) -> Vec<String> {
    if character.is_ascii_alphanumeric() {
        return vec![character.to_ascii_lowercase().to_string()];
    }
    let Some(all) = character.to_pinyin_multi() else {
        return Vec::new();
    };
    once(all.into_iter().map(|it| it.plain().replace('ü', "v")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_finds_a_name() {
        let it = typed("重庆");
        for letters in ["cq", "zq"] {
            assert!(it.letters.iter().any(|it| it == letters), "{it:?}");
        }
        for word in ["chong qing", "zhong qing"] {
            assert!(it.pinyin.iter().any(|it| it == word), "{it:?}");
        }
    }

    #[test]
    fn letters_and_digits_stand_for_themselves() {
        let it = typed("身份证 (ID卡) 2");
        assert!(it.letters.contains(&"sfzidk2".to_owned()), "{it:?}");
        assert!(it.pinyin.iter().any(|it| it.starts_with("shen fen zheng i d")), "{it:?}");
        assert_eq!(typed("！？"), Typed::default());
        assert!(typed("女工").pinyin.contains(&"nv gong".to_owned()));
    }

    #[test]
    fn a_long_name_has_a_bounded_number_of_readings() {
        let it = typed(&"重行长乐".repeat(15));
        assert!(it.letters.len() <= READINGS_MAX && it.pinyin.len() <= READINGS_MAX);
        assert_eq!(it.letters[0].chars().count(), 60);
    }
}
