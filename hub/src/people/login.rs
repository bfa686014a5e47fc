//! Signing in and out, and passwords: everything in which somebody proves who they are.
//!
//! An unknown login, a wrong password and an account that is not valid look alike and take as long as each
//! other. Whoever changes a password ends all other sessions of the person.

use axum::http::StatusCode;
use chrono::Duration;
use serde_json::json;

use super::address::Address;
use super::audit::{self, Chain, Deed};
use super::throttle::Try;
use super::{Caller, Ended, SESSION_S_MAX, Who, hash_of, password, second_proof};
use crate::error::{Error, Wrong};
use crate::store::people::Person;
use crate::store::{self, Tx, proofs, sessions};
use crate::{Hub, chance};

/// Sessions one person may have; the quietest end when there are more.
const SESSIONS_OF_PERSON_MAX: i64 = 20;

/// What somebody types to sign in.
pub struct SignIn {
    /// Login.
    pub login: String,
    /// Password.
    pub password: String,
    /// A code of the second proof, or a recovery code.
    pub code: Option<String>,
}

/// A new session: its key goes into the cookie and is kept nowhere else.
pub async fn sign_in(hub: &Hub, asked: SignIn, from: Address) -> Result<String, Error> {
    let login = normal(&asked.login);
    let tries = hub.people.throttle.begin(&login, from.0, hub.clock.now())?;
    let person = known(hub, &login, asked.password.clone(), &tries).await?;
    if person.proof_confirmed {
        let Some(code) = asked.code.filter(|it| !it.trim().is_empty()) else {
            // The password was right, so this is no failed try.
            tries.succeeded();
            return Err(refused("second_proof_needed", "type the code of your second proof too"));
        };
        if !prove(hub, &person, &code).await? {
            failed(hub, Some(&person), &tries).await?;
            return Err(refused("bad_login", "this code is not right or was used before"));
        }
    }
    let key = begin(hub, &person).await?;
    tries.succeeded();
    if !password::is_current(&person.password)
        && let Err(cause) = hash_anew(hub, &person, asked.password).await
    {
        tracing::warn!(%cause, "a password is kept as it was hashed before; the next login tries again");
    }
    Ok(key)
}

/// Keeps a password, known at this moment, as passwords are hashed today.
async fn hash_anew(hub: &Hub, person: &Person, password: String) -> Result<(), Error> {
    let hash = hub.people.hasher.hash(password).await?;
    let mut tx = hub.db.begin().await?;
    store::people::renew_password(&mut tx, &person.id, &person.password, &hash).await?;
    Ok(tx.commit().await?)
}

/// The person whose login and password these are.
async fn known(hub: &Hub, login: &str, password: String, tries: &Try<'_>) -> Result<Person, Error> {
    let person = store::people::by_login(&hub.db, login).await?;
    let hash = person.as_ref().map(|it| it.password.clone());
    let fits = password.len() <= password::PASSWORD_BYTES_MAX && hub.people.hasher.fits(password, hash).await?;
    match person {
        Some(person) if fits && person.holds_at(hub.clock.now()) => Ok(person),
        other => {
            failed(hub, other.as_ref(), tries).await?;
            Err(refused("bad_login", "login or password is not right"))
        }
    }
}

async fn begin(hub: &Hub, person: &Person) -> Result<String, Error> {
    let (key, session, now) = (chance::secret(), chance::row_id(), hub.clock.now());
    let mut tx = hub.db.begin().await?;
    sessions::add(&mut tx, &session, &hash_of(&key), &person.id, now).await?;
    let ended = sessions::trim(&mut tx, &person.id, SESSIONS_OF_PERSON_MAX).await?;
    audit::write(&mut tx, &deed(&person.id, "session.begun", &session), now).await?;
    tx.commit().await?;
    hub.people.tell(ended.into_iter().map(Ended::Session));
    Ok(key)
}

/// Ends the caller's session: they left, or (`idle`) their page found that nobody was there.
pub async fn sign_out(hub: &Hub, caller: &Caller, idle: bool) -> Result<(), Error> {
    let Who::Person { id, session, .. } = caller.who() else {
        return Ok(());
    };
    let mut tx = hub.db.begin().await?;
    if sessions::end(&mut tx, session).await? {
        audit::write(
            &mut tx,
            &deed(id, if idle { "session.timed_out" } else { "session.ended" }, session),
            hub.clock.now(),
        )
        .await?;
    }
    tx.commit().await?;
    hub.people.tell([Ended::Session(session.clone())]);
    Ok(())
}

