//! What happened at counters: one row for each time a visitor was called there and that ended.
//! Reports read these rows; nothing is decided from them.

use chrono::{DateTime, Utc};
use hall::{HallId, TicketRef};
use sqlx::QueryBuilder;

use super::Tx;
use super::rows::pieces;

/// How it ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Finished (also one stage of a route).
    Served,
    /// The visitor did not come.
    NoShow,
    /// Sent on to another queue or counter.
    Transferred,
    /// Given up or taken out at the counter.
    Cancelled,
}

impl Outcome {
    /// The word in the column.
    pub fn word(self) -> &'static str {
        match self {
            Self::Served => "served",
            Self::NoShow => "no_show",
            Self::Transferred => "transferred",
            Self::Cancelled => "cancelled",
        }
    }
}

/// One visit to a counter.
#[derive(Clone, PartialEq, Debug)]
pub struct ServiceRow<'a> {
    /// The hall.
    pub hall: &'a HallId,
    /// The entry that ended it.
    pub seq: i64,
    /// The ticket.
    pub ticket: TicketRef,
    /// The queue it was served for.
    pub queue: String,
    /// Where.
    pub counter: String,
    /// By whom: `person:ID` or `token:ID`.
    pub staff: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// First call of this stage.
    pub called_at: DateTime<Utc>,
    /// When service began, if it did.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: DateTime<Utc>,
    /// From joining the line to the first call, seconds.
    pub wait_s: i64,
    /// From start to end, seconds.
    pub service_s: Option<i64>,
    /// Business day, `2026-11-24`.
    pub day: String,
    /// Date at the site.
    pub local_date: String,
    /// Hour at the site.
    pub local_hour: i64,
}

/// Adds rows.
pub async fn add(tx: &mut Tx, rows: &[ServiceRow<'_>]) -> Result<(), sqlx::Error> {
    for piece in pieces(rows) {
        on!(tx.tx, c => {
            let mut text = QueryBuilder::new(
                "INSERT INTO services (hall, seq, ref, queue, counter, staff, outcome, called_at, started_at, \
                 finished_at, wait_s, service_s, day, local_date, local_hour) ",
            );
            text.push_values(piece, |mut values, row| {
                values.push_bind(row.hall.as_str()).push_bind(row.seq).push_bind(row.ticket.0);
                values.push_bind(&row.queue).push_bind(&row.counter).push_bind(&row.staff);
                values.push_bind(row.outcome.word()).push_bind(row.called_at).push_bind(row.started_at);
                values.push_bind(row.finished_at).push_bind(row.wait_s).push_bind(row.service_s);
                values.push_bind(&row.day).push_bind(&row.local_date).push_bind(row.local_hour);
            });
            text.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Takes a row back: its entry was undone.
pub async fn take_back(tx: &mut Tx, hall: &HallId, seq: i64) -> Result<(), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query("DELETE FROM services WHERE hall = $1 AND seq = $2").bind(hall.as_str()).bind(seq)
            .execute(c).await.map(drop)
    })
}
