//! A voice pack: the folder that a neural voice lives in. Every file of it is checked before it is used.
//!
//! `pack.json` names the files with their SHA-256. A pack that is missing, incomplete, damaged or of another version is
//! refused with a line that says what to do; nothing of it is loaded then.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::announcement::Language;
use crate::bank::hex;
use crate::voice::Mute;

/// The version of voice packs that this program reads.
pub const PACK_VERSION: u32 = 1;
/// Largest `pack.json` that is read, bytes.
const MANIFEST_BYTES_MAX: u64 = 64 * 1024;
/// Largest single file of a pack, bytes.
const FILE_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// What `pack.json` says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// [`PACK_VERSION`].
    pub version: u32,
    /// The voice's name and version: sounds made with another are kept apart.
    pub name: String,
    /// The licences of what is in it.
    pub licence: String,
    /// The model.
    pub model: String,
    /// The library that computes it.
    pub library: String,
    /// How English words sound: a JSON object from word to phonemes.
    pub lexicon: Option<String>,
    /// The voice of each language.
    pub voices: BTreeMap<Language, Chosen>,
    /// SHA-256 of every file, hexadecimal, by its path within the folder.
    pub files: BTreeMap<String, String>,
}

/// The voice of a language.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Chosen {
    /// Its file.
    pub file: String,
    /// How fast it speaks calls, percent of what it was taught.
    pub rate_percent: u16,
}

/// A pack whose files were all checked.
#[derive(Debug)]
pub struct Pack {
    folder: PathBuf,
    /// What it holds.
    pub manifest: Manifest,
}

impl Pack {
    /// Opens the pack in a folder and checks every file of it. Reads about 150 MB: not for a thread that others wait for.
    pub fn open(folder: &Path) -> Result<Self, Mute> {
        let path = folder.join("pack.json");
        let length = std::fs::metadata(&path)
            .map_err(|_| {
                let folder = folder.display();
                Mute::Failed(format!("there is no voice pack in {folder}: `make voice` fetches one ({HOW})"))
            })?
            .len();
        if length > MANIFEST_BYTES_MAX {
            return Err(damaged(&path, "it is too large"));
        }
        let text = std::fs::read(&path).map_err(|error| damaged(&path, &error.to_string()))?;
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| damaged(&path, &error.to_string()))?;
        if manifest.version != PACK_VERSION {
            let line = format!(
                "the voice pack in {} is of version {}, this program needs {PACK_VERSION}: run `make voice` again",
                folder.display(),
                manifest.version
            );
            return Err(Mute::Failed(line));
        }
        let pack = Self { folder: folder.to_owned(), manifest };
        pack.check()?;
        Ok(pack)
    }

    /// Where a file of the pack is; only of those that were checked.
    pub fn file(&self, name: &str) -> Result<PathBuf, Mute> {
        if !self.manifest.files.contains_key(name) {
            return Err(damaged(&self.folder.join(name), "pack.json has no checksum for it"));
        }
        Ok(self.folder.join(name))
    }

    fn check(&self) -> Result<(), Mute> {
        for (name, wanted) in &self.manifest.files {
            let path = self.folder.join(name);
            if name.split(['/', '\\']).any(|piece| piece.is_empty() || piece == "..") {
                return Err(damaged(&path, "it lies outside of its folder"));
            }
            let is = checksum(&path)?;
            if is != *wanted {
                return Err(damaged(&path, "its checksum is another"));
            }
        }
        let voices = self.manifest.voices.values().map(|voice| &voice.file);
        let mut needed =
            [&self.manifest.model, &self.manifest.library].into_iter().chain(&self.manifest.lexicon).chain(voices);
        needed.try_for_each(|name| self.file(name).map(|_| ()))
    }
}

const HOW: &str = "without it the bank of clips speaks";

fn damaged(path: &Path, why: &str) -> Mute {
    Mute::Failed(format!("{} of the voice pack cannot be used: {why}; run `make voice` again ({HOW})", path.display()))
}

/// SHA-256 of a file, read piece by piece.
fn checksum(path: &Path) -> Result<String, Mute> {
    let missing = |_| damaged(path, "it is not there");
    let file = std::fs::File::open(path).map_err(missing)?;
    let length = file.metadata().map_err(missing)?.len();
    if length > FILE_BYTES_MAX {
        return Err(damaged(path, "it is too large"));
    }
    let mut file = file.take(FILE_BYTES_MAX);
    let mut sum = Sha256::new();
    let mut piece = vec![0; 256 * 1024];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(hex(&sum.finalize())),
            Ok(read) => sum.update(&piece[..read]),
            Err(error) => return Err(damaged(path, &error.to_string())),
        }
    }
}
