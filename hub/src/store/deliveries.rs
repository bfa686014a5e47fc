//! Deliveries: messages owed to the outside world, each once, and how carrying them goes.
//!
//! Rows hold ids only. A row is written in the transaction of its cause; whoever claims it has it
//! for a time, and if they die it is claimed again.

use chrono::{DateTime, Utc};
use hall::{HallId, TicketRef};

use super::{Db, Tx};

/// Rows of one step of cleaning up.
const CLEAN_ROWS: i64 = 500;

/// A message that is owed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Owed {
    /// What it is owed for; the same cause owes it once.
    pub cause: String,
    /// Which channel carries it.
    pub channel: &'static str,
    /// The hall.
    pub hall: HallId,
    /// The ticket it is about.
    pub ticket: TicketRef,
    /// The player it goes to.
    pub player: String,
    /// Since when.
    pub made_at: DateTime<Utc>,
    /// Nobody wants it after this.
    pub expires_at: DateTime<Utc>,
}

/// A delivery that somebody has claimed.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct Claimed {
    /// Its id.
    pub id: String,
    /// Which channel carries it.
    pub channel: String,
    /// The hall.
    pub hall: String,
    /// The ticket it is about.
    #[sqlx(rename = "ref")]
    pub reference: i64,
    /// The player it goes to.
    pub player: String,
    /// Tries, this one included.
    pub attempts: i64,
    /// Nobody wants it after this.
    pub expires_at: DateTime<Utc>,
}

/// The last delivery of a ticket on a channel.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct Latest {
    /// `waiting, carrying, done, never`.
    pub state: String,
    /// What stopped the last try: a code.
    pub why: Option<String>,
}

/// What a delivery is owed for.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct Cause {
    /// Its cause.
    pub cause: String,
    /// The ticket it is about.
    #[sqlx(rename = "ref")]
    pub reference: i64,
}

/// Writes down that something is owed; the same cause a second time changes nothing.
pub async fn owe(tx: &mut Tx, id: &str, owed: &Owed) -> Result<(), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query(
            "INSERT INTO deliveries (id, cause, channel, hall, ref, player, state, attempts, made_at, due_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7, $7, $8) ON CONFLICT (cause) DO NOTHING",
        )
        .bind(id).bind(&owed.cause).bind(owed.channel).bind(owed.hall.as_str()).bind(owed.ticket.0)
        .bind(&owed.player).bind(owed.made_at).bind(owed.expires_at)
        .execute(c).await.map(drop)
    })
}

/// The players that something is due for, on any channel.
pub async fn lanes_due(db: &Db, now: DateTime<Utc>) -> Result<Vec<(String, String)>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT DISTINCT channel, player FROM deliveries
             WHERE (state = 'waiting' AND due_at <= $1) OR (state = 'carrying' AND claimed_until < $1)",
        )
        .bind(now).fetch_all(p).await
    })
}

/// Claims the oldest delivery that is due for a player, until a time.
pub async fn claim(
    tx: &mut Tx,
    (channel, player): (&str, &str),
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Claimed>, sqlx::Error> {
    const SQLITE: &str = "UPDATE deliveries SET state = 'carrying', attempts = attempts + 1, claimed_until = $4
         WHERE id IN (SELECT id FROM deliveries WHERE channel = $1 AND player = $2
           AND ((state = 'waiting' AND due_at <= $3) OR (state = 'carrying' AND claimed_until < $3))
           ORDER BY made_at, id LIMIT 1)
         RETURNING id, channel, hall, ref, player, attempts, expires_at";
    const POSTGRES: &str = "UPDATE deliveries SET state = 'carrying', attempts = attempts + 1, claimed_until = $4
         WHERE id IN (SELECT id FROM deliveries WHERE channel = $1 AND player = $2
           AND ((state = 'waiting' AND due_at <= $3) OR (state = 'carrying' AND claimed_until < $3))
           ORDER BY made_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, channel, hall, ref, player, attempts, expires_at";
    let text = match tx {
        Tx::Sqlite(..) => SQLITE,
        Tx::Postgres(..) => POSTGRES,
    };
    on!(tx.tx, c => sqlx::query_as(text).bind(channel).bind(player).bind(now).bind(until).fetch_optional(c).await)
}

/// It arrived.
pub async fn done(tx: &mut Tx, id: &str, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query("UPDATE deliveries SET state = 'done', why = NULL, ended_at = $2 WHERE id = $1")
            .bind(id).bind(now).execute(c).await.map(drop)
    })
}

