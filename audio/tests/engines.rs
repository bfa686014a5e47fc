//! Other engines and people's recordings, well and badly behaved; and the order in which voices are asked.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use audio::Language;
use audio::phrase::{About, Part, Phrase, Role, Word};
use audio::sound::level::{PEAK_MAX, SPEECH_LUFS, loudness};
use audio::sound::{RATE, Sound, wav};
use audio::voice::chain::Chain;
use audio::voice::command::External;
use audio::voice::espeak::Espeak;
use audio::voice::recordings::Recordings;
use audio::voice::{Mute, Spoken, Voice};

fn phrase(language: Language, words: Vec<Word>) -> Phrase {
    Phrase { language, parts: vec![Part { about: About::Words, language, words }] }
}

fn english(text: &str) -> Phrase {
    phrase(Language::En, text.split(' ').map(Word::plain).collect())
}

fn chinese(words: &[(&str, &str)]) -> Phrase {
    let word = |(text, sound): &(&str, &str)| Word { sounds: vec![(*sound).to_owned()], ..Word::plain(text) };
    phrase(Language::Zh, words.iter().map(word).collect())
}

/// A second of a tone with silence around it, as a WAV file of this rate.
fn tone(rate: u32) -> Vec<u8> {
    let wave = |n: u32| if (rate / 4..rate * 5 / 4).contains(&n) { (n as f32 * 0.05).sin() * 0.05 } else { 0.0 };
    wav::write(&Sound { rate, samples: (0..rate * 3 / 2).map(wave).collect() }).unwrap()
}

fn is_speech(spoken: &Spoken) {
    assert_eq!(spoken.sound.rate, RATE);
    let lufs = loudness(&spoken.sound.samples).unwrap();
    assert!((lufs - SPEECH_LUFS).abs() < 1.0, "{lufs}");
    assert!(spoken.sound.peak() <= PEAK_MAX);
}

/// Runs `sh FILE …`, where FILE is a script of ours: texts go to it as arguments, never into it.
fn script(folder: &Path, body: &str, arguments: &[&str], millis: u64) -> External {
    let path = folder.join("engine.sh");
    std::fs::write(&path, body).unwrap();
    let arguments = [path.to_str().unwrap()].iter().chain(arguments).map(ToString::to_string).collect();
    External::new("test", "/bin/sh", arguments, vec![Language::En], Duration::from_millis(millis), folder)
}

fn mute(voice: &dyn Voice, phrase: &Phrase) -> String {
    match voice.speak(phrase, 100) {
        Ok(_) => panic!("it spoke"),
        Err(mute) => mute.to_string(),
    }
}

#[test]
fn an_engine_gets_its_text_whole_and_its_sound_is_trimmed_and_levelled() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tone.wav"), tone(16_000)).unwrap();
    let body =
        "printf '%s|%s|%s' \"$1\" \"$2\" \"$4\" >\"$(dirname \"$0\")/told\"\ncp \"$(dirname \"$0\")/tone.wav\" \"$3\"";
    let engine = script(folder.path(), body, &["{text}", "{language}-{rate}", "{out}", "a {text} {{text}} b"], 5_000);
    let odd = "$(touch /tmp/never) ; `id` \"quoted\" 'it' {out} {language} \u{7}\u{1b}[31m 🙂 -x";
    let spoken = engine.speak(&english(odd), 80).unwrap().remove(0);
    is_speech(&spoken);
    let seconds = spoken.sound.length().as_secs_f32();
    assert!((1.0..1.1).contains(&seconds), "the silence around it is gone: {seconds}");
    let said = odd.replace(['\u{7}', '\u{1b}'], "");
    let told = std::fs::read_to_string(folder.path().join("told")).unwrap();
    assert_eq!(told, format!("{said}|en-80|a {said} {{{said}}} b"));
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "its file is taken away again: {left:?}");
}

#[test]
fn an_engine_may_write_its_sound_to_its_output() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tone.wav"), tone(RATE)).unwrap();
    let engine = script(folder.path(), "cat \"$(dirname \"$0\")/tone.wav\"", &["{text}"], 5_000);
    is_speech(&engine.speak(&english("hello"), 100).unwrap()[0]);
}

