//! Who is known here: people and their roles, as administrators keep them.
//!
//! An administrator of one hall keeps only people whose roles are all in halls of theirs. The last one who
//! is administrator everywhere can be neither removed nor shut out.

use chrono::{DateTime, Utc};
use hall::HallId;
use serde_json::json;

use super::audit::{self, Chain, Deed};
use super::login::{self, normal};
use super::password::{self, Hasher};
use super::{Caller, Grant, Permission, Role, sealed};
use crate::crypt::Keys;
use crate::error::{Error, FieldError, Why, Wrong};
use crate::store::people::{self, Person};
use crate::store::{Db, Tx, proofs};
use crate::{Hub, chance};

/// Longest login, characters.
const LOGIN_CHARS_MAX: usize = 40;
/// Longest name, characters.
const NAME_CHARS_MAX: usize = 60;
/// Longest number on a badge, characters.
const STAFF_NO_CHARS_MAX: usize = 20;
/// Roles of one person.
const ROLES_MAX: usize = 100;
/// People on one hub.
pub const PEOPLE_MAX: i64 = 20_000;

/// A role in a hall; no hall = in all.
pub type RoleIn = (Role, Option<HallId>);

/// A new person.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// What they will type.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Their number on badges.
    pub staff_no: String,
    /// A first password.
    pub password: String,
    /// Their roles.
    pub roles: Vec<RoleIn>,
    /// They must choose their own password first.
    pub must_change_password: bool,
}

/// What an administrator changes; none = stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Name.
    pub name: Option<String>,
    /// Number on badges.
    pub staff_no: Option<String>,
    /// Shut out.
    pub disabled: Option<bool>,
    /// Roles, all of them.
    pub roles: Option<Vec<RoleIn>>,
    /// The account begins.
    pub valid_from: Option<Option<DateTime<Utc>>>,
    /// The account ends.
    pub valid_until: Option<Option<DateTime<Utc>>>,
}

/// Whether the caller may keep somebody with these roles.
fn may_keep(caller: &Caller, roles: &[Grant]) -> Result<(), Error> {
    caller.may_somewhere(Permission::ManagePeople)?;
    roles.iter().try_for_each(|it| match &it.hall {
        Some(hall) => caller.may(hall, Permission::ManagePeople),
        None => caller.may_everywhere(Permission::ManagePeople),
    })
}

/// Whether the caller sees somebody with these roles in lists.
pub fn may_see(caller: &Caller, roles: &[Grant]) -> bool {
    caller.may_everywhere(Permission::SeePeople).is_ok()
        || roles.iter().all(|it| it.hall.as_ref().is_some_and(|hall| caller.sees(hall, Permission::SeePeople)))
}

/// Writes a new person, and tells their id.
pub async fn add(hub: &Hub, caller: &Caller, new: NewPerson) -> Result<String, Error> {
    let grants = grants(&new.roles);
    may_keep(caller, &grants)?;
    add_unasked(hub, &caller.name(), new).await
}

/// The same for the hub itself.
pub async fn add_unasked(hub: &Hub, who: &str, new: NewPerson) -> Result<String, Error> {
    let register = Register { db: &hub.db, keys: &hub.keys, hasher: &hub.people.hasher };
    register.add(who, new, hub.clock.now()).await
}

/// What it takes to write a new person, with or without a running hub.
pub struct Register<'a> {
    /// The tables.
    pub db: &'a Db,
    /// Keys of personal data.
    pub keys: &'a Keys,
    /// For the password.
    pub hasher: &'a Hasher,
}

impl Register<'_> {
    /// Writes a new person, and tells their id.
    pub async fn add(&self, who: &str, new: NewPerson, now: DateTime<Utc>) -> Result<String, Error> {
        let grants = grants(&new.roles);
        let person = self.person(new, now).await?;
        let mut tx = self.db.begin().await?;
        if people::count(&mut tx).await? >= PEOPLE_MAX {
            let said = format!("this hub holds {PEOPLE_MAX} people; remove some first");
            return Err(Error::Conflict("too_many_rows", said));
        }
        people::add(&mut tx, &person).await.map_err(taken)?;
        check_staff_no(&mut tx, &person).await?;
        for grant in &grants {
            people::add_grant(&mut tx, &person.id, grant).await?;
        }
        audit::write(&mut tx, &deed(who, "person.added", &person.id, &grants), now).await?;
        tx.commit().await?;
        Ok(person.id)
    }

    async fn person(&self, new: NewPerson, now: DateTime<Utc>) -> Result<Person, Error> {
        let (id, login) = (chance::row_id(), normal(&new.login));
        check_new(&new, &login)?;
        Ok(Person {
            name: sealed::seal(self.keys, &id, new.name.trim())?,
            login,
            staff_no: new.staff_no.trim().to_owned(),
            password: self.hasher.hash(new.password).await?,
            must_change_password: new.must_change_password,
            disabled: false,
            valid_from: None,
            valid_until: None,
            proof_secret: None,
            proof_confirmed: false,
            proof_counted: 0,
            made_at: now,
            id,
        })
    }
}

