//! Sounds by key, close at hand: in memory as they are played, and on the disk for after a restart.
//!
//! Both are bounded; what was used longest ago goes first. The disk is a help, never a condition: full, missing or
//! read-only, sounds are played from memory, and the trouble is told. What the hub does not want kept (a visitor's name,
//! a sound that a better one replaces soon) never touches it, and is asked for again each time.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Write as _};
use std::path::PathBuf;
use std::time::SystemTime;

use audio::Sound;
use audio::mixer::resampled;

/// Sounds in memory, bytes: about twenty minutes of speech at 48 kHz.
const MEMORY_BYTES_MAX: usize = 256 * 1_024 * 1_024;
/// Sounds that are remembered as not to be had.
const LACKING_MAX: usize = 4_096;
/// Longest name of a sound, characters.
const KEY_CHARS_MAX: usize = 128;
/// What files of the shelf end with.
const ENDING: &str = "wav";

/// A sound as it is played at one rate.
type Ready = (String, u32);

/// See the module.
pub struct Shelf {
    folder: PathBuf,
    bytes_max: u64,
    memory_max: usize,
    /// Sounds by key and rate, and when each was used last.
    ready: HashMap<Ready, (Sound, u64)>,
    /// Sounds for this time only.
    passing: HashSet<String>,
    /// Sounds that were asked for and not to be had.
    lacking: HashSet<String>,
    /// Those of them that no voice of the hub can make.
    unvoiced: HashSet<String>,
    /// Files by key: bytes, and when each was used last.
    files: HashMap<String, (u64, u64)>,
    uses: u64,
    trouble: Option<String>,
    /// The folder took no file last time: said once, until it takes one.
    unwritable: bool,
}

/// What came as a sound is none.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{key}: {why}")]
pub struct NoSound {
    key: String,
    why: String,
}

impl Shelf {
    /// The shelf in a folder, with what lies there from before.
    pub fn open(folder: PathBuf, bytes_max: u64) -> Self {
        let mut shelf = Self {
            folder,
            bytes_max,
            memory_max: MEMORY_BYTES_MAX,
            ready: HashMap::new(),
            passing: HashSet::new(),
            lacking: HashSet::new(),
            unvoiced: HashSet::new(),
            files: HashMap::new(),
            uses: 0,
            trouble: None,
            unwritable: false,
        };
        if let Err(cause) = std::fs::create_dir_all(&shelf.folder) {
            shelf.not_written(&cause);
        }
        shelf.look();
        shelf.tidy();
        shelf
    }

    /// Whether a sound is here, without looking at it.
    pub fn has(&self, key: &str) -> bool {
        self.files.contains_key(key) || self.ready.keys().any(|(it, _)| it == key)
    }

    /// Whether there is anything to wait for: it is neither here nor known not to be had.
    pub fn may_come(&self, key: &str) -> bool {
        !self.has(key) && !self.lacking.contains(key)
    }

    /// A sound was asked for and is not to be had, or is asked for anew.
    pub fn lacks(&mut self, key: &str, lacks: bool) {
        if lacks {
            if self.lacking.len() >= LACKING_MAX {
                self.lacking.clear();
                self.unvoiced.clear();
            }
            self.lacking.insert(key.to_owned());
        } else {
            self.lacking.remove(key);
            self.unvoiced.remove(key);
        }
    }

    /// The hub says that no voice can make it.
    pub fn lacks_voice(&mut self, key: &str) {
        self.lacks(key, true);
        self.unvoiced.insert(key.to_owned());
    }

    /// Whether no voice can make it, as far as the hub said.
    pub fn is_unvoiced(&self, key: &str) -> bool {
        self.unvoiced.contains(key)
    }

    /// Whether a sound can be played at this rate at once, now and later.
    pub fn is_ready(&self, key: &str, rate: u32) -> bool {
        self.ready.contains_key(&(key.to_owned(), rate)) && !self.passing.contains(key)
    }

    /// A sound is good for this time only, or for later too.
    pub fn mark(&mut self, key: &str, passing: bool) {
        if passing {
            self.passing.insert(key.to_owned());
        } else {
            self.passing.remove(key);
        }
    }

