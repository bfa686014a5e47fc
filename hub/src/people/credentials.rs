//! Tokens of programs: made, shown once, listed, revoked.

use chrono::{DateTime, Utc};
use hall::HallId;
use serde_json::json;

use super::audit::{self, Chain, Deed};
use super::{Caller, Ended, Permission, Scope, hash_of};
use crate::error::{Error, Wrong};
use crate::store::{Db, Tx, tokens};
use crate::{Hub, chance};

/// What every token begins with, so that programs that look for leaked secrets know it.
const TOKEN_PREFIX: &str = "hct_";
/// Longest name, characters.
const NAME_CHARS_MAX: usize = 60;
/// Tokens of programs on one hub.
const TOKENS_MAX: i64 = 2_000;

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What it is for, in words.
    pub name: String,
    /// What it may.
    pub scopes: Vec<Scope>,
    /// Where; none = in every hall.
    pub hall: Option<HallId>,
}

/// A token that was made. `token` is shown once and kept nowhere.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its id.
    pub id: String,
    /// What its holder sends.
    pub token: String,
}

/// Whether the caller may keep tokens of a hall (none = of every hall).
fn may_keep(caller: &Caller, hall: Option<&HallId>) -> Result<(), Error> {
    match hall {
        Some(hall) => caller.may(hall, Permission::ManageTokens),
        None => caller.may_everywhere(Permission::ManageTokens),
    }
}

/// Makes a token.
pub async fn make(hub: &Hub, caller: &Caller, new: NewToken) -> Result<Made, Error> {
    may_keep(caller, new.hall.as_ref())?;
    make_unasked(&hub.db, &caller.name(), new, hub.clock.now()).await
}

/// The same for the hub itself and its command line.
pub async fn make_unasked(db: &Db, who: &str, new: NewToken, now: DateTime<Utc>) -> Result<Made, Error> {
    let chars = new.name.trim().chars().count();
    if !(1..=NAME_CHARS_MAX).contains(&chars) || new.name.chars().any(char::is_control) {
        let why = format!("must have 1 to {NAME_CHARS_MAX} characters");
        return Err(Error::bad("name", Wrong::Length.within(1..=NAME_CHARS_MAX, why)));
    }
    if new.scopes.is_empty() {
        return Err(Error::bad("scopes", Wrong::OneNeeded.why("must name at least one scope")));
    }
    let mut tx = db.begin().await?;
    if tokens::count(&mut tx).await? >= TOKENS_MAX {
        return Err(Error::Conflict("too_many_rows", format!("this hub holds {TOKENS_MAX} tokens; revoke some first")));
    }
    let token = chance_token();
    let id = write(&mut tx, who, &new, None, &token, now).await?;
    let detail = json!({ "scopes": new.scopes, "hall": new.hall, "named": { "name": new.name.trim() } });
    let deed =
        Deed { chain: Chain::of(new.hall.as_ref()), who: who.into(), what: "token.made", target: id.clone(), detail };
    audit::write(&mut tx, &deed, now).await?;
    tx.commit().await?;
    Ok(Made { id, token })
}

/// Writes a token that the caller knows, and tells its id.
pub(crate) async fn write(
    tx: &mut Tx,
    who: &str,
    new: &NewToken,
    player: Option<&str>,
    token: &str,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let mut scopes = new.scopes.clone();
    scopes.sort_unstable();
    scopes.dedup();
    let id = chance::row_id();
    let row = tokens::New {
        id: &id,
        token_hash: &hash_of(token),
        name: new.name.trim(),
        scopes: &scopes,
        hall: new.hall.as_ref(),
        player,
        made_by: who,
    };
    tokens::add(tx, row, now).await?;
    Ok(id)
}

/// A token as its holder sends it: 256 random bits behind a prefix.
pub(crate) fn chance_token() -> String {
    format!("{TOKEN_PREFIX}{}", chance::secret())
}

/// Tokens of programs that the caller may keep.
pub async fn list(hub: &Hub, caller: &Caller) -> Result<Vec<tokens::Token>, Error> {
    caller.may_somewhere(Permission::ManageTokens)?;
    let all = tokens::list(&hub.db).await?;
    Ok(all.into_iter().filter(|it| may_keep(caller, it.hall().as_ref()).is_ok()).collect())
}

/// Revokes a token: it is good no more, and its sockets are closed.
pub async fn revoke(hub: &Hub, caller: &Caller, id: &str) -> Result<(), Error> {
    caller.may_somewhere(Permission::ManageTokens)?;
    let found = tokens::by_id(&hub.db, id).await?.filter(|it| it.player.is_none()).ok_or(Error::Missing("token"))?;
    may_keep(caller, found.hall().as_ref())?;
    let now = hub.clock.now();
    let mut tx = hub.db.begin().await?;
    if !tokens::revoke(&mut tx, id, now).await? {
        return Err(Error::Missing("token"));
    }
    let chain = Chain::of(found.hall().as_ref());
    let detail = json!({ "named": { "name": found.name } });
    let deed = Deed { chain, who: caller.name(), what: "token.revoked", target: id.into(), detail };
    audit::write(&mut tx, &deed, now).await?;
    tx.commit().await?;
    hub.people.tell([Ended::Token(id.into())]);
    Ok(())
}
