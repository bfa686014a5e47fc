//! Persons for whom tickets are taken: written as one sealed row each, found again by keyed hashes, so that the
//! same person has one id and a limit on open tickets holds.
//!
//! An identity is surer than a phone number: who gives one is only ever found by it (or by a phone number that
//! nobody else has claimed with an identity).

use chrono::{DateTime, Utc};
use hall::VisitorId;
use serde::{Deserialize, Serialize};

use crate::chance;
use crate::crypt::Keys;
use crate::error::Error;
use crate::store::Tx;
use crate::store::visitors::{self, VisitorRow};

/// What is known of a person. Never in an event, a frame, a log or a metric.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Person {
    /// Phone number, normalised.
    pub phone: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Identity, normalised.
    pub identity: Option<Identity>,
}

/// One way in which a person can be known.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Which kind: `id_card`, `passport`…
    pub kind: String,
    /// Its value.
    pub value: String,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person(…)")
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(…)")
    }
}

impl Person {
    fn phone_hash(&self, keys: &Keys) -> Option<String> {
        self.phone.as_ref().map(|phone| keys.lookup("phone", phone))
    }

    fn identity_hash(&self, keys: &Keys) -> Option<String> {
        self.identity.as_ref().map(|it| keys.lookup(&it.kind, &it.value))
    }

    /// What is known together; the newer word counts.
    fn with(self, newer: &Self) -> Self {
        Self {
            phone: newer.phone.clone().or(self.phone),
            name: newer.name.clone().or(self.name),
            identity: newer.identity.clone().or(self.identity),
        }
    }
}

/// Where a visitor's values are sealed for.
fn place(id: &VisitorId) -> String {
    format!("visitors/{id}")
}

/// The person behind a row.
pub fn open(keys: &Keys, row: &VisitorRow) -> Result<Person, Error> {
    let bytes = keys.open_sealed(&place(&row.id), &row.sealed)?;
    serde_json::from_slice(&bytes).map_err(|cause| Error::Broken(format!("{}: {cause}", place(&row.id))))
}

/// The row of a person: the one they have, or a new one; and whether it must be written. Writes nothing itself,
/// for a refused command writes nothing.
pub async fn row_for(tx: &mut Tx, keys: &Keys, person: &Person) -> Result<(VisitorRow, bool), Error> {
    let (phone_hash, identity_hash) = (person.phone_hash(keys), person.identity_hash(keys));
    let mut found = None;
    if let Some(hash) = &identity_hash {
        found = visitors::by_identity(tx, hash).await?;
    }
    if let (None, Some(hash)) = (&found, &phone_hash) {
        found = visitors::by_phone(tx, hash, identity_hash.is_some()).await?;
    }
    let Some(row) = found else {
        return Ok((sealed(keys, chance::row_id().into(), person)?, true));
    };
    let before = open(keys, &row)?;
    let together = before.clone().with(person);
    if together == before {
        return Ok((row, false));
    }
    Ok((sealed(keys, row.id, &together)?, true))
}

fn sealed(keys: &Keys, id: VisitorId, person: &Person) -> Result<VisitorRow, Error> {
    let value = serde_json::to_vec(person).map_err(|cause| Error::Broken(cause.to_string()))?;
    Ok(VisitorRow {
        sealed: keys.seal(&place(&id), &value)?,
        phone_hash: person.phone_hash(keys),
        identity_hash: person.identity_hash(keys),
        id,
    })
}

/// Erases a visitor for good, see [`visitors::erase`].
pub async fn erase(tx: &mut Tx, id: &VisitorId, now: DateTime<Utc>) -> Result<bool, Error> {
    Ok(visitors::erase(tx, id, &chance::secret(), now).await?)
}
