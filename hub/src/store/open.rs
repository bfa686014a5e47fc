//! Opening a database: the hub's own with its tables brought up to date, one as it is, or an empty one for a restore.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::AssertSqlSafe;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::Db;
use super::pen::Pen;

/// Readers of a SQLite file.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL from one node.
const POSTGRES_CONNECTIONS: u32 = 32;
/// How long a statement waits for SQLite's lock, seconds (another process may hold it).
const BUSY_TIMEOUT_S: u64 = 5;
/// How long a request waits for a connection, seconds.
const ACQUIRE_TIMEOUT_S: u64 = 10;
/// By this name PostgreSQL knows a running hub.
const HUB_NAME: &str = "hallcast hub";
/// And by this one a command line.
const TOOL_NAME: &str = "hallcast tool";
/// The schema a restore fills before it takes the place of the old one.
const RESTORING_SCHEMA: &str = "hallcast_restoring";

impl Db {
    /// Opens a SQLite file (made if it is not there) and brings its tables up to date.
    ///
    /// `flush` false leaves out the flush at each commit: only for simulations whose data nobody keeps.
    pub async fn sqlite(file: &Path, flush: bool) -> Result<Self, sqlx::Error> {
        make_private(file)?;
        let options = sqlite_options(file, flush);
        let write = sqlite_pool(1).connect_with(options.clone()).await?;
        let pen = Pen::default();
        let db = Self::Sqlite { read: write.clone(), write: write.clone(), pen: pen.clone() };
        db.migrate(None).await?;
        let read = sqlite_pool(SQLITE_READERS)
            .acquire_timeout(Duration::from_secs(ACQUIRE_TIMEOUT_S))
            .connect_with(options.read_only(true))
            .await?;
        Ok(Self::Sqlite { read, write, pen })
    }

    /// Connects to PostgreSQL by URL and brings its tables up to date.
    pub async fn postgres(url: &str) -> Result<Self, sqlx::Error> {
        let options = PgConnectOptions::from_str(url)?.application_name(HUB_NAME);
        let db = connect(options, POSTGRES_CONNECTIONS).await?;
        db.migrate(None).await?;
        Ok(db)
    }

    /// Opens a SQLite file as it is, to read it; a hub may be working with it.
    pub async fn existing_sqlite(file: &Path) -> Result<Self, sqlx::Error> {
        let options = sqlite_options(file, true).read_only(true);
        let read = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        Ok(Self::Sqlite { read: read.clone(), write: read, pen: Pen::default() })
    }

    /// An empty SQLite file with the tables of one step of `migrations/`, for a restore.
    pub async fn sqlite_at(file: &Path, step: i64) -> Result<Self, sqlx::Error> {
        make_private(file)?;
        let options = sqlite_options(file, true);
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        let db = Self::Sqlite { read: write.clone(), write, pen: Pen::default() };
        db.migrate(Some(step)).await?;
        Ok(db)
    }

    /// Connects to PostgreSQL as it is; hubs may be working with it.
    pub async fn existing_postgres(url: &str) -> Result<Self, sqlx::Error> {
        connect(PgConnectOptions::from_str(url)?.application_name(TOOL_NAME), 1).await
    }

    /// An empty PostgreSQL schema beside the one in use, for a restore.
    pub async fn restoring_postgres(url: &str) -> Result<Self, sqlx::Error> {
        let Self::Postgres(pool) = Self::existing_postgres(url).await? else {
            return Err(sqlx::Error::PoolClosed);
        };
        for text in
            [format!("DROP SCHEMA IF EXISTS {RESTORING_SCHEMA} CASCADE"), format!("CREATE SCHEMA {RESTORING_SCHEMA}")]
        {
            sqlx::raw_sql(AssertSqlSafe(text)).execute(&pool).await?;
        }
        pool.close().await;
        let options = PgConnectOptions::from_str(url)?.application_name(TOOL_NAME);
        connect(options.options([("search_path", RESTORING_SCHEMA)]), 1).await
    }

    /// Puts the restored schema in the place of the one in use, which is kept under `aside`.
    pub async fn swap_schemas(&self, aside: &str) -> Result<(), sqlx::Error> {
        let Self::Postgres(pool) = self else { return Ok(()) };
        let (current,): (String,) = sqlx::query_as("SELECT current_schema()::text").fetch_one(pool).await?;
        let mut tx = pool.begin().await?;
        for text in [
            format!("ALTER SCHEMA {current} RENAME TO {aside}"),
            format!("ALTER SCHEMA {RESTORING_SCHEMA} RENAME TO {current}"),
        ] {
            sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut *tx).await?;
        }
        tx.commit().await
    }

    /// Copies a SQLite file as it is committed at this moment, which is what a hub that dies now leaves behind.
    pub async fn copy_to(&self, file: &Path) -> Result<(), sqlx::Error> {
        let Self::Sqlite { read, .. } = self else { return Ok(()) };
        sqlx::query("VACUUM INTO $1").bind(file.to_string_lossy().as_ref()).execute(read).await.map(drop)
    }

    /// Hubs that are connected to this PostgreSQL database.
    pub async fn hubs_connected(&self) -> Result<i64, sqlx::Error> {
        let Self::Postgres(pool) = self else { return Ok(0) };
        let (hubs,): (i64,) = sqlx::query_as(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1",
        )
        .bind(HUB_NAME)
        .fetch_one(pool)
        .await?;
        Ok(hubs)
    }

    /// Brings the tables up to date, or up to one step of `migrations/`.
    pub async fn migrate(&self, to: Option<i64>) -> Result<(), sqlx::Error> {
        let all = super::migrations::for_database(self.kind());
        let done = match (self, to) {
            (Self::Sqlite { write, .. }, None) => all.run(write).await,
            (Self::Sqlite { write, .. }, Some(to)) => all.run_to(to, write).await,
            (Self::Postgres(pool), None) => all.run(pool).await,
            (Self::Postgres(pool), Some(to)) => all.run_to(to, pool).await,
        };
        done.map_err(|cause| sqlx::Error::Migrate(Box::new(cause)))
    }

    /// The last step of `migrations/` that this program knows.
    pub fn newest_step(&self) -> i64 {
        super::migrations::for_database(self.kind()).iter().map(|it| it.version).max().unwrap_or_default()
    }
}

/// Makes the file if it is not there, for this user's eyes alone; SQLite gives its log the same rights.
fn make_private(file: &Path) -> Result<(), sqlx::Error> {
    OpenOptions::new().append(true).create(true).mode(0o600).open(file).map(drop).map_err(sqlx::Error::Io)
}

fn sqlite_options(file: &Path, flush: bool) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(if flush { SqliteSynchronous::Full } else { SqliteSynchronous::Off })
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(BUSY_TIMEOUT_S))
}

/// A connection to a file does not go away: asking it first would only cost every statement a way to its thread.
fn sqlite_pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(connections).test_before_acquire(false)
}

async fn connect(options: PgConnectOptions, connections: u32) -> Result<Db, sqlx::Error> {
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(ACQUIRE_TIMEOUT_S))
        .connect_with(options)
        .await?;
    Ok(Db::Postgres(pool))
}
