//! The halls' rows: position, due time and setup. A locked row is the lock of the hall's journal.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use hall::{HallId, Setup};

use super::rows::{from_text, to_text};
use super::{Db, Tx};

/// Where a hall stands.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct HallRow {
    /// Changes only when history is replaced.
    pub epoch: i64,
    /// The last entry.
    pub seq: i64,
    /// Its time.
    pub time: DateTime<Utc>,
    /// When something is due by itself.
    pub due_at: Option<DateTime<Utc>>,
    /// The setup that holds.
    pub revision: i64,
    /// Entries up to this one are archived.
    pub archived_seq: i64,
}

/// A hall with its site, for lists.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its site, if it has one.
    pub site: Option<String>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Of its last entry.
    pub time: DateTime<Utc>,
}

const LOOK: &str = "SELECT epoch, seq, time, due_at, revision, archived_seq FROM halls WHERE id = $1";
const LOCK: &str = "SELECT epoch, seq, time, due_at, revision, archived_seq FROM halls WHERE id = $1 FOR UPDATE";

/// Locks a hall's row until the end of the transaction and reads it.
pub async fn lock(tx: &mut Tx, hall: &HallId) -> Result<Option<HallRow>, sqlx::Error> {
    // On SQLite whoever has begun a writing transaction holds the only lock there is.
    let text = match tx {
        Tx::Sqlite(..) => LOOK,
        Tx::Postgres(_) => LOCK,
    };
    on!(tx.tx, c => sqlx::query_as(text).bind(hall.as_str()).fetch_optional(c).await)
}

/// Where a hall stands, as committed last.
pub async fn look(db: &Db, hall: &HallId) -> Result<Option<HallRow>, sqlx::Error> {
    on!(db.read, p => sqlx::query_as(LOOK).bind(hall.as_str()).fetch_optional(p).await)
}

/// Moves a hall to its new position; its lock is held.
pub async fn moved(
    tx: &mut Tx,
    hall: &HallId,
    from: i64,
    to: (i64, DateTime<Utc>),
    due_at: Option<DateTime<Utc>>,
) -> Result<(), sqlx::Error> {
    let changed = on!(tx.tx, c => {
        sqlx::query("UPDATE halls SET seq = $1, time = $2, due_at = $3 WHERE id = $4 AND seq = $5")
            .bind(to.0).bind(to.1).bind(due_at).bind(hall.as_str()).bind(from)
            .execute(c).await.map(|it| it.rows_affected())
    })?;
    // Nobody can have moved it under our lock; if somebody did, the whole group is taken back.
    if changed == 1 { Ok(()) } else { Err(sqlx::Error::RowNotFound) }
}

/// Adds a hall at position 0.
pub async fn add(
    tx: &mut Tx,
    hall: &HallId,
    site: Option<&str>,
    epoch: i64,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query(
            "INSERT INTO halls (id, site, epoch, seq, time, due_at, revision, archived_seq, made_at) \
             VALUES ($1, $2, $3, 0, $4, NULL, 0, 0, $4)",
        )
        .bind(hall.as_str()).bind(site).bind(epoch).bind(now).execute(c).await.map(drop)
    })
}

/// Takes a hall out with everything that is only its own. Reports and archives go with it.
pub async fn remove(tx: &mut Tx, hall: &HallId) -> Result<bool, sqlx::Error> {
    const TABLES: [&str; 11] = [
        "DELETE FROM revisions WHERE hall = $1",
        "DELETE FROM journal WHERE hall = $1",
        "DELETE FROM archive WHERE hall = $1",
        "DELETE FROM snapshots WHERE hall = $1",
        "DELETE FROM tickets WHERE hall = $1",
        "DELETE FROM services WHERE hall = $1",
        "DELETE FROM notes WHERE hall = $1",
        "DELETE FROM announcements WHERE hall = $1",
        "DELETE FROM clips WHERE hall = $1",
        "DELETE FROM deliveries WHERE hall = $1",
        "DELETE FROM alerts WHERE hall = $1",
    ];
    for text in TABLES {
        on!(tx.tx, c => sqlx::query(text).bind(hall.as_str()).execute(c).await.map(drop))?;
    }
    let gone = on!(tx.tx, c => {
        sqlx::query("DELETE FROM halls WHERE id = $1").bind(hall.as_str()).execute(c).await.map(|it| it.rows_affected())
    })?;
    Ok(gone == 1)
}

