//! People and what they were given.

use hall::HallId;

use super::Db;
use crate::people::{Grant, Role};

/// The roles of a person.
pub async fn grants_of(db: &Db, person: &str) -> Result<Vec<Grant>, sqlx::Error> {
    let rows: Vec<(String, String)> = on!(db.read, p => {
        sqlx::query_as("SELECT role, hall FROM grants WHERE person = $1 ORDER BY role, hall").bind(person).fetch_all(p).await
    })?;
    // A role that a newer version knew is no role here: it gives nothing.
    let grant = |(role, hall): (String, String)| {
        let scope = role.parse::<Role>().ok()?.into();
        Some(Grant {
            scope,
            hall: hall_of(hall),
        })
    };
    Ok(rows.into_iter().filter_map(grant).collect())
}

/// '' in a column means every hall.
pub(super) fn hall_of(column: String) -> Option<HallId> {
    (!column.is_empty()).then(|| column.into())
}