/// A person chooses a new password, knowing the old one.
pub async fn change_password(hub: &Hub, caller: &Caller, old: String, new: String, from: Address) -> Result<(), Error> {
    let person = signed_in(hub, caller).await?;
    let tries = hub.people.throttle.begin(&person.login, from.0, hub.clock.now())?;
    if !hub.people.hasher.fits(old.clone(), Some(person.password.clone())).await? {
        return Err(Error::bad("old", Wrong::PasswordWrong.why("is not your password")));
    }
    tries.succeeded();
    password::check("new", &new, &person.login).map_err(|it| Error::Bad(vec![it]))?;
    if old == new {
        return Err(Error::bad("new", Wrong::PasswordOld.why("must not be the old one")));
    }
    let keep = match caller.who() {
        Who::Person { session, .. } => session.as_str(),
        Who::Nobody { .. } | Who::Token { .. } => "",
    };
    set_password(hub, &person.id, new, false, keep, deed(&person.id, "password.changed", &person.id)).await
}

/// Somebody who forgot their password sets a new one by their second proof.
pub async fn reset_password(hub: &Hub, login: &str, proof: &str, new: String, from: Address) -> Result<(), Error> {
    let login = normal(login);
    let tries = hub.people.throttle.begin(&login, from.0, hub.clock.now())?;
    password::check("new", &new, &login).map_err(|it| Error::Bad(vec![it]))?;
    let person = store::people::by_login(&hub.db, &login).await?.filter(|it| it.holds_at(hub.clock.now()));
    let proved = match &person {
        Some(person) => prove(hub, person, proof).await?,
        None => false,
    };
    let (Some(person), true) = (person.as_ref(), proved) else {
        failed(hub, person.as_ref(), &tries).await?;
        return Err(refused("bad_proof", "login and proof do not belong together; ask an administrator"));
    };
    tries.succeeded();
    set_password(hub, &person.id, new, false, "", deed(&person.id, "password.reset", &person.id)).await
}

/// Writes a new password and ends the person's sessions (but one).
pub(super) async fn set_password(
    hub: &Hub,
    person: &str,
    new: String,
    must_change: bool,
    keep: &str,
    deed: Deed,
) -> Result<(), Error> {
    let hash = hub.people.hasher.hash(new).await?;
    let mut tx = hub.db.begin().await?;
    store::people::set_password(&mut tx, person, &hash, must_change).await?;
    let ended = sessions::end_of_person(&mut tx, person, keep).await?;
    audit::write(&mut tx, &deed, hub.clock.now()).await?;
    tx.commit().await?;
    hub.people.tell(ended.into_iter().map(Ended::Session));
    Ok(())
}

/// What a person gets to set up a second proof: shown once.
pub struct NewProof {
    /// For an authenticator app.
    pub otpauth_url: String,
    /// To write down.
    pub recovery: Vec<String>,
}

/// Gives the caller a new second proof; an earlier one is good no more.
pub async fn new_proof(hub: &Hub, caller: &Caller, password: String, from: Address) -> Result<NewProof, Error> {
    let person = signed_in(hub, caller).await?;
    let tries = hub.people.throttle.begin(&person.login, from.0, hub.clock.now())?;
    if !hub.people.hasher.fits(password, Some(person.password.clone())).await? {
        return Err(Error::bad("password", Wrong::PasswordWrong.why("is not your password")));
    }
    tries.succeeded();
    let (secret, recovery) = (second_proof::new_secret(), second_proof::recovery_codes());
    let mut tx = hub.db.begin().await?;
    proofs::set_secret(&mut tx, &person.id, &super::sealed::seal(&hub.keys, &person.id, &secret)?).await?;
    proofs::clear_codes(&mut tx, &person.id).await?;
    for code in &recovery {
        proofs::add_code(&mut tx, &person.id, &second_proof::recovery_hash(&person.id, code)).await?;
    }
    audit::write(&mut tx, &deed(&person.id, "second_proof.made", &person.id), hub.clock.now()).await?;
    tx.commit().await?;
    Ok(NewProof { otpauth_url: second_proof::otpauth_url(&secret, &person.login)?, recovery })
}

