//! The words of announcements made by hand. They stand here once; the journal holds their row's id.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use hall::{AnnouncementId, HallId};
use serde::{Deserialize, Serialize};
use sqlx::QueryBuilder;

use super::{Db, Tx};

/// What is said.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Words {
    /// In words.
    pub text: Option<String>,
    /// Or a recorded clip, by name.
    pub clip: Option<String>,
}

/// Keeps the words of an announcement.
pub async fn add(
    tx: &mut Tx,
    hall: &HallId,
    id: &AnnouncementId,
    words: &Words,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query("INSERT INTO announcements (id, hall, words, clip, made_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(id.as_str()).bind(hall.as_str()).bind(&words.text).bind(&words.clip).bind(now)
            .execute(c).await.map(drop)
    })
}

/// The words of some announcements.
pub async fn read(db: &Db, ids: &[&AnnouncementId]) -> Result<BTreeMap<AnnouncementId, Words>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(String, Option<String>, Option<String>)> = on!(db.read, p => {
        let mut text = QueryBuilder::new("SELECT id, words, clip FROM announcements WHERE id IN (");
        let mut list = text.separated(", ");
        for id in ids {
            list.push_bind(id.as_str());
        }
        list.push_unseparated(")");
        text.build_query_as().fetch_all(p).await
    })?;
    Ok(rows.into_iter().map(|(id, text, clip)| (id.into(), Words { text, clip })).collect())
}
