//! Settings of the hub: a name and a value each.

use super::{Db, Tx};

/// A setting's value.
pub async fn get(db: &Db, name: &str) -> Result<Option<String>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_scalar("SELECT value FROM settings WHERE name = $1").bind(name).fetch_optional(p).await
    })
}

/// Writes a setting.
pub async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query(
            "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name).bind(value).execute(p).await.map(drop)
    })
}
