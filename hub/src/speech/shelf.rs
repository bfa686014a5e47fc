//! Sounds that are kept: in memory for a while, on the disk if they cost more than a moment to make.
//!
//! A disk that is full or gone costs the second place only. Names are never asked to be kept on it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use bytes::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

/// Sounds kept in memory, bytes: about twenty minutes of speech.
const MEMORY_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Sounds expected in it; only a hint for its tables.
const SOUNDS_EXPECTED: usize = 1_000;
/// Sounds kept on the disk, bytes.
const DISK_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// Over the limit, the oldest go until so much is left.
const DISK_BYTES_LEFT: u64 = DISK_BYTES_MAX / 10 * 9;
/// Largest file that is read back, bytes.
const SOUND_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// A sound as it is fetched.
#[derive(Clone, Debug)]
pub struct Kept {
    /// WAV: one channel, 24 kHz, 16 bit.
    pub wav: Bytes,
    /// The voice that made it.
    pub voice: Arc<str>,
    /// A better one is under way: it is for this time.
    pub fleeting: bool,
}

/// See the module.
#[derive(Debug)]
pub struct Shelf {
    folder: PathBuf,
    memory: Cache<String, Kept, Bytewise>,
    on_disk: AtomicU64,
}

#[derive(Clone, Debug)]
struct Bytewise;

impl Weighter<String, Kept> for Bytewise {
    fn weight(&self, _key: &String, it: &Kept) -> u64 {
        it.wav.len() as u64
    }
}

impl Shelf {
    /// A shelf in a folder, which is made when the first sound comes.
    pub fn new(folder: PathBuf) -> Self {
        let on_disk = files(&folder).iter().map(|it| it.bytes).sum();
        let memory = Cache::with_weighter(SOUNDS_EXPECTED, MEMORY_BYTES_MAX, Bytewise);
        Self { folder, memory, on_disk: AtomicU64::new(on_disk) }
    }

    /// A sound by its key.
    pub fn get(&self, key: &str) -> Option<Kept> {
        if let Some(kept) = self.memory.get(key) {
            return Some(kept);
        }
        let file = self.file(key)?;
        let fits = std::fs::metadata(&file).is_ok_and(|it| it.len() <= SOUND_BYTES_MAX);
        let wav = Bytes::from(fits.then(|| std::fs::read(&file).ok()).flatten()?);
        if !is_whole(&wav) {
            return None;
        }
        let kept = Kept { wav, voice: "kept".into(), fleeting: false };
        self.memory.insert(key.to_owned(), kept.clone());
        Some(kept)
    }

    /// Keeps a sound in memory.
    pub fn keep(&self, key: &str, kept: Kept) {
        self.memory.insert(key.to_owned(), kept);
    }

    /// Keeps a sound on the disk too.
    pub fn keep_long(&self, key: &str, kept: Kept) -> std::io::Result<()> {
        let wav = kept.wav.clone();
        self.keep(key, kept);
        let Some(file) = self.file(key) else { return Ok(()) };
        if self.on_disk.load(Ordering::Relaxed) > DISK_BYTES_MAX {
            self.clear_out();
        }
        std::fs::create_dir_all(file.parent().unwrap_or(&self.folder))?;
        let new = file.with_extension("new");
        std::fs::write(&new, &wav).and_then(|()| std::fs::rename(&new, &file)).inspect_err(|_| {
            std::fs::remove_file(&new).ok();
        })?;
        self.on_disk.fetch_add(wav.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    fn file(&self, key: &str) -> Option<PathBuf> {
        let plain = key.len() > 2 && key.bytes().all(|it| it.is_ascii_hexdigit());
        plain.then(|| self.folder.join(&key[..2]).join(format!("{key}.wav")))
    }

    /// The oldest files go.
    fn clear_out(&self) {
        let mut all = files(&self.folder);
        all.sort_by_key(|it| it.written);
        let mut left: u64 = all.iter().map(|it| it.bytes).sum();
        for it in all {
            if left <= DISK_BYTES_LEFT {
                break;
            }
            if std::fs::remove_file(&it.path).is_ok() {
                left -= it.bytes;
            }
        }
        self.on_disk.store(left, Ordering::Relaxed);
    }
}

/// One that was cut short, by a power cut say, is made again: a WAV file says how long it is.
fn is_whole(wav: &[u8]) -> bool {
    let said = wav.get(4..8).and_then(|it| it.try_into().ok()).map(u32::from_le_bytes);
    wav.starts_with(b"RIFF") && said.is_some_and(|it| it as usize + 8 == wav.len())
}

struct File {
    path: PathBuf,
    bytes: u64,
    written: Option<SystemTime>,
}

fn files(folder: &Path) -> Vec<File> {
    let inside = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten();
    let all = inside(folder).flat_map(|it| inside(&it.path()).collect::<Vec<_>>());
    all.filter_map(|it| {
        let about = it.metadata().ok()?;
        Some(File { path: it.path(), bytes: about.len(), written: about.modified().ok() })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use audio::Sound;

    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    fn a_sound(samples: usize) -> Kept {
        let wav = audio::sound::wav::write(&Sound::new(vec![0.25; samples])).unwrap().into();
        Kept { wav, voice: "test".into(), fleeting: false }
    }

    #[test]
    fn what_is_kept_long_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(folder.path().into());
        shelf.keep_long(KEY, a_sound(100)).unwrap();
        shelf.keep("ff00", a_sound(10));
        assert!(shelf.get("ff00").is_some());
        let again = Shelf::new(folder.path().into());
        assert_eq!(again.get(KEY).unwrap().wav, a_sound(100).wav);
        assert!(again.get("ff00").is_none(), "that one was kept in memory only");
    }

    #[test]
    fn a_damaged_file_is_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        Shelf::new(folder.path().into()).keep_long(KEY, a_sound(100)).unwrap();
        let file = folder.path().join("01").join(format!("{KEY}.wav"));
        let whole = std::fs::read(&file).unwrap();
        for cut in [0, 10, whole.len() / 2] {
            std::fs::write(&file, &whole[..cut]).unwrap();
            assert!(Shelf::new(folder.path().into()).get(KEY).is_none(), "cut at {cut}");
        }
    }

    #[test]
    fn without_a_disk_it_is_kept_in_memory_and_the_reason_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("taken");
        std::fs::write(&taken, "a file where the folder should be").unwrap();
        let shelf = Shelf::new(taken);
        assert!(shelf.keep_long(KEY, a_sound(100)).is_err());
        assert!(shelf.get(KEY).is_some());
    }

    #[test]
    fn a_key_never_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(folder.path().join("inside"));
        for key in ["../../etc/passwd", "..", "", "a/b", "clip-1"] {
            assert!(shelf.file(key).is_none(), "{key}");
        }
    }
}
