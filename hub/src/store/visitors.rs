//! Visitors: persons as sealed rows with keyed hashes for look-ups.
//!
//! Nothing in here can be read without the key ring, which is never in the database. Never says who
//! somebody is: it hands out sealed bytes.

use chrono::{DateTime, Utc};
use hall::VisitorId;

use super::{Db, Tx};

/// A visitor's row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VisitorRow {
    /// Its id, which events hold.
    pub id: VisitorId,
    /// Keyed hash of the phone number.
    pub phone_hash: Option<String>,
    /// Keyed hash of kind and value of the identity.
    pub identity_hash: Option<String>,
    /// Everything known, sealed.
    pub sealed: Vec<u8>,
}

type Raw = (String, Option<String>, Option<String>, Vec<u8>);

fn row((id, phone_hash, identity_hash, sealed): Raw) -> VisitorRow {
    VisitorRow { id: id.into(), phone_hash, identity_hash, sealed }
}

/// The visitor with an identity.
pub async fn by_identity(tx: &mut Tx, hash: &str) -> Result<Option<VisitorRow>, sqlx::Error> {
    let found: Option<Raw> = on!(tx.tx, c => {
        sqlx::query_as("SELECT id, phone_hash, identity_hash, sealed FROM visitors WHERE identity_hash = $1")
            .bind(hash).fetch_optional(c).await
    })?;
    Ok(found.map(row))
}

/// The first visitor who gave a phone number; `nameless` asks only for those without an identity.
pub async fn by_phone(tx: &mut Tx, hash: &str, nameless: bool) -> Result<Option<VisitorRow>, sqlx::Error> {
    let found: Option<Raw> = on!(tx.tx, c => {
        sqlx::query_as(
            "SELECT id, phone_hash, identity_hash, sealed FROM visitors \
             WHERE phone_hash = $1 AND (identity_hash IS NULL OR NOT $2) ORDER BY made_at, id LIMIT 1",
        )
        .bind(hash).bind(nameless).fetch_optional(c).await
    })?;
    Ok(found.map(row))
}

/// A visitor by id, inside a transaction.
pub async fn by_id_in(tx: &mut Tx, id: &VisitorId) -> Result<Option<VisitorRow>, sqlx::Error> {
    let found: Option<Raw> = on!(tx.tx, c => {
        sqlx::query_as("SELECT id, phone_hash, identity_hash, sealed FROM visitors WHERE id = $1")
            .bind(id.as_str()).fetch_optional(c).await
    })?;
    Ok(found.map(row))
}

/// A visitor by id.
pub async fn by_id(db: &Db, id: &VisitorId) -> Result<Option<VisitorRow>, sqlx::Error> {
    let found: Option<Raw> = on!(db.read, p => {
        sqlx::query_as("SELECT id, phone_hash, identity_hash, sealed FROM visitors WHERE id = $1")
            .bind(id.as_str()).fetch_optional(p).await
    })?;
    Ok(found.map(row))
}

/// Everybody with a hash of a phone number or of an identity.
pub async fn with_hash(db: &Db, phone_hash: &str, identity_hash: &str) -> Result<Vec<VisitorId>, sqlx::Error> {
    let rows: Vec<(String,)> = on!(db.read, p => {
        sqlx::query_as("SELECT id FROM visitors WHERE phone_hash = $1 OR identity_hash = $2 ORDER BY id")
            .bind(phone_hash).bind(identity_hash).fetch_all(p).await
    })?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// Writes a visitor's row, new or changed.
pub async fn put(tx: &mut Tx, it: &VisitorRow, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query(
            "INSERT INTO visitors (id, phone_hash, identity_hash, sealed, made_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (id) DO UPDATE SET phone_hash = excluded.phone_hash, \
             identity_hash = excluded.identity_hash, sealed = excluded.sealed",
        )
        .bind(it.id.as_str()).bind(&it.phone_hash).bind(&it.identity_hash).bind(&it.sealed).bind(now)
        .execute(c).await.map(drop)
    })
}

/// Erases a visitor: the row and every column that points at it. The id stays in events, where it says nothing,
/// and on the list of erasures, so that an older backup does not bring the person back.
pub async fn erase(tx: &mut Tx, id: &VisitorId, fresh_hash: &str, now: DateTime<Utc>) -> Result<bool, sqlx::Error> {
    const TEXTS: [&str; 3] = [
        "UPDATE tickets SET visitor = NULL WHERE visitor = $1",
        "DELETE FROM notes WHERE visitor = $1",
        // The last statement is the one that is counted.
        "DELETE FROM visitors WHERE id = $1",
    ];
    // Overwritten before it is deleted: what stays behind in a free page of the file finds nobody.
    on!(tx.tx, c => {
        sqlx::query("UPDATE visitors SET phone_hash = $2, identity_hash = $2, sealed = $3 WHERE id = $1")
            .bind(id.as_str()).bind(fresh_hash).bind(Vec::<u8>::new()).execute(c).await.map(drop)
    })?;
    let mut gone = 0;
    for text in TEXTS {
        gone = on!(tx.tx, c => {
            sqlx::query(text).bind(id.as_str()).execute(c).await.map(|it| it.rows_affected())
        })?;
    }
    on!(tx.tx, c => {
        sqlx::query("INSERT INTO erasures (visitor, made_at) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(id.as_str()).bind(now).execute(c).await.map(drop)
    })?;
    Ok(gone == 1)
}

const ERASED: &str = "SELECT visitor FROM erasures ORDER BY visitor";

/// Everybody who was erased.
pub async fn erased(db: &Db) -> Result<Vec<VisitorId>, sqlx::Error> {
    let rows: Vec<(String,)> = on!(db.read, p => sqlx::query_as(ERASED).fetch_all(p).await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// The same inside a transaction.
pub async fn erased_in(tx: &mut Tx) -> Result<Vec<VisitorId>, sqlx::Error> {
    let rows: Vec<(String,)> = on!(tx.tx, c => sqlx::query_as(ERASED).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}
