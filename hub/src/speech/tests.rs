//! The sounds of a hub, by voices that write down what they were asked.

use std::sync::atomic::{AtomicU32, Ordering};

use audio::phrase::{self, Overrides, Phrase};
use audio::voice::{Mute, Spoken};
use audio::{Language, Sound};

use super::*;

/// Says everything, slowly, and counts.
#[derive(Default)]
struct Patient(AtomicU32);

impl Voice for Patient {
    fn id(&self) -> &str {
        "patient"
    }

    fn speak(&self, phrase: &Phrase, _: u16) -> Result<Vec<Spoken>, Mute> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let one = |_| Spoken { sound: Sound::new(vec![0.1; 2_400]), made_of: Vec::new() };
        Ok(phrase.parts.iter().map(one).collect())
    }
}

fn work(text: &str) -> Work {
    let part = phrase::free(text, Language::Zh, &Overrides::default()).unwrap().parts.remove(0);
    let key = "0123456789abcdef".to_owned();
    Work { key, parts: vec![part.clone()], plain: part, rate_percent: 100, personal: false }
}

#[test]
fn words_that_no_quick_voice_has_are_said_by_the_patient_one_once_for_all_who_ask() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Arc::new(Keys::open(folder.path(), None).unwrap());
    let speech = Speech::new(keys, folder.path(), Vec::new());
    let words = work("请从东门离开");
    assert!(speech.sound(&words).is_err(), "there is no voice");
    let patient = Arc::new(Patient::default());
    speech.voices.set_neural(patient.clone());
    let heard: Vec<_> = std::thread::scope(|threads| {
        let asking: Vec<_> = (0..4).map(|_| threads.spawn(|| speech.sound(&words).map(|it| it.voice))).collect();
        asking.into_iter().map(|it| it.join().unwrap().unwrap()).collect()
    });
    assert!(heard.iter().all(|it| &**it == "patient"), "{heard:?}");
    let named = Work { key: "fedcba9876543210".into(), personal: true, ..work("请单女士到东门") };
    assert!(speech.sound(&named).is_ok_and(|it| it.fleeting), "a name too, kept by nobody");
    assert_eq!(patient.0.load(Ordering::Relaxed), 2, "players, screens and the maker ask at the same time");
    let by = speech.voices.speak_patiently(&words.plain, 100).unwrap();
    assert_eq!((by.voice.as_str(), by.instead), ("patient", None), "and a preview has it too");
}
