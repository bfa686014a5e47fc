//! Tidying up behind the halls: answers older than a day, old snapshots, and days that go to the archive.
//!
//! In small pieces behind the commands; whatever is left over is done the next time. Deletes nothing that anybody
//! was promised.

use chrono::Duration;
use hall::HallId;

use super::Halls;
use crate::error::Error;
use crate::store::{halls, journal, keys, snapshots};

/// How often, seconds.
pub(super) const TIDY_EVERY_S: u64 = 300;
/// Entries that stay in the journal however old they are: more than any listener may be behind.
const ENTRIES_KEPT: i64 = 2_000;
/// Entries archived in one piece.
const ARCHIVED_AT_ONCE: i64 = 250;
/// Snapshots kept of each hall.
const SNAPSHOTS_KEPT: i64 = 8;

impl Halls {
    /// Does it once; a task does it every few minutes.
    pub async fn tidy_up(&self) {
        if let Err(cause) = self.forget_keys().await {
            tracing::warn!(%cause, "old answers could not be deleted");
        }
        let listed = match self.list().await {
            Ok(listed) => listed,
            Err(cause) => {
                tracing::warn!(%cause, "the halls could not be listed");
                return;
            }
        };
        for hall in listed {
            let id = HallId::from(hall.id);
            if let Err(cause) = self.archive(&id).await {
                tracing::warn!(hall = %id, %cause, "old days could not be archived");
            }
        }
    }

    async fn forget_keys(&self) -> Result<(), Error> {
        let before = self.door.clock.now() - Duration::hours(keys::KEPT_HOURS);
        while keys::purge(&self.door.db, before).await? > 0 {}
        Ok(())
    }

    /// Moves what is older than the retention to the archive. The newest snapshot is never before what is moved, so
    /// a hall is loaded without the archive.
    async fn archive(&self, id: &HallId) -> Result<(), Error> {
        let db = &self.door.db;
        let Some(row) = halls::look(db, id).await? else {
            return Ok(());
        };
        db.write(async |tx| snapshots::thin_out(tx, id, SNAPSHOTS_KEPT).await).await?;
        let oldest = self.door.clock.now() - Duration::days(self.door.keep_days.into());
        let Some(old) = journal::last_before(db, id, oldest).await? else {
            return Ok(());
        };
        let snapshot = snapshots::before(db, id, row.epoch, row.seq).await?.map_or(0, |fold| fold.seq);
        let until = old.min(row.seq - ENTRIES_KEPT).min(snapshot);
        let mut archived = row.archived_seq;
        while archived < until {
            let limit = ARCHIVED_AT_ONCE.min(until - archived);
            let moved = db
                .write(async |tx| match halls::lock(tx, id).await? {
                    // Another node may have been here.
                    Some(row) if row.archived_seq == archived => journal::archive(tx, id, archived, limit).await,
                    Some(_) | None => Ok::<i64, sqlx::Error>(until),
                })
                .await?;
            if moved == archived {
                break;
            }
            archived = moved;
        }
        Ok(())
    }
}
