//! Tickets as their holders and reports see them. These rows follow the journal, in its transaction;
//! they never decide anything.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use hall::{HallId, Ticket, TicketId};
use sqlx::QueryBuilder;

use super::rows::{from_text, pieces, to_text, word};
use super::{Db, Tx};

/// A ticket's row, with what the ticket itself does not know.
#[derive(Clone, Debug)]
pub struct TicketRow<'a> {
    /// The ticket as it stands.
    pub ticket: &'a Ticket,
    /// Its hall.
    pub hall: &'a HallId,
    /// Business day of its issue, `2026-11-24`.
    pub day: String,
    /// Date of its issue at the site.
    pub local_date: String,
    /// Hour of its issue at the site.
    pub local_hour: i64,
    /// What was promised when it was issued, seconds; written once.
    pub estimate: Option<hall::forecast::Interval>,
}

/// Writes rows; what belongs to the issue is written once (so an erased visitor stays erased), the rest follows
/// the ticket.
pub async fn project(tx: &mut Tx, rows: &[TicketRow<'_>]) -> Result<(), sqlx::Error> {
    let rows = rows.iter().map(|row| Ok((row, shape(row.ticket)?))).collect::<Result<Vec<_>, sqlx::Error>>()?;
    for piece in pieces(&rows) {
        on!(tx.tx, c => {
            let mut text = QueryBuilder::new(
                "INSERT INTO tickets (hall, ref, id, number, day, local_date, local_hour, first_queue, queue, state, \
                 priority, channel, language, visitor, counter, issued_at, called_at, started_at, finished_at, \
                 estimate_p10_s, estimate_p50_s, estimate_p90_s, shape) ",
            );
            text.push_values(piece, |mut values, (row, shape)| {
                let it = row.ticket;
                values.push_bind(row.hall.as_str()).push_bind(it.reference.0).push_bind(it.id.as_str());
                values.push_bind(&it.number).push_bind(&row.day).push_bind(&row.local_date).push_bind(row.local_hour);
                values.push_bind(it.stage.as_ref().and_then(|it| it.route.first()).unwrap_or(&it.queue).as_str());
                values.push_bind(it.queue.as_str()).push_bind(word(&it.state));
                values.push_bind(it.priority.as_ref().map(|it| it.as_str()));
                values.push_bind(word(&it.channel)).push_bind(word(&it.language));
                values.push_bind(it.visitor.as_ref().map(|it| it.as_str()));
                values.push_bind(it.counter.as_ref().map(|it| it.as_str()));
                values.push_bind(it.issued_at).push_bind(it.called_at).push_bind(it.started_at);
                values.push_bind(it.finished_at);
                values.push_bind(row.estimate.map(|it| i64::from(it.p10_s)));
                values.push_bind(row.estimate.map(|it| i64::from(it.p50_s)));
                values.push_bind(row.estimate.map(|it| i64::from(it.p90_s)));
                values.push_bind(shape);
            });
            text.push(
                " ON CONFLICT (hall, ref) DO UPDATE SET number = excluded.number, queue = excluded.queue, \
                 state = excluded.state, priority = excluded.priority, counter = excluded.counter, called_at = excluded.called_at, started_at = excluded.started_at, \
                 finished_at = excluded.finished_at, shape = excluded.shape",
            );
            text.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// The ticket as JSON, without its visitor: that stands in a column of its own, which erasing empties.
fn shape(ticket: &Ticket) -> Result<String, sqlx::Error> {
    if ticket.visitor.is_none() {
        return to_text(ticket);
    }
    to_text(&Ticket { visitor: None, ..ticket.clone() })
}

/// A ticket that was found by its key.
#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    /// Its hall.
    pub hall: HallId,
    /// The ticket as it stood after its last entry.
    pub ticket: Ticket,
    /// What was promised when it was issued, seconds.
    pub estimate: Option<hall::forecast::Estimate>,
}

/// A ticket by the visitor's key, open or closed.
pub async fn by_id(db: &Db, id: &TicketId) -> Result<Option<Found>, sqlx::Error> {
    type Row = (String, String, Option<i64>, Option<i64>);
    let row: Option<Row> = on!(db.read, p => {
        sqlx::query_as("SELECT hall, shape, estimate_p50_s, estimate_p90_s FROM tickets WHERE id = $1")
            .bind(id.as_str()).fetch_optional(p).await
    })?;
    row.map(|(hall, shape, p50, p90)| {
        let estimate = p50.zip(p90).map(|(p50, p90)| hall::forecast::Estimate {
            p50_s: u32::try_from(p50).unwrap_or_default(),
            p90_s: u32::try_from(p90).unwrap_or_default(),
        });
        Ok(Found { hall: hall.into(), ticket: from_text(&shape)?, estimate })
    })
    .transpose()
}

/// The printed numbers of some tickets.
pub async fn numbers(db: &Db, hall: &HallId, refs: &[i64]) -> Result<BTreeMap<i64, String>, sqlx::Error> {
    if refs.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(i64, String)> = on!(db.read, p => {
        let mut text = QueryBuilder::new("SELECT ref, number FROM tickets WHERE hall = ");
        let mut list = text.push_bind(hall.as_str()).push(" AND ref IN (").separated(", ");
        for it in refs {
            list.push_bind(*it);
        }
        list.push_unseparated(")");
        text.build_query_as().fetch_all(p).await
    })?;
    Ok(rows.into_iter().collect())
}

/// The tickets of one number, as it stands or in capitals, the newest first, at most `limit`.
pub async fn numbered(db: &Db, hall: &HallId, number: &str, limit: i64) -> Result<Vec<i64>, sqlx::Error> {
    let rows: Vec<(i64,)> = on!(db.read, p => {
        sqlx::query_as("SELECT ref FROM tickets WHERE hall = $1 AND number IN ($2, $3) ORDER BY ref DESC LIMIT $4")
            .bind(hall.as_str()).bind(number.trim()).bind(number.trim().to_uppercase()).bind(limit).fetch_all(p).await
    })?;
    Ok(rows.into_iter().map(|(it,)| it).collect())
}

/// How many tickets each queue gave since a time: what kiosks sort by.
pub async fn taken_since(db: &Db, hall: &HallId, since: DateTime<Utc>) -> Result<Vec<(String, i64)>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT first_queue, COUNT(*) FROM tickets WHERE hall = $1 AND day >= $2 GROUP BY first_queue",
        )
        .bind(hall.as_str()).bind(since.date_naive().to_string()).fetch_all(p).await
    })
}
