//! Halls as this node knows them: setup and fold of the newest committed position, and how they are loaded.
//!
//! Only ever a memory of what is committed; whoever decides compares it with the locked row first.

use std::collections::HashMap;
use std::sync::Arc;

use hall::{Hall, HallId};
use parking_lot::Mutex;

use crate::error::Error;
use crate::store::halls::HallRow;
use crate::store::{Db, halls, journal, snapshots};

/// Entries read in one go when a hall is loaded.
const READ_AT_ONCE: i64 = 1_000;

/// A hall at one position.
#[derive(Clone, Debug)]
pub struct Known {
    /// Setup and fold.
    pub hall: Arc<Hall>,
    /// Its epoch.
    pub epoch: i64,
    /// The revision of its setup.
    pub revision: i64,
    /// The last snapshot known, or 0.
    pub snapshot_seq: i64,
}

impl Known {
    /// The last entry.
    pub fn seq(&self) -> i64 {
        self.hall.fold.seq
    }

    fn is_at(&self, row: &HallRow) -> bool {
        self.epoch == row.epoch && self.seq() == row.seq && self.revision == row.revision
    }

    fn is_newer_than(&self, other: &Self) -> bool {
        self.epoch > other.epoch || (self.epoch == other.epoch && self.seq() > other.seq())
    }
}

/// What this node knows.
#[derive(Debug, Default)]
pub struct Memory {
    halls: Mutex<HashMap<HallId, Known>>,
}

impl Memory {
    /// A hall as it was committed last, as far as this node knows.
    pub fn get(&self, id: &HallId) -> Option<Known> {
        self.halls.lock().get(id).cloned()
    }

    /// Remembers a hall, unless something newer is known.
    pub fn put(&self, id: &HallId, known: Known) {
        let mut halls = self.halls.lock();
        if halls.get(id).is_none_or(|before| known.is_newer_than(before)) {
            halls.insert(id.clone(), known);
        }
    }

    /// Forgets a hall: it is loaded again at its next use.
    pub fn forget(&self, id: &HallId) {
        self.halls.lock().remove(id);
    }
}

/// A hall at the position of its row: what is known, if it is there; else what is missing is read; else it is
/// loaded from its newest readable snapshot, or replayed from the beginning where there is none.
pub async fn load(db: &Db, id: &HallId, row: &HallRow, known: Option<Known>) -> Result<Known, Error> {
    if let Some(known) = known.as_ref().filter(|it| it.is_at(row)) {
        return Ok(known.clone());
    }
    let same_past = known.filter(|it| it.epoch == row.epoch && it.seq() <= row.seq);
    let setup = match &same_past {
        Some(known) if known.revision == row.revision => known.hall.setup.clone(),
        Some(_) | None => halls::setup(db, id, row.revision).await?.ok_or_else(|| broken(id, "has no setup"))?,
    };
    let (mut hall, snapshot_seq) = match same_past {
        Some(known) => (Hall { setup, fold: known.hall.fold.clone() }, known.snapshot_seq),
        None => match snapshots::before(db, id, row.epoch, row.seq).await? {
            Some(fold) => {
                let seq = fold.seq;
                (Hall { setup, fold }, seq)
            }
            None => (Hall::new(setup), 0),
        },
    };
    while hall.fold.seq < row.seq {
        let entries = read(db, id, row, hall.fold.seq).await?;
        if entries.is_empty() {
            return Err(broken(id, "misses entries at its end"));
        }
        for entry in &entries {
            if entry.seq != hall.fold.seq + 1 {
                return Err(broken(id, &format!("has a gap after entry {}", hall.fold.seq)));
            }
            hall.apply(entry);
        }
    }
    Ok(Known { hall: Arc::new(hall), epoch: row.epoch, revision: row.revision, snapshot_seq })
}

/// Some of the next entries: from the archive, if they are there.
async fn read(db: &Db, id: &HallId, row: &HallRow, after: i64) -> Result<Vec<hall::Entry>, sqlx::Error> {
    if after < row.archived_seq {
        return journal::read_archived(db, id, after).await;
    }
    journal::read(db, id, after, READ_AT_ONCE.min(row.seq - after)).await
}

fn broken(id: &HallId, what: &str) -> Error {
    Error::Broken(format!("the journal of hall {id} {what}"))
}
