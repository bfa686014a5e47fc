//! Rows that reports are made from. Nothing is counted here that could be counted in two ways: what a figure
//! means is said where it is worked out.

use chrono::{DateTime, Utc};
use hall::HallId;

use super::Db;

/// A ticket of a business day.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct TicketFact {
    /// Its public name.
    #[sqlx(rename = "ref")]
    pub reference: i64,
    /// The queue it was taken for.
    pub first_queue: String,
    /// The queue it is in.
    pub queue: String,
    /// Its state, in a word.
    pub state: String,
    /// Hour of its issue at the site.
    pub local_hour: i64,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// What was promised then: one of ten waits ends before, seconds.
    pub estimate_p10_s: Option<i64>,
    /// Half of all waits end before, seconds.
    pub estimate_p50_s: Option<i64>,
    /// Nine of ten end before, seconds.
    pub estimate_p90_s: Option<i64>,
}

/// A visit to a counter that ended on a business day.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct VisitFact {
    /// The ticket.
    #[sqlx(rename = "ref")]
    pub reference: i64,
    /// The queue it was served for.
    pub queue: String,
    /// Where.
    pub counter: String,
    /// `served, no_show, transferred, cancelled`.
    pub outcome: String,
    /// From joining the line to the first call, seconds.
    pub wait_s: i64,
    /// From start to end, seconds.
    pub service_s: Option<i64>,
    /// When it was called.
    pub called_at: DateTime<Utc>,
    /// Hour of its end at the site.
    pub local_hour: i64,
}

/// The tickets of a day, in the order they were taken.
pub async fn tickets(db: &Db, hall: &HallId, day: &str) -> Result<Vec<TicketFact>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT ref, first_queue, queue, state, local_hour, issued_at, estimate_p10_s, estimate_p50_s, estimate_p90_s
             FROM tickets WHERE hall = $1 AND day = $2 ORDER BY ref",
        )
        .bind(hall.as_str()).bind(day).fetch_all(p).await
    })
}

/// The visits of a day, in the order they ended; of one member of staff (`person:ID`, `token:ID`) or of all.
pub async fn visits(db: &Db, hall: &HallId, day: &str, staff: Option<&str>) -> Result<Vec<VisitFact>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT ref, queue, counter, outcome, wait_s, service_s, called_at, local_hour
             FROM services WHERE hall = $1 AND day = $2 AND (staff = $3 OR $3 IS NULL) ORDER BY seq",
        )
        .bind(hall.as_str()).bind(day).bind(staff).fetch_all(p).await
    })
}

/// How many tickets each hour of a day gave.
pub async fn issued_by_hour(db: &Db, hall: &HallId, day: &str) -> Result<Vec<(i64, i64)>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as(
            "SELECT local_hour, COUNT(*) FROM tickets WHERE hall = $1 AND day = $2 GROUP BY local_hour ORDER BY local_hour",
        )
        .bind(hall.as_str()).bind(day).fetch_all(p).await
    })
}