/// All halls, the oldest first.
pub async fn list(db: &Db) -> Result<Vec<Listed>, sqlx::Error> {
    on!(db.read, p => sqlx::query_as("SELECT id, site, made_at, time FROM halls ORDER BY made_at, id").fetch_all(p).await)
}

/// Halls in which something is due, at most `limit`.
pub async fn due(db: &Db, now: DateTime<Utc>, limit: i64) -> Result<Vec<HallId>, sqlx::Error> {
    let rows: Vec<(String,)> = on!(db.read, p => {
        sqlx::query_as("SELECT id FROM halls WHERE due_at <= $1 ORDER BY due_at LIMIT $2")
            .bind(now).bind(limit).fetch_all(p).await
    })?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// Keeps a new setup and lets it hold from now on.
pub async fn configure(
    tx: &mut Tx,
    hall: &HallId,
    number: i64,
    setup: &Setup,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let text = to_text(setup)?;
    on!(tx.tx, c => {
        sqlx::query("INSERT INTO revisions (hall, number, setup, made_at) VALUES ($1, $2, $3, $4)")
            .bind(hall.as_str()).bind(number).bind(text).bind(now).execute(c).await.map(drop)
    })?;
    on!(tx.tx, c => {
        sqlx::query("UPDATE halls SET revision = $1 WHERE id = $2").bind(number).bind(hall.as_str())
            .execute(c).await.map(drop)
    })
}

const SETUP: &str = "SELECT setup FROM revisions WHERE hall = $1 AND number = $2";

/// One setup of a hall.
pub async fn setup(db: &Db, hall: &HallId, number: i64) -> Result<Option<Arc<Setup>>, sqlx::Error> {
    let row: Option<(String,)> = on!(db.read, p => {
        sqlx::query_as(SETUP).bind(hall.as_str()).bind(number).fetch_optional(p).await
    })?;
    row.map(|(text,)| from_text(&text).map(Arc::new)).transpose()
}

/// The same inside a transaction.
pub async fn setup_in(tx: &mut Tx, hall: &HallId, number: i64) -> Result<Option<Arc<Setup>>, sqlx::Error> {
    let row: Option<(String,)> = on!(tx.tx, c => {
        sqlx::query_as(SETUP).bind(hall.as_str()).bind(number).fetch_optional(c).await
    })?;
    row.map(|(text,)| from_text(&text).map(Arc::new)).transpose()
}

/// The epoch of every hall.
pub async fn epochs(db: &Db) -> Result<Vec<(String, i64)>, sqlx::Error> {
    on!(db.read, p => sqlx::query_as(EPOCHS).fetch_all(p).await)
}

/// The same inside a transaction.
pub async fn epochs_in(tx: &mut Tx) -> Result<Vec<(String, i64)>, sqlx::Error> {
    on!(tx.tx, c => sqlx::query_as(EPOCHS).fetch_all(c).await)
}

const EPOCHS: &str = "SELECT id, epoch FROM halls ORDER BY id";

/// Gives a hall another epoch; its history is not the one listeners know. Its snapshots follow.
pub async fn set_epoch(tx: &mut Tx, hall: &str, epoch: i64) -> Result<(), sqlx::Error> {
    for text in ["UPDATE halls SET epoch = $1 WHERE id = $2", "UPDATE snapshots SET epoch = $1 WHERE hall = $2"] {
        on!(tx.tx, c => sqlx::query(text).bind(epoch).bind(hall).execute(c).await.map(drop))?;
    }
    Ok(())
}