/// It did not arrive and is tried again at a time.
pub async fn later(tx: &mut Tx, id: &str, why: &str, due_at: DateTime<Utc>) -> Result<(), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query("UPDATE deliveries SET state = 'waiting', why = $2, due_at = $3, claimed_until = NULL WHERE id = $1")
            .bind(id).bind(why).bind(due_at).execute(c).await.map(drop)
    })
}

/// What else is due for the same player is put off too: it would not arrive either.
pub async fn put_off(
    tx: &mut Tx,
    (channel, player): (&str, &str),
    why: &str,
    now: DateTime<Utc>,
    due_at: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query(
            "UPDATE deliveries SET why = $3, due_at = $5
             WHERE channel = $1 AND player = $2 AND state = 'waiting' AND due_at <= $4 AND expires_at > $5",
        )
        .bind(channel).bind(player).bind(why).bind(now).bind(due_at).execute(c).await.map(drop)
    })
}

/// It is given up.
pub async fn never(tx: &mut Tx, id: &str, why: &str, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query("UPDATE deliveries SET state = 'never', why = $2, ended_at = $3 WHERE id = $1")
            .bind(id).bind(why).bind(now).execute(c).await.map(drop)
    })
}

/// What waits to be tried again for a ticket is tried now.
pub async fn hasten(tx: &mut Tx, hall: &HallId, ticket: TicketRef, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query("UPDATE deliveries SET due_at = $3 WHERE hall = $1 AND ref = $2 AND state = 'waiting' AND due_at > $3")
            .bind(hall.as_str()).bind(ticket.0).bind(now).execute(c).await.map(drop)
    })
}

/// How the last delivery of a ticket on a channel went.
pub async fn latest(db: &Db, hall: &HallId, ticket: TicketRef, channel: &str) -> Result<Option<Latest>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT state, why FROM deliveries WHERE hall = $1 AND ref = $2 AND channel = $3
             ORDER BY made_at DESC, id DESC LIMIT 1",
        )
        .bind(hall.as_str()).bind(ticket.0).bind(channel).fetch_optional(p).await
    })
}

/// How often something was owed for a ticket on a channel, and whether one is still on its way.
pub async fn count(tx: &mut Tx, hall: &HallId, ticket: TicketRef, channel: &str) -> Result<(i64, bool), sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query_as(
            "SELECT COUNT(*), COUNT(CASE WHEN state IN ('waiting', 'carrying') THEN 1 END) > 0 FROM deliveries
             WHERE hall = $1 AND ref = $2 AND channel = $3",
        )
        .bind(hall.as_str()).bind(ticket.0).bind(channel).fetch_one(c).await
    })
}

/// Everything that is or was owed in a hall, as far as it was not cleaned up.
pub async fn causes(db: &Db, hall: &HallId) -> Result<Vec<Cause>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as("SELECT cause, ref FROM deliveries WHERE hall = $1 ORDER BY ref").bind(hall.as_str()).fetch_all(p).await
    })
}

