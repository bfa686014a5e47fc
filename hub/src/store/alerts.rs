//! Alerts: what a person must look at, from being raised to being handled. One is open for one thing at a time.

use chrono::{DateTime, Utc};

use super::{Db, Tx};

/// Most rows of a list.
pub const LIST_ROWS_MAX: i64 = 200;

/// An alert as stored.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct AlertRow {
    /// Its id.
    pub id: String,
    /// Its hall; '' = the whole hub.
    pub hall: String,
    /// `printer`, `idle_counter`, `clock_skew`.
    pub kind: String,
    /// Which printer, counter or node: an id.
    pub subject: String,
    /// A code or a figure.
    pub detail: String,
    /// `raised`, `taken`, `handled`.
    pub state: String,
    /// Since when.
    pub raised_at: DateTime<Utc>,
    /// By whom it was taken: `person:ID`, `token:ID`.
    pub taken_by: Option<String>,
    /// Their name, sealed, if it is a person.
    pub taken_by_name: Option<String>,
    /// When.
    pub taken_at: Option<DateTime<Utc>>,
    /// By whom it was handled; none = it was over by itself.
    pub handled_by: Option<String>,
    /// When.
    pub handled_at: Option<DateTime<Utc>>,
    /// Their name, sealed, if it is a person.
    pub handled_by_name: Option<String>,
    /// What was done.
    pub note: Option<String>,
}

/// What an alert is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About<'a> {
    /// The hall; '' = the whole hub.
    pub hall: &'a str,
    /// The kind.
    pub kind: &'static str,
    /// Which one of its kind.
    pub subject: &'a str,
}

/// Raises an alert; if one is open for the same thing, only its detail changes. Tells whether it is new.
pub async fn raise(
    tx: &mut Tx,
    id: &str,
    about: &About<'_>,
    detail: &str,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let kept: String = on!(tx.tx, c => {
        sqlx::query_scalar(
            "INSERT INTO alerts (id, hall, kind, subject, detail, state, raised_at) VALUES ($1, $2, $3, $4, $5, 'raised', $6)
             ON CONFLICT (hall, kind, subject) WHERE state <> 'handled' DO UPDATE SET detail = excluded.detail RETURNING id",
        )
        .bind(id).bind(about.hall).bind(about.kind).bind(about.subject).bind(detail).bind(now)
        .fetch_one(c).await
    })?;
    Ok(kept == id)
}

/// What an alert was raised for is over: it is handled by itself. Tells whether there was one.
pub async fn over(tx: &mut Tx, about: &About<'_>, now: DateTime<Utc>) -> Result<bool, sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query(
            "UPDATE alerts SET state = 'handled', handled_at = $4
             WHERE hall = $1 AND kind = $2 AND subject = $3 AND state <> 'handled'",
        )
        .bind(about.hall).bind(about.kind).bind(about.subject).bind(now)
        .execute(c).await.map(|it| it.rows_affected() > 0)
    })
}

/// Somebody takes it. Tells whether it was still to be taken.
pub async fn take(tx: &mut Tx, id: &str, who: &str, now: DateTime<Utc>) -> Result<bool, sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query("UPDATE alerts SET state = 'taken', taken_by = $2, taken_at = $3 WHERE id = $1 AND state = 'raised'")
            .bind(id).bind(who).bind(now).execute(c).await.map(|it| it.rows_affected() > 0)
    })
}

/// Somebody has handled it. Tells whether it was still open.
pub async fn handle(tx: &mut Tx, id: &str, who: &str, note: &str, now: DateTime<Utc>) -> Result<bool, sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query(
            "UPDATE alerts SET state = 'handled', handled_by = $2, handled_at = $3, note = $4 WHERE id = $1 AND state <> 'handled'",
        )
        .bind(id).bind(who).bind(now).bind(note).execute(c).await.map(|it| it.rows_affected() > 0)
    })
}

/// Rows with the names of those who took and handled them.
macro_rules! rows_where {
    ($rest:literal) => {
        concat!(
            "SELECT a.*, t.name AS taken_by_name, h.name AS handled_by_name FROM alerts a ",
            "LEFT JOIN people t ON a.taken_by = 'person:' || t.id LEFT JOIN people h ON a.handled_by = 'person:' || h.id ",
            $rest
        )
    };
}

/// One alert.
pub async fn get(db: &Db, id: &str) -> Result<Option<AlertRow>, sqlx::Error> {
    on!(db.read, p => sqlx::query_as(rows_where!("WHERE a.id = $1")).bind(id).fetch_optional(p).await)
}

