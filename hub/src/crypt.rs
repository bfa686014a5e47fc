//! Sealing personal values: AES-256-GCM with a ring of keys, and keyed hashes to find a value again.
//!
//! The keys stand in `DIR/keys` (mode 0600) or in the environment, never in the database, so never in a
//! backup of it. Each has an id; the last one seals, all open. Never knows what it seals.

use std::fmt;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::chance;
use crate::error::Error;

/// The environment's name of the ring; it goes before the file.
pub const KEYS_VARIABLE: &str = "HALLCAST_KEYS";
/// The file of the ring in the data folder.
pub(crate) const KEYS_FILE: &str = "keys";
/// The id of the key that hashes for look-ups. It is not rotated, or nobody would be found again.
const LOOKUP_ID: &str = "lookup";
/// Version of the sealed form: `1, length of the key's id, the id, nonce, sealed value`.
const FORM: u8 = 1;
/// Bytes of a nonce.
const NONCE_BYTES: usize = 12;
/// Longest id of a key, characters.
const ID_CHARS_MAX: usize = 32;

/// The ring. Cloning it is not offered: there is one.
pub struct Keys {
    /// All keys that open; the last one seals.
    ring: Vec<(String, Aes256Gcm)>,
    lookup: [u8; 32],
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<_> = self.ring.iter().map(|(id, _)| id).collect();
        f.debug_struct("Keys").field("ids", &ids).finish_non_exhaustive()
    }
}

impl Keys {
    /// The ring of the environment, else of the folder; a folder without one gets a fresh one.
    pub fn open(folder: &Path, environment: Option<&str>) -> Result<Self, Error> {
        if let Some(text) = environment {
            return Self::parse(text).map_err(|why| Error::Broken(format!("{KEYS_VARIABLE}: {why}")));
        }
        let file = folder.join(KEYS_FILE);
        let broken = |why: &dyn fmt::Display| Error::Broken(format!("{}: {why}", file.display()));
        match std::fs::read_to_string(&file) {
            Ok(text) => {
                let mode = std::fs::metadata(&file).map_err(|cause| broken(&cause))?.permissions().mode();
                if mode & 0o077 != 0 {
                    tracing::warn!(file = %file.display(), "others can read the keys; run: chmod 600");
                }
                Self::parse(&text).map_err(|why| broken(&why))
            }
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                let text = fresh();
                write_new(&file, &text).map_err(|cause| broken(&cause))?;
                Self::parse(&text).map_err(|why| broken(&why))
            }
            Err(cause) => Err(broken(&cause)),
        }
    }

    /// Reads a ring: words `id:hex` in any number of lines, `#` begins a comment. Never says a key in an error.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut ring: Vec<(String, Aes256Gcm)> = Vec::new();
        let mut lookup = None;
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
        for (at, word) in lines.flat_map(str::split_whitespace).enumerate() {
            let which = at + 1;
            let (id, key) = word.split_once(':').ok_or(format!("key {which} is not written as id:hex"))?;
            let mut bytes = [0; 32];
            hex::decode_to_slice(key, &mut bytes).map_err(|_| format!("key {which} is not 64 hexadecimal digits"))?;
            if id.is_empty() || id.len() > ID_CHARS_MAX || ring.iter().any(|(other, _)| other == id) {
                return Err(format!("the id of key {which} is empty, too long, or there twice"));
            }
            if id == LOOKUP_ID {
                lookup = Some(bytes);
            } else {
                ring.push((id.to_owned(), Aes256Gcm::new(&bytes.into())));
            }
        }
        match lookup {
            Some(lookup) if !ring.is_empty() => Ok(Self { ring, lookup }),
            Some(_) => Err("there is no key that seals".into()),
            None => Err(format!("there is no key with the id {LOOKUP_ID}")),
        }
    }

    /// Seals a value for one place (`visitors/ID`): moved to another place it does not open.
    pub fn seal(&self, place: &str, value: &[u8]) -> Result<Vec<u8>, Error> {
        let (id, cipher) = self.ring.last().ok_or_else(|| Error::Broken("no key seals".into()))?;
        let nonce = chance::bytes::<NONCE_BYTES>();
        let sealed = cipher
            .encrypt(&Nonce::from(nonce), Payload { msg: value, aad: place.as_bytes() })
            .map_err(|_| Error::Broken("a value could not be sealed".into()))?;
        let length = u8::try_from(id.len()).unwrap_or_default();
        let mut all = Vec::with_capacity(2 + id.len() + NONCE_BYTES + sealed.len());
        all.extend_from_slice(&[FORM, length]);
        all.extend_from_slice(id.as_bytes());
        all.extend_from_slice(&nonce);
        all.extend_from_slice(&sealed);
        Ok(all)
    }

    /// Opens what was sealed for a place.
    pub fn open_sealed(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        let shape = || Error::Broken(format!("{place}: what is there was not sealed by this hub"));
        let (head, rest) = sealed.split_at_checked(2).ok_or_else(shape)?;
        let (id, rest) = rest.split_at_checked(head[1].into()).ok_or_else(shape)?;
        let (nonce, value) = rest.split_first_chunk::<NONCE_BYTES>().ok_or_else(shape)?;
        if head[0] != FORM {
            return Err(shape());
        }
        let key = self.ring.iter().find(|(known, _)| known.as_bytes() == id);
        let (_, cipher) = key.ok_or_else(|| Error::Broken(format!("{place}: sealed with a key that is not here")))?;
        cipher
            .decrypt(&Nonce::from(*nonce), Payload { msg: value, aad: place.as_bytes() })
            .map_err(|_| Error::Broken(format!("{place}: the key does not open it")))
    }

    /// A keyed hash of a value of one kind, for look-ups: equal values have equal hashes, nothing else is told.
    pub fn lookup(&self, kind: &str, value: &str) -> String {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.lookup).unwrap_or_else(|_| unreachable!());
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(value.as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }
}

