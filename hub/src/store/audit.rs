//! The audit's rows and the ends of its chains.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use super::{Db, Tx};

/// One row: what was done.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct Row {
    /// Its chain.
    pub chain: String,
    /// Its number in the chain, from 1, without gaps.
    pub n: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom, an id.
    pub who: String,
    /// What.
    pub what: String,
    /// To what, an id.
    pub target: String,
    /// More, as JSON.
    pub detail: String,
    /// Hash of all this and of the row before.
    pub hash: String,
}

/// The end of a chain: how many rows, and the hash of the last.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct End {
    /// The chain.
    pub chain: String,
    /// The number of its last row.
    pub n: i64,
    /// The hash of its last row.
    pub hash: String,
}

/// Locks a chain until the transaction ends, and tells its end. A new chain begins.
pub async fn lock(tx: &mut Tx, chain: &str) -> Result<End, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query_as(
            "INSERT INTO audit_chains (chain, n, hash) VALUES ($1, 0, '')
             ON CONFLICT (chain) DO UPDATE SET n = audit_chains.n RETURNING chain, n, hash",
        )
        .bind(chain).fetch_one(p).await
    })
}

/// Writes a row.
pub async fn append(tx: &mut Tx, row: &Row) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query(
            "INSERT INTO audit (chain, n, at, who, what, target, detail, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&row.chain).bind(row.n).bind(row.at).bind(&row.who).bind(&row.what).bind(&row.target)
        .bind(&row.detail).bind(&row.hash).execute(p).await.map(drop)
    })
}

/// Moves the end of a chain.
pub async fn advance(tx: &mut Tx, end: &End) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("UPDATE audit_chains SET n = $2, hash = $3 WHERE chain = $1")
            .bind(&end.chain).bind(end.n).bind(&end.hash).execute(p).await.map(drop)
    })
}

/// Where a page of the list goes on: everything before this row in time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Before {
    /// Its time.
    pub at: DateTime<Utc>,
    /// Its chain.
    pub chain: String,
    /// Its number.
    pub n: i64,
}

/// Which rows are looked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Done by this one.
    pub who: Option<String>,
    /// This was done.
    pub what: Option<String>,
    /// Not before this.
    pub from: Option<DateTime<Utc>>,
    /// Before this.
    pub until: Option<DateTime<Utc>>,
    /// To a ticket of this number; only moves of journals are.
    pub number: Option<String>,
}

/// Rows of all chains, the newest first.
pub async fn newest(db: &Db, before: Option<&Before>, limit: i64) -> Result<Vec<Row>, sqlx::Error> {
    found(db, None, &Filter::default(), before, limit).await
}

/// Rows of these chains (none = of all) that fit, the newest first.
pub async fn found(
    db: &Db,
    chains: Option<&[String]>,
    filter: &Filter,
    before: Option<&Before>,
    limit: i64,
) -> Result<Vec<Row>, sqlx::Error> {
    if chains.is_some_and(<[String]>::is_empty) {
        return Ok(Vec::new());
    }
    let (at, chain, n) = before.map_or((latest(), "", 0), |it| (it.at, it.chain.as_str(), it.n));
    on!(db.read, p => {
        let columns = "SELECT chain, n, at, who, what, target, detail, hash FROM audit";
        let mut text = QueryBuilder::new(columns);
        text.push(" WHERE (at, chain, n) < (").push_bind(at).push(", ").push_bind(chain).push(", ").push_bind(n).push(")");
        if let Some(chains) = chains {
            let mut list = text.push(" AND chain IN (").separated(", ");
            for it in chains { list.push_bind(it.as_str()); }
            text.push(")");
        }
        if let Some(who) = &filter.who { text.push(" AND who = ").push_bind(who.as_str()); }
        if let Some(what) = &filter.what { text.push(" AND what = ").push_bind(what.as_str()); }
        if let Some(from) = filter.from { text.push(" AND at >= ").push_bind(from); }
        if let Some(until) = filter.until { text.push(" AND at < ").push_bind(until); }
        text.push(" ORDER BY at DESC, chain DESC, n DESC LIMIT ").push_bind(limit);
        text.build_query_as().fetch_all(p).await
    })
}

/// Rows of one chain below a number, the newest first.
pub async fn newest_of(db: &Db, chain: &str, below: i64, limit: i64) -> Result<Vec<Row>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT chain, n, at, who, what, target, detail, hash FROM audit
             WHERE chain = $1 AND n < $2 ORDER BY n DESC LIMIT $3",
        )
        .bind(chain).bind(below).bind(limit).fetch_all(p).await
    })
}

/// Later than every row; both databases can hold it.
fn latest() -> DateTime<Utc> {
    DateTime::from_timestamp(253_000_000_000, 0).unwrap_or_default()
}

/// Rows of one chain in its order, after a number.
pub async fn in_order(db: &Db, chain: &str, after: i64, limit: i64) -> Result<Vec<Row>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT chain, n, at, who, what, target, detail, hash FROM audit
             WHERE chain = $1 AND n > $2 ORDER BY n LIMIT $3",
        )
        .bind(chain).bind(after).bind(limit).fetch_all(p).await
    })
}

/// The ends of all chains.
pub async fn ends(db: &Db) -> Result<Vec<End>, sqlx::Error> {
    on!(db.read, p => sqlx::query_as("SELECT chain, n, hash FROM audit_chains ORDER BY chain").fetch_all(p).await)
}
