//! People's recordings: a folder of sound files named by what they say.
//!
//! `zh/请A012号.wav`, `zh/三号窗口.mp3`, `en/counter three.flac`: the name is the words. A part is said by one recording if
//! there is one of all its words, else by the longest ones that make it up. They are read, trimmed and levelled when the
//! folder is opened, so that a bad file is known then and not at a call.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use super::clips::rate;
use super::process::speech;
use super::{Mute, Spoken, Voice};
use crate::announcement::Language;
use crate::bank::{Atom, atoms};
use crate::phrase::{Part, Phrase};
use crate::sound::join::{Join, Joined};
use crate::sound::{Sound, file};

/// Most recordings of one language.
pub const FILES_MAX: usize = 2_000;
/// Largest recording, bytes.
pub const FILE_BYTES_MAX: u64 = 20 * 1024 * 1024;
/// Most words of one recording.
const WORDS_MAX: usize = 40;
/// Silence between recordings, milliseconds.
const GAP_MS: u32 = 70;

/// Recordings of people.
pub struct Recordings {
    id: String,
    sounds: BTreeMap<Language, HashMap<String, Sound>>,
}

impl Recordings {
    /// Reads a folder with the folders `zh` and `en`, either of which may be missing. Files that cannot be used are
    /// returned with the reason; the others are.
    pub fn open(folder: &Path) -> Result<(Self, Vec<(PathBuf, Mute)>), Mute> {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut sounds = BTreeMap::new();
        let mut faults = Vec::new();
        for language in [Language::Zh, Language::En] {
            let within = folder.join(language.as_str());
            if within.is_dir() {
                sounds.insert(language, read(&within, language, &mut faults)?);
            }
        }
        if sounds.values().all(HashMap::is_empty) {
            return Err(Mute::Failed(format!("there is no recording in {}", folder.display())));
        }
        Ok((Self { id: format!("recordings-{name}"), sounds }, faults))
    }

    fn part(&self, part: &Part, rate_percent: u16) -> Result<Spoken, Mute> {
        let sounds = self
            .sounds
            .get(&part.language)
            .ok_or_else(|| Mute::Missing(format!("recordings of the language {}", part.language.as_str())))?;
        let all = atoms(part.language, &part.words);
        let mut joined = Joined::default();
        let mut at = 0;
        let mut gap = GAP_MS;
        while at < all.len() {
            let (count, key, sound) = longest(sounds, &all[at..]).ok_or_else(|| Mute::Lacks(all[at].text.clone()))?;
            let mut piece = Joined::default();
            piece.push(key, sound.samples.to_vec(), Join::Gap(0));
            joined.append(piece, gap, rate(rate_percent, all[at].rate_percent));
            at += count;
            gap = GAP_MS.max(u32::from(all[at - 1].pause_ms));
        }
        if all.is_empty() {
            return Err(Mute::Lacks(String::new()));
        }
        let (sound, made_of) = joined.finish();
        Ok(Spoken { sound, made_of })
    }
}

/// The longest recording that these words begin with; it never spans words of different rates, or a pause.
fn longest<'a>(sounds: &'a HashMap<String, Sound>, atoms: &[Atom]) -> Option<(usize, String, &'a Sound)> {
    let alike = |pair: &[Atom]| pair[0].rate_percent == pair[1].rate_percent && pair[0].pause_ms <= GAP_MS as u16;
    let most = 1 + atoms.windows(2).take_while(|pair| alike(pair)).count();
    (1..=most.min(WORDS_MAX)).rev().find_map(|count| {
        let key = key(atoms[..count].iter().map(|atom| atom.text.as_str()));
        sounds.get(&key).map(|sound| (count, key, sound))
    })
}

/// Words as a file's name: nothing between them, small letters for English.
fn key<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.flat_map(|word| word.chars()).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn read(folder: &Path, language: Language, faults: &mut Vec<(PathBuf, Mute)>) -> Result<HashMap<String, Sound>, Mute> {
    let failed = |error: std::io::Error| Mute::Failed(format!("{} cannot be read: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(failed)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    // The same folder is read the same way everywhere.
    paths.sort();
    let mut sounds = HashMap::new();
    for path in paths.into_iter().filter(|path| is_sound(path)) {
        if sounds.len() == FILES_MAX {
            faults.push((
                path,
                Mute::Failed(format!("there are more than {FILES_MAX} recordings in {}", language.as_str())),
            ));
            break;
        }
        let key = key(path.file_stem().and_then(|stem| stem.to_str()).into_iter());
        match take(&path) {
            Ok(_) if key.is_empty() => faults.push((path, Mute::Failed("its name is no words".into()))),
            Ok(sound) => drop(sounds.insert(key, sound)),
            Err(mute) => faults.push((path, mute)),
        }
    }
    Ok(sounds)
}

fn is_sound(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    ending.is_some_and(|ending| file::ENDINGS.contains(&ending.as_str()))
}

fn take(path: &Path) -> Result<Sound, Mute> {
    let name = path.display().to_string();
    let failed = |error: std::io::Error| Mute::Failed(format!("{name} cannot be read: {error}"));
    if std::fs::metadata(path).map_err(failed)?.len() > FILE_BYTES_MAX {
        return Err(Mute::Failed(format!("{name} is larger than {FILE_BYTES_MAX} bytes")));
    }
    speech(&std::fs::read(path).map_err(failed)?, &name)
}

impl Voice for Recordings {
    fn id(&self) -> &str {
        &self.id
    }

    fn speak(&self, phrase: &Phrase, rate_percent: u16) -> Result<Vec<Spoken>, Mute> {
        phrase.parts.iter().map(|part| self.part(part, rate_percent)).collect()
    }
}
