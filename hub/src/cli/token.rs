//! `hub token`: tokens of programs, made where the data is.

use clap::{Args, Subcommand};
use hub::clock::Clock;
use hub::people::Scope;
use hub::people::credentials::{NewToken, make_unasked};

use super::place::Place;

/// `hub token …`
#[derive(Args)]
pub struct Token {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Makes a token and prints it: it is shown once and kept nowhere.
    Create(Create),
}

/// Options of `hub token create`.
#[derive(Args)]
struct Create {
    #[command(flatten)]
    place: Place,
    /// What it is for, in words.
    #[arg(long)]
    name: String,
    /// What it may, separated by commas: administrator, supervisor, staff, editor, reviewer, operator, auditor,
    /// kiosk, player.
    #[arg(long, value_delimiter = ',', required = true)]
    scopes: Vec<Scope>,
    /// Only in this hall; without it in every hall.
    #[arg(long)]
    hall: Option<String>,
}

/// Runs it; a hub may be working with the same data, then its lock is waited for.
pub async fn run(options: Token) -> Result<(), String> {
    let What::Create(options) = options.what;
    let db = options.place.open().await?;
    let hall = options.hall.map(Into::into);
    if let Some(hall) = &hall {
        let known = hub::store::halls::look(&db, hall).await.map_err(|cause| cause.to_string())?;
        known.ok_or_else(|| format!("there is no hall {hall} here"))?;
    }
    let new = NewToken { name: options.name, scopes: options.scopes, hall };
    let made = make_unasked(&db, "command line", new, Clock::System.now()).await;
    let made = made.map_err(|cause| cause.for_terminal())?;
    db.close().await;
    super::say(&made.token);
    Ok(())
}
