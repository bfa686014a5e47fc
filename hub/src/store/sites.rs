//! Service centres, in a tree, and which halls stand in them.

use super::{Db, Tx};

/// A site as stored.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, sqlx::FromRow)]
pub struct Site {
    /// Its id.
    pub id: String,
    /// The site above it.
    pub parent: Option<String>,
    /// City, district, street or centre.
    pub kind: String,
    /// Chinese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// Where it is.
    pub address: String,
    /// Its time zone.
    pub time_zone: String,
    /// The hour at which one business day becomes the next.
    pub cutover_hour: i64,
}

/// All sites, by id.
pub async fn list(db: &Db) -> Result<Vec<Site>, sqlx::Error> {
    on!(db.read, p => sqlx::query_as("SELECT * FROM sites ORDER BY id").fetch_all(p).await)
}

/// All sites as they stand under the transaction.
pub async fn list_in(tx: &mut Tx) -> Result<Vec<Site>, sqlx::Error> {
    on!(tx.tx, p => sqlx::query_as("SELECT * FROM sites ORDER BY id").fetch_all(p).await)
}

/// A site by id.
pub async fn by_id(db: &Db, id: &str) -> Result<Option<Site>, sqlx::Error> {
    on!(db.read, p => sqlx::query_as("SELECT * FROM sites WHERE id = $1").bind(id).fetch_optional(p).await)
}

/// Writes a site, new or changed.
pub async fn put(tx: &mut Tx, it: &Site) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query(
            "INSERT INTO sites (id, parent, kind, name, name_en, address, time_zone, cutover_hour)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, kind = excluded.kind, name = excluded.name,
             name_en = excluded.name_en, address = excluded.address, time_zone = excluded.time_zone,
             cutover_hour = excluded.cutover_hour",
        )
        .bind(&it.id).bind(&it.parent).bind(&it.kind).bind(&it.name).bind(&it.name_en).bind(&it.address)
        .bind(&it.time_zone).bind(it.cutover_hour).execute(p).await.map(drop)
    })
}

/// Takes a site out.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => sqlx::query("DELETE FROM sites WHERE id = $1").bind(id).execute(p).await.map(drop))
}

/// The halls that stand in a site.
pub async fn halls_of(tx: &mut Tx, site: &str) -> Result<Vec<String>, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query_scalar("SELECT id FROM halls WHERE site = $1 ORDER BY id").bind(site).fetch_all(p).await
    })
}

/// The site of a hall.
pub async fn of_hall(db: &Db, hall: &str) -> Result<Option<Site>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as("SELECT s.* FROM sites s JOIN halls h ON h.site = s.id WHERE h.id = $1")
            .bind(hall).fetch_optional(p).await
    })
}
