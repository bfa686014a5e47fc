//! Tokens of programs and players: only their hash is kept.

use chrono::{DateTime, Utc};
use hall::HallId;

use super::people::{column_of, hall_of};
use super::{Db, Tx};
use crate::people::{Grant, Scope};

/// A token as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Token {
    /// Its id.
    pub id: String,
    /// What it is for, in words.
    pub name: String,
    /// Scopes, separated by one space.
    pub scopes: String,
    /// Its hall; '' = every hall.
    pub hall: String,
    /// The player that holds it.
    pub player: Option<String>,
    /// Since when.
    pub made_at: DateTime<Utc>,
    /// The last request.
    pub last_seen: Option<DateTime<Utc>>,
}

impl Token {
    /// What it gives.
    pub fn grants(&self) -> Vec<Grant> {
        let hall = self.hall();
        let grant = |scope| Grant { scope, hall: hall.clone() };
        self.scopes().into_iter().map(grant).collect()
    }

    /// Its scopes. One that a newer version knew gives nothing.
    pub fn scopes(&self) -> Vec<Scope> {
        self.scopes.split(' ').filter_map(|it| it.parse().ok()).collect()
    }

    /// Its hall; none = every hall.
    pub fn hall(&self) -> Option<HallId> {
        hall_of(self.hall.clone())
    }
}

/// The token of a key, by the key's hash, unless it was revoked.
pub async fn by_key(db: &Db, token_hash: &str) -> Result<Option<Token>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT id, name, scopes, hall, player, made_at, last_seen FROM tokens
             WHERE token_hash = $1 AND revoked_at IS NULL",
        )
        .bind(token_hash).fetch_optional(p).await
    })
}

/// Writes down that a token was used.
pub async fn seen(db: &Db, id: &str, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    on!(db.write, p => {
        sqlx::query("UPDATE tokens SET last_seen = $2 WHERE id = $1").bind(id).bind(now).execute(p).await.map(drop)
    })
}

/// A token that is written.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Its id.
    pub id: &'a str,
    /// Hash of what the holder was given.
    pub token_hash: &'a str,
    /// What it is for.
    pub name: &'a str,
    /// What it may.
    pub scopes: &'a [Scope],
    /// Its hall; none = every hall.
    pub hall: Option<&'a HallId>,
    /// The player that holds it.
    pub player: Option<&'a str>,
    /// By whom it was made.
    pub made_by: &'a str,
}

/// Writes a new token.
pub async fn add(tx: &mut Tx, it: New<'_>, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    let scopes = it.scopes.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(" ");
    on!(tx.tx, p => {
        sqlx::query(
            "INSERT INTO tokens (id, token_hash, name, scopes, hall, player, made_at, made_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(it.id).bind(it.token_hash).bind(it.name).bind(scopes).bind(column_of(it.hall)).bind(it.player).bind(now)
        .bind(it.made_by).execute(p).await.map(drop)
    })
}

/// Tokens of programs (those of players are listed with them) that are good, in the order they were made.
pub async fn list(db: &Db) -> Result<Vec<Token>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT id, name, scopes, hall, player, made_at, last_seen FROM tokens
             WHERE revoked_at IS NULL AND player IS NULL ORDER BY made_at, id",
        )
        .fetch_all(p).await
    })
}

/// How many tokens of programs are good.
pub async fn count(tx: &mut Tx) -> Result<i64, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query_scalar("SELECT COUNT(*) FROM tokens WHERE revoked_at IS NULL AND player IS NULL").fetch_one(p).await
    })
}

/// A good token by id.
pub async fn by_id(db: &Db, id: &str) -> Result<Option<Token>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT id, name, scopes, hall, player, made_at, last_seen FROM tokens WHERE id = $1 AND revoked_at IS NULL",
        )
        .bind(id).fetch_optional(p).await
    })
}

/// What a token is or was for, also one that was revoked.
pub async fn name_of(db: &Db, id: &str) -> Result<Option<String>, sqlx::Error> {
    let row: Option<(String,)> = on!(db.read, p => {
        sqlx::query_as("SELECT name FROM tokens WHERE id = $1").bind(id).fetch_optional(p).await
    })?;
    Ok(row.map(|(name,)| name))
}

/// Revokes a token. False if it was not good before. The row stays: journals name its id.
pub async fn revoke(tx: &mut Tx, id: &str, now: DateTime<Utc>) -> Result<bool, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
            .bind(id).bind(now).execute(p).await.map(|it| it.rows_affected() == 1)
    })
}

/// Revokes the tokens of a player, and tells which.
pub async fn revoke_of_player(tx: &mut Tx, player: &str, now: DateTime<Utc>) -> Result<Vec<String>, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query_scalar("UPDATE tokens SET revoked_at = $2 WHERE player = $1 AND revoked_at IS NULL RETURNING id")
            .bind(player).bind(now).fetch_all(p).await
    })
}

/// Revokes the tokens that are good in one hall only, and tells which.
pub async fn revoke_of_hall(tx: &mut Tx, hall: &HallId, now: DateTime<Utc>) -> Result<Vec<String>, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query_scalar("UPDATE tokens SET revoked_at = $2 WHERE hall = $1 AND revoked_at IS NULL RETURNING id")
            .bind(hall.as_str()).bind(now).fetch_all(p).await
    })
}
