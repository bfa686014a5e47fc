//! Tokens of programs and players: only their hash is kept.

use chrono::{DateTime, Utc};

use super::Db;
use super::people::hall_of;
use crate::people::Grant;

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
    /// What it gives. A scope that a newer version knew gives nothing.
    pub fn grants(&self) -> Vec<Grant> {
        let scopes = self.scopes.split(' ').filter_map(|it| it.parse().ok());
        scopes
            .map(|scope| Grant {
                scope,
                hall: hall_of(self.hall.clone()),
            })
            .collect()
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
