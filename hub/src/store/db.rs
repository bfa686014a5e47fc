//! Two databases, one text: an enum of pools and a macro that runs the same body on either.
//!
//! SQLite has one writer connection; whoever holds its pen is the only one who writes, and commands go
//! first. It is WAL with `synchronous=FULL`, since what is answered is promised.

use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;

use super::pen::{Held, Pen};

/// The database.
#[derive(Clone, Debug)]
pub enum Db {
    /// One file: many readers, one writer.
    Sqlite {
        /// Read-only connections.
        read: SqlitePool,
        /// The one connection that writes.
        write: SqlitePool,
        /// Who may use it.
        pen: Pen,
    },
    /// A server.
    Postgres(PgPool),
}

/// A transaction on either.
#[derive(Debug)]
pub enum Tx {
    /// SQLite, begun IMMEDIATE: it holds the write lock from the start.
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>, Option<Held>),
    /// PostgreSQL, READ COMMITTED.
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// Runs one body on either database: `on!(db.read, p => query.fetch_all(p).await)`.
macro_rules! on {
    ($db:ident.read, $p:ident => $body:expr) => {
        match $db {
            $crate::store::Db::Sqlite { read: $p, .. } => $body,
            $crate::store::Db::Postgres($p) => $body,
        }
    };
    ($db:ident.write, $p:ident => $body:expr) => {
        match $db {
            $crate::store::Db::Sqlite { write: $p, pen, .. } => {
                let _held = pen.for_others().await?;
                $body
            }
            $crate::store::Db::Postgres($p) => $body,
        }
    };
    ($tx:ident.tx, $p:ident => $body:expr) => {
        match $tx {
            $crate::store::Tx::Sqlite(inner, _) => {
                let $p = &mut **inner;
                $body
            }
            $crate::store::Tx::Postgres(inner) => {
                let $p = &mut **inner;
                $body
            }
        }
    };
}

impl Db {
    /// Begins a transaction that writes, behind those of commands. Keep it short: 20 ms at most.
    pub async fn begin(&self) -> Result<Tx, sqlx::Error> {
        match self {
            Self::Sqlite { pen, .. } => self.begin_holding(Some(pen.for_others().await?)).await,
            Self::Postgres(_) => self.begin_holding(None).await,
        }
    }

    /// Begins a transaction of commands: before all other writes.
    pub async fn begin_commands(&self) -> Result<Tx, sqlx::Error> {
        match self {
            Self::Sqlite { pen, .. } => self.begin_holding(Some(pen.for_commands().await)).await,
            Self::Postgres(_) => self.begin_holding(None).await,
        }
    }

    /// Begins a transaction that only reads, and sees one moment of the whole database.
    pub async fn begin_reading(&self) -> Result<Tx, sqlx::Error> {
        match self {
            Self::Sqlite { read, .. } => Ok(Tx::Sqlite(read.begin().await?, None)),
            Self::Postgres(pool) => {
                Ok(Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?))
            }
        }
    }

    async fn begin_holding(&self, held: Option<Held>) -> Result<Tx, sqlx::Error> {
        match self {
            Self::Sqlite { write, .. } => Ok(Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?, held)),
            Self::Postgres(pool) => Ok(Tx::Postgres(pool.begin().await?)),
        }
    }

    /// Runs some work in one transaction behind those of commands: all of it is true afterwards, or none.
    pub async fn write<T, E: From<sqlx::Error>>(
        &self,
        work: impl AsyncFnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut tx = self.begin().await?;
        match work(&mut tx).await {
            Ok(done) => {
                tx.commit().await?;
                Ok(done)
            }
            Err(cause) => {
                // The work's own error tells more than a failed rollback, which only ends the connection.
                tx.rollback().await.ok();
                Err(cause)
            }
        }
    }

    /// Whether other nodes may write to it.
    pub fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// `sqlite` or `postgres`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), sqlx::Error> {
        on!(self.read, p => sqlx::query("SELECT 1").execute(p).await.map(drop))
    }

    /// Closes all connections; SQLite's write-ahead log is taken into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes it true. After an error the outcome may be unknown.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        self.commit_holding().await.map(drop)
    }

    /// The same, and nobody else writes until what is given back is dropped: so that what was committed is
    /// told in the order of commits. (PostgreSQL lets the others write at once.)
    pub async fn commit_holding(self) -> Result<Option<Held>, sqlx::Error> {
        match self {
            Self::Sqlite(inner, held) => inner.commit().await.map(|()| held),
            Self::Postgres(inner) => inner.commit().await.map(|()| None),
        }
    }

    /// Takes it back.
    pub async fn rollback(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(inner, _held) => inner.rollback().await,
            Self::Postgres(inner) => inner.rollback().await,
        }
    }
}
