//! Recorded clips that can be announced.

use chrono::{DateTime, Utc};
use hall::HallId;

use super::{Db, Tx};

/// A clip without its sound.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct Clip {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// How long it lasts, milliseconds.
    pub length_ms: i64,
    /// Who made it, as the audit names them.
    pub made_by: String,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// The clips of a hall, by name.
pub async fn list(db: &Db, hall: &HallId) -> Result<Vec<Clip>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as("SELECT id, name, length_ms, made_by, made_at FROM clips WHERE hall = $1 ORDER BY name, id")
            .bind(hall.as_str()).fetch_all(p).await
    })
}

/// A clip of a hall.
pub async fn get(db: &Db, hall: &HallId, id: &str) -> Result<Option<Clip>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as("SELECT id, name, length_ms, made_by, made_at FROM clips WHERE hall = $1 AND id = $2")
            .bind(hall.as_str()).bind(id).fetch_optional(p).await
    })
}

/// The sound of a clip of a hall.
pub async fn sound(db: &Db, hall: &HallId, id: &str) -> Result<Option<Vec<u8>>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_scalar("SELECT sound FROM clips WHERE hall = $1 AND id = $2")
            .bind(hall.as_str()).bind(id).fetch_optional(p).await
    })
}

/// How many clips a hall has.
pub async fn count(tx: &mut Tx, hall: &HallId) -> Result<i64, sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query_scalar("SELECT COUNT(*) FROM clips WHERE hall = $1").bind(hall.as_str()).fetch_one(c).await
    })
}

/// Whether a hall has a clip.
pub async fn is_there(tx: &mut Tx, hall: &HallId, id: &str) -> Result<bool, sqlx::Error> {
    let found: i64 = on!(tx.tx, c => {
        sqlx::query_scalar("SELECT COUNT(*) FROM clips WHERE hall = $1 AND id = $2")
            .bind(hall.as_str()).bind(id).fetch_one(c).await
    })?;
    Ok(found > 0)
}

/// Keeps a new clip.
pub async fn add(tx: &mut Tx, hall: &HallId, it: &Clip, sound: &[u8]) -> Result<(), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query(
            "INSERT INTO clips (id, hall, name, sound, length_ms, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&it.id).bind(hall.as_str()).bind(&it.name).bind(sound).bind(it.length_ms).bind(&it.made_by)
        .bind(it.made_at).execute(c).await.map(drop)
    })
}

/// Takes a clip out. False if it is not there.
pub async fn remove(tx: &mut Tx, hall: &HallId, id: &str) -> Result<bool, sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query("DELETE FROM clips WHERE hall = $1 AND id = $2").bind(hall.as_str()).bind(id)
            .execute(c).await.map(|it| it.rows_affected() == 1)
    })
}
