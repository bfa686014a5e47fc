//! Cuts a long text into parts that a voice can say in one breath: sentences, or less where a sentence is long.

use crate::phrase::tongue::Said;
use crate::phrase::{About, Mark, Part, Word, compose};

/// So much is cut at the next mark, in syllables.
const SYLLABLES_FULL: usize = 50;
/// So much is cut wherever it is. The neural voice takes 510 phonemes, of which a syllable has up to 6.
const SYLLABLES_MAX: usize = 75;
/// Letters of an English word that count as a syllable.
const LETTERS_OF_A_SYLLABLE: usize = 4;

pub(super) fn parts(said: Vec<Said>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut syllables = 0;
    for Said { language, word } in said {
        let before = parts.last().and_then(|part| part.words.last()).and_then(|word| word.mark);
        let is_full = before.is_some_and(Mark::ends)
            || (before.is_some() && syllables >= SYLLABLES_FULL)
            || syllables + weight(&word) > SYLLABLES_MAX;
        match parts.last_mut().filter(|part| part.language == language && !is_full) {
            Some(part) => {
                syllables += weight(&word);
                part.words.push(word);
            }
            None => {
                syllables = weight(&word);
                parts.push(Part { about: About::Words, language, words: vec![word] });
            }
        }
    }
    compose::keep_clear(&mut parts);
    compose::end(&mut parts);
    parts
}

fn weight(word: &Word) -> usize {
    word.sounds.len().max(word.text.len() / LETTERS_OF_A_SYLLABLE + 1).min(SYLLABLES_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::announcement::Language;
    use crate::phrase::{Overrides, free};

    #[test]
    fn sentences_are_parts_and_long_ones_are_cut_at_marks() {
        let text = "请各位市民注意。".repeat(3) + &"请到一楼服务台取号，".repeat(20);
        let phrase = free(&text, Language::Zh, &Overrides::default()).expect("it can be said");
        let counts: Vec<usize> = phrase.parts.iter().map(|part| part.words.iter().map(weight).sum()).collect();
        assert_eq!(&counts[..3], [7, 7, 7]);
        assert!(counts.iter().all(|count| *count <= SYLLABLES_MAX), "{counts:?}");
        assert!(phrase.parts[3..].iter().rev().skip(1).all(|part| part.words.last().expect("words").mark.is_some()));
    }
}
