//! `hub restore`: takes a backup back. What was there is kept aside.

use std::path::PathBuf;

use clap::Args;
use hub::clock::Clock;
use hub::folder::Folder;

use super::place::Place;

/// Options of `hub restore`.
#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    place: Place,
    /// The backup.
    file: PathBuf,
}

/// Restores, and says what was done.
pub async fn run(options: Restore) -> Result<(), String> {
    let folder = Folder::lock(&options.place.data).map_err(|it| it.for_terminal())?;
    let database = options.place.database.as_deref();
    let done = hub::backup::restore(&options.file, &folder, database, Clock::System.now())
        .await
        .map_err(|it| it.for_terminal())?;
    super::say(&format!(
        "{} rows are back; {} halls have a new epoch, {} visitors were erased again",
        done.rows, done.halls, done.erased
    ));
    if let Some(aside) = done.aside {
        super::say(&format!("what was there before is kept in {aside}"));
    }
    if !folder.has_keys() {
        super::say(&format!(
            "there are no keys of personal data in {}: put your copy of `keys` there before you start the hub, \
             or names and phone numbers of the backup stay unreadable",
            folder.path().display()
        ));
    }
    Ok(())
}