/// Changes a person. Whoever is shut out, or gets other roles, is signed out.
pub async fn change(hub: &Hub, caller: &Caller, id: &str, change: Change) -> Result<(), Error> {
    let before = people::grants_of(&hub.db, id).await?;
    may_keep(caller, &before)?;
    let after = change.roles.as_deref().map_or_else(|| before.clone(), grants);
    may_keep(caller, &after)?;
    check_change(&change)?;
    let now = hub.clock.now();
    let mut tx = hub.db.begin().await?;
    let mut person = people::in_tx(&mut tx, id).await?.ok_or(Error::Missing("person"))?;
    let number_before = person.staff_no.clone();
    apply(hub, &mut person, &change)?;
    if person.staff_no != number_before {
        check_staff_no(&mut tx, &person).await?;
    }
    if person.valid_from.zip(person.valid_until).is_some_and(|(from, until)| from >= until) {
        return Err(Error::bad("valid_until", Wrong::EndsFirst.why("must be after valid_from")));
    }
    people::change(&mut tx, &person).await?;
    let mut ended = Vec::new();
    if before != after {
        people::clear_grants(&mut tx, id).await?;
        for grant in &after {
            people::add_grant(&mut tx, id, grant).await?;
        }
    }
    if before != after || !person.holds_at(now) {
        ended = login::end_sessions(&mut tx, id).await?;
    }
    let mut deed = deed(&caller.name(), "person.changed", id, &after);
    deed.detail["disabled"] = person.disabled.into();
    audit::write(&mut tx, &deed, now).await?;
    commit_with_administrator(hub, tx).await?;
    hub.people.tell(ended);
    Ok(())
}

fn apply(hub: &Hub, person: &mut Person, change: &Change) -> Result<(), Error> {
    if let Some(name) = &change.name {
        person.name = sealed::seal(&hub.keys, &person.id, name.trim())?;
    }
    if let Some(staff_no) = &change.staff_no {
        person.staff_no = staff_no.trim().to_owned();
    }
    person.disabled = change.disabled.unwrap_or(person.disabled);
    person.valid_from = change.valid_from.unwrap_or(person.valid_from);
    person.valid_until = change.valid_until.unwrap_or(person.valid_until);
    Ok(())
}

/// Removes a person. Journals and the audit keep their id, which says nothing by itself.
pub async fn remove(hub: &Hub, caller: &Caller, id: &str) -> Result<(), Error> {
    let before = people::grants_of(&hub.db, id).await?;
    may_keep(caller, &before)?;
    let mut tx = hub.db.begin().await?;
    people::in_tx(&mut tx, id).await?.ok_or(Error::Missing("person"))?;
    let ended = login::end_sessions(&mut tx, id).await?;
    people::remove(&mut tx, id).await?;
    audit::write(&mut tx, &deed(&caller.name(), "person.removed", id, &before), hub.clock.now()).await?;
    commit_with_administrator(hub, tx).await?;
    hub.people.tell(ended);
    Ok(())
}

/// An administrator gives a new password, which must be changed at once, and takes a lost second proof away.
pub async fn reset(hub: &Hub, caller: &Caller, id: &str, new: String) -> Result<(), Error> {
    may_keep(caller, &people::grants_of(&hub.db, id).await?)?;
    let person = people::by_id(&hub.db, id).await?.ok_or(Error::Missing("person"))?;
    password::check("new", &new, &person.login).map_err(|it| Error::Bad(vec![it]))?;
    login::set_password(hub, id, new, true, "", deed(&caller.name(), "password.given", id, &[])).await?;
    let mut tx = hub.db.begin().await?;
    proofs::clear_secret(&mut tx, id).await?;
    proofs::clear_codes(&mut tx, id).await?;
    Ok(tx.commit().await?)
}