/// The open alerts of a hall and of the whole hub, and those handled after a time; the newest first.
pub async fn list(db: &Db, hall: &str, handled_after: DateTime<Utc>) -> Result<Vec<AlertRow>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(rows_where!(
            "WHERE a.hall IN ($1, '') AND (a.state <> 'handled' OR a.handled_at > $2)
             ORDER BY CASE WHEN a.state = 'handled' THEN 1 ELSE 0 END, a.raised_at DESC, a.id LIMIT $3"
        ))
        .bind(hall).bind(handled_after).bind(LIST_ROWS_MAX).fetch_all(p).await
    })
}

/// The subjects of a kind that have an open alert: hall and subject.
pub async fn open_of(db: &Db, kind: &str) -> Result<Vec<(String, String)>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as("SELECT hall, subject FROM alerts WHERE kind = $1 AND state <> 'handled'")
            .bind(kind).fetch_all(p).await
    })
}

/// The detail of the open alert for a thing, if there is one.
pub async fn detail_of_open(db: &Db, about: &About<'_>) -> Result<Option<String>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_scalar(
            "SELECT detail FROM alerts WHERE hall = $1 AND kind = $2 AND subject = $3 AND state <> 'handled'",
        )
        .bind(about.hall).bind(about.kind).bind(about.subject).fetch_optional(p).await
    })
}

/// What time it is on the database's machine; None: it is this one.
pub async fn database_time(db: &Db) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
    match db {
        Db::Sqlite { .. } => Ok(None),
        Db::Postgres(pool) => sqlx::query_scalar("SELECT clock_timestamp()").fetch_one(pool).await.map(Some),
    }
}

/// How many alerts are open, by hall ('' = the whole hub).
pub async fn count_open(db: &Db) -> Result<Vec<(String, i64)>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as("SELECT hall, COUNT(*) FROM alerts WHERE state <> 'handled' GROUP BY hall ORDER BY hall")
            .fetch_all(p).await
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::store::testing::on_both;

    const PRINTER: About<'_> = About { hall: "h", kind: "printer", subject: "kiosk" };

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(1_700_000_000 + seconds)
    }

    #[tokio::test]
    async fn one_thing_has_one_open_alert_and_its_detail_is_the_last_one() {
        on_both(async |db| {
            let mut tx = db.begin().await.unwrap();
            assert!(raise(&mut tx, "1", &PRINTER, "paper_out", at(0)).await.unwrap());
            assert!(!raise(&mut tx, "2", &PRINTER, "cover_open", at(1)).await.unwrap());
            assert!(raise(&mut tx, "3", &About { hall: "", ..PRINTER }, "paper_out", at(2)).await.unwrap());
            tx.commit().await.unwrap();
            let rows = list(&db, "h", at(0)).await.unwrap();
            let seen: Vec<_> = rows.iter().map(|it| (it.id.as_str(), it.detail.as_str())).collect();
            assert_eq!(seen, [("3", "paper_out"), ("1", "cover_open")]);
            assert_eq!(count_open(&db).await.unwrap(), [(String::new(), 1), ("h".to_owned(), 1)]);
        })
        .await;
    }

    #[tokio::test]
    async fn it_is_taken_once_and_handled_once() {
        on_both(async |db| {
            let mut tx = db.begin().await.unwrap();
            raise(&mut tx, "1", &PRINTER, "paper_out", at(0)).await.unwrap();
            assert!(take(&mut tx, "1", "person:a", at(1)).await.unwrap());
            assert!(!take(&mut tx, "1", "person:b", at(2)).await.unwrap());
            assert!(handle(&mut tx, "1", "person:b", "new roll", at(3)).await.unwrap());
            assert!(!handle(&mut tx, "1", "person:c", "again", at(4)).await.unwrap());
            tx.commit().await.unwrap();
            let row = get(&db, "1").await.unwrap().unwrap();
            assert_eq!((row.state.as_str(), row.taken_by.as_deref()), ("handled", Some("person:a")));
            assert_eq!((row.handled_by.as_deref(), row.note.as_deref()), (Some("person:b"), Some("new roll")));
            assert!(list(&db, "h", at(3)).await.unwrap().is_empty(), "handled long enough ago");
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_over_closes_itself_and_can_be_raised_again() {
        on_both(async |db| {
            let mut tx = db.begin().await.unwrap();
            raise(&mut tx, "1", &PRINTER, "paper_out", at(0)).await.unwrap();
            assert!(over(&mut tx, &PRINTER, at(1)).await.unwrap());
            assert!(!over(&mut tx, &PRINTER, at(2)).await.unwrap());
            assert!(raise(&mut tx, "2", &PRINTER, "paper_out", at(3)).await.unwrap());
            tx.commit().await.unwrap();
            assert_eq!(open_of(&db, "printer").await.unwrap(), [("h".to_owned(), "kiosk".to_owned())]);
            assert_eq!(get(&db, "1").await.unwrap().unwrap().handled_by, None, "nobody had to do it");
        })
        .await;
    }
}
