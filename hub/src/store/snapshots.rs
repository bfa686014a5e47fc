//! Snapshots of folds, so that a hall is loaded from near its end. Never the truth: the journal is.

use hall::hall::FOLD_VERSION;
use hall::{Fold, HallId};

use super::rows::{from_text, to_text};
use super::{Db, Tx};

const BEFORE: &str = "SELECT seq, fold FROM snapshots \
    WHERE hall = $1 AND epoch = $2 AND version = $3 AND seq <= $4 ORDER BY seq DESC LIMIT 1";

/// Keeps a fold; it names its own position.
pub async fn keep(tx: &mut Tx, hall: &HallId, epoch: i64, fold: &Fold) -> Result<(), sqlx::Error> {
    let text = to_text(fold)?;
    on!(tx.tx, c => {
        sqlx::query(
            "INSERT INTO snapshots (hall, epoch, seq, version, fold) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        )
        .bind(hall.as_str()).bind(epoch).bind(fold.seq).bind(i64::from(FOLD_VERSION)).bind(text)
        .execute(c).await.map(drop)
    })
}

/// The newest fold of this program's version at or before a number.
pub async fn before(db: &Db, hall: &HallId, epoch: i64, seq: i64) -> Result<Option<Fold>, sqlx::Error> {
    let row: Option<(i64, String)> = on!(db.read, p => {
        sqlx::query_as(BEFORE)
            .bind(hall.as_str()).bind(epoch).bind(i64::from(FOLD_VERSION)).bind(seq)
            .fetch_optional(p).await
    })?;
    Ok(row.and_then(readable))
}

/// The same inside a transaction.
pub async fn before_in(tx: &mut Tx, hall: &HallId, epoch: i64, seq: i64) -> Result<Option<Fold>, sqlx::Error> {
    let row: Option<(i64, String)> = on!(tx.tx, c => {
        sqlx::query_as(BEFORE)
            .bind(hall.as_str()).bind(epoch).bind(i64::from(FOLD_VERSION)).bind(seq)
            .fetch_optional(c).await
    })?;
    Ok(row.and_then(readable))
}

/// Lets go of a hall's old snapshots: the newest `kept` stay.
pub async fn thin_out(tx: &mut Tx, hall: &HallId, kept: i64) -> Result<(), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query(
            "DELETE FROM snapshots WHERE hall = $1 AND seq < \
             (SELECT MIN(seq) FROM (SELECT seq FROM snapshots WHERE hall = $1 ORDER BY seq DESC LIMIT $2) AS newest)",
        )
        .bind(hall.as_str()).bind(kept).execute(c).await.map(drop)
    })
}

/// A snapshot that cannot be read is as good as none: the journal is replayed from further back.
fn readable((seq, text): (i64, String)) -> Option<Fold> {
    match from_text::<Fold>(&text) {
        Ok(fold) if fold.seq == seq => Some(fold),
        Ok(_) | Err(_) => {
            tracing::warn!(seq, "a snapshot cannot be read; replaying the journal");
            None
        }
    }
}
