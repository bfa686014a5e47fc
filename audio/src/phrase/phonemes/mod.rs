//! Phonemes as the neural voice (Kokoro-82M, v1.0) was taught them, and their numbers.
//!
//! Chinese is read from the syllables of a word, which stand as in a dictionary: the voice changes tones in a sentence
//! by itself. English words of calls are in a table of ours; a voice asks its own lexicon for all others.

mod english;
mod ids;
mod mandarin;

pub use english::{english, letter, respelled};
pub use ids::{PAD, PHONEMES_MAX, id, ids};
pub use mandarin::mandarin;

use super::{Part, Role, Spot, Word};
use crate::announcement::Language;

/// English phonemes that come near to a Chinese name; none without syllables.
pub fn english_of_pinyin(syllables: &[String]) -> Option<String> {
    mandarin::in_english(syllables)
}

/// The phonemes of a word without its mark; none if only a lexicon can know.
pub fn word(word: &Word, language: Language) -> Option<String> {
    let asked = word.sounds.first().map(String::as_str);
    match (word.role, language) {
        (Role::Letter, _) => letter(word.text.chars().next()?).map(str::to_owned),
        (_, Language::Zh) if word.sounds.is_empty() => None,
        (_, Language::Zh) => word.sounds.iter().map(|syllable| mandarin(syllable)).collect(),
        (_, Language::En) => match asked {
            Some(how) => match how.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
                Some(phonemes) => Some(phonemes.to_owned()),
                None => respelled(how),
            },
            None => english(&word.text).map(str::to_owned),
        },
    }
}

/// The phonemes of a part with its marks, as a sentence for the voice. A word that nobody knows is the error.
pub fn part(part: &Part, lexicon: &dyn Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut sentence = String::new();
    let mut counting = false;
    for it in &part.words {
        let known = word(it, part.language).or_else(|| match part.language {
            Language::En => lexicon(&it.text),
            Language::Zh => None,
        });
        let phonemes = known.ok_or_else(|| it.text.clone())?;
        // A Chinese number runs together, as one word does.
        let runs_on = part.language == Language::Zh
            && match it.role {
                Role::Digit(Spot::Middle | Spot::Last) => true,
                Role::Digit(Spot::First | Spot::Only) | Role::Number => counting,
                Role::Plain | Role::Letter | Role::Name => false,
            };
        counting = it.role == Role::Number && it.mark.is_none();
        if !sentence.is_empty() && !runs_on {
            sentence.push(' ');
        }
        sentence.push_str(&phonemes);
        if let Some(mark) = it.mark {
            sentence.push_str(mark.as_str(Language::En));
        }
    }
    Ok(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::{Mark, vocabulary};

    #[test]
    fn the_whole_vocabulary_has_phonemes_that_the_voice_knows() {
        for language in [Language::Zh, Language::En] {
            for it in vocabulary(language) {
                let phonemes = word(&it, language).unwrap_or_else(|| panic!("{it:?}"));
                assert!(phonemes.chars().all(|c| id(c).is_some()), "{phonemes}");
            }
        }
    }

    #[test]
    fn marks_are_phonemes_too() {
        for mark in [Mark::Comma, Mark::List, Mark::Colon, Mark::Semicolon, Mark::Stop, Mark::Question] {
            assert!(mark.as_str(Language::En).chars().all(|c| id(c).is_some()));
        }
    }

    #[test]
    fn syllables_are_as_the_voice_was_taught() {
        for (syllable, phonemes) in [
            ("ling2", "li↗ŋ"),
            ("qing3", "ʨʰi↓ŋ"),
            ("hao4", "xau↘"),
            ("chuang1", "ꭧʰwa→ŋ"),
            ("kou3", "kʰou↓"),
            ("yi1", "i→"),
            ("er4", "ɚ↘"),
            ("shi2", "ʂɨ↗"),
            ("si4", "sɨ↘"),
            ("jiu3", "ʨjou↓"),
            ("zhuan3", "ꭧwa↓n"),
            ("xun2", "ɕy↗n"),
            ("de5", "tɤ"),
            ("nü3", "ny↓"),
            ("ri4", "ɻɨ↘"),
            ("bo1", "pwo→"),
        ] {
            assert_eq!(mandarin(syllable).as_deref(), Some(phonemes), "{syllable}");
        }
    }
}
