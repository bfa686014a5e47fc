//! The hello: what was said, who says it, and what they may hear.

use std::collections::HashSet;
use std::net::IpAddr;

use hall::{HallId, Setup};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;
use wire::Part;
use wire::hello::{Cut as Amount, Face, First, Follow, HALLS_MAX, HELLO_BYTES_MAX};

use super::close::Close;
use super::reader::{Fault, Reader, Said};
use super::roster::Key;
use super::writer::Writer;
use crate::Hub;
use crate::error::Error;
use crate::people::{Caller, Permission, Who};
use crate::public::Cut;

/// Most zones or counters named for one hall.
const PART_MAX: usize = 200;
/// Longest id that is looked up, bytes.
const ID_BYTES_MAX: usize = 64;

/// How somebody came, before they said anything.
#[derive(Debug)]
pub struct Arrival {
    /// From where.
    pub address: IpAddr,
    /// The key of their session.
    pub cookie: Option<String>,
    /// They speak our protocol.
    pub ours: bool,
}

/// Who listens, to what.
#[derive(Debug)]
pub struct Guest {
    /// What is drawn from it.
    pub face: Face,
    /// Who it is.
    pub caller: Caller,
    /// The halls.
    pub follow: Vec<Follow>,
}

/// Reads the hello.
pub async fn hear<R, W>(hub: &Hub, reader: &mut Reader<R>, writer: &mut Writer<W>) -> Result<First, Close>
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin + Send,
{
    let said = async {
        loop {
            match reader.next().await {
                Ok(Said::Text(text)) => return Ok(text),
                Ok(Said::Binary) | Err(Fault::NotText) => return Err(Close::BadHello("hello is a text")),
                Ok(Said::Ping(payload)) => writer.pong(payload).await.map_err(|_| Close::Silent)?,
                Ok(Said::Pong) => {}
                Ok(Said::Close(_)) | Err(Fault::Gone) => return Err(Close::Silent),
                Err(Fault::TooLarge) => return Err(Close::BadHello("hello is larger than 16 KiB")),
                Err(Fault::Protocol) => return Err(Close::BadHello("this is not WebSocket")),
            }
        }
    };
    let text = timeout(hub.config.pace.hello_within, said).await.map_err(|_| Close::Silent)??;
    read(text.as_bytes())
}

/// Understands a hello: every field is known, nothing is said twice, nothing is too much.
pub fn read(bytes: &[u8]) -> Result<First, Close> {
    if bytes.len() > HELLO_BYTES_MAX {
        return Err(Close::BadHello("hello is larger than 16 KiB"));
    }
    let first: First = serde_json::from_slice(bytes).map_err(|_| Close::BadHello("this is no hello; see /api/docs"))?;
    let hello = &first.hello;
    if hello.follow.is_empty() {
        return Err(Close::BadHello("follow at least one hall"));
    }
    let summaries = hello.follow.iter().filter(|it| it.cut == Some(Amount::Summary)).count();
    if hello.follow.len() - summaries > HALLS_MAX {
        return Err(Close::TooMany("at most 64 halls; ask for summaries of more"));
    }
    if summaries > 0 && hello.face != Face::Wall {
        return Err(Close::BadHello("summaries are for walls"));
    }
    let mut halls = HashSet::new();
    if !hello.follow.iter().all(|it| halls.insert(it.hall.as_str())) {
        return Err(Close::BadHello("a hall is followed once"));
    }
    if hello.follow.iter().any(|it| it.ticket.is_some() != (hello.face == Face::Ticket)) {
        return Err(Close::BadHello("face ticket names a ticket, and no other face does"));
    }
    let named = |it: &Follow| it.zones.as_ref().map_or(0, Vec::len) + it.counters.as_ref().map_or(0, Vec::len);
    if hello.follow.iter().any(|it| named(it) > PART_MAX) {
        return Err(Close::TooMany("at most 200 zones and counters of a hall; leave them out for all"));
    }
    Ok(first)
}

impl Guest {
    /// Finds out who it is: by the token, else by the session.
    pub async fn of(hub: &Hub, first: First, cookie: Option<&str>) -> Result<Self, Close> {
        let hello = first.hello;
        let caller = match (&hello.token, cookie) {
            (Some(token), _) => Caller::by_token(hub, token).await,
            (None, Some(key)) => Caller::by_session(hub, key, false).await,
            (None, None) => Ok(Caller::nobody()),
        };
        let caller = caller.map_err(|cause| {
            if matches!(cause, Error::Unknown(_)) {
                Close::Refused("the token is not known here or was revoked")
            } else {
                Close::Restarting
            }
        })?;
        Ok(Self { face: hello.face, caller, follow: hello.follow })
    }

