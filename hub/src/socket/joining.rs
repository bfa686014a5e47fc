//! How somebody becomes a listener: heard, known, subscribed, given a place, welcomed.
//!
//! What is needed only here is gone when it is done. It decides nothing about who may hear what: see `guest`.

use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;
use wire::At;
use wire::heard::{Retry, Welcome};
use wire::hello::{Cut as Amount, Face, Follow};

use super::close::Close;
use super::following::{Following, Latest, Wish, knows, mine_text};
use super::guest::{Arrival, Guest, hall_id, hear, part};
use super::reader::Reader;
use super::roster::{Coming, Place, Roster};
use super::writer::Writer;
use super::{live, mine};
use crate::error::Error;
use crate::feed::{Bell, text};
use crate::{Hub, store};

/// Bounds of the random wait before a listener comes back, seconds: a whole city is back within ten.
const RETRY: Retry = Retry { min_s: 0.5, max_s: 8.0 };

#[derive(Serialize)]
struct WelcomeText {
    welcome: Welcome,
}

/// What a listener keeps of its arrival.
pub struct Joined {
    /// What wakes it.
    pub bell: Arc<Bell>,
    /// The halls it follows.
    pub following: Box<[Following]>,
    /// Its place in the roster.
    pub place: Place,
}

/// Hears the hello, says welcome, and sends everything up to now.
pub async fn join<R, W>(
    hub: &Hub,
    reader: &mut Reader<R>,
    writer: &mut Writer<W>,
    arrival: Arrival,
) -> Result<Joined, Close>
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin + Send,
{
    if !arrival.ours {
        return Err(Close::Version);
    }
    let first = hear(hub, reader, writer).await?;
    let guest = Guest::of(hub, first, arrival.cookie.as_deref()).await?;
    let bell = Arc::new(Bell::default());
    let mut following = Vec::with_capacity(guest.follow.len());
    for wanted in &guest.follow {
        following.push(follow(hub, &guest, wanted, &bell).await?);
    }
    let home = guest.follow.first().map(hall_id).transpose()?;
    let coming = Coming {
        bell: bell.clone(),
        key: guest.key(),
        player: guest.caller.player().map(str::to_owned).zip(home),
        address: arrival.address,
        limited: !hub.people.is_demo(),
    };
    let place = Roster::enter(hub, coming)?;
    writer.texts(&[welcome(hub)]).await.map_err(|_| Close::Slow)?;
    if guest.face == Face::Ticket {
        tell_closed(hub, &following, writer).await?;
    }
    Ok(Joined { bell, following: following.into(), place })
}

/// Subscribes to one hall and finds out what its listener needs first.
async fn follow(hub: &Hub, guest: &Guest, wanted: &Follow, bell: &Arc<Bell>) -> Result<Following, Close> {
    let id = hall_id(wanted)?;
    let listening = hub.feed.follow(&hub.db, &hub.tasks, &id, bell);
    let look = async {
        let seen = hub.halls.seen(&id).await?;
        Ok((seen.hall, At { epoch: seen.epoch, seq: seen.seq }))
    };
    listening
        .ready(&hub.db, look)
        .await
        .map_err(|cause| if matches!(cause, Error::Missing(_)) { Close::Missing("hall") } else { Close::Restarting })?;
    let (hall, _) = listening.followed().hall().ok_or(Close::Missing("hall"))?;
    let cut = guest.may_hear(&id, &hall.setup)?;
    if let Some(ticket) = &wanted.ticket {
        let ticket = ticket.as_str().into();
        if !knows(&hall, &ticket) && !is_ours(hub, &id, &ticket).await {
            return Err(Close::Missing("ticket"));
        }
        return Ok(Following { listening, wish: Wish::mine(ticket) });
    }
    if wanted.cut == Some(Amount::Summary) {
        return Ok(Following { listening, wish: Wish::Summary(Latest::new(Instant::now())) });
    }
    live::begin(hub, listening.followed());
    let mut sent = None;
    if let Some(at) = wanted.at {
        listening.wait_for(at).await;
        let reached = listening.reach_back(&hub.db, at).await;
        sent = Some(at).filter(|_| reached);
    }
    Ok(Following { listening, wish: Wish::Frames { cut, part: part(wanted), sent, live: 0, voiced: None } })
}

/// Whether a ticket the hall has forgotten was once its own.
async fn is_ours(hub: &Hub, hall: &hall::HallId, ticket: &hall::TicketId) -> bool {
    let found = store::tickets::by_id(&hub.db, ticket).await;
    found.is_ok_and(|it| it.is_some_and(|it| it.hall == *hall))
}

/// A ticket that was closed long ago is told once, as it was written down; nothing will change it.
async fn tell_closed<W: AsyncWrite + Unpin + Send>(
    hub: &Hub,
    following: &[Following],
    writer: &mut Writer<W>,
) -> Result<(), Close> {
    for it in following {
        let (Wish::Mine { ticket, .. }, Some((hall, _))) = (&it.wish, it.listening.followed().hall()) else {
            continue;
        };
        if knows(&hall, ticket) {
            continue;
        }
        if let Ok(Some(found)) = store::tickets::by_id(&hub.db, ticket).await {
            let mine = mine::shown(&hall, &found.ticket, |_| None);
            let said = mine_text(&found.hall, &mine);
            writer.texts(&[said]).await.map_err(|_| Close::Slow)?;
        }
    }
    Ok(())
}

fn welcome(hub: &Hub) -> Bytes {
    let heartbeat_s = u32::try_from(hub.config.pace.heartbeat.as_secs()).unwrap_or(u32::MAX).max(1);
    text(&WelcomeText { welcome: Welcome { now: hub.clock.now(), heartbeat_s, retry: RETRY } })
}
