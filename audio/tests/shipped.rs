//! The bank that ships with the program: it has every word of every call, at one level, without a click.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::{Arc, LazyLock};

use audio::announcement::Place;
use audio::bank::{Bank, atoms};
use audio::phrase::{self, About, Digits, Manner, One, Part, Phrase};
use audio::sound::level::{SPEECH_LUFS, loudness};
use audio::sound::{samples, wav};
use audio::template::Template;
use audio::voice::clips::Clips;
use audio::voice::{Spoken, Voice};
use audio::{Announcement, Kind, Language};
use proptest::prelude::*;

static BANK: LazyLock<Arc<Bank>> = LazyLock::new(|| Arc::new(Bank::embedded().unwrap()));
static VOICE: LazyLock<Clips> = LazyLock::new(|| Clips::new(BANK.clone()));
const LANGUAGES: [Language; 2] = [Language::Zh, Language::En];

fn call(language: Language, ticket: &str, label: &str, manner: &Manner) -> Phrase {
    let place = Place {
        label: label.into(),
        word: "号窗口".into(),
        word_en: "counter".into(),
        label_en: None,
        floor: None,
        direction: None,
    };
    let announcement = Announcement { kind: Kind::Call, tickets: vec![ticket.into()], place: Some(place), name: None };
    phrase::call(&announcement, &Template::standard(language, Kind::Call), manner).unwrap()
}

/// The sound of a call: its parts with the silence between them.
fn whole(phrase: &Phrase, spoken: &[Spoken]) -> Vec<f32> {
    let mut sound = Vec::new();
    for (part, spoken) in phrase.parts.iter().zip(spoken) {
        sound.extend_from_slice(&spoken.sound.samples);
        sound.resize(sound.len() + samples(u32::from(part.words.last().unwrap().pause_ms)), 0.0);
    }
    sound
}

/// The largest step from a sample to the next within so much of a place.
fn step(sound: &[f32], at: usize, reach: usize) -> f32 {
    let piece = &sound[at.saturating_sub(reach).min(sound.len())..(at + reach).min(sound.len())];
    piece.windows(2).map(|pair| (pair[0] - pair[1]).abs()).fold(0.0f32, f32::max)
}

/// The first place where a part clicks, milliseconds: a step there is larger than the steps of the clips at the places
/// where they were cut, and than what fading adds. Speech itself has steps of any size, so nothing else tells a click.
fn click(part: &Part, spoken: &Spoken) -> Option<u32> {
    let sound = &spoken.sound.samples;
    let all = atoms(part.language, &part.words);
    let runs = all.chunk_by(|a, b| a.pause_ms == 0 && a.rate_percent == b.rate_percent);
    let pieces: Vec<_> = runs.flat_map(|run| BANK.choose(part.language, run, part.about).unwrap()).collect();
    let cuts: Vec<(Vec<f32>, usize, usize)> = pieces
        .iter()
        .map(|piece| {
            let (clip, sound) = BANK.clip(part.language, piece.clip).unwrap();
            let [from, _] = clip.words[piece.first].at;
            let [_, to] = clip.words[piece.first + piece.count - 1].at;
            (sound.iter().map(|sample| wav::from_i16(*sample)).collect(), from as usize, to as usize)
        })
        .collect();
    // Parts are brought to one level: by so much were their clips made louder.
    let power = |sound: &[f32]| sound.iter().map(|s| s * s).sum::<f32>();
    let (clip, from, _) = &cuts[0];
    let louder = (power(&sound[240..1200]) / power(&clip[from + 240..from + 1200])).sqrt();
    let reach = samples(20);
    let joins = cuts.windows(2).zip(spoken.made_of.windows(2));
    joins
        .flat_map(|(cuts, made)| {
            let (before, after) = (step(&cuts[0].0, cuts[0].2, reach), step(&cuts[1].0, cuts[1].1, reach));
            // A fade of 5 ms over the loudest sample adds up to pi / 2 / 120 of it.
            let most = (before.max(after) * louder).mul_add(1.02, 0.014);
            [made[0].to_ms, made[1].from_ms].into_iter().filter(move |at| step(sound, samples(*at), samples(8)) > most)
        })
        .next()
}

