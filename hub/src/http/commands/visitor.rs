//! The visitor of an `issue`: a known id, or a person with phone, name, identity.

use hall::VisitorId;
use serde::Deserialize;

use crate::error::Error;
use crate::halls::NewVisitor;
use crate::halls::person::{Identity, IdentityKind, Person, one_phone};

/// `{id}` or `{phone?, name?, identity?}`.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitorBody {
    /// Somebody who is known.
    id: Option<String>,
    /// As dialled, or E.164.
    phone: Option<String>,
    /// Name.
    name: Option<String>,
    /// How the name is said: pinyin with tone numbers, `shan4 dan1 dan1`.
    pinyin: Option<String>,
    /// One document.
    identity: Option<IdentityBody>,
}

/// A document and its number.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct IdentityBody {
    /// Which document.
    kind: IdentityKind,
    /// Its number.
    value: String,
}

/// Longest pinyin, characters.
const PINYIN_CHARS_MAX: usize = 160;

/// Checks a visitor and brings them into one form. No value is repeated in an error.
pub fn check(body: VisitorBody) -> Result<NewVisitor, Error> {
    let VisitorBody { id, phone, name, pinyin, identity } = body;
    if let Some(id) = id {
        if phone.is_some() || name.is_some() || identity.is_some() {
            return Err(Error::bad("visitor", "give either an id, or phone, name and identity"));
        }
        return Ok(NewVisitor::Known(VisitorId::from(id)));
    }
    let phone = phone
        .map(|it| one_phone(&it).ok_or_else(|| Error::bad("visitor.phone", "is not a phone number")))
        .transpose()?;
    let identity = identity
        .map(|it| Identity::new(it.kind, &it.value).map_err(|why| Error::bad("visitor.identity.value", why)))
        .transpose()?;
    let name = name.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    if pinyin.as_ref().is_some_and(|it| it.chars().count() > PINYIN_CHARS_MAX || it.chars().any(char::is_control)) {
        return Err(Error::bad("visitor.pinyin", "must be pinyin with tone numbers, such as shan4 dan1 dan1"));
    }
    let pinyin = pinyin.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty() && name.is_some());
    let person = Person { phone, name, pinyin, identity };
    if person == Person::default() {
        return Err(Error::bad("visitor", "is empty: give an id, phone, name or identity"));
    }
    Ok(NewVisitor::Person(person))
}