    /// A sound at this rate. From memory at once; from the disk within milliseconds.
    pub fn sound(&mut self, key: &str, rate: u32) -> Option<Sound> {
        self.uses += 1;
        let uses = self.uses;
        if let Some((_, used)) = self.files.get_mut(key) {
            *used = uses;
        }
        if let Some((sound, used)) = self.ready.get_mut(&(key.to_owned(), rate)) {
            *used = uses;
            return Some(sound.clone());
        }
        let bytes = self.files.contains_key(key).then(|| std::fs::read(self.path(key)))?;
        let read = bytes.map_err(|it| it.to_string()).and_then(|it| decode(key, &it).map_err(|it| it.to_string()));
        match read.and_then(|it| resampled(&it, rate).map_err(|it| it.to_string())) {
            Ok(sound) => {
                self.make_ready(key, sound.clone());
                Some(sound)
            }
            Err(why) => {
                // Damaged: away with it, so that it is fetched again.
                self.note(&why);
                let _ = std::fs::remove_file(self.path(key));
                self.files.remove(key);
                None
            }
        }
    }

    /// Takes a sound that can be played at its rate into memory.
    pub fn make_ready(&mut self, key: &str, sound: Sound) {
        self.uses += 1;
        self.ready.insert((key.to_owned(), sound.rate), (sound, self.uses));
        while self.memory() > self.memory_max && self.ready.len() > 1 {
            let oldest = self.ready.iter().min_by_key(|(_, (_, used))| *used).map(|(key, _)| key.clone());
            if let Some((key, rate)) = oldest {
                self.passing.remove(&key);
                self.ready.remove(&(key, rate));
            }
        }
    }

    /// The file of a sound, to be read without holding up whoever plays.
    pub fn file(&self, key: &str) -> Option<PathBuf> {
        self.files.contains_key(key).then(|| self.path(key))
    }

    /// Keeps a sound's file. A disk that does not take it is noted, and nothing else happens.
    pub fn keep(&mut self, key: &str, bytes: &[u8]) {
        if !is_key(key) || bytes.len() as u64 > self.bytes_max {
            return;
        }
        let written = tempfile::NamedTempFile::new_in(&self.folder).and_then(|mut file| {
            file.write_all(bytes)?;
            file.persist(self.path(key)).map_err(|it| it.error)
        });
        match written {
            Ok(_) => {
                self.uses += 1;
                self.files.insert(key.to_owned(), (bytes.len() as u64, self.uses));
                self.trouble = None;
                if std::mem::take(&mut self.unwritable) {
                    tracing::info!("the shelf: {} takes files again", self.folder.display());
                }
                self.tidy();
            }
            Err(cause) => self.not_written(&cause),
        }
    }

    /// What is wrong with the disk.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    fn memory(&self) -> usize {
        self.ready.values().map(|(sound, _)| sound.samples.len() * size_of::<f32>()).sum()
    }

    fn path(&self, key: &str) -> PathBuf {
        self.folder.join(key).with_extension(ENDING)
    }

    /// Finds what lies in the folder, the oldest first.
    fn look(&mut self) {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let key = path.file_stem().and_then(|it| it.to_str()).filter(|it| is_key(it)).map(str::to_owned);
            match (key, entry.metadata(), path.extension().is_some_and(|it| it == ENDING)) {
                (Some(key), Ok(about), true) if about.is_file() => {
                    found.push((about.modified().unwrap_or(SystemTime::UNIX_EPOCH), key, about.len()));
                }
                _ => {}
            }
        }
        found.sort();
        for (_, key, bytes) in found {
            self.uses += 1;
            self.files.insert(key, (bytes, self.uses));
        }
    }

    /// Throws away what was used longest ago, until the rest fits.
    fn tidy(&mut self) {
        while self.files.values().map(|(bytes, _)| bytes).sum::<u64>() > self.bytes_max {
            let Some(oldest) = self.files.iter().min_by_key(|(_, (_, used))| *used).map(|(key, _)| key.clone()) else {
                return;
            };
            let _ = std::fs::remove_file(self.path(&oldest));
            self.files.remove(&oldest);
        }
    }

    /// One line until the folder can be written again: each file has a name of its own, and the trouble is the same.
    fn not_written(&mut self, cause: &std::io::Error) {
        if !std::mem::replace(&mut self.unwritable, true) {
            self.note(&format!("{}: {}; sounds are played from memory", self.folder.display(), plain(cause)));
        }
    }

    fn note(&mut self, why: &str) {
        if self.trouble.as_deref() != Some(why) {
            tracing::warn!("the shelf: {why}");
            self.trouble = Some(why.to_owned());
        }
    }
}

