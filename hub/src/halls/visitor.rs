//! Persons for whom tickets are taken: written as one sealed row each, found again by keyed hashes, so that the
//! same person has one id and a limit on open tickets holds.
//!
//! An identity is surer than a phone number: who gives one is only ever found by it (or by a phone number that
//! nobody else has claimed with an identity).

use std::path::Path;

use chrono::{DateTime, Utc};
use hall::VisitorId;

use super::person::Person;
use crate::crypt::Keys;
use crate::error::Error;
use crate::store::visitors::{self, VisitorRow};
use crate::store::{Db, Tx};
use crate::{chance, folder};

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

/// Everybody with a phone number or an identity.
pub async fn find(db: &Db, keys: &Keys, person: &Person) -> Result<Vec<VisitorId>, Error> {
    let phone = person.phone_hash(keys).unwrap_or_default();
    let identity = person.identity_hash(keys).unwrap_or_default();
    Ok(visitors::with_hash(db, &phone, &identity).await?)
}

/// Erases a visitor for good: their row and every personal column that points at it, and puts their id on both
/// lists of erasures (the folder's outlives the database).
pub async fn erase(db: &Db, data: &Path, id: &VisitorId, now: DateTime<Utc>) -> Result<bool, Error> {
    folder::add_erased(data, id).map_err(|cause| Error::Broken(format!("{}: {cause}", data.display())))?;
    Ok(db.write(async |tx| visitors::erase(tx, id, &chance::secret(), now).await).await?)
}
