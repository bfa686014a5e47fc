//! The journals: one per hall, append-only, numbered without gaps.
//!
//! The hall's row is the lock. Whoever holds it reads the newest entries, decides, appends and lets
//! go; so numbers are given in commit order, whichever node is asked. Never changes an entry.

use chrono::{DateTime, Utc};
use hall::{By, Entry, Event, HallId};
use sqlx::QueryBuilder;

use super::rows::{from_text, pieces, to_text};
use super::{Db, Tx};

type Row = (i64, DateTime<Utc>, String, String);

const AFTER: &str =
    "SELECT seq, time, caused_by, event FROM journal WHERE hall = $1 AND seq > $2 ORDER BY seq LIMIT $3";

/// Appends entries; a number that is taken is an error, for the key (hall, seq) is the proof.
pub async fn append(tx: &mut Tx, entries: &[(&HallId, &Entry)]) -> Result<(), sqlx::Error> {
    let rows = entries
        .iter()
        .map(|(hall, it)| Ok((hall.as_str(), it.seq, it.time, to_text(&it.by)?, to_text(&it.event)?)))
        .collect::<Result<Vec<_>, sqlx::Error>>()?;
    for piece in pieces(&rows) {
        on!(tx.tx, c => {
            let mut text = QueryBuilder::new("INSERT INTO journal (hall, seq, time, caused_by, event) ");
            text.push_values(piece, |mut row, (hall, seq, time, by, event)| {
                row.push_bind(hall).push_bind(seq).push_bind(time).push_bind(by).push_bind(event);
            });
            text.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Entries after a number, the oldest first, at most `limit`. Archived entries are not among them.
pub async fn read(db: &Db, hall: &HallId, after: i64, limit: i64) -> Result<Vec<Entry>, sqlx::Error> {
    let rows: Vec<Row> = on!(db.read, p => {
        sqlx::query_as(AFTER).bind(hall.as_str()).bind(after).bind(limit).fetch_all(p).await
    })?;
    rows.into_iter().map(entry).collect()
}

/// Which entries are looked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Caused by this one.
    pub by: Option<By>,
    /// The kind of event: `no_show`.
    pub kind: Option<String>,
    /// Not before this.
    pub from: Option<DateTime<Utc>>,
    /// Before this.
    pub until: Option<DateTime<Utc>>,
    /// Earlier than this, or of this very time with a lower number.
    pub before: Option<(DateTime<Utc>, i64)>,
    /// Of one of these tickets: their issue, and what has them in its event.
    pub tickets: Option<Vec<i64>>,
}

/// Moves that fit, the newest first, at most `limit`. Archived entries are not among them, nor is the hall's new setup.
pub async fn found(db: &Db, hall: &HallId, filter: &Filter, limit: i64) -> Result<Vec<Entry>, sqlx::Error> {
    let by = filter.by.as_ref().map(to_text).transpose()?;
    let rows: Vec<Row> = on!(db.read, p => {
        let mut text = QueryBuilder::new("SELECT seq, time, caused_by, event FROM journal WHERE hall = ");
        text.push_bind(hall.as_str()).push(" AND event NOT LIKE '{\"configured\":%'");
        if let Some((time, seq)) = filter.before {
            text.push(" AND (time < ").push_bind(time).push(" OR (time = ").push_bind(time);
            text.push(" AND seq < ").push_bind(seq).push("))");
        }
        if let Some(by) = &by { text.push(" AND caused_by = ").push_bind(by.as_str()); }
        // An event is written as `{"called":…}`.
        if let Some(kind) = &filter.kind { text.push(" AND event LIKE ").push_bind(format!("{{\"{kind}\":%")); }
        if let Some(from) = filter.from { text.push(" AND time >= ").push_bind(from); }
        if let Some(until) = filter.until { text.push(" AND time < ").push_bind(until); }
        if let Some(tickets) = &filter.tickets {
            // An event ends, or goes on, after its ticket: 12 is not 120.
            let has = tickets.iter().flat_map(|it| [",", "}"].map(|end| format!("%\"ticket\":{it}{end}%")));
            let has: Vec<_> = has.collect();
            text.push(" AND (1 = 0");
            for it in tickets { text.push(" OR seq = ").push_bind(*it); }
            for it in &has { text.push(" OR event LIKE ").push_bind(it.clone()); }
            // A step that was taken back is told by its number alone.
            text.push(" OR (event LIKE '{\"undone\":%' AND EXISTS (SELECT 1 FROM journal AS step");
            text.push(" WHERE step.hall = journal.hall AND step.seq < journal.seq");
            text.push(" AND journal.event LIKE '%\"undoes\":' || step.seq || '}%' AND (1 = 0");
            for it in &has { text.push(" OR step.event LIKE ").push_bind(it.clone()); }
            text.push("))))");
        }
        text.push(" ORDER BY seq DESC LIMIT ").push_bind(limit);
        text.build_query_as().fetch_all(p).await
    })?;
    rows.into_iter().map(entry).collect()
}

/// `read` inside a transaction: what the holder of the lock has not seen yet.
pub async fn read_in(tx: &mut Tx, hall: &HallId, after: i64, limit: i64) -> Result<Vec<Entry>, sqlx::Error> {
    let rows: Vec<Row> = on!(tx.tx, c => {
        sqlx::query_as(AFTER).bind(hall.as_str()).bind(after).bind(limit).fetch_all(c).await
    })?;
    rows.into_iter().map(entry).collect()
}

/// Moves entries from the journal to the archive, as one row of JSON lines.
pub async fn archive(tx: &mut Tx, hall: &HallId, after: i64, limit: i64) -> Result<i64, sqlx::Error> {
    let entries = read_in(tx, hall, after, limit).await?;
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
        return Ok(after);
    };
    let lines = entries.iter().map(to_text).collect::<Result<Vec<_>, _>>()?.join("\n");
    on!(tx.tx, c => {
        sqlx::query("INSERT INTO archive (hall, first_seq, last_seq, entries) VALUES ($1, $2, $3, $4)")
            .bind(hall.as_str()).bind(first.seq).bind(last.seq).bind(lines).execute(c).await.map(drop)
    })?;
    on!(tx.tx, c => {
        sqlx::query("DELETE FROM journal WHERE hall = $1 AND seq <= $2").bind(hall.as_str()).bind(last.seq)
            .execute(c).await.map(drop)
    })?;
    on!(tx.tx, c => {
        sqlx::query("UPDATE halls SET archived_seq = $1 WHERE id = $2").bind(last.seq).bind(hall.as_str())
            .execute(c).await.map(drop)
    })?;
    Ok(last.seq)
}

/// Archived entries after a number, the oldest first: one row of the archive, so some of them. None: there are no more.
pub async fn read_archived(db: &Db, hall: &HallId, after: i64) -> Result<Vec<Entry>, sqlx::Error> {
    let row: Option<(String,)> = on!(db.read, p => {
        sqlx::query_as("SELECT entries FROM archive WHERE hall = $1 AND last_seq > $2 ORDER BY first_seq LIMIT 1")
            .bind(hall.as_str()).bind(after).fetch_optional(p).await
    })?;
    let Some((lines,)) = row else { return Ok(Vec::new()) };
    let entries = lines.lines().map(from_text::<Entry>).collect::<Result<Vec<_>, _>>()?;
    Ok(entries.into_iter().filter(|it| it.seq > after).collect())
}

/// The number of the last entry before a time, if it is not archived.
pub async fn last_before(db: &Db, hall: &HallId, time: DateTime<Utc>) -> Result<Option<i64>, sqlx::Error> {
    let row: (Option<i64>,) = on!(db.read, p => {
        sqlx::query_as("SELECT MAX(seq) FROM journal WHERE hall = $1 AND time < $2")
            .bind(hall.as_str()).bind(time).fetch_one(p).await
    })?;
    Ok(row.0)
}

fn entry((seq, time, by, event): Row) -> Result<Entry, sqlx::Error> {
    let by: By = from_text(&by)?;
    let event: Event = from_text(&event)?;
    Ok(Entry { seq, time, by, event })
}
