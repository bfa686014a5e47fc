//! Programs that ask to become a player: a code on their screen, and the hash of the secret they hold.

use chrono::{DateTime, Utc};

use super::{Db, Tx};

/// A pairing as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Pairing {
    /// What stands on the screen.
    pub code: String,
    /// Hash of what the program holds.
    pub secret_hash: String,
    /// What it wants to draw.
    pub face: String,
    /// What it says of itself, as JSON.
    pub wish: String,
    /// `waiting`, `approved`, `handed` (its token was given) or `refused`.
    pub state: String,
    /// The player it became.
    pub player: Option<String>,
    /// Since when.
    pub made_at: DateTime<Utc>,
    /// Until when the code is good.
    pub expires_at: DateTime<Utc>,
}

/// Writes a new pairing; a code that is taken is a unique violation.
pub async fn add(tx: &mut Tx, it: &Pairing) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query(
            "INSERT INTO pairings (code, secret_hash, face, wish, state, player, made_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&it.code).bind(&it.secret_hash).bind(&it.face).bind(&it.wish).bind(&it.state).bind(&it.player)
        .bind(it.made_at).bind(it.expires_at).execute(p).await.map(drop)
    })
}

/// Those that wait, the oldest first.
pub async fn waiting(db: &Db, now: DateTime<Utc>) -> Result<Vec<Pairing>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as("SELECT * FROM pairings WHERE state = 'waiting' AND expires_at > $1 ORDER BY made_at, code")
            .bind(now).fetch_all(p).await
    })
}

/// The pairing of a secret.
pub async fn by_secret(db: &Db, secret_hash: &str) -> Result<Option<Pairing>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as("SELECT * FROM pairings WHERE secret_hash = $1").bind(secret_hash).fetch_optional(p).await
    })
}

/// Moves a pairing that is not over from one state to the next. False if it was in another.
pub async fn turn(
    tx: &mut Tx,
    code: &str,
    from: &str,
    to: &str,
    player: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query(
            "UPDATE pairings SET state = $3, player = COALESCE($4, player) WHERE code = $1 AND state = $2 AND expires_at > $5",
        )
        .bind(code).bind(from).bind(to).bind(player).bind(now).execute(p).await.map(|it| it.rows_affected() == 1)
    })
}

/// How many there are that are not over.
pub async fn count(tx: &mut Tx, now: DateTime<Utc>) -> Result<i64, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query_scalar("SELECT COUNT(*) FROM pairings WHERE expires_at > $1").bind(now).fetch_one(p).await
    })
}

/// Forgets those that were over before a time.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => sqlx::query("DELETE FROM pairings WHERE expires_at < $1").bind(before).execute(p).await.map(drop))
}
