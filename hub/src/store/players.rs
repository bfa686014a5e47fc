//! Players: what they are, where they stand, how they draw.

use chrono::{DateTime, Utc};
use hall::HallId;

use super::{Db, Tx};

/// A player as stored, with the last use of its token.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Player {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is drawn on it.
    pub face: String,
    /// Its hall.
    pub hall: String,
    /// Its zones, as JSON.
    pub zones: String,
    /// Its counter.
    pub counter: Option<String>,
    /// How it draws, as JSON.
    pub settings: String,
    /// Version of its program, as it said last.
    pub version: Option<String>,
    /// Since when it is one.
    pub paired_at: DateTime<Utc>,
    /// The last use of its token.
    pub last_seen: Option<DateTime<Utc>>,
}

/// All players, by hall and name.
pub async fn list(db: &Db) -> Result<Vec<Player>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT p.id, p.name, p.face, p.hall, p.zones, p.counter, p.settings, p.version, p.paired_at,
             (SELECT MAX(t.last_seen) FROM tokens t WHERE t.player = p.id) AS last_seen
             FROM players p ORDER BY p.hall, p.name, p.id",
        )
        .fetch_all(p).await
    })
}

/// A player by id.
pub async fn by_id(db: &Db, id: &str) -> Result<Option<Player>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT p.id, p.name, p.face, p.hall, p.zones, p.counter, p.settings, p.version, p.paired_at,
             (SELECT MAX(t.last_seen) FROM tokens t WHERE t.player = p.id) AS last_seen FROM players p WHERE p.id = $1",
        )
        .bind(id).fetch_optional(p).await
    })
}

/// Writes a new player.
pub async fn add(tx: &mut Tx, it: &Player) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query(
            "INSERT INTO players (id, name, face, hall, zones, counter, settings, version, paired_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&it.id).bind(&it.name).bind(&it.face).bind(&it.hall).bind(&it.zones).bind(&it.counter)
        .bind(&it.settings).bind(&it.version).bind(it.paired_at).execute(p).await.map(drop)
    })
}

/// Writes what may change of a player. False if it is not there.
pub async fn change(tx: &mut Tx, it: &Player) -> Result<bool, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("UPDATE players SET name = $2, zones = $3, counter = $4, settings = $5 WHERE id = $1")
            .bind(&it.id).bind(&it.name).bind(&it.zones).bind(&it.counter).bind(&it.settings)
            .execute(p).await.map(|it| it.rows_affected() == 1)
    })
}

/// Writes the version that a player's program says it is.
pub async fn set_version(tx: &mut Tx, id: &str, version: &str) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("UPDATE players SET version = $2 WHERE id = $1").bind(id).bind(version).execute(p).await.map(drop)
    })
}

/// Takes a player out. False if it is not there.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<bool, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("DELETE FROM players WHERE id = $1").bind(id).execute(p).await.map(|it| it.rows_affected() == 1)
    })
}

/// Takes the players of a hall out.
pub async fn remove_of_hall(tx: &mut Tx, hall: &HallId) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => sqlx::query("DELETE FROM players WHERE hall = $1").bind(hall.as_str()).execute(p).await.map(drop))
}

/// How many players there are.
pub async fn count(tx: &mut Tx) -> Result<i64, sqlx::Error> {
    on!(tx.tx, p => sqlx::query_scalar("SELECT COUNT(*) FROM players").fetch_one(p).await)
}
