//! A bank of clips, made of tones so that every sample is known: what is chosen, how it is joined, what is refused.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::sync::Arc;

use audio::Language;
use audio::bank::Bank;
use audio::phrase::{About, Part, Phrase, Role, Spot, Word};
use audio::sound::{RATE, Sound, samples, wav};
use audio::voice::clips::Clips;
use audio::voice::{Mute, Spoken, Voice};
use sha2::{Digest, Sha256};

/// A word of a tone clip lasts so long, milliseconds.
const WORD_MS: u32 = 200;

fn word(text: &str, sound: &str, role: Role) -> Word {
    Word { sounds: if sound.is_empty() { Vec::new() } else { vec![sound.into()] }, role, ..Word::plain(text) }
}

fn digit(text: &str, sound: &str, spot: Spot) -> Word {
    word(text, sound, Role::Digit(spot))
}

fn plain(text: &str, sound: &str) -> Word {
    word(text, sound, Role::Plain)
}

fn part(words: Vec<Word>) -> Phrase {
    Phrase { language: Language::Zh, parts: vec![Part { about: About::Ticket, language: Language::Zh, words }] }
}

/// A word of a clip: its text, its sound, where it stands in its number, whether there is a rest after it.
type Tone = (&'static str, &'static str, Option<&'static str>, bool);

fn bank(folder: &Path, clips: &[&[Tone]]) -> Bank {
    let mut sound = Vec::new();
    let mut rows = Vec::new();
    for (n, clip) in clips.iter().enumerate() {
        let length = clip.len() * samples(WORD_MS);
        let start = sound.len();
        sound.extend(
            (0..length)
                .map(|at| (at as f32 * (200.0 + 40.0 * n as f32) * std::f32::consts::TAU / RATE as f32).sin() * 0.3),
        );
        let words: Vec<_> = clip
            .iter()
            .enumerate()
            .map(|(at, (text, sound, spot, breath))| {
                let begin = at * samples(WORD_MS);
                serde_json::json!({"text": text, "sound": sound, "spot": spot, "at": [begin, begin + samples(WORD_MS)], "breath": breath})
            })
            .collect();
        rows.push(serde_json::json!({
            "key": format!("c{n}"), "text": clip.iter().map(|word| word.0).collect::<String>(), "about": "ticket",
            "start": start, "length": length, "lufs": -18.0, "words": words,
        }));
    }
    let count = sound.len();
    let file = wav::write(&Sound::new(sound)).unwrap();
    std::fs::write(folder.join("zh.wav"), &file).unwrap();
    let sum: String = Sha256::digest(&file).iter().map(|byte| format!("{byte:02x}")).collect();
    let manifest = serde_json::json!({
        "version": 1, "name": "tones", "rate": RATE, "made": "tones", "licence": "CC0-1.0",
        "languages": {"zh": {"file": "zh.wav", "sha256": sum, "samples": count, "voice": "sine", "clips": rows}},
    });
    std::fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    Bank::open(folder).unwrap()
}

fn usual(folder: &Path) -> Bank {
    bank(
        folder,
        &[
            &[
                ("请", "qing3", None, false),
                ("A", "", None, true),
                ("零", "ling2", Some("first"), false),
                ("一", "yi1", Some("middle"), false),
                ("号", "hao4", None, false),
            ],
            &[("一", "yi1", Some("middle"), false), ("二", "er4", Some("last"), false), ("号", "hao4", None, false)],
            &[("二", "er4", Some("first"), false), ("二", "er4", Some("last"), false)],
            &[
                ("三", "san1", Some("only"), false),
                ("号", "hao4", None, false),
                ("窗", "chuang1", None, false),
                ("口", "kou3", None, false),
            ],
        ],
    )
}

fn say(bank: Bank, phrase: &Phrase, rate: u16) -> Result<Spoken, Mute> {
    Clips::new(Arc::new(bank)).speak(phrase, rate).map(|mut all| all.remove(0))
}

fn made(spoken: &Spoken) -> Vec<&str> {
    spoken.made_of.iter().map(|made| made.what.as_str()).collect()
}

/// Steps in the 2 ms before and after every join: a tone of 300 Hz at 0.3 makes none above 0.03.
fn worst_step_at_joins(spoken: &Spoken) -> f32 {
    let reach = samples(2);
    let joins = spoken.made_of.iter().flat_map(|made| [made.from_ms, made.to_ms]);
    let around = |ms: u32| {
        let at = samples(ms);
        let range = at.saturating_sub(reach)..(at + reach).min(spoken.sound.samples.len());
        spoken.sound.samples[range].windows(2).map(|pair| (pair[0] - pair[1]).abs()).fold(0.0, f32::max)
    };
    joins.map(around).fold(0.0, f32::max)
}

#[test]
fn words_are_said_by_the_fewest_pieces_that_have_them() {
    let folder = tempfile::tempdir().unwrap();
    let call = part(vec![
        plain("请", "qing3"),
        word("A", "ei1", Role::Letter),
        digit("零", "ling2", Spot::First),
        digit("一", "yi1", Spot::Middle),
        digit("二", "er4", Spot::Last),
        plain("号", "hao4"),
    ]);
    let spoken = say(usual(folder.path()), &call, 100).unwrap();
    // Both 请A零 + 一二号 and 请A零一 + 二号 are two pieces; the first has its neighbours as they were spoken.
    assert_eq!(made(&spoken), ["c0 请A零", "c1 一二号"]);
    assert!(worst_step_at_joins(&spoken) < 0.05, "{}", worst_step_at_joins(&spoken));
    assert_eq!(spoken.made_of[1].from_ms - spoken.made_of[0].to_ms, 60, "the second begins a clip, so after a rest");
}

#[test]
fn words_that_ran_into_others_run_into_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let number = part(vec![digit("零", "ling2", Spot::First), digit("二", "er4", Spot::Last)]);
    let spoken = say(usual(folder.path()), &number, 100).unwrap();
    assert_eq!(made(&spoken), ["c0 零", "c2 二"]);
    assert_eq!(spoken.made_of[0].to_ms, spoken.made_of[1].from_ms, "without a gap");
    assert!(worst_step_at_joins(&spoken) < 0.05, "{}", worst_step_at_joins(&spoken));
}

