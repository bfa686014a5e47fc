//! Sessions of people: the hash of their key, and when they were last seen.

use chrono::{DateTime, Utc};

use super::people::holds;
use super::{Db, Tx};

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
        holds(self.disabled, self.valid_from, self.valid_until, now)
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

/// Writes a new session.
pub async fn add(tx: &mut Tx, id: &str, key_hash: &str, person: &str, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("INSERT INTO sessions (id, key_hash, person, made_at, last_seen) VALUES ($1, $2, $3, $4, $4)")
            .bind(id).bind(key_hash).bind(person).bind(now).execute(p).await.map(drop)
    })
}

/// Ends a session. False if it had ended before.
pub async fn end(tx: &mut Tx, id: &str) -> Result<bool, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("DELETE FROM sessions WHERE id = $1").bind(id).execute(p).await.map(|it| it.rows_affected() == 1)
    })
}

/// Ends all sessions of a person but one ('' = all), and tells which.
pub async fn end_of_person(tx: &mut Tx, person: &str, but: &str) -> Result<Vec<String>, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query_scalar("DELETE FROM sessions WHERE person = $1 AND id <> $2 RETURNING id")
            .bind(person).bind(but).fetch_all(p).await
    })
}

/// Ends all but the last used sessions of a person, and tells which.
pub async fn trim(tx: &mut Tx, person: &str, keep: i64) -> Result<Vec<String>, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query_scalar(
            "DELETE FROM sessions WHERE person = $1 AND id NOT IN
             (SELECT id FROM sessions WHERE person = $1 ORDER BY last_seen DESC, id DESC LIMIT $2) RETURNING id",
        )
        .bind(person).bind(keep).fetch_all(p).await
    })
}

/// Ends sessions that were quiet or lasted too long, or whose person may not use the hub any more: ids and persons.
pub async fn end_old(
    tx: &mut Tx,
    quiet_since: DateTime<Utc>,
    made_before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<(String, String)>, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query_as(
            "DELETE FROM sessions WHERE last_seen < $1 OR made_at < $2 OR person IN
             (SELECT id FROM people WHERE disabled = TRUE OR valid_from > $3 OR valid_until <= $3)
             RETURNING id, person",
        )
        .bind(quiet_since).bind(made_before).bind(now).fetch_all(p).await
    })
}

/// Whether there is any session that `end_old` would end: so that nothing is written when nothing is due.
pub async fn any_old(
    db: &Db,
    quiet_since: DateTime<Utc>,
    made_before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let found: Option<i64> = on!(db.read, p => {
        sqlx::query_scalar(
            "SELECT CAST(1 AS BIGINT) FROM sessions WHERE last_seen < $1 OR made_at < $2 OR person IN
             (SELECT id FROM people WHERE disabled = TRUE OR valid_from > $3 OR valid_until <= $3) LIMIT 1",
        )
        .bind(quiet_since).bind(made_before).bind(now).fetch_optional(p).await
    })?;
    Ok(found.is_some())
}