/// The caller shows that their authenticator app works; from now on a code is asked for at every login.
pub async fn confirm_proof(hub: &Hub, caller: &Caller, code: &str, from: Address) -> Result<(), Error> {
    let person = signed_in(hub, caller).await?;
    let tries = hub.people.throttle.begin(&person.login, from.0, hub.clock.now())?;
    if !prove_by_app(hub, &person, code).await? {
        return Err(Error::bad("code", Wrong::CodeWrong.why("is not the code shown now, or was used before")));
    }
    tries.succeeded();
    audit::note(&hub.db, &deed(&person.id, "second_proof.confirmed", &person.id), hub.clock.now()).await
}

/// Uses a code of the app, or a recovery code, up.
async fn prove(hub: &Hub, person: &Person, code: &str) -> Result<bool, Error> {
    if prove_by_app(hub, person, code).await? {
        return Ok(true);
    }
    let mut tx = hub.db.begin().await?;
    let used = proofs::use_recovery(&mut tx, &person.id, &second_proof::recovery_hash(&person.id, code)).await?;
    tx.commit().await?;
    Ok(used)
}

async fn prove_by_app(hub: &Hub, person: &Person, code: &str) -> Result<bool, Error> {
    let Some(sealed) = &person.proof_secret else {
        return Ok(false);
    };
    let secret = super::sealed::open(&hub.keys, &person.id, sealed)?;
    let now_s = hub.clock.now().timestamp();
    let Some(counted) = second_proof::counted(&secret, code, person.proof_counted, now_s)? else {
        return Ok(false);
    };
    let mut tx = hub.db.begin().await?;
    let used = proofs::use_code(&mut tx, &person.id, counted).await?;
    tx.commit().await?;
    Ok(used)
}

/// The row of the person who is signed in.
pub async fn signed_in(hub: &Hub, caller: &Caller) -> Result<Person, Error> {
    let id = caller.known_person()?;
    store::people::by_id(&hub.db, id).await?.ok_or(Error::Unknown("sign in"))
}

/// Ends the sessions whose time is over; true if there were any.
pub async fn end_old_sessions(hub: &Hub) -> Result<bool, Error> {
    let now = hub.clock.now();
    let quiet_since = now - Duration::seconds(hub.people.idle_s().into());
    let made_before = now - Duration::seconds(SESSION_S_MAX);
    if !sessions::any_old(&hub.db, quiet_since, made_before, now).await? {
        return Ok(false);
    }
    let mut tx = hub.db.begin().await?;
    let ended = sessions::end_old(&mut tx, quiet_since, made_before, now).await?;
    for (session, person) in &ended {
        audit::write(&mut tx, &deed(person, "session.timed_out", session), now).await?;
    }
    tx.commit().await?;
    hub.people.tell(ended.into_iter().map(|(session, _)| Ended::Session(session)));
    Ok(true)
}

/// Writes down that somebody was not let in, and how long they have to wait now: tries before that are refused unheard
/// and are not written. What was typed is not: it may be a password in the wrong field.
async fn failed(hub: &Hub, person: Option<&Person>, tries: &Try<'_>) -> Result<(), Error> {
    let target = person.map(|it| it.id.clone()).unwrap_or_default();
    let what = "session.refused";
    let now = hub.clock.now();
    let wait_s = tries.wait_s(now);
    let detail = if wait_s > 0 { json!({ "wait_s": wait_s }) } else { json!({}) };
    let deed = Deed { chain: Chain::Node, who: "visitor".into(), what, target, detail };
    audit::note(&hub.db, &deed, now).await
}

fn deed(person: &str, what: &'static str, target: &str) -> Deed {
    Deed { chain: Chain::Node, who: format!("person:{person}"), what, target: target.into(), detail: json!({}) }
}

fn refused(code: &'static str, detail: &str) -> Error {
    Error::Said(StatusCode::UNAUTHORIZED, code, detail.into())
}

/// Logins are kept in lower case, so that it does not matter how they are typed.
pub fn normal(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Ends every session of a person inside a transaction; tell `Ended` after the commit.
pub(super) async fn end_sessions(tx: &mut Tx, person: &str) -> Result<Vec<Ended>, Error> {
    let ended = sessions::end_of_person(tx, person, "").await?;
    Ok(ended.into_iter().map(Ended::Session).collect())
}
