//! People and what they were given.

use chrono::{DateTime, Utc};
use hall::HallId;

use super::{Db, Tx};
use crate::people::{Grant, Role};

/// A person as stored. `name` and `proof_secret` are sealed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Person {
    /// Their id.
    pub id: String,
    /// What they type to sign in, lower case.
    pub login: String,
    /// Their name, sealed.
    pub name: String,
    /// Their number on badges; public.
    pub staff_no: String,
    /// Hash of their password.
    pub password: String,
    /// They were given this password by somebody else.
    pub must_change_password: bool,
    /// They may not sign in.
    pub disabled: bool,
    /// Their account begins.
    pub valid_from: Option<DateTime<Utc>>,
    /// Their account ends.
    pub valid_until: Option<DateTime<Utc>>,
    /// Secret of their second proof, sealed.
    pub proof_secret: Option<String>,
    /// It has been shown to work, so it is asked for.
    pub proof_confirmed: bool,
    /// The last code that was used.
    pub proof_counted: i64,
    /// Since when they are known here.
    pub made_at: DateTime<Utc>,
}

impl Person {
    /// Whether they may use the hub at this time.
    pub fn holds_at(&self, now: DateTime<Utc>) -> bool {
        holds(self.disabled, self.valid_from, self.valid_until, now)
    }
}

/// The one rule of who may sign in.
pub(super) fn holds(
    disabled: bool,
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> bool {
    !disabled && from.is_none_or(|it| it <= now) && until.is_none_or(|it| now < it)
}

/// A person by login.
pub async fn by_login(db: &Db, login: &str) -> Result<Option<Person>, sqlx::Error> {
    on!(db.read, p => sqlx::query_as("SELECT * FROM people WHERE login = $1").bind(login).fetch_optional(p).await)
}

/// A person by id.
pub async fn by_id(db: &Db, id: &str) -> Result<Option<Person>, sqlx::Error> {
    on!(db.read, p => sqlx::query_as("SELECT * FROM people WHERE id = $1").bind(id).fetch_optional(p).await)
}

/// A person by id, as they stand under the transaction.
pub async fn in_tx(tx: &mut Tx, id: &str) -> Result<Option<Person>, sqlx::Error> {
    on!(tx.tx, p => sqlx::query_as("SELECT * FROM people WHERE id = $1").bind(id).fetch_optional(p).await)
}

/// Whether somebody else has this number on their badge.
pub async fn has_staff_no(tx: &mut Tx, staff_no: &str, but: &str) -> Result<bool, sqlx::Error> {
    let found: Option<(String,)> = on!(tx.tx, p => {
        sqlx::query_as("SELECT id FROM people WHERE staff_no = $1 AND id <> $2 LIMIT 1")
            .bind(staff_no).bind(but).fetch_optional(p).await
    })?;
    Ok(found.is_some())
}

/// Everybody after a login, in the order of logins.
pub async fn list(db: &Db, after: &str, limit: i64) -> Result<Vec<Person>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as("SELECT * FROM people WHERE login > $1 ORDER BY login LIMIT $2").bind(after).bind(limit).fetch_all(p).await
    })
}

/// Writes a new person; a login that is taken is a unique violation.
pub async fn add(tx: &mut Tx, it: &Person) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query(
            "INSERT INTO people (id, login, name, staff_no, password, must_change_password, disabled, valid_from,
             valid_until, proof_secret, proof_confirmed, proof_counted, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(&it.id).bind(&it.login).bind(&it.name).bind(&it.staff_no).bind(&it.password).bind(it.must_change_password)
        .bind(it.disabled).bind(it.valid_from).bind(it.valid_until).bind(&it.proof_secret).bind(it.proof_confirmed)
        .bind(it.proof_counted).bind(it.made_at).execute(p).await.map(drop)
    })
}

/// Writes what an administrator may change of a person.
pub async fn change(tx: &mut Tx, it: &Person) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query(
            "UPDATE people SET name = $2, staff_no = $3, disabled = $4, valid_from = $5, valid_until = $6 WHERE id = $1",
        )
        .bind(&it.id).bind(&it.name).bind(&it.staff_no).bind(it.disabled).bind(it.valid_from).bind(it.valid_until)
        .execute(p).await.map(drop)
    })
}

