//! For tests of the store: the same test on SQLite and on PostgreSQL, each in a database of its own.

use sqlx::{AssertSqlSafe, Connection};

use super::Db;

/// Where PostgreSQL's administrator listens; without it only SQLite is tested.
const POSTGRES: &str = "HALLCAST_TEST_POSTGRES";

/// Runs a test on a fresh database of each kind.
pub(crate) async fn on_both(test: impl AsyncFn(Db)) {
    let folder = tempfile::tempdir().expect("a folder");
    let db = Db::sqlite(&folder.path().join("test.db"), false).await.expect("SQLite opens");
    test(db.clone()).await;
    db.close().await;
    let Ok(server) = std::env::var(POSTGRES) else { return };
    let name = format!("t_{}", crate::chance::row_id());
    let mut admin = sqlx::PgConnection::connect(&server).await.expect("PostgreSQL answers");
    let run = async |admin: &mut sqlx::PgConnection, text: String| {
        sqlx::query(AssertSqlSafe(text)).execute(admin).await.expect("a database is made or dropped")
    };
    run(&mut admin, format!("CREATE DATABASE {name}")).await;
    let (base, _) = server.rsplit_once('/').expect("the address names a database");
    let db = Db::postgres(&format!("{base}/{name}")).await.expect("the database opens");
    test(db.clone()).await;
    db.close().await;
    run(&mut admin, format!("DROP DATABASE {name} WITH (FORCE)")).await;
}
