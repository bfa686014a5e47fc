//! The clips of one language and the file they lie in, which is opened at the first use.
//!
//! Ogg Vorbis stays encoded and each clip is decoded when it is asked for. A file of another kind, as somebody may have made
//! for a trial, is decoded whole and kept.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use sha2::{Digest, Sha256};

use super::index::Index;
use super::kept::Kept;
use super::manifest::{Clip, Recorded};
use super::{hex, read};
use crate::sound::stream::Stream;
use crate::sound::{RATE, file, wav};
use crate::voice::Mute;

/// Largest sound file that is read, bytes.
pub const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Longest sound of one language, seconds.
const SECONDS_MAX: u32 = 3_600;

/// The clips of a language.
pub(super) struct Tongue {
    pub(super) recorded: Recorded,
    pub(super) index: Index,
    source: Source,
    sound: OnceLock<Result<Opened, Mute>>,
    kept: Mutex<Kept>,
}

/// Where its file is.
pub(super) enum Source {
    File(PathBuf),
    #[cfg(feature = "bank")]
    Embedded(&'static [u8]),
}

/// A file whose checksum, rate and length are those of the manifest.
enum Opened {
    Encoded(Box<Stream<'static>>),
    Whole(Vec<i16>),
}

impl Tongue {
    pub(super) fn new(recorded: Recorded, source: Source) -> Self {
        let index = Index::new(&recorded.clips);
        Self { recorded, index, source, sound: OnceLock::new(), kept: Mutex::default() }
    }

    /// A clip and its sound.
    pub(super) fn clip(&self, number: usize) -> Result<(&Clip, Arc<[i16]>), Mute> {
        let clip = self.recorded.clips.get(number).ok_or_else(|| Mute::Failed("a clip is not there".into()))?;
        let opened = self.sound.get_or_init(|| self.open()).as_ref().map_err(Clone::clone)?;
        let range = clip.start as usize..(clip.start + clip.length) as usize;
        let stream = match opened {
            Opened::Encoded(stream) => stream,
            Opened::Whole(sound) => {
                let samples = sound.get(range).ok_or_else(|| self.damaged(&format!("{} is not there", clip.key)))?;
                return Ok((clip, samples.into()));
            }
        };
        if let Some(sound) = self.kept().get(number) {
            return Ok((clip, sound));
        }
        // Nobody waits for this: two that ask for one clip at once both decode it, and get the same.
        let sound = stream.cut(range).map_err(|error| self.damaged(&format!("clip {}: {error}", clip.key)))?;
        let sound: Arc<[i16]> = sound.into();
        self.kept().put(number, &sound);
        Ok((clip, sound))
    }

    /// Decoded sound that is kept, bytes.
    pub(super) fn kept_bytes(&self) -> usize {
        self.kept().bytes()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Result<Opened, Mute> {
        let bytes: Cow<'static, [u8]> = match &self.source {
            Source::File(path) => read(path, FILE_BYTES_MAX)?.into(),
            #[cfg(feature = "bank")]
            Source::Embedded(bytes) => Cow::Borrowed(*bytes),
        };
        if hex(&Sha256::digest(&bytes)) != self.recorded.sha256 {
            return Err(self.damaged("its checksum is another"));
        }
        let unsound = |error: crate::sound::Unsound| self.damaged(&error.to_string());
        let (rate, samples, opened) = if bytes.starts_with(b"OggS") {
            let stream = Stream::open(bytes, SECONDS_MAX).map_err(unsound)?;
            (stream.rate(), stream.samples(), Opened::Encoded(Box::new(stream)))
        } else {
            let sound = file::read_up_to(&bytes, SECONDS_MAX).map_err(unsound)?;
            let whole = sound.samples.iter().map(|sample| wav::to_i16(*sample)).collect();
            (sound.rate, sound.samples.len(), Opened::Whole(whole))
        };
        if rate != RATE || samples < self.recorded.samples as usize {
            return Err(self.damaged("it is shorter, or of another rate, than its manifest says"));
        }
        Ok(opened)
    }

    fn damaged(&self, why: &str) -> Mute {
        Mute::Failed(format!("{} of the bank is damaged: {why}", self.recorded.file))
    }
}
