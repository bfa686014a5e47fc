//! Who is asking: the extractor of every handler that wants to know.
//!
//! A bearer token goes before the session cookie. On a write the cookie alone carries no authority: the
//! `X-CSRF-Token` header must come with it, else the caller is nobody. A bad token is an error; an old cookie
//! is nobody, so that public pages go on working.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum_extra::extract::CookieJar;
use chrono::Duration;
use hall::{By, Command, HallId, Reach};
use subtle::ConstantTimeEq;

use super::address::Address;
use super::permission::{Permission, reach_of};
use super::role::Grant;
use super::{SEEN_EVERY_S, SESSION_S_MAX, csrf_of, hash_of};
use crate::Hub;
use crate::error::Error;
use crate::store::{sessions, tokens};

/// The session's cookie.
pub const SESSION_COOKIE: &str = "hallcast_session";
/// The header that must come with it on every write.
const CSRF_HEADER: &str = "x-csrf-token";
/// The query by which a page says that somebody is at it.
const HERE: &str = "here=true";
/// Longest key we look up, characters.
const KEY_CHARS_MAX: usize = 128;

/// Who is asking, and what they were given.
#[derive(Clone, Debug)]
pub struct Caller {
    who: Who,
    grants: Vec<Grant>,
}

/// What kind of caller.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Who {
    /// We do not know.
    Nobody {
        /// There was a session, but the CSRF token was missing on a write.
        unproved: bool,
    },
    /// A person with a session.
    Person {
        /// Their id.
        id: String,
        /// Their session's id.
        session: String,
        /// They were given a password and have not chosen their own yet.
        must_change_password: bool,
    },
    /// A program or a player.
    Token {
        /// The token's id.
        id: String,
        /// The player that holds it.
        player: Option<String>,
    },
}

impl Caller {
    /// Somebody we know nothing of.
    pub fn nobody() -> Self {
        Self { who: Who::Nobody { unproved: false }, grants: Vec::new() }
    }

    /// A person, from their session's key; nobody if it is not good (any more). Only what is `used` keeps the session
    /// from ending: a page that reads by itself does not.
    pub async fn by_session(hub: &Hub, key: &str, used: bool) -> Result<Self, Error> {
        if key.len() > KEY_CHARS_MAX {
            return Ok(Self::nobody());
        }
        let now = hub.clock.now();
        let Some(found) = sessions::by_key(&hub.db, &hash_of(key)).await? else {
            return Ok(Self::nobody());
        };
        let idle = Duration::seconds(hub.people.idle_s().into());
        if now - found.last_seen > idle
            || now - found.made_at > Duration::seconds(SESSION_S_MAX)
            || !found.holds_at(now)
        {
            return Ok(Self::nobody());
        }
        let seen_every = Duration::seconds(SEEN_EVERY_S).min(idle / 10);
        if used && now - found.last_seen > seen_every {
            sessions::seen(&hub.db, &found.id, now).await?;
        }
        let grants = crate::store::people::grants_of(&hub.db, &found.person).await?;
        let must_change_password = found.must_change_password;
        Ok(Self { who: Who::Person { id: found.person, session: found.id, must_change_password }, grants })
    }

    /// A program or player, from its token.
    pub async fn by_token(hub: &Hub, token: &str) -> Result<Self, Error> {
        const NOT_KNOWN: Error = Error::Unknown("this token is not known here or was revoked");
        if token.len() > KEY_CHARS_MAX {
            return Err(NOT_KNOWN);
        }
        let found = tokens::by_key(&hub.db, &hash_of(token)).await?.ok_or(NOT_KNOWN)?;
        let now = hub.clock.now();
        if found.last_seen.is_none_or(|seen| now - seen > Duration::seconds(SEEN_EVERY_S)) {
            tokens::seen(&hub.db, &found.id, now).await?;
        }
        Ok(Self { grants: found.grants(), who: Who::Token { id: found.id, player: found.player } })
    }

    /// Whether they may; the error says what is missing.
    pub fn may(&self, hall: &HallId, permission: Permission) -> Result<(), Error> {
        self.check(self.sees(hall, permission))
    }

    /// Whether they may ask a hall for this command. (A visitor's own `cancel`, `defer` and `check_in` need no
    /// permission but the ticket's key: see the command door.)
    pub fn may_ask(&self, hall: &HallId, command: &Command) -> Result<(), Error> {
        // Naming oneself is not naming somebody else.
        let own = |staff: &String| Some(staff.as_str()) == self.person();
        if matches!(command, Command::OpenCounter(open) if open.staff.as_ref().is_some_and(own)) {
            return self.may(hall, Permission::Serve);
        }
        self.may(hall, Permission::to_ask(command))
    }

    /// Whether they may in every hall: for what belongs to the hub and not to one hall.
    pub fn may_everywhere(&self, permission: Permission) -> Result<(), Error> {
        self.check(self.grants.iter().any(|it| it.hall.is_none() && permission.holders().contains(&it.scope)))
    }

    /// Whether there is any hall in which they may.
    pub fn may_somewhere(&self, permission: Permission) -> Result<(), Error> {
        self.check(self.grants.iter().any(|it| permission.holders().contains(&it.scope)))
    }

    /// The same as `may`, for filtering lists.
    pub fn sees(&self, hall: &HallId, permission: Permission) -> bool {
        self.grants_in(hall).any(|it| permission.holders().contains(&it.scope))
    }