#[test]
fn an_engine_that_hangs_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    let line = mute(&script(folder.path(), "exec sleep 60", &["{text}"], 200), &english("hello"));
    assert!(line.contains("longer than 0.2 seconds"), "{line}");
    // One that closes its output and stays is no better.
    let line = mute(&script(folder.path(), "exec sleep 60 >&- 2>&-", &["{text}"], 200), &english("hello"));
    assert!(line.contains("longer than"), "{line}");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn an_engine_that_fails_or_lies_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let says = |body: &str, arguments: &[&str], wanted: &str| {
        let line = mute(&script(folder.path(), body, arguments, 5_000), &english("hello"));
        assert!(line.contains(wanted), "{body:?}: {line:?} does not say {wanted:?}");
    };
    says("echo no voice >&2; exit 3", &["{out}"], "no voice");
    says("exit 0", &["{out}"], "without writing a sound");
    says("exit 0", &["{text}"], "something else than speech");
    says("echo RIFF this is no wave", &["{text}"], "something else than speech");
    says("cat \"$0\"", &["{text}"], "something else than speech");
    std::fs::write(folder.path().join("silence.wav"), wav::write(&Sound::new(vec![0.0; 24_000])).unwrap()).unwrap();
    says("cat \"$(dirname \"$0\")/silence.wav\"", &["{text}"], "silence");
    says("head -c 40000000 /dev/zero", &["{text}"], "wrote more than");
    let missing =
        External::new("x", "/nowhere/engine", vec![], vec![Language::En], Duration::from_secs(1), folder.path());
    assert_eq!(mute(&missing, &english("hello")), "the program /nowhere/engine is not there");
    assert!(mute(&missing, &chinese(&[("请", "qing3")])).contains("the language zh"));
}

#[test]
fn texts_of_nothing_are_never_handed_to_a_program() {
    let folder = tempfile::tempdir().unwrap();
    let engine = script(folder.path(), "touch \"$(dirname \"$0\")/ran\"", &["{text}"], 5_000);
    for nothing in ["", "\u{0}\u{1}\u{2}", "🙂", "…"] {
        assert!(matches!(engine.speak(&english(nothing), 100), Err(Mute::Lacks(_))), "{nothing:?}");
    }
    assert!(!folder.path().join("ran").exists());
    // 10,000 words end somewhere, and the program is told what fits.
    let long = script(folder.path(), "printf %s \"$1\" | wc -c >\"$(dirname \"$0\")/count\"", &["{text}"], 5_000);
    assert!(long.speak(&english(&"word ".repeat(10_000)), 100).is_err());
    let count: usize = std::fs::read_to_string(folder.path().join("count")).unwrap().trim().parse().unwrap();
    assert_eq!(count, audio::phrase::TEXT_CHARS_MAX * 8);
}

#[test]
fn espeak_is_missing_without_a_fuss_and_speaks_mandarin_only_when_allowed() {
    let none = Espeak::new("/nowhere/espeak-ng", false);
    assert_eq!(mute(&none, &english("hello")), "the program /nowhere/espeak-ng is not there");
    assert!(mute(&none, &chinese(&[("请", "qing3")])).contains("--espeak-chinese"));
    let allowed = Espeak::new("/nowhere/espeak-ng", true);
    assert_eq!(mute(&allowed, &chinese(&[("请", "qing3")])), "the program /nowhere/espeak-ng is not there");
    let unknown = phrase(Language::Zh, vec![Word::plain("请")]);
    assert!(matches!(allowed.speak(&unknown, 100), Err(Mute::Lacks(_))), "signs without pinyin are never sent");
}

/// Needs the program; Debian's package `espeak-ng`, which the tests' dependencies bring.
#[test]
fn espeak_speaks_english_and_pinyin() {
    let voice = Espeak::new("espeak-ng", true);
    if matches!(voice.speak(&english("hello"), 100), Err(Mute::Missing(_))) {
        // A machine without it: the fall-back is the test above.
        return;
    }
    let mut call = english("Number A zero one two");
    call.parts[0].words[1].role = Role::Letter;
    let spoken = voice.speak(&call, 100).unwrap().remove(0);
    is_speech(&spoken);
    let slow = voice.speak(&call, 70).unwrap().remove(0);
    assert!(slow.sound.samples.len() > spoken.sound.samples.len() * 5 / 4);
    is_speech(&voice.speak(&chinese(&[("请", "qing3"), ("女", "nü3")]), 100).unwrap()[0]);
}

fn recorded(files: &[(&str, Vec<u8>)]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let path = folder.path().to_owned();
    (folder, path)
}