fn fresh() -> String {
    let (id, key, lookup) = (chance::bytes::<4>(), chance::bytes::<32>(), chance::bytes::<32>());
    format!(
        "# Keys of personal data, id:key. The last one seals, all open; add new ones at the end, take none away.\n\
         # Without this file nobody's data can be read again: keep a copy, apart from the backups.\n\
         {LOOKUP_ID}:{}\nk{}:{}\n",
        hex::encode(lookup),
        hex::encode(id),
        hex::encode(key),
    )
}

/// Writes a file that only its owner reads, and that is there after a power cut.
fn write_new(file: &Path, text: &str) -> std::io::Result<()> {
    let mut open = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    open.write_all(text.as_bytes())?;
    open.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_in_its_place_and_with_its_key() {
        let (old, other) = (Keys::parse(&fresh()).unwrap(), Keys::parse(&fresh()).unwrap());
        let sealed = old.seal("visitors/1", "王小明".as_bytes()).unwrap();
        assert_eq!(old.open_sealed("visitors/1", &sealed).unwrap(), "王小明".as_bytes());
        assert!(old.open_sealed("visitors/2", &sealed).is_err());
        assert!(other.open_sealed("visitors/1", &sealed).is_err());
        for cut in 0..sealed.len() {
            assert!(old.open_sealed("visitors/1", &sealed[..cut]).is_err());
        }
    }

    #[test]
    fn the_newest_key_seals_and_the_old_ones_still_open() {
        let first = fresh();
        let sealed = Keys::parse(&first).unwrap().seal("a", b"b").unwrap();
        let both = Keys::parse(&format!("{first}new:{}\n", "0a".repeat(32))).unwrap();
        assert_eq!(both.open_sealed("a", &sealed).unwrap(), b"b");
        assert_eq!(&both.seal("a", b"b").unwrap()[2..5], b"new");
    }

    #[test]
    fn a_ring_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = Keys::open(folder.path(), None).unwrap();
        let again = Keys::open(folder.path(), None).unwrap();
        assert_eq!(first.lookup("phone", "+8613800000000"), again.lookup("phone", "+8613800000000"));
        assert_ne!(first.lookup("phone", "1"), first.lookup("id_card", "1"));
        let mode = std::fs::metadata(folder.path().join(KEYS_FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_ring_is_refused_without_telling_a_key() {
        let secret = "ab".repeat(32);
        for text in [
            "",
            "lookup",
            &format!("k1:{secret}"),
            &format!("lookup:{secret}"),
            &format!("lookup:{secret} k1:{secret}x"),
        ] {
            let why = Keys::parse(text).unwrap_err();
            assert!(!why.contains("abab"), "{why}");
        }
    }
}