/// Writes a new password's hash.
pub async fn set_password(tx: &mut Tx, id: &str, hash: &str, must_change: bool) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("UPDATE people SET password = $2, must_change_password = $3 WHERE id = $1")
            .bind(id).bind(hash).bind(must_change).execute(p).await.map(drop)
    })
}

/// Writes another hash of the same password, unless it was changed meanwhile.
pub async fn renew_password(tx: &mut Tx, id: &str, old: &str, new: &str) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("UPDATE people SET password = $3 WHERE id = $1 AND password = $2")
            .bind(id).bind(old).bind(new).execute(p).await.map(drop)
    })
}

/// Removes a person with everything that hangs on them.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => sqlx::query("DELETE FROM people WHERE id = $1").bind(id).execute(p).await.map(drop))
}

/// The roles of a person.
pub async fn grants_of(db: &Db, person: &str) -> Result<Vec<Grant>, sqlx::Error> {
    let rows: Vec<(String, String)> = on!(db.read, p => {
        sqlx::query_as("SELECT role, hall FROM grants WHERE person = $1 ORDER BY role, hall").bind(person).fetch_all(p).await
    })?;
    Ok(rows.into_iter().filter_map(|(role, hall)| grant(&role, hall)).collect())
}

/// The roles of everybody between two logins, for lists.
pub async fn grants_of_all(db: &Db, first: &str, last: &str) -> Result<Vec<(String, Grant)>, sqlx::Error> {
    let rows: Vec<(String, String, String)> = on!(db.read, p => {
        sqlx::query_as(
            "SELECT g.person, g.role, g.hall FROM grants g JOIN people w ON w.id = g.person
             WHERE w.login >= $1 AND w.login <= $2 ORDER BY g.role, g.hall",
        )
        .bind(first).bind(last).fetch_all(p).await
    })?;
    Ok(rows.into_iter().filter_map(|(person, role, hall)| Some((person, grant(&role, hall)?))).collect())
}

/// Takes all roles of a person.
pub async fn clear_grants(tx: &mut Tx, person: &str) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => sqlx::query("DELETE FROM grants WHERE person = $1").bind(person).execute(p).await.map(drop))
}

/// Gives a role.
pub async fn add_grant(tx: &mut Tx, person: &str, it: &Grant) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("INSERT INTO grants (person, role, hall) VALUES ($1, $2, $3)")
            .bind(person).bind(it.scope.as_str()).bind(column_of(it.hall.as_ref())).execute(p).await.map(drop)
    })
}

/// Takes all roles that were given in a hall (the hall is removed).
pub async fn clear_hall(tx: &mut Tx, hall: &HallId) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => sqlx::query("DELETE FROM grants WHERE hall = $1").bind(hall.as_str()).execute(p).await.map(drop))
}

/// How many people there are.
pub async fn count(tx: &mut Tx) -> Result<i64, sqlx::Error> {
    on!(tx.tx, p => sqlx::query_scalar("SELECT COUNT(*) FROM people").fetch_one(p).await)
}

/// How many may sign in at this time and are administrators everywhere.
pub async fn administrators(tx: &mut Tx, now: DateTime<Utc>) -> Result<i64, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query_scalar(
            "SELECT COUNT(*) FROM people w JOIN grants g ON g.person = w.id AND g.role = 'administrator' AND g.hall = ''
             WHERE w.disabled = FALSE AND (w.valid_from IS NULL OR w.valid_from <= $1)
             AND (w.valid_until IS NULL OR w.valid_until > $1)",
        )
        .bind(now).fetch_one(p).await
    })
}

/// A role that a newer version knew is no role here: it gives nothing.
fn grant(role: &str, hall: String) -> Option<Grant> {
    let scope = role.parse::<Role>().ok()?.into();
    Some(Grant { scope, hall: hall_of(hall) })
}

/// '' in a column means every hall.
pub(super) fn hall_of(column: String) -> Option<HallId> {
    (!column.is_empty()).then(|| column.into())
}

/// The reverse.
pub(super) fn column_of(hall: Option<&HallId>) -> &str {
    hall.map_or("", |it| it.as_str())
}