#[test]
fn one_word_of_several_signs_is_found_sign_by_sign() {
    let folder = tempfile::tempdir().unwrap();
    let bank = usual(folder.path());
    let whole = Word { sounds: ["hao4", "chuang1", "kou3"].map(String::from).to_vec(), ..Word::plain("号窗口") };
    let spoken = say(bank, &part(vec![digit("三", "san1", Spot::Only), whole]), 100).unwrap();
    assert_eq!(made(&spoken), ["c3 三号窗口"]);
    assert_eq!(spoken.sound.samples.len(), 4 * samples(WORD_MS));
}

#[test]
fn a_digit_is_the_one_that_was_spoken_at_the_same_place() {
    let folder = tempfile::tempdir().unwrap();
    let first = say(usual(folder.path()), &part(vec![digit("二", "er4", Spot::First)]), 100).unwrap();
    assert_eq!(made(&first), ["c2 二"]);
    assert_eq!(first.made_of[0].to_ms, WORD_MS + 6, "the first of 二二, with the half cross-fade that runs on");
    // Nobody said a 三 in the middle: the only one is better than none.
    let middle = say(usual(folder.path()), &part(vec![digit("三", "san1", Spot::Middle)]), 100).unwrap();
    assert_eq!(made(&middle), ["c3 三"]);
}

#[test]
fn a_word_without_a_clip_is_named_and_nothing_is_half_said() {
    let folder = tempfile::tempdir().unwrap();
    let call = part(vec![plain("请", "qing3"), plain("综", "zong1"), plain("合", "he2")]);
    assert_eq!(say(usual(folder.path()), &call, 100), Err(Mute::Lacks("综".into())));
    let english = Phrase {
        language: Language::En,
        parts: vec![Part { about: About::Words, language: Language::En, words: vec![Word::plain("hello")] }],
    };
    assert!(matches!(say(usual(folder.path()), &english, 100), Err(Mute::Missing(_))));
    let nothing = say(usual(folder.path()), &part(vec![Word::plain("")]), 100);
    assert!(matches!(nothing, Err(Mute::Lacks(_))), "{nothing:?}");
}

#[test]
fn a_sound_of_its_own_is_not_taken_from_a_clip_that_lacks_it() {
    let folder = tempfile::tempdir().unwrap();
    // 号 as hào is there, as háo it is not.
    assert_eq!(say(usual(folder.path()), &part(vec![plain("号", "hao2")]), 100), Err(Mute::Lacks("号".into())));
    assert!(
        say(usual(folder.path()), &part(vec![plain("号", "")]), 100).is_ok(),
        "as usual, where no sound is asked for"
    );
}

#[test]
fn pauses_are_silent_and_exactly_as_long_as_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut words = vec![plain("请", "qing3"), plain("号", "hao4"), plain("号", "hao4")];
    words[1].pause_ms = 250;
    words[2].pause_ms = 999;
    let spoken = say(usual(folder.path()), &part(words), 100).unwrap();
    let quiet = spoken.sound.samples.split(|s| *s != 0.0).map(<[f32]>::len).max().unwrap();
    assert!((samples(250)..samples(253)).contains(&quiet), "{quiet}");
    let [.., before, after] = &spoken.made_of[..] else { panic!("{:?}", spoken.made_of) };
    assert_eq!(after.from_ms - before.to_ms, 250);
    assert_eq!(
        after.to_ms as usize,
        spoken.sound.samples.len() * 1000 / RATE as usize,
        "no silence after the last word"
    );
}

