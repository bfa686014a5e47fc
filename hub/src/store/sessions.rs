//! Sessions of people: the hash of their key, and when they were last seen.

use chrono::{DateTime, Utc};

use super::Db;

/// A session with what must hold of its person.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub person: String,
    /// Since when.
    pub made_at: DateTime<Utc>,
    /// The last request.
    pub last_seen: DateTime<Utc>,
    /// The person may not sign in.
    pub disabled: bool,
    /// The person's account begins.
    pub valid_from: Option<DateTime<Utc>>,
    /// The person's account ends.
    pub valid_until: Option<DateTime<Utc>>,
    /// The person has to choose a password first.
    pub must_change_password: bool,
}

impl Session {
    /// Whether its person may use the hub at this time.
    pub fn holds_at(&self, now: DateTime<Utc>) -> bool {
        !self.disabled && self.valid_from.is_none_or(|it| it <= now) && self.valid_until.is_none_or(|it| now < it)
    }
}

/// The session of a key, by the key's hash.
pub async fn by_key(db: &Db, key_hash: &str) -> Result<Option<Session>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT s.id, s.person, s.made_at, s.last_seen, w.disabled, w.valid_from, w.valid_until, w.must_change_password
             FROM sessions s JOIN people w ON w.id = s.person WHERE s.key_hash = $1",
        )
        .bind(key_hash).fetch_optional(p).await
    })
}

/// Writes down that a session was used.
pub async fn seen(db: &Db, id: &str, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    on!(db.write, p => {
        sqlx::query("UPDATE sessions SET last_seen = $2 WHERE id = $1 AND last_seen < $2").bind(id).bind(now).execute(p).await.map(drop)
    })
}
