//! The whole database, table by table, in values both databases know: what a backup is made of.
//!
//! Tables and columns are asked of the database, so a new table is in the next backup without anybody
//! thinking of it. Never knows what a table means.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{AssertSqlSafe, QueryBuilder, Row as _};

use super::Tx;
use super::rows::pieces;

/// Tables that are not worth keeping, or must not come back: who was signed in is asked to sign in again.
const LEFT_OUT: [&str; 2] = ["_sqlx_migrations", "sessions"];

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Int,
    /// Another number.
    Real,
    /// True or false.
    Bool,
    /// An instant.
    Time,
    /// Bytes.
    Bytes,
    /// A JSON document.
    Json,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the database.
    pub columns: Vec<Column>,
}

/// All tables, those that others point at before those others.
pub async fn tables(tx: &mut Tx) -> Result<Vec<Table>, sqlx::Error> {
    let (columns, points): (&str, &str) = match tx {
        Tx::Sqlite(..) => (
            "SELECT t.name, c.name, c.type FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid",
            "SELECT t.name, f.\"table\" FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f \
             WHERE t.type = 'table'",
        ),
        Tx::Postgres(_) => (
            "SELECT c.table_name::text, c.column_name::text, c.data_type::text FROM information_schema.columns c \
             JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name \
             WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
             ORDER BY c.table_name, c.ordinal_position",
            "SELECT r.relname::text, o.relname::text FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid \
             JOIN pg_class o ON o.oid = k.confrelid WHERE k.contype = 'f'",
        ),
    };
    let columns: Vec<(String, String, String)> = on!(tx.tx, c => sqlx::query_as(columns).fetch_all(c).await)?;
    let points: Vec<(String, String)> = on!(tx.tx, c => sqlx::query_as(points).fetch_all(c).await)?;
    let mut found: Vec<Table> = Vec::new();
    for (table, name, kind) in columns {
        if LEFT_OUT.contains(&table.as_str()) {
            continue;
        }
        let column = Column { kind: kind_of(&kind, &table, &name)?, name };
        match found.last_mut().filter(|last| last.name == table) {
            Some(last) => last.columns.push(column),
            None => found.push(Table { name: table, columns: vec![column] }),
        }
    }
    Ok(in_order(found, &points))
}

/// What a declared type holds; a type nobody thought of is an error and not a silent loss.
fn kind_of(declared: &str, table: &str, column: &str) -> Result<Kind, sqlx::Error> {
    Ok(match declared.to_ascii_lowercase().as_str() {
        "text" => Kind::Text,
        "bigint" | "integer" => Kind::Int,
        "double precision" | "real" => Kind::Real,
        "boolean" => Kind::Bool,
        "timestamptz" | "timestamp with time zone" => Kind::Time,
        "bytea" | "blob" => Kind::Bytes,
        "jsonb" => Kind::Json,
        other => {
            return Err(sqlx::Error::Protocol(format!("a backup does not know the type {other} of {table}.{column}")));
        }
    })
}

fn in_order(mut left: Vec<Table>, points: &[(String, String)]) -> Vec<Table> {
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waits = |it: &Table| {
            points.iter().any(|(from, to)| *from == it.name && from != to && left.iter().any(|other| other.name == *to))
        };
        // In a ring nobody is first: then any is.
        let first = left.iter().position(|it| !waits(it)).unwrap_or(0);
        ordered.push(left.remove(first));
    }
    ordered
}

/// Reads all rows of a table, one by one.
pub async fn read<E: From<sqlx::Error>>(
    tx: &mut Tx,
    table: &Table,
    mut each: impl FnMut(Vec<Value>) -> Result<(), E>,
) -> Result<(), E> {
    let columns: Vec<String> = table.columns.iter().map(selected).collect();
    let text = format!("SELECT {} FROM {}", columns.join(", "), table.name);
    on!(tx.tx, c => {
        let mut rows = sqlx::query(AssertSqlSafe(text)).fetch(c);
        while let Some(row) = rows.try_next().await? {
            let mut values = Vec::with_capacity(table.columns.len());
            for (at, column) in table.columns.iter().enumerate() {
                values.push(match column.kind {
                    Kind::Text | Kind::Json => row.try_get::<Option<String>, _>(at)?.into(),
                    Kind::Int => row.try_get::<Option<i64>, _>(at)?.into(),
                    Kind::Real => row.try_get::<Option<f64>, _>(at)?.into(),
                    Kind::Bool => row.try_get::<Option<bool>, _>(at)?.into(),
                    Kind::Time => row.try_get::<Option<DateTime<Utc>>, _>(at)?
                        .map(|it| it.to_rfc3339_opts(SecondsFormat::Micros, true)).into(),
                    Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(at)?.map(|it| STANDARD.encode(it)).into(),
                });
            }
            each(values)?;
        }
        Ok(())
    })
}

/// PostgreSQL gives integers and documents in types of their own.
fn selected(column: &Column) -> String {
    match column.kind {
        Kind::Json => format!("CAST({} AS TEXT)", column.name),
        Kind::Int => format!("CAST({} AS BIGINT)", column.name),
        Kind::Text | Kind::Real | Kind::Bool | Kind::Time | Kind::Bytes => column.name.clone(),
    }
}

/// Adds rows to a table.
pub async fn add(tx: &mut Tx, table: &Table, rows: &[Vec<Value>]) -> Result<(), sqlx::Error> {
    let names: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
    let is_postgres = matches!(tx, Tx::Postgres(_));
    for piece in pieces(rows) {
        on!(tx.tx, c => {
            let mut text = QueryBuilder::new(format!("INSERT INTO {} ({}) VALUES ", table.name, names.join(", ")));
            for (at, row) in piece.iter().enumerate() {
                text.push(if at == 0 { "(" } else { ", (" });
                for (at, (column, value)) in table.columns.iter().zip(row).enumerate() {
                    if at > 0 {
                        text.push(", ");
                    }
                    match column.kind {
                        Kind::Text => text.push_bind(value.as_str().map(str::to_owned)),
                        Kind::Json if is_postgres => {
                            text.push("CAST(").push_bind(value.as_str().map(str::to_owned)).push(" AS JSONB)")
                        }
                        Kind::Json => text.push_bind(value.as_str().map(str::to_owned)),
                        Kind::Int => text.push_bind(value.as_i64()),
                        Kind::Real => text.push_bind(value.as_f64()),
                        Kind::Bool => text.push_bind(value.as_bool()),
                        Kind::Time => text.push_bind(time(value)?),
                        Kind::Bytes => text.push_bind(bytes(value)?),
                    };
                }
                text.push(")");
            }
            text.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

fn time(value: &Value) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
    let read = |text| DateTime::parse_from_rfc3339(text).map_err(|cause| sqlx::Error::Decode(Box::new(cause)));
    Ok(value.as_str().map(read).transpose()?.map(|it| it.to_utc()))
}

fn bytes(value: &Value) -> Result<Option<Vec<u8>>, sqlx::Error> {
    let read = |text| STANDARD.decode(text).map_err(|cause| sqlx::Error::Decode(Box::new(cause)));
    value.as_str().map(read).transpose()
}

/// The number of the last database stage that was applied.
pub async fn version(tx: &mut Tx) -> Result<i64, sqlx::Error> {
    let row: (Option<i64>,) =
        on!(tx.tx, c => sqlx::query_as("SELECT MAX(version) FROM _sqlx_migrations WHERE success").fetch_one(c).await)?;
    Ok(row.0.unwrap_or_default())
}
