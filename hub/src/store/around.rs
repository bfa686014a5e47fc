//! What listeners are told besides journal and setup: the site's name and staff numbers.

use std::collections::BTreeMap;

use hall::HallId;
use sqlx::QueryBuilder;

use super::Db;

/// The Chinese and English name of a hall's site; empty if it has none.
pub async fn site(db: &Db, hall: &HallId) -> Result<(String, String), sqlx::Error> {
    const SITE: &str = "SELECT s.name, s.name_en FROM halls h JOIN sites s ON s.id = h.site WHERE h.id = $1";
    let row = on!(db.read, p => sqlx::query_as(SITE).bind(hall.as_str()).fetch_optional(p).await)?;
    Ok(row.unwrap_or_default())
}

/// Staff numbers of some people, by their id.
pub async fn staff_numbers(db: &Db, people: &[String]) -> Result<BTreeMap<String, String>, sqlx::Error> {
    if people.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(String, String)> = on!(db.read, p => {
        let mut text = QueryBuilder::new("SELECT id, staff_no FROM people WHERE staff_no <> '' AND id IN (");
        let mut list = text.separated(", ");
        for id in people {
            list.push_bind(id);
        }
        list.push_unseparated(")");
        text.build_query_as().fetch_all(p).await
    })?;
    Ok(rows.into_iter().collect())
}
