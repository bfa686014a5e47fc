//! Where a command finds the data: the folder, and the database beside or inside it.

use std::path::PathBuf;

use clap::Args;
use hub::folder::database_file;
use hub::store::Db;

/// Options that every command over the data shares with `hub serve`.
#[derive(Args)]
pub struct Place {
    /// Folder of the database and keys.
    #[arg(long, env = "HALLCAST_DATA", default_value = "data")]
    pub data: PathBuf,
    /// PostgreSQL URL; without it the SQLite file in the data folder is used.
    #[arg(long, env = "HALLCAST_DATABASE", value_parser = super::address::database)]
    pub database: Option<String>,
}

impl Place {
    /// The database as it is, for reading; a hub may be working with it.
    pub async fn existing(&self) -> Result<Db, String> {
        let file = database_file(&self.data);
        let db = match &self.database {
            Some(url) => Db::existing_postgres(url).await,
            None if !file.exists() => return Err(format!("there is no database in {}", self.data.display())),
            None => Db::existing_sqlite(&file).await,
        };
        db.map_err(|cause| format!("the database cannot be opened: {cause}"))
    }

    /// The database, for writing; a hub may be working with it, then its lock is waited for.
    pub async fn open(&self) -> Result<Db, String> {
        std::fs::create_dir_all(&self.data)
            .map_err(|cause| format!("cannot make the folder {}: {cause}", self.data.display()))?;
        let db = match &self.database {
            Some(url) => Db::existing_postgres(url).await,
            None => Db::sqlite(&database_file(&self.data), true).await,
        };
        db.map_err(|cause| format!("the database cannot be opened: {cause}"))
    }
}