#[test]
fn a_word_and_a_voice_can_be_slower_or_faster() {
    let folder = tempfile::tempdir().unwrap();
    let call = |percent| {
        let mut words = vec![plain("号", "hao4"), plain("窗", "chuang1"), plain("口", "kou3")];
        words[2].rate_percent = percent;
        part(words)
    };
    let length = |percent, rate| {
        let folder = tempfile::tempdir().unwrap();
        say(usual(folder.path()), &call(percent), rate).unwrap().sound.samples.len() as f32 / samples(WORD_MS) as f32
    };
    assert!((length(100, 100) - 3.0).abs() < 0.1);
    assert!((length(100, 75) - 4.0).abs() < 0.1, "{}", length(100, 75));
    assert!((length(80, 100) - 3.25).abs() < 0.1, "{}", length(80, 100));
    assert!((length(100, 10) - 3.0 / 0.7).abs() < 0.1, "no slower than 70 percent");
    let spoken = say(usual(folder.path()), &call(80), 100).unwrap();
    assert!(worst_step_at_joins(&spoken) < 0.05);
}

#[test]
fn a_damaged_bank_says_what_is_wrong_and_stays_silent() {
    let call = part(vec![plain("请", "qing3")]);
    let damaged = |damage: &dyn Fn(&Path)| {
        let folder = tempfile::tempdir().unwrap();
        drop(usual(folder.path()));
        damage(folder.path());
        let mute = match Bank::open(folder.path()) {
            Ok(bank) => say(bank, &call, 100).unwrap_err(),
            Err(mute) => mute,
        };
        mute.to_string()
    };
    let edit = |from: &'static str, to: &'static str| {
        move |folder: &Path| {
            let path = folder.join("manifest.json");
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.contains(from), "{from}");
            std::fs::write(path, text.replacen(from, to, 1)).unwrap();
        }
    };
    let has = |line: String, wanted: &str| assert!(line.contains(wanted), "{line:?} does not say {wanted:?}");
    has(damaged(&|folder| std::fs::remove_file(folder.join("manifest.json")).unwrap()), "manifest.json is not there");
    has(damaged(&|folder| std::fs::write(folder.join("manifest.json"), "{").unwrap()), "cannot be read");
    has(damaged(&|folder| std::fs::write(folder.join("manifest.json"), [0xff; 64]).unwrap()), "cannot be read");
    has(damaged(&edit("\"version\":1", "\"version\":9")), "version 9");
    has(damaged(&edit("\"rate\":24000", "\"rate\":8000")), "8000 samples");
    has(damaged(&edit("\"start\":0", "\"start\":4294967295")), "outside of its sound");
    has(damaged(&edit("\"at\":[0,4800]", "\"at\":[0,48000000]")), "outside of its sound");
    has(damaged(&edit("zh.wav", "../zh.wav")), "no file of it");
    has(damaged(&|folder| std::fs::remove_file(folder.join("zh.wav")).unwrap()), "is not there");
    has(damaged(&|folder| std::fs::write(folder.join("zh.wav"), b"short").unwrap()), "its checksum is another");
    // The checksum is right and the file is still no sound, or too little of one.
    for (file, says) in
        [(b"OggS and then nothing".to_vec(), "damaged"), (wav::write(&Sound::new(vec![0.1; 50])).unwrap(), "shorter")]
    {
        let line = damaged(&|folder| {
            let sum: String = Sha256::digest(&file).iter().map(|byte| format!("{byte:02x}")).collect();
            let path = folder.join("manifest.json");
            let mut manifest: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            manifest["languages"]["zh"]["sha256"] = sum.into();
            std::fs::write(path, manifest.to_string()).unwrap();
            std::fs::write(folder.join("zh.wav"), &file).unwrap();
        });
        has(line, says);
    }
}

#[test]
fn a_text_without_end_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let endless = part(vec![plain("号", "hao4"); 10_000]);
    assert!(matches!(say(usual(folder.path()), &endless, 100), Err(Mute::Failed(_))));
    for odd in ["🙂", "\u{0}\u{7}", "\u{202e}号", "ｚ"] {
        assert!(
            matches!(say(usual(folder.path()), &part(vec![Word::plain(odd)]), 100), Err(Mute::Lacks(_))),
            "{odd:?}"
        );
    }
}
