//! Idempotency keys: the answers of the last day, so that a repeat gets the same one.
//!
//! Only answers that were given are here, written with what they answer. Never the key itself: a hash
//! of it with its scope.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use super::rows::pieces;
use super::{Db, Tx};

/// How long an answer is kept, hours.
pub const KEPT_HOURS: i64 = 24;
/// Rows deleted in one go when cleaning up.
const PURGED_AT_ONCE: i64 = 500;

/// An answer that was given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// Hash of the parsed request it answered.
    pub body_hash: String,
    /// The answer, as JSON.
    pub answer: String,
}

/// The answers already given under these keys.
pub async fn find(tx: &mut Tx, ids: &[&str], since: DateTime<Utc>) -> Result<HashMap<String, Kept>, sqlx::Error> {
    let mut found = HashMap::new();
    for piece in pieces(ids) {
        let rows: Vec<(String, String, String)> = on!(tx.tx, c => {
            let mut text = QueryBuilder::new("SELECT id, body_hash, answer FROM idempotency_keys WHERE made_at > ");
            text.push_bind(since).push(" AND id IN (");
            let mut list = text.separated(", ");
            for id in piece {
                list.push_bind(*id);
            }
            list.push_unseparated(")");
            text.build_query_as().fetch_all(c).await
        })?;
        found.extend(rows.into_iter().map(|(id, body_hash, answer)| (id, Kept { body_hash, answer })));
    }
    Ok(found)
}

/// Keeps answers. A key older than a day may still stand here; it is overwritten.
pub async fn keep(tx: &mut Tx, rows: &[(&str, Kept)], now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    for piece in pieces(rows) {
        on!(tx.tx, c => {
            let mut text = QueryBuilder::new("INSERT INTO idempotency_keys (id, body_hash, answer, made_at) ");
            text.push_values(piece, |mut row, (id, kept)| {
                row.push_bind(*id).push_bind(&kept.body_hash).push_bind(&kept.answer).push_bind(now);
            });
            text.push(
                " ON CONFLICT (id) DO UPDATE SET body_hash = excluded.body_hash, answer = excluded.answer, \
                 made_at = excluded.made_at",
            );
            text.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Deletes some of those made before a time; answers how many.
pub async fn purge(db: &Db, before: DateTime<Utc>) -> Result<u64, sqlx::Error> {
    db.write(async |tx| {
        on!(tx.tx, c => {
            sqlx::query(
                "DELETE FROM idempotency_keys WHERE id IN \
                 (SELECT id FROM idempotency_keys WHERE made_at < $1 ORDER BY made_at LIMIT $2)",
            )
            .bind(before).bind(PURGED_AT_ONCE).execute(c).await.map(|it| it.rows_affected())
        })
    })
    .await
}
