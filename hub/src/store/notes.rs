//! Notes beside an entry: free text, sealed, never in the journal, a frame or a log.

use chrono::{DateTime, Utc};
use hall::{HallId, TicketRef, VisitorId};

use super::{Db, Tx};

/// Most notes that are read of one ticket.
pub const LIST_ROWS_MAX: i64 = 50;

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

/// A note as it was kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct KeptNote {
    /// The entry it belongs to.
    pub seq: i64,
    /// The text, sealed.
    pub sealed: Vec<u8>,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// The notes on a ticket, the oldest first.
pub async fn of_ticket(db: &Db, hall: &HallId, ticket: TicketRef) -> Result<Vec<KeptNote>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as("SELECT seq, sealed, made_at FROM notes WHERE hall = $1 AND ref = $2 ORDER BY seq LIMIT $3")
            .bind(hall.as_str()).bind(ticket.0).bind(LIST_ROWS_MAX)
            .fetch_all(p).await
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::on_both;

    #[tokio::test]
    async fn a_ticket_has_its_own_notes_in_their_order() {
        on_both(async |db| {
            let (hall, now) = (HallId::from("h"), DateTime::UNIX_EPOCH);
            let mut tx = db.begin().await.unwrap();
            for (seq, ticket) in [(7, 1), (5, 1), (6, 2)] {
                let note = NoteRow { seq, ticket: Some(TicketRef(ticket)), visitor: None, sealed: vec![7] };
                add(&mut tx, &hall, &note, now).await.unwrap();
            }
            tx.commit().await.unwrap();
            let rows = of_ticket(&db, &hall, TicketRef(1)).await.unwrap();
            assert_eq!(rows.iter().map(|it| it.seq).collect::<Vec<_>>(), [5, 7]);
            assert!(of_ticket(&db, &"other".into(), TicketRef(1)).await.unwrap().is_empty());
        })
        .await;
    }
}