/// Commits unless nobody would be left who is administrator everywhere.
async fn commit_with_administrator(hub: &Hub, mut tx: Tx) -> Result<(), Error> {
    if people::administrators(&mut tx, hub.clock.now()).await? == 0 {
        tx.rollback().await?;
        let said = "this is the last administrator of all halls; make another one first";
        return Err(Error::Conflict("last_administrator", said.into()));
    }
    Ok(tx.commit().await?)
}

fn grants(roles: &[RoleIn]) -> Vec<Grant> {
    let mut all: Vec<_> =
        roles.iter().map(|(role, hall)| Grant { scope: (*role).into(), hall: hall.clone() }).collect();
    all.sort_by(|a, b| (a.scope.as_str(), &a.hall).cmp(&(b.scope.as_str(), &b.hall)));
    all.dedup();
    all
}

fn check_new(new: &NewPerson, login: &str) -> Result<(), Error> {
    let is_letter = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || ".-_@".contains(it);
    let mut errors = Vec::new();
    if login.is_empty() || login.len() > LOGIN_CHARS_MAX || !login.chars().all(is_letter) {
        let why = format!("must be 1 to {LOGIN_CHARS_MAX} of: letters a-z, digits, . - _ @");
        errors.push(FieldError::new("login", Wrong::LoginSigns.up_to(LOGIN_CHARS_MAX, why)));
    }
    errors.extend(password::check("password", &new.password, login).err().filter(|_| !login.is_empty()));
    errors.extend(check_words(Some(&new.name), Some(&new.staff_no), new.roles.len()));
    if errors.is_empty() { Ok(()) } else { Err(Error::Bad(errors)) }
}

fn check_change(change: &Change) -> Result<(), Error> {
    let roles = change.roles.as_ref().map_or(0, Vec::len);
    let errors = check_words(change.name.as_deref(), change.staff_no.as_deref(), roles);
    if errors.is_empty() { Ok(()) } else { Err(Error::Bad(errors)) }
}

fn check_words(name: Option<&str>, staff_no: Option<&str>, roles: usize) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut must = |fits: bool, field: &str, why: Why| {
        if !fits {
            errors.push(FieldError::new(field, why));
        }
    };
    if let Some(name) = name {
        let chars = name.trim().chars().count();
        let clean = !name.chars().any(char::is_control);
        let why = Wrong::Length.within(1..=NAME_CHARS_MAX, format!("must have 1 to {NAME_CHARS_MAX} characters"));
        must((1..=NAME_CHARS_MAX).contains(&chars) && clean, "name", why);
    }
    if let Some(staff_no) = staff_no {
        let fits = staff_no.chars().count() <= STAFF_NO_CHARS_MAX && !staff_no.chars().any(char::is_control);
        let why = format!("must have at most {STAFF_NO_CHARS_MAX} characters");
        must(fits, "staff_no", Wrong::Length.within(0..=STAFF_NO_CHARS_MAX, why));
    }
    must(roles <= ROLES_MAX, "roles", Wrong::AtMost.up_to(ROLES_MAX, format!("must be at most {ROLES_MAX}")));
    errors
}

/// Visitors and supervisors know staff by the number on the badge, so it is one person's.
async fn check_staff_no(tx: &mut Tx, person: &Person) -> Result<(), Error> {
    if person.staff_no.is_empty() || !people::has_staff_no(tx, &person.staff_no, &person.id).await? {
        return Ok(());
    }
    Err(Error::bad("staff_no", Wrong::StaffNoTaken.why("somebody else has this number; give another one")))
}

fn taken(cause: sqlx::Error) -> Error {
    match cause.as_database_error() {
        Some(it) if it.is_unique_violation() => Error::Conflict("login_taken", "somebody else has this login".into()),
        _ => cause.into(),
    }
}

fn deed(who: &str, what: &'static str, target: &str, grants: &[Grant]) -> Deed {
    let roles: Vec<_> = grants.iter().map(|it| json!({"role": it.scope, "hall": it.hall})).collect();
    Deed { chain: Chain::Node, who: who.into(), what, target: target.into(), detail: json!({ "roles": roles }) }
}
