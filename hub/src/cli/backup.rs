//! `hub backup`: the whole database in one file, while the hub works.

use std::path::PathBuf;

use clap::Args;
use hub::clock::Clock;

use super::place::Place;

/// Options of `hub backup`.
#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    place: Place,
    /// The file to write. It holds no keys: keep a copy of the folder's `keys` elsewhere.
    #[arg(long)]
    to: PathBuf,
    /// Replace the file if it is there already.
    #[arg(long)]
    replace: bool,
}

/// Writes the file; it appears only when it is whole.
pub async fn run(options: Backup) -> Result<(), String> {
    let db = options.place.existing().await?;
    let rows = hub::backup::write(&db, &options.to, options.replace, Clock::System.now())
        .await
        .map_err(|it| it.for_terminal())?;
    db.close().await;
    super::say(&format!("{} holds {rows} rows; keys of personal data are not in it", options.to.display()));
    Ok(())
}
