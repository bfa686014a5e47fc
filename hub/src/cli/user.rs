//! `hub user`: people who sign in, made where the data is. The password never stands on the command line.

use clap::{Args, Subcommand};
use hub::clock::Clock;
use hub::crypt::{KEYS_VARIABLE, Keys};
use hub::people::Role;
use hub::people::password::Hasher;
use hub::people::register::{NewPerson, Register, RoleIn};

use super::place::Place;
use super::secret;

/// `hub user …`
#[derive(Args)]
pub struct User {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Adds a person; the password is asked for, or read from the first line of standard input.
    Create(Create),
}

/// Options of `hub user create`.
#[derive(Args)]
struct Create {
    #[command(flatten)]
    place: Place,
    /// What they will type.
    #[arg(long)]
    login: String,
    /// A role, in one hall as `staff@HALL`, in every hall as `staff`; may be given several times.
    #[arg(long = "role", required = true, value_parser = role)]
    roles: Vec<RoleIn>,
    /// Their name; without it the login.
    #[arg(long)]
    name: Option<String>,
    /// Their number on badges.
    #[arg(long, default_value = "")]
    staff_no: String,
    /// They must choose a password of their own at the first login.
    #[arg(long)]
    must_change_password: bool,
}

fn role(text: &str) -> Result<RoleIn, String> {
    let (role, hall) = text.split_once('@').map_or((text, None), |(role, hall)| (role, Some(hall)));
    Ok((role.parse::<Role>()?, hall.map(Into::into)))
}

/// Runs it; a hub may be working with the same data, then its lock is waited for.
pub async fn run(options: User) -> Result<(), String> {
    let What::Create(options) = options.what;
    let db = options.place.open().await?;
    for hall in options.roles.iter().filter_map(|(_, hall)| hall.as_ref()) {
        let known = hub::store::halls::look(&db, hall).await.map_err(|cause| cause.to_string())?;
        known.ok_or_else(|| format!("there is no hall {hall} here"))?;
    }
    let failed = |cause: hub::Error| cause.for_terminal();
    let keys = Keys::open(&options.place.data, std::env::var(KEYS_VARIABLE).ok().as_deref()).map_err(failed)?;
    let new = NewPerson {
        name: options.name.unwrap_or_else(|| options.login.clone()),
        staff_no: options.staff_no,
        password: secret::read(&format!("Password for {}", options.login))?,
        roles: options.roles,
        must_change_password: options.must_change_password,
        login: options.login,
    };
    let register = Register { db: &db, keys: &keys, hasher: &Hasher::default() };
    let id = register.add("command line", new, Clock::System.now()).await.map_err(failed)?;
    db.close().await;
    super::say(&id);
    Ok(())
}
