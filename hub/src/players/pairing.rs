//! Pairing: a program shows a code on its screen, an administrator approves it, the program fetches its token once.
//!
//! The code tells an administrator which screen they look at; the secret, which only the program holds, is what
//! fetches the token. Both are good for ten minutes.

use axum::http::StatusCode;
use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use super::{Face, Place, Settings};
use crate::error::{Error, FieldError};
use crate::people::address::Address;
use crate::people::audit::{self, Chain, Deed};
use crate::people::{Caller, Permission, credentials, hash_of, second_proof};
use crate::setup::Findings;
use crate::store::pairings::{self, Pairing};
use crate::store::players;
use crate::{Hub, chance};

/// Characters of a code.
const CODE_CHARS: usize = 6;
/// How long a code is good, seconds.
const GOOD_S: i64 = 600;
/// Pairings that are not over, at one time.
const PAIRINGS_MAX: i64 = 1_000;
/// Codes that are tried when one is taken.
const CODES_TRIED: usize = 5;
/// How long a pairing that is over is remembered, so that its program is told, seconds.
const REMEMBERED_S: i64 = 3_600;
const WAITING: &str = "waiting";
const APPROVED: &str = "approved";
const HANDED: &str = "handed";
const REFUSED: &str = "refused";

/// What a program is given.
#[derive(Clone, Debug)]
pub struct Begun {
    /// To be shown.
    pub code: String,
    /// To be kept.
    pub secret: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// Begins a pairing.
pub async fn begin(hub: &Hub, face: Face, wish: Settings, from: Address) -> Result<Begun, Error> {
    let mut found = Findings::default();
    wish.check(&mut found);
    if !found.0.is_empty() {
        let as_sent = |it: FieldError| FieldError { field: it.field.replacen("settings", "wish", 1), ..it };
        return Err(Error::Bad(found.0.into_iter().map(as_sent).collect()));
    }
    let now = hub.clock.now();
    hub.people.throttle.pairing(from.0, now)?;
    let secret = chance::secret();
    let mut pairing = Pairing {
        code: String::new(),
        secret_hash: hash_of(&secret),
        face: face.as_str().into(),
        wish: serde_json::to_string(&wish).map_err(|cause| Error::Broken(cause.to_string()))?,
        state: WAITING.into(),
        player: None,
        made_at: now,
        expires_at: now + Duration::seconds(GOOD_S),
    };
    for _ in 0..CODES_TRIED {
        pairing.code = second_proof::clear_code::<CODE_CHARS>();
        if write(hub, &pairing, now).await? {
            return Ok(Begun { code: pairing.code, secret, expires_at: pairing.expires_at });
        }
    }
    Err(Error::Busy("no free pairing code was found"))
}

/// False if the code is taken.
async fn write(hub: &Hub, pairing: &Pairing, now: DateTime<Utc>) -> Result<bool, Error> {
    let mut tx = hub.db.begin().await?;
    pairings::forget(&mut tx, now - Duration::seconds(REMEMBERED_S)).await?;
    if pairings::count(&mut tx, now).await? >= PAIRINGS_MAX {
        return Err(Error::TooMany(60));
    }
    match pairings::add(&mut tx, pairing).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(true)
        }
        Err(cause) if cause.as_database_error().is_some_and(|it| it.is_unique_violation()) => {
            tx.rollback().await?;
            Ok(false)
        }
        Err(cause) => Err(cause.into()),
    }
}

/// What became of a pairing, for the program that began it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Became {
    /// Nobody has decided yet.
    Waiting,
    /// It is a player: its id, where its page is, and its token the first time it asks.
    Player {
        /// The player.
        id: String,
        /// Its page, if it draws one.
        path: Option<String>,
        /// Its token, once.
        token: Option<String>,
    },
    /// An administrator did not want it.
    Refused,
    /// Nobody decided in time.
    Expired,
}

/// What became of the pairing of a secret.
pub async fn ask(hub: &Hub, secret: &str) -> Result<Became, Error> {
    let found = pairings::by_secret(&hub.db, &hash_of(secret)).await?.ok_or(Error::Missing("pairing"))?;
    let now = hub.clock.now();
    match (found.state.as_str(), &found.player) {
        (REFUSED, _) => Ok(Became::Refused),
        (APPROVED | HANDED, Some(player)) => hand(hub, &found.code, player, now).await,
        _ if found.expires_at <= now => Ok(Became::Expired),
        _ => Ok(Became::Waiting),
    }
}

/// Gives the token, the first time and only while the code is good.
async fn hand(hub: &Hub, code: &str, player: &str, now: DateTime<Utc>) -> Result<Became, Error> {
    let Some(found) = players::by_id(&hub.db, player).await? else {
        return Ok(Became::Refused);
    };
    let place = super::place_of(&found)?;
    let mut tx = hub.db.begin().await?;
    let first = pairings::turn(&mut tx, code, APPROVED, HANDED, None, now).await?;
    let token = first.then(credentials::chance_token);
    if let Some(token) = &token {
        super::give_token(hub, &mut tx, player, &place, token).await?;
    }
    tx.commit().await?;
    Ok(Became::Player { path: super::path_of(player, &place), id: player.into(), token })
}

/// Those that wait.
pub async fn waiting(hub: &Hub, caller: &Caller) -> Result<Vec<Pairing>, Error> {
    caller.may_somewhere(Permission::ManagePlayers)?;
    Ok(pairings::waiting(&hub.db, hub.clock.now()).await?)
}

/// Approves the program that shows a code: it becomes a player. Tells its id.
pub async fn approve(hub: &Hub, caller: &Caller, code: &str, place: &Place) -> Result<String, Error> {
    caller.may(&place.hall, Permission::ManagePlayers)?;
    let (id, now) = (chance::row_id(), hub.clock.now());
    let mut tx = hub.db.begin().await?;
    if !pairings::turn(&mut tx, &typed(code), WAITING, APPROVED, Some(&id), now).await? {
        return Err(no_such_code());
    }
    super::add(hub, &mut tx, &caller.name(), id.clone(), place).await?;
    tx.commit().await?;
    Ok(id)
}

/// Refuses the program that shows a code.
pub async fn refuse(hub: &Hub, caller: &Caller, code: &str) -> Result<(), Error> {
    caller.may_somewhere(Permission::ManagePlayers)?;
    let now = hub.clock.now();
    let mut tx = hub.db.begin().await?;
    if !pairings::turn(&mut tx, &typed(code), WAITING, REFUSED, None, now).await? {
        return Err(no_such_code());
    }
    let what = "player.refused";
    let deed = Deed { chain: Chain::Node, who: caller.name(), what, target: String::new(), detail: json!({}) };
    audit::write(&mut tx, &deed, now).await?;
    Ok(tx.commit().await?)
}

/// How a code is typed does not matter.
fn typed(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_uppercase()).collect()
}

fn no_such_code() -> Error {
    let said = "no screen shows this code any more; look at the screen again";
    Error::Said(StatusCode::NOT_FOUND, "no_such", said.into())
}
