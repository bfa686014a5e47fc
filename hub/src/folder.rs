//! The data folder: one hub works in it at a time.
//!
//! The lock is the system's, on an open file: it goes away with the process, however that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use hall::VisitorId;

use crate::crypt::KEYS_FILE;
use crate::error::Error;
use crate::store::Db;

/// The SQLite file.
const DATABASE_FILE: &str = "hallcast.db";
/// The file that is locked.
const LOCK_FILE: &str = "lock";
/// Visitors who were erased, one id a line: outlives the database, and is applied after a restore.
const ERASED_FILE: &str = "erased";

/// A data folder, locked.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Makes the folder if it is not there, and locks it.
    pub fn lock(path: &Path) -> Result<Self, Error> {
        let broken = |what: &str, cause: &dyn std::fmt::Display| {
            Error::Broken(format!("cannot {what} the folder {}: {cause}", path.display()))
        };
        std::fs::create_dir_all(path).map_err(|cause| broken("make", &cause))?;
        let lock = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path.join(LOCK_FILE))
            .map_err(|cause| broken("lock", &cause))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(Error::Broken(format!(
                "another hub is running in the folder {}; stop it first, or choose another folder with --data",
                path.display()
            ))),
            Err(TryLockError::Error(cause)) => Err(broken("lock", &cause)),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the keys of personal data are in it.
    pub fn has_keys(&self) -> bool {
        self.path.join(KEYS_FILE).exists()
    }
}

/// The SQLite file of a data folder.
pub fn database_file(folder: &Path) -> PathBuf {
    folder.join(DATABASE_FILE)
}

/// Copies a data folder with its database as it is committed at this moment; for simulations.
pub(crate) async fn copy(from: &Path, db: &Db, to: &Path) -> Result<(), Error> {
    let failed = |cause: std::io::Error| Error::Broken(format!("{}: {cause}", to.display()));
    for name in [KEYS_FILE, ERASED_FILE] {
        if from.join(name).exists() {
            std::fs::copy(from.join(name), to.join(name)).map_err(failed)?;
        }
    }
    Ok(db.copy_to(&database_file(to)).await?)
}

/// Writes down that a visitor was erased. The database has the same list; this copy outlives it.
pub fn add_erased(folder: &Path, visitor: &VisitorId) -> std::io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(folder.join(ERASED_FILE))?;
    file.write_all(format!("{visitor}\n").as_bytes())?;
    file.sync_all()
}

/// The visitors of that list.
pub fn erased(folder: &Path) -> std::io::Result<Vec<VisitorId>> {
    match std::fs::read_to_string(folder.join(ERASED_FILE)) {
        Ok(text) => Ok(text.lines().filter(|line| !line.is_empty()).map(VisitorId::from).collect()),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(cause) => Err(cause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_hub_is_told_what_to_do() {
        let place = tempfile::tempdir().unwrap();
        let first = Folder::lock(place.path()).unwrap();
        let said = format!("{:?}", Folder::lock(place.path()).unwrap_err());
        assert!(said.contains("another hub is running") && said.contains("--data"), "{said}");
        drop(first);
        assert!(Folder::lock(place.path()).is_ok());
    }

    #[test]
    fn who_was_erased_is_remembered_apart_from_the_database() {
        let place = tempfile::tempdir().unwrap();
        assert_eq!(erased(place.path()).unwrap(), []);
        for id in ["v1", "v2"] {
            add_erased(place.path(), &id.into()).unwrap();
        }
        assert_eq!(erased(place.path()).unwrap(), ["v1".into(), "v2".into()]);
    }
}