    /// What they may hear of a hall.
    pub fn may_hear(&self, hall: &HallId, setup: &Setup) -> Result<Cut, Close> {
        let known = self.caller.grants().iter().any(|it| it.hall.as_ref().is_none_or(|only| only == hall));
        match self.face {
            Face::Counter | Face::Wall => match self.caller.may(hall, Permission::SeeStaffCut) {
                Ok(()) => Ok(Cut::Staff),
                Err(_) => Err(Close::Refused("this face needs a token or session of staff")),
            },
            Face::Rating | Face::Player if known => Ok(Cut::Public),
            Face::Rating | Face::Player => Err(Close::Refused("this face needs the token of a player")),
            Face::Screen | Face::Strip | Face::Kiosk if known || setup.hall.public_board => Ok(Cut::Public),
            Face::Screen | Face::Strip | Face::Kiosk => {
                Err(Close::Refused("this hall shows its board to players only"))
            }
            // The ticket's key is the permission.
            Face::Ticket => Ok(Cut::Public),
        }
    }

    /// What stands behind it, so that it goes when that ends.
    pub fn key(&self) -> Option<Key> {
        match self.caller.who() {
            Who::Nobody { .. } => None,
            Who::Person { session, .. } => Some(Key::Session(session.as_str().into())),
            Who::Token { id, .. } => Some(Key::Token(id.as_str().into())),
        }
    }
}

/// The part of a hall that is followed.
pub fn part(follow: &Follow) -> Part {
    Part { zones: follow.zones.clone().unwrap_or_default(), counters: follow.counters.clone().unwrap_or_default() }
}

/// An id as it was said; one that is too long is no id of ours.
pub fn hall_id(follow: &Follow) -> Result<HallId, Close> {
    if follow.hall.len() > ID_BYTES_MAX {
        return Err(Close::Missing("hall"));
    }
    Ok(follow.hall.as_str().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(hello: &str) -> u16 {
        read(hello.as_bytes()).map_or_else(Close::code, |_| 0)
    }

    #[test]
    fn a_hello_says_what_is_drawn_and_what_is_followed() {
        assert_eq!(code(r#"{"hello": {"face": "screen", "follow": [{"hall": "h"}]}}"#), 0);
        let all = r#"{"hello": {"token": "t", "face": "counter", "follow": [
            {"hall": "h", "at": {"epoch": 1, "seq": 2}, "zones": ["z"], "counters": ["3"]}, {"hall": "g"}]}}"#;
        assert_eq!(code(all), 0);
        assert_eq!(code(r#"{"hello": {"face": "ticket", "follow": [{"hall": "h", "ticket": "k"}]}}"#), 0);
        assert_eq!(code(r#"{"hello": {"face": "wall", "follow": [{"hall": "h", "cut": "summary"}]}}"#), 0);
    }

    #[test]
    fn anything_else_is_a_bad_hello() {
        for hello in [
            "",
            "hello",
            "{}",
            "[]",
            r#"{"hello": {}}"#,
            r#"{"hello": {"face": "screen"}}"#,
            r#"{"hello": {"face": "screen", "follow": []}}"#,
            r#"{"hello": {"face": "mirror", "follow": [{"hall": "h"}]}}"#,
            r#"{"hello": {"face": "screen", "follow": [{"hall": 7}]}}"#,
            r#"{"hello": {"face": "screen", "follow": [{"hall": "h", "since": 7}]}}"#,
            r#"{"hello": {"face": "screen", "follow": [{"hall": "h"}], "more": 1}}"#,
            r#"{"hello": {"face": "screen", "follow": [{"hall": "h"}]}, "more": 1}"#,
            r#"{"hello": {"face": "screen", "face": "strip", "follow": [{"hall": "h"}]}}"#,
            r#"{"hello": {"face": "screen", "follow": [{"hall": "h"}]}} and more"#,
            r#"{"hello": {"face": "screen", "follow": [{"hall": "h"}, {"hall": "h"}]}}"#,
            r#"{"hello": {"face": "screen", "follow": [{"hall": "h", "ticket": "k"}]}}"#,
            r#"{"hello": {"face": "ticket", "follow": [{"hall": "h"}]}}"#,
            r#"{"hello": {"face": "screen", "follow": [{"hall": "h", "cut": "summary"}]}}"#,
            r#"{"hello": {"face": "screen", "follow": [{"hall": "h", "at": {"epoch": 1}}]}}"#,
            r#"{"hello": {"face": "screen", "follow": [{"hall": "h", "at": {"epoch": 1, "seq": 1e99}}]}}"#,
        ] {
            assert_eq!(code(hello), 4500, "{hello}");
        }
        assert_eq!(code(&"x".repeat(HELLO_BYTES_MAX + 1)), 4500);
        assert_eq!(read(b"\xFF\xFE").map_or_else(Close::code, |_| 0), 4500);
    }

    #[test]
    fn more_than_64_halls_are_too_many_unless_only_counted() {
        let follow = |more: &str| (0..65).map(|n| format!(r#"{{"hall": "h{n}"{more}}}"#)).collect::<Vec<_>>().join(",");
        assert_eq!(code(&format!(r#"{{"hello": {{"face": "wall", "follow": [{}]}}}}"#, follow(""))), 4503);
        let counted = follow(r#", "cut": "summary""#);
        assert_eq!(code(&format!(r#"{{"hello": {{"face": "wall", "follow": [{counted}]}}}}"#)), 0);
    }
}