/// What the system says, without the name of a passing file.
fn plain(cause: &std::io::Error) -> String {
    let said = cause.to_string();
    said.split_once(" at path ").map_or(said.clone(), |(before, _)| before.to_owned())
}

/// A key is a plain name: it becomes the name of a file.
pub fn is_key(key: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    (1..=KEY_CHARS_MAX).contains(&key.len()) && key.chars().all(plain)
}

/// A WAV file as one channel of samples.
pub fn decode(key: &str, bytes: &[u8]) -> Result<Sound, NoSound> {
    let bad = |why: String| NoSound { key: key.to_owned(), why };
    let mut file = hound::WavReader::new(Cursor::new(bytes)).map_err(|it| bad(it.to_string()))?;
    let spec = file.spec();
    let samples: Result<Vec<f32>, _> = match spec.sample_format {
        hound::SampleFormat::Float => file.samples::<f32>().collect(),
        hound::SampleFormat::Int => {
            let full = (1_i64 << (spec.bits_per_sample.clamp(1, 32) - 1)) as f32;
            file.samples::<i32>().map(|it| it.map(|it| it as f32 / full)).collect()
        }
    };
    let samples = samples.map_err(|it| bad(it.to_string()))?;
    let channels = usize::from(spec.channels.max(1));
    if samples.is_empty() || spec.sample_rate == 0 {
        return Err(bad("there is no sound in it".into()));
    }
    let one = samples.chunks(channels).map(|it| it.iter().sum::<f32>() / channels as f32).collect();
    Ok(Sound { rate: spec.sample_rate, samples: one })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wav(samples: usize) -> Vec<u8> {
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: 24_000,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut bytes = Cursor::new(Vec::new());
        let mut file = hound::WavWriter::new(&mut bytes, spec).unwrap();
        (0..samples).for_each(|n| file.write_sample((n % 100) as i16 * 100).unwrap());
        file.finalize().unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_sound_is_there_again_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::open(folder.path().into(), 1_000_000);
        shelf.keep("a", &wav(2_400));
        assert!(shelf.has("a") && !shelf.is_ready("a", 48_000));
        let mut shelf = Shelf::open(folder.path().into(), 1_000_000);
        assert_eq!(shelf.sound("a", 48_000).unwrap().samples.len(), 4_800);
        assert!(shelf.is_ready("a", 48_000));
        assert_eq!(shelf.sound("b", 48_000), None);
    }

    #[test]
    fn what_was_used_longest_ago_goes_first_from_disk_and_memory() {
        let folder = tempfile::tempdir().unwrap();
        let bytes = wav(1_000);
        let mut shelf = Shelf::open(folder.path().into(), 3 * bytes.len() as u64);
        for key in ["a", "b", "c"] {
            shelf.keep(key, &bytes);
        }
        shelf.sound("a", 24_000).unwrap();
        shelf.keep("d", &bytes);
        let here: Vec<_> = ["a", "b", "c", "d"].into_iter().filter(|it| shelf.has(it)).collect();
        assert_eq!(here, ["a", "c", "d"]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
        shelf.memory_max = 2 * 1_000 * size_of::<f32>();
        for key in ["c", "d"] {
            shelf.sound(key, 24_000).unwrap();
        }
        assert!(!shelf.is_ready("a", 24_000) && shelf.is_ready("c", 24_000) && shelf.is_ready("d", 24_000));
    }

    #[test]
    fn a_sound_for_this_time_only_is_played_and_asked_for_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::open(folder.path().into(), 1_000_000);
        let sound = decode("a", &wav(2_400)).unwrap();
        shelf.make_ready("a", sound.clone());
        shelf.mark("a", true);
        assert!(shelf.has("a") && shelf.sound("a", 24_000).is_some() && !shelf.is_ready("a", 24_000));
        shelf.mark("a", false);
        assert!(shelf.is_ready("a", 24_000));
    }

    #[test]
    fn what_is_not_to_be_had_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::open(folder.path().into(), 1_000_000);
        assert!(shelf.may_come("a"));
        shelf.lacks("a", true);
        assert!(!shelf.may_come("a"));
        shelf.lacks("a", false);
        assert!(shelf.may_come("a"));
        shelf.keep("a", &wav(10));
        assert!(!shelf.may_come("a"));
    }

    #[test]
    fn without_a_disk_sounds_are_played_from_memory_and_it_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("no-folder");
        std::fs::write(&file, "").unwrap();
        let mut shelf = Shelf::open(file, 1_000_000);
        shelf.make_ready("a", decode("a", &wav(2_400)).unwrap());
        shelf.keep("a", &wav(2_400));
        assert!(shelf.sound("a", 24_000).is_some());
        assert!(shelf.trouble().unwrap().contains("no-folder"));
    }

    #[derive(Clone, Default)]
    struct Lines(std::sync::Arc<parking_lot::Mutex<Vec<u8>>>);

    impl std::io::Write for Lines {
        fn write(&mut self, some: &[u8]) -> std::io::Result<usize> {
            self.0.lock().extend_from_slice(some);
            Ok(some.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_disk_that_takes_nothing_is_said_once_until_it_does() {
        let lines = Lines::default();
        let to = lines.clone();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || to.clone()).finish();
        tracing::subscriber::with_default(log, || {
            let folder = tempfile::tempdir().unwrap();
            let phrases = folder.path().join("phrases");
            let mut shelf = Shelf::open(phrases.clone(), 1_000_000);
            for _ in 0..2 {
                std::fs::remove_dir_all(&phrases).unwrap();
                ["a", "b", "c"].iter().for_each(|it| shelf.keep(it, &wav(10)));
                assert!(shelf.trouble().unwrap().contains("No such file"));
                std::fs::create_dir(&phrases).unwrap();
                shelf.keep("d", &wav(10));
                assert_eq!(shelf.trouble(), None);
            }
        });
        let said = String::from_utf8(lines.0.lock().clone()).unwrap();
        assert_eq!((said.matches("WARN").count(), said.matches("takes files again").count()), (2, 2), "{said}");
        assert!(!said.contains(" at path "), "{said}");
    }

    #[test]
    fn a_damaged_file_is_thrown_away_so_that_it_is_fetched_again() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.wav"), "RIFF, but not really").unwrap();
        let mut shelf = Shelf::open(folder.path().into(), 1_000_000);
        assert!(shelf.has("a"));
        assert_eq!(shelf.sound("a", 48_000), None);
        assert!(!shelf.has("a") && shelf.trouble().is_some());
    }

    #[test]
    fn a_key_is_never_a_path() {
        for bad in ["", "../x", "a/b", "a.b", "ä", &"a".repeat(129)] {
            assert!(!is_key(bad), "{bad}");
        }
        assert!(is_key("0123abcDEF-_"));
    }

    #[test]
    fn two_channels_become_one_and_nonsense_is_refused() {
        let spec = hound::WavSpec {
            channels: 2,
            sample_rate: 8_000,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut bytes = Cursor::new(Vec::new());
        let mut file = hound::WavWriter::new(&mut bytes, spec).unwrap();
        (0..10).for_each(|_| [16_384_i16, 0].into_iter().for_each(|it| file.write_sample(it).unwrap()));
        file.finalize().unwrap();
        assert_eq!(decode("a", &bytes.into_inner()).unwrap().samples[..], [0.25; 10]);
        assert!(decode("a", b"nonsense").is_err() && decode("a", &wav(0)).is_err());
    }
}
