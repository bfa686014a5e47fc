//! The audit: who did what to what, and when. Rows are chained by hashes, so that a row that was changed or
//! taken out is found.
//!
//! Ids only, never a name, a phone or a text of a person; of a setup what changed in it. Moves of tickets and counters are not written here a
//! second time: the hall's journal has each with its author, and the list of the audit shows both.

use chrono::{DateTime, SecondsFormat, Utc};
use hall::HallId;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::store::audit::{self, End, Row};
use crate::store::{Db, Tx};

/// Rows read at once when a chain is verified.
const PAGE_ROWS: i64 = 500;

/// Everything that is written: the stable words of [`Deed::what`].
pub const DEEDS: [&str; 30] = [
    "session.begun",
    "session.ended",
    "session.refused",
    "session.timed_out",
    "password.changed",
    "password.given",
    "password.reset",
    "second_proof.made",
    "second_proof.confirmed",
    "person.added",
    "person.changed",
    "person.removed",
    "token.made",
    "token.revoked",
    "settings.changed",
    "player.paired",
    "player.changed",
    "player.removed",
    "player.refused",
    "site.added",
    "site.changed",
    "site.removed",
    "hall.added",
    "hall.removed",
    "hall.imported",
    "setup.changed",
    "alert.taken",
    "alert.handled",
    "clip.added",
    "clip.removed",
];

/// Which chain a deed belongs to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Chain {
    /// What belongs to the hub and not to one hall.
    Node,
    /// A hall's.
    Hall(HallId),
}

impl Chain {
    /// Its name in the table.
    pub fn name(&self) -> String {
        match self {
            Self::Node => "node".into(),
            Self::Hall(hall) => format!("hall:{hall}"),
        }
    }

    /// A hall's chain, or the node's.
    pub fn of(hall: Option<&HallId>) -> Self {
        hall.map_or(Self::Node, |it| Self::Hall(it.clone()))
    }
}

/// Something that was done.
#[derive(Clone, PartialEq, Debug)]
pub struct Deed {
    /// Where it is written.
    pub chain: Chain,
    /// By whom: `Caller::name`.
    pub who: String,
    /// What, a stable word such as `person.changed`.
    pub what: &'static str,
    /// To what: an id.
    pub target: String,
    /// What else: ids, codes and numbers; of setups and sites also their names and words.
    pub detail: Value,
}

/// Writes a deed in the transaction that does it.
pub async fn write(tx: &mut Tx, deed: &Deed, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    debug_assert!(DEEDS.contains(&deed.what), "{} is not in the list by which the audit is searched", deed.what);
    let end = audit::lock(tx, &deed.chain.name()).await?;
    let mut row = Row {
        n: end.n + 1,
        chain: end.chain,
        at: now,
        who: deed.who.clone(),
        what: deed.what.into(),
        target: deed.target.clone(),
        detail: deed.detail.to_string(),
        hash: String::new(),
    };
    row.hash = hash(&end.hash, &row);
    audit::append(tx, &row).await?;
    audit::advance(tx, &End { chain: row.chain, n: row.n, hash: row.hash }).await
}

/// Writes a deed that has no transaction of its own.
pub async fn note(db: &Db, deed: &Deed, now: DateTime<Utc>) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    write(&mut tx, deed, now).await?;
    Ok(tx.commit().await?)
}

/// The hash of a row: over the hash before it and all its columns, as one JSON list.
fn hash(before: &str, row: &Row) -> String {
    let at = row.at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let all = serde_json::json!([before, row.chain, row.n, at, row.who, row.what, row.target, row.detail]);
    hex::encode(Sha256::digest(all.to_string()))
}

/// What was found in a chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified {
    /// The chain.
    pub chain: String,
    /// Rows that are as they were written.
    pub rows: i64,
    /// The first number at which it is not.
    pub broken_at: Option<i64>,
}

/// Reads a chain from its beginning and checks every hash.
pub async fn verify(db: &Db, end: &End) -> Result<Verified, Error> {
    let mut before = End { chain: end.chain.clone(), n: 0, hash: String::new() };
    loop {
        let rows = audit::in_order(db, &end.chain, before.n, PAGE_ROWS).await?;
        let full = i64::try_from(rows.len()).unwrap_or(PAGE_ROWS) == PAGE_ROWS;
        for row in rows {
            if row.n != before.n + 1 || hash(&before.hash, &row) != row.hash {
                return Ok(broken(before));
            }
            (before.n, before.hash) = (row.n, row.hash);
        }
        if !full {
            break;
        }
    }
    // Rows that were written while we read are past `end`; rows that are missing before it were taken out.
    if before.n < end.n || (before.n == end.n && before.hash != end.hash) {
        return Ok(broken(before));
    }
    Ok(Verified { chain: before.chain, rows: before.n, broken_at: None })
}

fn broken(good: End) -> Verified {
    Verified { chain: good.chain, rows: good.n, broken_at: Some(good.n + 1) }
}