/// Takes away some of the rows that ended before a time; tells how many.
pub async fn clean(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, sqlx::Error> {
    on!(tx.tx, c => {
        sqlx::query(
            "DELETE FROM deliveries WHERE id IN
             (SELECT id FROM deliveries WHERE state IN ('done', 'never') AND ended_at < $1 LIMIT $2)",
        )
        .bind(before).bind(CLEAN_ROWS).execute(c).await.map(|it| it.rows_affected())
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::store::testing::on_both;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(1_700_000_000 + seconds)
    }

    fn slip(cause: &str, ticket: i64) -> Owed {
        Owed {
            cause: cause.into(),
            channel: "printer",
            hall: "h".into(),
            ticket: TicketRef(ticket),
            player: "kiosk".into(),
            made_at: at(0),
            expires_at: at(120),
        }
    }

    async fn claim_at(db: &Db, seconds: i64) -> Option<Claimed> {
        let mut tx = db.begin().await.unwrap();
        let claimed = claim(&mut tx, ("printer", "kiosk"), at(seconds), at(seconds + 60)).await.unwrap();
        tx.commit().await.unwrap();
        claimed
    }

    #[tokio::test]
    async fn what_is_owed_twice_for_one_cause_is_owed_once() {
        on_both(async |db| {
            let mut tx = db.begin().await.unwrap();
            owe(&mut tx, "1", &slip("entry 7", 7)).await.unwrap();
            owe(&mut tx, "2", &slip("entry 7", 7)).await.unwrap();
            assert_eq!(count(&mut tx, &"h".into(), TicketRef(7), "printer").await.unwrap(), (1, true));
            tx.commit().await.unwrap();
        })
        .await;
    }

    #[tokio::test]
    async fn one_claims_it_and_nobody_else_until_its_time_is_over() {
        on_both(async |db| {
            let mut tx = db.begin().await.unwrap();
            owe(&mut tx, "1", &slip("entry 7", 7)).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(lanes_due(&db, at(0)).await.unwrap(), [("printer".to_owned(), "kiosk".to_owned())]);
            let first = claim_at(&db, 0).await.expect("it is due");
            assert_eq!((first.reference, first.attempts), (7, 1));
            assert_eq!(claim_at(&db, 1).await, None, "it is being carried");
            assert!(lanes_due(&db, at(1)).await.unwrap().is_empty());
            let again = claim_at(&db, 61).await.expect("whoever carried it has died");
            assert_eq!(again.attempts, 2);
        })
        .await;
    }

    #[tokio::test]
    async fn later_means_later_and_an_end_is_an_end() {
        on_both(async |db| {
            let mut tx = db.begin().await.unwrap();
            owe(&mut tx, "1", &slip("entry 7", 7)).await.unwrap();
            owe(&mut tx, "2", &slip("entry 8", 8)).await.unwrap();
            later(&mut tx, "1", "unreachable", at(5)).await.unwrap();
            never(&mut tx, "2", "paper_out", at(1)).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(claim_at(&db, 4).await, None);
            let of = async |ticket| latest(&db, &"h".into(), TicketRef(ticket), "printer").await.unwrap().unwrap();
            assert_eq!(of(7).await, Latest { state: "waiting".into(), why: Some("unreachable".into()) });
            assert_eq!(of(8).await, Latest { state: "never".into(), why: Some("paper_out".into()) });
            assert!(claim_at(&db, 5).await.is_some());
            let mut tx = db.begin().await.unwrap();
            done(&mut tx, "1", at(6)).await.unwrap();
            assert_eq!(clean(&mut tx, at(2)).await.unwrap(), 1, "only what ended long ago");
            tx.commit().await.unwrap();
            assert_eq!(of(7).await, Latest { state: "done".into(), why: None });
        })
        .await;
    }

    #[tokio::test]
    async fn what_else_is_due_for_the_player_is_put_off_unless_it_ends_before() {
        on_both(async |db| {
            let mut tx = db.begin().await.unwrap();
            owe(&mut tx, "1", &slip("entry 7", 7)).await.unwrap();
            let short = Owed { expires_at: at(3), ..slip("entry 8", 8) };
            owe(&mut tx, "2", &short).await.unwrap();
            put_off(&mut tx, ("printer", "kiosk"), "silent", at(1), at(5)).await.unwrap();
            tx.commit().await.unwrap();
            let of = async |ticket| latest(&db, &"h".into(), TicketRef(ticket), "printer").await.unwrap().unwrap().why;
            assert_eq!((of(7).await.as_deref(), of(8).await), (Some("silent"), None));
            assert_eq!(claim_at(&db, 1).await.map(|it| it.reference), Some(8));
        })
        .await;
    }
}
