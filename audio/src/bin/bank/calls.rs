//! Random calls as WAV files, with what they say in `expected.json`: for recognisers to hear.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use audio::announcement::Place;
use audio::bank::Bank;
use audio::phrase::{self, Manner, Phrase};
use audio::sound::{RATE, samples, wav};
use audio::template::Template;
use audio::voice::Voice;
use audio::voice::clips::Clips;
use audio::{Announcement, Kind, Language, Sound};

use crate::{Options, say};

/// Letters of tickets: without I and O, which are too like 1 and 0 on paper.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";

/// `bank calls`.
pub fn calls(options: &Options) -> Result<(), String> {
    let out = options.folder("out")?;
    let voice = voice(options)?;
    let mut chance = Chance(options.number("seed", 1u64)?.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let count = options.number("count", 20u32)?;
    let languages: Vec<Language> = match options.text("language") {
        None => vec![Language::Zh, Language::En],
        Some("zh") => vec![Language::Zh],
        Some("en") => vec![Language::En],
        Some(other) => return Err(format!("there is no language {other}")),
    };
    std::fs::create_dir_all(&out).map_err(|error| error.to_string())?;
    let mut expected = Vec::new();
    let mut times = Vec::new();
    for n in 0..count {
        let letter = char::from(LETTERS[chance.below(LETTERS.len() as u64) as usize]);
        let digits: String = (0..3).map(|_| char::from(b'0' + chance.below(10) as u8)).collect();
        let counter = 1 + chance.below(99);
        for language in &languages {
            let phrase = call(*language, &format!("{letter}{digits}"), counter)?;
            let file = format!("{n:04}-{}.wav", language.as_str());
            let begun = Instant::now();
            let sound = voice.say(&phrase)?;
            times.push(begun.elapsed());
            write(&out.join(&file), &sound)?;
            expected.push(serde_json::json!({
                "file": file, "language": language.as_str(), "letter": letter, "digits": digits, "counter": counter,
            }));
        }
    }
    let text = serde_json::to_vec_pretty(&expected).map_err(|error| error.to_string())?;
    std::fs::write(out.join("expected.json"), text).map_err(|error| error.to_string())?;
    let (first, later) = times.split_at(languages.len().min(times.len()));
    let mut later = later.to_vec();
    later.sort();
    let at = |percent: usize| later.get(later.len() * percent / 100).or(later.last()).copied().unwrap_or_default();
    let line = format!(
        "the first of each language in {first:?}, later ones in {:?} each (median), {:?} (p95), {:?} (worst)",
        at(50),
        at(95),
        at(100)
    );
    say(&format!("{} calls by {} in {}: {line}", expected.len(), voice.id(), out.display()));
    Ok(())
}

/// Who says the calls.
enum Speaker {
    /// In parts, as the hub has them said.
    Parts(Box<dyn Voice>),
    /// In one breath, uncut: what is lost there is no fault of the cutting.
    #[cfg(feature = "neural")]
    Whole(Box<audio::voice::kokoro::Kokoro>),
}

impl Speaker {
    fn id(&self) -> &str {
        match self {
            Self::Parts(voice) => voice.id(),
            #[cfg(feature = "neural")]
            Self::Whole(voice) => voice.id(),
        }
    }

    fn say(&self, phrase: &Phrase) -> Result<Sound, String> {
        match self {
            Self::Parts(voice) => sound(voice.as_ref(), phrase),
            #[cfg(feature = "neural")]
            Self::Whole(voice) => {
                let mut samples = voice.take(&phrase.parts, 100).map_err(|mute| mute.to_string())?.samples;
                audio::sound::level::to_speech(&mut samples);
                Ok(Sound { rate: RATE, samples: samples.into() })
            }
        }
    }
}

fn voice(options: &Options) -> Result<Speaker, String> {
    match (options.text("pack"), options.text("bank")) {
        #[cfg(feature = "neural")]
        (Some(pack), _) => {
            let mut voice = audio::voice::kokoro::Kokoro::open(Path::new(pack)).map_err(|mute| mute.to_string())?;
            if let Some(folder) = options.text("kept") {
                voice.keep(folder.into());
            }
            let whole = options.text("whole").is_some();
            Ok(if whole { Speaker::Whole(Box::new(voice)) } else { Speaker::Parts(Box::new(voice)) })
        }
        #[cfg(not(feature = "neural"))]
        (Some(_), _) => Err("this program was built without the feature `neural`".into()),
        (None, Some(folder)) => clips(Bank::open(Path::new(folder))),
        (None, None) => clips(Bank::embedded()),
    }
}

fn clips(bank: Result<Bank, audio::voice::Mute>) -> Result<Speaker, String> {
    bank.map(|bank| Speaker::Parts(Box::new(Clips::new(Arc::new(bank))))).map_err(|mute| mute.to_string())
}

fn call(language: Language, ticket: &str, counter: u64) -> Result<Phrase, String> {
    let place = Place {
        label: counter.to_string(),
        word: "号窗口".into(),
        word_en: "counter".into(),
        label_en: None,
        floor: None,
        direction: None,
    };
    let announcement = Announcement { kind: Kind::Call, tickets: vec![ticket.into()], place: Some(place), name: None };
    phrase::call(&announcement, &Template::standard(language, Kind::Call), &Manner::default())
        .map_err(|error| error.to_string())
}

/// The whole call: its parts with the silence that belongs between them.
fn sound(voice: &dyn Voice, phrase: &Phrase) -> Result<Sound, String> {
    let spoken = voice.speak(phrase, 100).map_err(|mute| mute.to_string())?;
    let mut whole = Vec::new();
    for (part, spoken) in phrase.parts.iter().zip(spoken) {
        whole.extend_from_slice(&spoken.sound.samples);
        let pause = part.words.last().map_or(0, |word| word.pause_ms);
        whole.resize(whole.len() + samples(u32::from(pause)), 0.0);
    }
    Ok(Sound { rate: RATE, samples: whole.into() })
}

fn write(path: &Path, sound: &Sound) -> Result<(), String> {
    let bytes = wav::write(sound).map_err(|error| error.to_string())?;
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// A generator whose numbers are the same on every machine (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % most
    }
}
