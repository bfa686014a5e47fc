//! Notes beside an entry: free text, sealed, never in the journal, a frame or a log.

use chrono::{DateTime, Utc};
use hall::{HallId, TicketRef, VisitorId};

use super::Tx;

/// A note to keep.
#[derive(Clone, Debug)]
pub struct NoteRow {
    /// The entry it belongs to.
    pub seq: i64,
    /// The ticket it is about.
    pub ticket: Option<TicketRef>,
    /// The visitor it is about: erasing them erases it.
    pub visitor: Option<VisitorId>,
    /// The text, sealed.
    pub sealed: Vec<u8>,
}

/// Keeps a note.
pub async fn add(tx: &mut Tx, hall: &HallId, note: &NoteRow, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query("INSERT INTO notes (hall, seq, ref, visitor, sealed, made_at) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(hall.as_str()).bind(note.seq).bind(note.ticket.map(|it| it.0))
            .bind(note.visitor.as_ref().map(|it| it.as_str())).bind(&note.sealed).bind(now)
            .execute(c).await.map(drop)
    })
}
