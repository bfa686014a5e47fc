//! A bank of clips: whole sentences somebody or something spoke, with every word's place in them.
//!
//! A bank is a folder: `manifest.json` and one sound file a language. One file, because the headers of hundreds of small
//! ones would be larger than the speech. It stays encoded: a clip is decoded when it is asked for, and only the clips used
//! last are kept. A damaged bank says what is wrong with it and stays silent; it never panics.

mod atom;
mod choose;
mod index;
mod kept;
pub mod manifest;
mod tongue;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

pub use self::atom::{Atom, atoms};
pub use self::choose::{Piece, WORDS_MAX};
pub use self::kept::KEPT_BYTES_MAX;
use self::manifest::{Clip, Manifest, Recorded};
pub use self::tongue::FILE_BYTES_MAX;
use self::tongue::{Source, Tongue};
use crate::announcement::Language;
use crate::phrase::About;
use crate::voice::Mute;

/// Largest manifest that is read, bytes.
pub const MANIFEST_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// A bank that has been opened.
pub struct Bank {
    name: String,
    languages: BTreeMap<Language, Tongue>,
}

impl Bank {
    /// Opens the bank in a folder; its sound is read when it is first used.
    pub fn open(folder: &Path) -> Result<Self, Mute> {
        let path = folder.join("manifest.json");
        let text = read(&path, MANIFEST_BYTES_MAX)?;
        Self::new(&text, &path.display().to_string(), |file| {
            // A name, not a way out of the folder.
            let is_name = !file.is_empty() && !file.contains(['/', '\\']) && file != "..";
            is_name.then(|| Source::File(folder.join(file)))
        })
    }

    /// The bank that is part of this program.
    #[cfg(feature = "bank")]
    pub fn embedded() -> Result<Self, Mute> {
        const MANIFEST: &[u8] = include_bytes!("../../bank/manifest.json");
        const ZH: &[u8] = include_bytes!("../../bank/zh.ogg");
        const EN: &[u8] = include_bytes!("../../bank/en.ogg");
        Self::new(MANIFEST, "the bank of this program", |file| match file {
            "zh.ogg" => Some(Source::Embedded(ZH)),
            "en.ogg" => Some(Source::Embedded(EN)),
            _ => None,
        })
    }

    fn new(manifest: &[u8], what: &str, source: impl Fn(&str) -> Option<Source>) -> Result<Self, Mute> {
        let manifest: Manifest = serde_json::from_slice(manifest)
            .map_err(|error| Mute::Failed(format!("{what} cannot be read: {error}")))?;
        if let Some(fault) = manifest.fault() {
            return Err(Mute::Failed(format!("{what} cannot be used: {fault}")));
        }
        let tongue = |(language, recorded): (Language, Recorded)| {
            let source = source(&recorded.file).ok_or_else(|| {
                Mute::Failed(format!("{what} cannot be used: \"{}\" is no file of it", recorded.file))
            })?;
            Ok((language, Tongue::new(recorded, source)))
        };
        Ok(Self {
            name: manifest.name,
            languages: manifest.languages.into_iter().map(tongue).collect::<Result<_, _>>()?,
        })
    }

    /// Its name; another making of it has another one.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The pieces that say these words, at most [`WORDS_MAX`] of them.
    pub fn choose(&self, language: Language, atoms: &[Atom], about: About) -> Result<Vec<Piece>, Mute> {
        let tongue = self.tongue(language)?;
        if atoms.len() > WORDS_MAX {
            return Err(Mute::Failed(format!("{} words at once are more than {WORDS_MAX}", atoms.len())));
        }
        choose::choose(&tongue.index, &tongue.recorded.clips, atoms, about).map_err(Mute::Lacks)
    }

    /// A clip and its sound.
    pub fn clip(&self, language: Language, clip: usize) -> Result<(&Clip, Arc<[i16]>), Mute> {
        self.tongue(language)?.clip(clip)
    }

    /// Decoded sound that is kept of all languages, bytes; of each at most [`KEPT_BYTES_MAX`].
    pub fn kept_bytes(&self) -> usize {
        self.languages.values().map(Tongue::kept_bytes).sum()
    }

    fn tongue(&self, language: Language) -> Result<&Tongue, Mute> {
        self.languages
            .get(&language)
            .ok_or_else(|| Mute::Missing(format!("the language {} of the bank", language.as_str())))
    }
}

/// Reads a file that must not be larger than this.
fn read(path: &Path, most: u64) -> Result<Vec<u8>, Mute> {
    let name = path.display();
    let length = std::fs::metadata(path).map_err(|_| Mute::Missing(name.to_string()))?.len();
    if length > most {
        return Err(Mute::Failed(format!("{name} is larger than {most} bytes")));
    }
    std::fs::read(path).map_err(|error| Mute::Failed(format!("{name} cannot be read: {error}")))
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
