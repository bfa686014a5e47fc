//! The throw-away PostgreSQL beside the tests, if there is one.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection as _};

/// Where its administrator connects; `tests/scripts/with-postgres.sh` sets it.
const SERVER: &str = "HALLCAST_TEST_POSTGRES";

/// The URL of a new, empty database; none without a server.
///
/// # Panics
/// If the server does not answer.
pub async fn new_database() -> Option<String> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var(SERVER).ok()?;
    let name = format!("t_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    let mut admin = sqlx::PgConnection::connect(&server).await.expect("PostgreSQL answers");
    let text = AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::query(text).execute(&mut admin).await.expect("a database is made");
    let (base, _) = server.rsplit_once('/').expect("the address names a database");
    Some(format!("{base}/{name}"))
}