#[test]
fn it_has_every_word_that_a_call_can_have() {
    for language in LANGUAGES {
        let lacks = |word: &phrase::Word| {
            let atoms = atoms(language, std::slice::from_ref(word));
            BANK.choose(language, &atoms, About::Ticket).err().map(|mute| mute.to_string())
        };
        let missing: Vec<String> = phrase::vocabulary(language).iter().filter_map(lacks).collect();
        assert_eq!(missing, Vec::<String>::new(), "{}", language.as_str());
    }
}

#[test]
fn counters_without_a_name_it_knows_are_those_shown_on_screen() {
    for (language, text) in
        [(Language::Zh, "请到屏幕显示的窗口"), (Language::En, "please proceed to the counter shown on screen")]
    {
        let phrase = phrase::free(text, language, &phrase::Overrides::default()).unwrap();
        let spoken = VOICE.speak(&phrase, 100).unwrap();
        assert_eq!(spoken[0].made_of.len(), 1, "one breath: {:?}", spoken[0].made_of);
    }
}

#[test]
fn every_counter_from_1_to_99_is_said_to_its_end() {
    for language in LANGUAGES {
        for counter in 1..=99 {
            let phrase = call(language, "A012", &counter.to_string(), &Manner::default());
            let place = phrase.parts.last().unwrap();
            let atoms = atoms(language, &place.words);
            let pieces = BANK.choose(language, &atoms, About::Place).unwrap();
            assert_eq!(pieces.iter().map(|piece| piece.count).sum::<usize>(), atoms.len());
            // Half of them were spoken as one; the others are two pieces at most.
            assert!(pieces.len() <= 2, "{} {counter}: {pieces:?}", language.as_str());
        }
    }
}

/// Every number, with every letter and every counter somewhere: chosen from the bank, though not all of them as sound.
#[test]
fn every_number_from_0_to_9999_has_its_pieces() {
    let manners = [
        Manner::default(),
        Manner { digits: Digits::Cardinal, ..Manner::default() },
        Manner { one: One::Yao, ..Manner::default() },
    ];
    let mut pieces_max = 0;
    for number in 0..10_000u32 {
        let letter = char::from(b'A' + (number % 26) as u8);
        let ticket = if number % 11 == 0 { format!("{number:04}") } else { format!("{letter}{number:03}") };
        let manner = &manners[number as usize % 3];
        for language in LANGUAGES {
            let phrase = call(language, &ticket, &(number % 99 + 1).to_string(), manner);
            for Part { about, language, words } in &phrase.parts {
                let pieces = BANK
                    .choose(*language, &atoms(*language, words), *about)
                    .unwrap_or_else(|mute| panic!("{ticket}: {mute}"));
                pieces_max = pieces_max.max(pieces.len());
            }
        }
    }
    assert!(pieces_max <= 8, "a part of {pieces_max} pieces");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_call_is_at_the_level_of_speech_without_clipping_or_clicks(
        number in 0..10_000u32, letter in 0..26u8, counter in 1..100u32, zh in any::<bool>(), rate in prop_oneof![Just(100u16), 70..=125u16],
    ) {
        let language = if zh { Language::Zh } else { Language::En };
        let ticket = format!("{}{number:03}", char::from(b'A' + letter));
        let phrase = call(language, &ticket, &counter.to_string(), &Manner::default());
        let spoken = VOICE.speak(&phrase, rate).unwrap();
        let sound = whole(&phrase, &spoken);
        prop_assert!(sound.iter().all(|sample| wav::to_i16(*sample).unsigned_abs() < i16::MAX.unsigned_abs()), "it clips");
        let lufs = loudness(&sound).unwrap();
        prop_assert!((lufs - SPEECH_LUFS).abs() <= 1.0, "{ticket}: {lufs} LUFS");
        if rate == 100 {
            for (part, spoken) in phrase.parts.iter().zip(&spoken) {
                prop_assert_eq!(click(part, spoken), None, "{}: a click in {:?}", ticket, spoken.made_of);
            }
        }
    }
}
