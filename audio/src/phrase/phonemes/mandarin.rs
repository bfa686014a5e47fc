//! Pinyin to the phonemes of the neural voice, by tables alone: it never guesses a syllable it does not know.

use crate::phrase::syllable::Syllable;

/// How a syllable begins: as written, in the voice's phonemes, and in those of its English voices.
const INITIALS: [(&str, &str, &str); 22] = [
    ("", "", ""),
    ("b", "p", "b"),
    ("p", "pʰ", "p"),
    ("m", "m", "m"),
    ("f", "f", "f"),
    ("d", "t", "d"),
    ("t", "tʰ", "t"),
    ("n", "n", "n"),
    ("l", "l", "l"),
    ("g", "k", "ɡ"),
    ("k", "kʰ", "k"),
    ("h", "x", "h"),
    ("j", "ʨ", "ʤ"),
    ("q", "ʨʰ", "ʧ"),
    ("x", "ɕ", "ʃ"),
    ("zh", "ꭧ", "ʤ"),
    ("ch", "ꭧʰ", "ʧ"),
    ("sh", "ʂ", "ʃ"),
    ("r", "ɻ", "ɹ"),
    ("z", "ʦ", "dz"),
    ("c", "ʦʰ", "ts"),
    ("s", "s", "s"),
];

/// How it ends: in full, before and after the tone, and in the phonemes of the English voices.
const ENDS: [(&str, &str, &str, &str); 37] = [
    ("a", "a", "", "ˈɑ"),
    ("o", "ɔ", "", "ˈɔ"),
    ("e", "ɤ", "", "ˈʌ"),
    ("er", "ɚ", "", "ˈɑɹ"),
    ("ai", "ai", "", "ˈI"),
    ("ei", "ei", "", "ˈA"),
    ("ao", "au", "", "ˈW"),
    ("ou", "ou", "", "ˈO"),
    ("an", "a", "n", "ˈɑn"),
    ("en", "ə", "n", "ˈʌn"),
    ("ang", "a", "ŋ", "ˈɑŋ"),
    ("eng", "ə", "ŋ", "ˈʌŋ"),
    ("ong", "ʊ", "ŋ", "ˈʊŋ"),
    ("i", "i", "", "ˈi"),
    ("ia", "ja", "", "jˈɑ"),
    ("ie", "je", "", "jˈɛ"),
    ("iao", "jau", "", "jˈW"),
    ("iou", "jou", "", "jˈO"),
    ("io", "jɔ", "", "jˈɔ"),
    ("ian", "jɛ", "n", "jˈɛn"),
    ("in", "i", "n", "ˈɪn"),
    ("iang", "ja", "ŋ", "jˈɑŋ"),
    ("ing", "i", "ŋ", "ˈɪŋ"),
    ("iong", "jʊ", "ŋ", "jˈʊŋ"),
    ("u", "u", "", "ˈu"),
    ("ua", "wa", "", "wˈɑ"),
    ("uo", "wo", "", "wˈɔ"),
    ("uai", "wai", "", "wˈI"),
    ("uei", "wei", "", "wˈA"),
    ("uan", "wa", "n", "wˈɑn"),
    ("uen", "wə", "n", "wˈʌn"),
    ("uang", "wa", "ŋ", "wˈɑŋ"),
    ("ueng", "wə", "ŋ", "wˈʌŋ"),
    ("ü", "y", "", "jˈu"),
    ("üe", "ɥe", "", "jˈuɛ"),
    ("üan", "ɥɛ", "n", "jˈuɛn"),
    ("ün", "y", "n", "jˈun"),
];

/// The tones' signs, 5 = light.
const TONES: [&str; 5] = ["→", "↗", "↓", "↘", ""];

/// The phonemes of a syllable; none if it is no syllable.
pub fn mandarin(syllable: &str) -> Option<String> {
    let it = Syllable::parse(syllable)?;
    let (_, initial, _) = INITIALS.iter().find(|(written, ..)| *written == it.initial)?;
    let (_, vowel, rest, _) = ENDS.iter().find(|(written, ..)| *written == it.end)?;
    let vowel = if buzzes(it) { "ɨ" } else { vowel };
    let tone = TONES.get(usize::from(it.tone).checked_sub(1)?)?;
    Some(format!("{initial}{vowel}{tone}{rest}"))
}

/// 知, 吃, 日, 资: the i after these is a vowel of its own.
fn buzzes(it: Syllable) -> bool {
    it.end == "i" && ["zh", "ch", "sh", "r", "z", "c", "s"].contains(&it.initial)
}

/// What comes near in English.
pub(super) fn in_english(syllables: &[String]) -> Option<String> {
    let one = |(at, syllable): (usize, &String)| {
        let it = Syllable::parse(syllable)?;
        let (_, _, initial) = INITIALS.iter().find(|(written, ..)| *written == it.initial)?;
        let (_, _, _, end) = ENDS.iter().find(|(written, ..)| *written == it.end)?;
        let near = if buzzes(it) { format!("{initial}ˈɜɹ") } else { format!("{initial}{end}") };
        // An English word has one stress.
        Some(if at == 0 { near } else { near.replace('ˈ', "") })
    };
    let all: Option<Vec<String>> = syllables.iter().enumerate().map(one).collect();
    all.filter(|all| !all.is_empty()).map(|all| all.concat())
}