    /// Who caused it, for the journal. Somebody we do not know can only be a visitor.
    pub fn by(&self) -> By {
        match &self.who {
            Who::Nobody { .. } => By::Visitor,
            Who::Person { id, .. } => By::Person(id.clone()),
            Who::Token { id, .. } => By::Token(id.clone()),
        }
    }

    /// How far their word reaches in a hall.
    pub fn reach(&self, hall: &HallId) -> Reach {
        let reaches = self.grants_in(hall).map(|it| reach_of(it.scope));
        reaches.fold(Reach::Ticket, |far, it| match (far, it) {
            (Reach::Hall, _) | (_, Reach::Hall) => Reach::Hall,
            (Reach::Own, _) | (_, Reach::Own) => Reach::Own,
            (Reach::Ticket, Reach::Ticket) => Reach::Ticket,
        })
    }

    /// What kind of caller this is.
    pub fn who(&self) -> &Who {
        &self.who
    }

    /// The person's id; an error for everybody else. Nothing more is asked, not even a password of their own.
    pub fn known_person(&self) -> Result<&str, Error> {
        match &self.who {
            Who::Person { id, .. } => Ok(id),
            Who::Nobody { unproved: true } => Err(self.check(false).err().unwrap_or(Error::Unknown("sign in"))),
            Who::Nobody { unproved: false } | Who::Token { .. } => Err(Error::Unknown("sign in")),
        }
    }

    /// The person's id, if it is one.
    pub fn person(&self) -> Option<&str> {
        match &self.who {
            Who::Person { id, .. } => Some(id),
            Who::Nobody { .. } | Who::Token { .. } => None,
        }
    }

    /// The player's id, if it is one.
    pub fn player(&self) -> Option<&str> {
        match &self.who {
            Who::Token { player, .. } => player.as_deref(),
            Who::Nobody { .. } | Who::Person { .. } => None,
        }
    }

    /// A name for scopes of idempotency keys and for the audit: `person:ID`, `token:ID` or `visitor`.
    pub fn name(&self) -> String {
        match &self.who {
            Who::Nobody { .. } => "visitor".into(),
            Who::Person { id, .. } => format!("person:{id}"),
            Who::Token { id, .. } => format!("token:{id}"),
        }
    }

    /// What they were given.
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    fn grants_in<'a>(&'a self, hall: &'a HallId) -> impl Iterator<Item = &'a Grant> {
        self.grants.iter().filter(move |it| it.hall.as_ref().is_none_or(|only| only == hall))
    }

    fn check(&self, given: bool) -> Result<(), Error> {
        match &self.who {
            Who::Nobody { unproved: false } => Err(Error::Unknown("sign in, or send a token")),
            Who::Nobody { unproved: true } => Err(Error::Said(
                StatusCode::FORBIDDEN,
                "csrf",
                "send the session's CSRF token (header X-CSRF-Token, from /me) with every change".into(),
            )),
            Who::Person { must_change_password: true, .. } => Err(Error::Said(
                StatusCode::FORBIDDEN,
                "must_change_password",
                "choose a password of your own first".into(),
            )),
            Who::Person { .. } | Who::Token { .. } if given => Ok(()),
            Who::Person { .. } => Err(Error::Forbidden("your roles do not allow this here; ask an administrator")),
            Who::Token { .. } => Err(Error::Forbidden("the scopes of this token do not allow this here")),
        }
    }
}

impl FromRequestParts<Hub> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, hub: &Hub) -> Result<Self, Error> {
        let caller = recognise(parts, hub).await?;
        if matches!(caller.who, Who::Nobody { .. }) && !parts.method.is_safe() {
            hub.people.throttle.stranger(Address::of(parts, hub).0, hub.clock.now())?;
        }
        Ok(caller)
    }
}

async fn recognise(parts: &Parts, hub: &Hub) -> Result<Caller, Error> {
    if let Some(said) = parts.headers.get(header::AUTHORIZATION) {
        let token = said.to_str().ok().and_then(|it| it.split_once(' '));
        return match token {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Caller::by_token(hub, token.trim()).await,
            _ => Err(Error::Unknown("send the token as: Authorization: Bearer TOKEN")),
        };
    }
    let jar = CookieJar::from_headers(&parts.headers);
    let Some(key) = jar.get(SESSION_COOKIE).map(|it| it.value()) else {
        return Ok(Caller::nobody());
    };
    // Pages read by themselves all the time; when somebody touches them they say so.
    let used = !parts.method.is_safe() || parts.uri.query().is_some_and(|it| it == HERE);
    let caller = Caller::by_session(hub, key, used).await?;
    if parts.method.is_safe() || matches!(caller.who, Who::Nobody { .. }) {
        return Ok(caller);
    }
    match proof(&parts.headers, key) {
        Some(true) => Ok(caller),
        Some(false) => Err(Error::Said(
            StatusCode::FORBIDDEN,
            "csrf",
            "the CSRF token is not this session's; load the page again".into(),
        )),
        None => Ok(Caller { who: Who::Nobody { unproved: true }, grants: Vec::new() }),
    }
}

/// Whether the CSRF header is the session's; none if there is no header.
fn proof(headers: &HeaderMap, key: &str) -> Option<bool> {
    let sent = headers.get(CSRF_HEADER)?;
    Some(csrf_of(key).as_bytes().ct_eq(sent.as_bytes()).into())
}