#[test]
fn the_longest_recordings_that_make_up_a_part_are_joined() {
    let (_keep, folder) = recorded(&[
        ("en/counter.wav", tone(44_100)),
        ("en/Counter Three.wav", tone(8_000)),
        ("en/please.wav", tone(48_000)),
        ("zh/请.wav", tone(24_000)),
        ("zh/readme.txt", b"not a sound, and not meant to be".to_vec()),
    ]);
    let (voice, faults) = Recordings::open(&folder).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    let spoken = voice.speak(&english("please counter three"), 100).unwrap().remove(0);
    is_speech(&spoken);
    let names: Vec<&str> = spoken.made_of.iter().map(|made| made.what.as_str()).collect();
    assert_eq!(names, ["please", "counterthree"]);
    assert_eq!(voice.speak(&english("please four"), 100), Err(Mute::Lacks("four".into())));
    assert!(matches!(voice.speak(&chinese(&[("到", "dao4")]), 100), Err(Mute::Lacks(_))));
}

#[test]
fn recordings_that_are_no_sound_are_named_and_the_others_are_used() {
    let long = wav::write(&Sound { rate: 8_000, samples: vec![0.1; 8_000 * 301].into() }).unwrap();
    let (_keep, folder) = recorded(&[
        ("en/good.wav", tone(22_050)),
        ("en/empty.wav", Vec::new()),
        ("en/text.mp3", b"this is text".to_vec()),
        ("en/cut.ogg", b"OggS\0\x02 cut off".to_vec()),
        ("en/noise.flac", b"fLaC\0\0\0\x22 and no more".to_vec()),
        ("en/frames.mp3", [0xff, 0xfb, 0x90, 0x64].repeat(9)),
        ("en/silent.wav", wav::write(&Sound::new(vec![0.0; 24_000])).unwrap()),
        ("en/long.wav", long),
        ("en/---.wav", tone(24_000)),
    ]);
    let (voice, faults) = Recordings::open(&folder).unwrap();
    let mut named: Vec<String> =
        faults.iter().map(|(path, _)| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    named.sort();
    assert_eq!(
        named,
        ["---.wav", "cut.ogg", "empty.wav", "frames.mp3", "long.wav", "noise.flac", "silent.wav", "text.mp3"]
    );
    assert!(voice.speak(&english("good"), 100).is_ok());
    let (_keep, empty) = recorded(&[("en/bad.wav", b"x".to_vec())]);
    assert!(matches!(Recordings::open(&empty), Err(Mute::Failed(_))));
    assert!(matches!(Recordings::open(Path::new("/nowhere")), Err(Mute::Failed(_))));
}

/// A voice that says one word, or fails.
struct Only(&'static str, Result<&'static str, Mute>);

impl Voice for Only {
    fn id(&self) -> &str {
        self.0
    }

    fn speak(&self, phrase: &Phrase, _: u16) -> Result<Vec<Spoken>, Mute> {
        let known = self.1.clone()?;
        let one = |part: &Part| match part.words.iter().find(|word| word.text != known) {
            None => Ok(Spoken { sound: Sound::new(vec![0.1; 100]), made_of: Vec::new() }),
            Some(word) => Err(Mute::Lacks(word.text.clone())),
        };
        phrase.parts.iter().map(one).collect()
    }
}

#[test]
fn the_first_voice_that_can_says_a_part_and_the_reasons_of_the_others_are_kept() {
    let chain = Chain::new(vec![
        Arc::new(Only("neural", Err(Mute::Missing("a voice pack".into())))),
        Arc::new(Only("clips", Ok("one"))),
        Arc::new(Only("espeak", Ok("two"))),
    ]);
    let mut both = english("one");
    both.parts.extend(english("two").parts);
    let said = chain.speak(&both, 100).unwrap();
    let who: Vec<&str> = said.iter().map(|said| said.voice.as_str()).collect();
    assert_eq!(who, ["clips", "espeak"]);
    assert_eq!(
        said[1].before,
        [("neural".to_owned(), Mute::Missing("a voice pack".into())), ("clips".to_owned(), Mute::Lacks("two".into())),]
    );
    let silence = chain.speak(&english("three"), 100).err().unwrap();
    assert_eq!(
        silence.to_string(),
        "neural: a voice pack is not there; clips: this voice has no sound for \"three\"; espeak: this voice has no sound for \"three\""
    );
    assert_eq!(Chain::default().speak(&english("one"), 100).err().unwrap().to_string(), "there is no voice");
}
