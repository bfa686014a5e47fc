//! Taking a backup back: into a fresh database beside the one in use, which is kept aside.
//!
//! Every hall gets a new epoch, so that listeners drop what they remember of the history that is gone; and who was
//! erased, before or after the backup was made, is erased again.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use hall::VisitorId;

use super::{Line, Reading};
use crate::chance;
use crate::error::Error;
use crate::folder::{self, Folder};
use crate::store::whole::{self, Table};
use crate::store::{Db, halls, visitors};

/// Rows added in one go.
const ROWS_AT_ONCE: usize = 256;

/// What was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Restored {
    /// Rows taken back.
    pub rows: u64,
    /// Halls with a new epoch.
    pub halls: usize,
    /// Visitors erased again.
    pub erased: usize,
    /// Where the database that was in use is now.
    pub aside: Option<String>,
}

/// What the database in use knows and the backup may not.
#[derive(Default)]
struct Present {
    epochs: Vec<(String, i64)>,
    erased: Vec<VisitorId>,
}

/// How often, and how far apart, it is looked whether hubs that have just ended are gone from PostgreSQL.
const ENDED_LOOKS: u32 = 20;
const ENDED_AGAIN: Duration = Duration::from_millis(100);

/// Restores a backup into a locked data folder (SQLite), or into the PostgreSQL database of the URL.
pub async fn restore(
    from: &Path,
    folder: &Folder,
    database: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Restored, Error> {
    let reading = Reading::open(from)?;
    let mut present = match database {
        Some(url) => present_of(Db::existing_postgres(url).await).await?,
        None => present_of(Db::existing_sqlite(&folder::database_file(folder.path())).await).await?,
    };
    present.erased.extend(folder::erased(folder.path()).map_err(|cause| Error::Broken(cause.to_string()))?);
    match database {
        Some(url) => into_postgres(reading, url, &present, now).await,
        None => into_sqlite(reading, folder, &present, now).await,
    }
}

/// Whether a hub works with it. PostgreSQL takes a moment to see that one has just ended.
async fn is_in_use(db: &Db) -> Result<bool, sqlx::Error> {
    for _ in 0..ENDED_LOOKS {
        if db.hubs_connected().await? == 0 {
            return Ok(false);
        }
        tokio::time::sleep(ENDED_AGAIN).await;
    }
    Ok(true)
}

/// What the database in use knows, if there is one that can be read.
async fn present_of(db: Result<Db, sqlx::Error>) -> Result<Present, Error> {
    let Ok(db) = db else { return Ok(Present::default()) };
    if is_in_use(&db).await? {
        return Err(Error::Broken("a hub is working with this database; stop all of them first".into()));
    }
    let epochs = halls::epochs(&db).await;
    let erased = visitors::erased(&db).await;
    db.close().await;
    match (epochs, erased) {
        (Ok(epochs), Ok(erased)) => Ok(Present { epochs, erased }),
        // No tables yet, or damaged ones: that may be why somebody restores.
        (Err(cause), _) | (_, Err(cause)) => {
            tracing::warn!(%cause, "nothing could be read from the database in use");
            Ok(Present::default())
        }
    }
}

async fn into_sqlite(
    reading: Reading,
    folder: &Folder,
    present: &Present,
    now: DateTime<Utc>,
) -> Result<Restored, Error> {
    let failed = |cause: std::io::Error| Error::Broken(format!("{}: {cause}", folder.path().display()));
    let used = folder::database_file(folder.path());
    let fresh = with_suffix(&used, ".restoring");
    for file in [&fresh, &with_suffix(&fresh, "-wal"), &with_suffix(&fresh, "-shm")] {
        if file.exists() {
            std::fs::remove_file(file).map_err(failed)?;
        }
    }
    let db = Db::sqlite_at(&fresh, reading.head.version).await?;
    let mut restored = fill(&db, reading, present, now).await?;
    db.close().await;
    if used.exists() {
        let aside = with_suffix(&used, &format!(".before-{}", now.format("%Y%m%dT%H%M%S")));
        for end in ["", "-wal", "-shm"] {
            let file = with_suffix(&used, end);
            if file.exists() {
                std::fs::rename(&file, with_suffix(&aside, end)).map_err(failed)?;
            }
        }
        restored.aside = Some(aside.display().to_string());
    }
    std::fs::rename(&fresh, &used).map_err(failed)?;
    std::fs::File::open(folder.path()).and_then(|it| it.sync_all()).map_err(failed)?;
    Ok(restored)
}

async fn into_postgres(reading: Reading, url: &str, present: &Present, now: DateTime<Utc>) -> Result<Restored, Error> {
    let db = Db::restoring_postgres(url).await?;
    db.migrate(Some(reading.head.version)).await?;
    let mut restored = fill(&db, reading, present, now).await?;
    db.close().await;
    let aside = format!("before_{}", now.format("%Y%m%dt%H%M%S"));
    let used = Db::existing_postgres(url).await?;
    used.swap_schemas(&aside).await?;
    used.close().await;
    restored.aside = Some(format!("schema {aside}"));
    Ok(restored)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Fills an empty database whose tables are those of the backup, then brings it up to date.
async fn fill(db: &Db, mut reading: Reading, present: &Present, now: DateTime<Utc>) -> Result<Restored, Error> {
    if reading.head.version > db.newest_step() {
        return Err(Error::Broken(format!("{}: made by a newer version ({})", reading.name, reading.head.program)));
    }
    let mut tx = db.begin().await?;
    let here = whole::tables(&mut tx).await?;
    if let Some(unknown) = reading.head.tables.iter().find(|it| !here.contains(it)) {
        return Err(Error::Broken(format!("{}: its table {} does not fit this program", reading.name, unknown.name)));
    }
    let tables: Vec<Table> = reading.head.tables.clone();
    let (mut rows, mut waiting, mut of) = (0, Vec::new(), 0);
    loop {
        let line = reading.next(rows)?;
        let full = waiting.len() >= ROWS_AT_ONCE || line.as_ref().is_none_or(|Line(table, _)| *table != of);
        if full && !waiting.is_empty() {
            whole::add(&mut tx, &tables[of], &waiting).await?;
            waiting.clear();
        }
        let Some(Line(table, values)) = line else { break };
        if tables.get(table).is_none_or(|it| it.columns.len() != values.len()) {
            return Err(Error::Broken(format!("{}: row {} does not fit its table", reading.name, rows + 1)));
        }
        (rows, of) = (rows + 1, table);
        waiting.push(values);
    }
    tx.commit().await?;
    db.migrate(None).await?;
    let mut restored = Restored { rows, halls: 0, erased: 0, aside: None };
    db.write(async |tx| -> Result<(), Error> {
        for (hall, epoch) in halls::epochs_in(tx).await? {
            let before = present.epochs.iter().find(|(id, _)| *id == hall).map_or(epoch, |(_, it)| epoch.max(*it));
            halls::set_epoch(tx, &hall, (before + 1).max(now.timestamp())).await?;
            restored.halls += 1;
        }
        let mut erased = visitors::erased_in(tx).await?;
        erased.extend(present.erased.iter().cloned());
        erased.sort();
        erased.dedup();
        for visitor in erased {
            restored.erased += usize::from(visitors::erase(tx, &visitor, &chance::secret(), now).await?);
        }
        Ok(())
    })
    .await?;
    Ok(restored)
}
