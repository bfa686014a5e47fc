//! `hub erase`: erases a visitor who asks for it, also from backups that are restored later.

use clap::Args;
use hub::clock::Clock;
use hub::crypt::{KEYS_VARIABLE, Keys};
use hub::halls::person::{Identity, IdentityKind, Person, one_phone};
use hub::halls::visitor;

use super::place::Place;

/// Options of `hub erase`: whom, by what they say of themselves, or by id.
#[derive(Args)]
#[group(required = true, multiple = false, args = ["visitor", "phone", "id_card"])]
pub struct Erase {
    #[command(flatten)]
    place: Place,
    /// The visitor's id.
    #[arg(long)]
    visitor: Option<String>,
    /// Everybody with this phone number.
    #[arg(long)]
    phone: Option<String>,
    /// Whoever has this resident's identity number.
    #[arg(long)]
    id_card: Option<String>,
}

/// Erases them, and says how many there were.
pub async fn run(options: Erase) -> Result<(), String> {
    let failed = |it: hub::Error| it.for_terminal();
    let db = options.place.open().await?;
    let found = match &options.visitor {
        Some(id) => vec![id.as_str().into()],
        None => {
            let keys = Keys::open(&options.place.data, std::env::var(KEYS_VARIABLE).ok().as_deref()).map_err(failed)?;
            visitor::find(&db, &keys, &person(&options)?).await.map_err(failed)?
        }
    };
    let mut erased = 0;
    for id in &found {
        let now = Clock::System.now();
        erased += usize::from(visitor::erase(&db, &options.place.data, id, now).await.map_err(failed)?);
    }
    db.close().await;
    super::say(&format!("{erased} visitors were erased"));
    Ok(())
}

fn person(options: &Erase) -> Result<Person, String> {
    let phone = options.phone.as_ref().map(|it| one_phone(it).ok_or("this is not a phone number")).transpose()?;
    let identity = options
        .id_card
        .as_ref()
        .map(|it| Identity::new(IdentityKind::IdCard, it).map_err(|why| format!("the number {why}")))
        .transpose()?;
    Ok(Person { phone, identity, ..Person::default() })
}
