//! A syllable of Mandarin as it is written in pinyin with a tone number: `ling2`, `lü4`, `de5`.

/// A checked syllable, its parts told from each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Syllable {
    /// How it begins: `zh`; may be empty.
    pub initial: &'static str,
    /// How it ends, in full: `uei` for `hui`, `üan` for `yuan`.
    pub end: &'static str,
    /// 1 to 4, 5 = light.
    pub tone: u8,
}

const INITIALS: [&str; 21] =
    ["zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s"];

/// Endings after an initial, as written and in full.
const ENDS: [(&str, &str); 35] = [
    ("a", "a"),
    ("o", "uo"),
    ("e", "e"),
    ("i", "i"),
    ("u", "u"),
    ("ü", "ü"),
    ("ai", "ai"),
    ("ei", "ei"),
    ("ao", "ao"),
    ("ou", "ou"),
    ("an", "an"),
    ("en", "en"),
    ("ang", "ang"),
    ("eng", "eng"),
    ("ong", "ong"),
    ("ia", "ia"),
    ("ie", "ie"),
    ("iao", "iao"),
    ("iu", "iou"),
    ("ian", "ian"),
    ("in", "in"),
    ("iang", "iang"),
    ("ing", "ing"),
    ("iong", "iong"),
    ("ua", "ua"),
    ("uo", "uo"),
    ("uai", "uai"),
    ("ui", "uei"),
    ("uan", "uan"),
    ("un", "uen"),
    ("uang", "uang"),
    ("ue", "üe"),
    ("üe", "üe"),
    ("üan", "üan"),
    ("ün", "ün"),
];

/// Syllables without an initial, as written and in full.
const BARE: [(&str, &str); 37] = [
    ("a", "a"),
    ("o", "o"),
    ("e", "e"),
    ("ê", "ei"),
    ("er", "er"),
    ("ai", "ai"),
    ("ei", "ei"),
    ("ao", "ao"),
    ("ou", "ou"),
    ("an", "an"),
    ("en", "en"),
    ("ang", "ang"),
    ("eng", "eng"),
    ("yi", "i"),
    ("ya", "ia"),
    ("yo", "io"),
    ("ye", "ie"),
    ("yao", "iao"),
    ("you", "iou"),
    ("yan", "ian"),
    ("yin", "in"),
    ("yang", "iang"),
    ("ying", "ing"),
    ("yong", "iong"),
    ("yu", "ü"),
    ("yue", "üe"),
    ("yuan", "üan"),
    ("yun", "ün"),
    ("wu", "u"),
    ("wa", "ua"),
    ("wo", "uo"),
    ("wai", "uai"),
    ("wei", "uei"),
    ("wan", "uan"),
    ("wen", "uen"),
    ("wang", "uang"),
    ("weng", "ueng"),
];

impl Syllable {
    /// Reads a syllable as [`tidy`] writes it.
    pub fn parse(written: &str) -> Option<Self> {
        let tone = written.bytes().last().filter(|digit| (b'1'..=b'5').contains(digit))? - b'0';
        let plain = &written[..written.len() - 1];
        let bare = BARE.iter().find(|(as_written, _)| *as_written == plain);
        if let Some((_, end)) = bare {
            return Some(Self { initial: "", end, tone });
        }
        let (initial, rest) = INITIALS.iter().find_map(|initial| Some((*initial, plain.strip_prefix(initial)?)))?;
        let (_, end) = ENDS.iter().find(|(as_written, _)| *as_written == rest)?;
        let end = match (initial, *end) {
            ("j" | "q" | "x", "u") => "ü",
            ("j" | "q" | "x", "uan") => "üan",
            ("j" | "q" | "x", "uen") => "ün",
            (_, end) => end,
        };
        Some(Self { initial, end, tone })
    }
}

/// A syllable as we keep it, from what people type: small letters, `ü` for `v` and `u:`, a tone number (5 if none).
pub fn tidy(typed: &str) -> Option<String> {
    let mut written = typed.trim().to_lowercase().replace("u:", "ü").replace('v', "ü");
    if written.ends_with('0') {
        written.pop();
    }
    if !written.ends_with(|c: char| c.is_ascii_digit()) {
        written.push('5');
    }
    Syllable::parse(&written).map(|_| written)
}

/// Syllables with spaces between them; none if one of them is no syllable or there is none.
pub fn all(typed: &str) -> Option<Vec<String>> {
    let syllables: Option<Vec<String>> = typed.split_whitespace().map(tidy).collect();
    syllables.filter(|syllables| !syllables.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_apart() {
        let is = |written: &str, initial, end, tone| {
            assert_eq!(Syllable::parse(written), Some(Syllable { initial, end, tone }), "{written}");
        };
        is("shan4", "sh", "an", 4);
        is("zhuang1", "zh", "uang", 1);
        is("hui4", "h", "uei", 4);
        is("yuan2", "", "üan", 2);
        is("xun2", "x", "ün", 2);
        is("lü4", "l", "ü", 4);
        is("er4", "", "er", 4);
        is("bo1", "b", "uo", 1);
    }

    #[test]
    fn what_people_type_is_tidied_or_refused() {
        assert_eq!(all("Shan4 dan1 DAN1"), Some(vec!["shan4".into(), "dan1".into(), "dan1".into()]));
        assert_eq!(tidy("lv4").as_deref(), Some("lü4"));
        assert_eq!(tidy("nu:3").as_deref(), Some("nü3"));
        assert_eq!(tidy("de").as_deref(), Some("de5"));
        for wrong in ["", "dan6", "xyz1", "shan4dan1", "1", "ａ1x"] {
            assert_eq!(tidy(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_sound_of_the_dictionary_is_a_syllable() {
        use pinyin::ToPinyin;
        let odd: Vec<String> = ('\u{4E00}'..='\u{9FFF}')
            .filter_map(|c| c.to_pinyin())
            .filter_map(|sound| {
                let written = sound.with_tone_num_end();
                tidy(written).is_none().then(|| written.to_owned())
            })
            .collect();
        // Three hums (呣, 嗯, 噷); the lexicon has a syllable for the one that is a word.
        assert_eq!(odd, ["m2", "n2", "hm"]);
    }
}
