//! The names behind `person:ID` and `token:ID`, for colleagues who may know who did something.
//!
//! Looked up when they are shown: neither the audit nor a journal holds a name.

use super::sealed;
use crate::Hub;
use crate::error::Error;
use crate::store::{people, tokens};

/// The name of whoever `Caller::name` says; none: gone, or nobody with a name.
pub async fn name_of(hub: &Hub, who: &str) -> Result<Option<String>, Error> {
    Ok(match who.split_once(':') {
        Some(("person", id)) => {
            let person = people::by_id(&hub.db, id).await?;
            person.map(|it| sealed::open(&hub.keys, &it.id, &it.name)).transpose()?
        }
        Some(("token", id)) => tokens::name_of(&hub.db, id).await?,
        Some(_) | None => None,
    })
}
