//! The numbered steps in `migrations/`, embedded: `NNNN_name.sql` serves both databases,
//! `NNNN_name.sqlite.sql` and `NNNN_name.postgres.sql` where they differ.

use rust_embed::RustEmbed;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

#[derive(RustEmbed)]
#[folder = "../migrations"]
struct Steps;

/// The steps that concern one database (`sqlite` or `postgres`), in order.
pub(super) fn for_database(kind: &str) -> Migrator {
    let mut steps: Vec<Migration> = Steps::iter().filter_map(|file| step(&file, kind)).collect();
    steps.sort_by_key(|it| it.version);
    Migrator::with_migrations(steps)
}

fn step(file: &str, kind: &str) -> Option<Migration> {
    let stem = file.strip_suffix(".sql")?;
    let (name, only) = stem.rsplit_once('.').map_or((stem, None), |(name, only)| (name, Some(only)));
    if only.is_some_and(|only| only != kind) {
        return None;
    }
    let (version, what) = name.split_once('_')?;
    let text = Steps::get(file)?;
    let text = String::from_utf8(text.data.into_owned()).ok()?;
    Some(Migration::new(
        version.parse().ok()?,
        what.to_owned().into(),
        MigrationType::Simple,
        AssertSqlSafe(text).into_sql_str(),
        false,
    ))
}
