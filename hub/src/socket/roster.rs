//! Who listens on this node right now: for revocation, for limits, and to know which players are online.
//!
//! In memory only; what must survive a restart stands elsewhere.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::Arc;

use hall::HallId;
use parking_lot::Mutex;
use tokio::sync::broadcast::error::RecvError;

use super::close::Close;
use crate::Hub;
use crate::feed::Bell;
use crate::metrics;
use crate::people::Ended;

/// Most sockets of one node.
pub const LISTENERS_MAX: usize = 50_000;
/// Most sockets without a token or session from one address. A hall's visitors may share one; what comes from this
/// machine itself comes through a proxy that limits for us.
pub const STRANGERS_PER_ADDRESS_MAX: usize = 1_000;

/// See the module.
#[derive(Debug, Default)]
pub struct Roster {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    next: u64,
    present: HashMap<u64, Present>,
    strangers: HashMap<IpAddr, usize>,
    players: HashMap<Arc<str>, Player>,
}

/// One open socket.
#[derive(Debug)]
struct Present {
    bell: Arc<Bell>,
    key: Option<Key>,
    player: Option<Arc<str>>,
    stranger: Option<IpAddr>,
}

/// A player that was here since the hub started.
#[derive(Debug)]
struct Player {
    hall: HallId,
    sockets: usize,
}

/// What stands behind a listener.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Key {
    /// A person's session, by id.
    Session(Arc<str>),
    /// A token, by id.
    Token(Arc<str>),
}

/// Somebody who comes.
#[derive(Debug)]
pub struct Coming {
    /// What tells them to go.
    pub bell: Arc<Bell>,
    /// What stands behind them.
    pub key: Option<Key>,
    /// The player it is, and its hall.
    pub player: Option<(String, HallId)>,
    /// Where from.
    pub address: IpAddr,
    /// Whether strangers are counted by address.
    pub limited: bool,
}

/// A place in the roster; dropping it leaves.
pub struct Place {
    hub: Hub,
    number: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.hub.roster.leave(self.number);
    }
}

impl Roster {
    /// Whether a player has a socket open on this node.
    pub fn is_online(&self, player: &str) -> bool {
        self.state.lock().players.get(player).is_some_and(|it| it.sockets > 0)
    }

    /// The players of a hall that were here since the hub started, and whether they still are.
    pub fn players_in(&self, hall: &HallId) -> BTreeMap<String, bool> {
        let state = self.state.lock();
        let ours = state.players.iter().filter(|(_, it)| it.hall == *hall);
        ours.map(|(id, it)| (id.to_string(), it.sockets > 0)).collect()
    }

    /// How many sockets are open.
    pub fn len(&self) -> usize {
        self.state.lock().present.len()
    }

    /// Whether nobody listens.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Gives somebody a place, if there is one.
    pub(super) fn enter(hub: &Hub, coming: Coming) -> Result<Place, Close> {
        let mut state = hub.roster.state.lock();
        if state.present.len() >= LISTENERS_MAX {
            return Err(Close::TooMany("this hub has no room for more listeners"));
        }
        let stranger = Some(coming.address)
            .filter(|it| coming.key.is_none() && coming.limited && !it.to_canonical().is_loopback());
        if let Some(address) = stranger {
            let from_there = state.strangers.entry(address).or_default();
            if *from_there >= STRANGERS_PER_ADDRESS_MAX {
                return Err(Close::TooMany("too many listeners from one address"));
            }
            *from_there += 1;
        }
        let player = coming.player.map(|(id, hall)| (Arc::<str>::from(id), hall));
        if let Some((id, hall)) = &player {
            let player = state.players.entry(id.clone()).or_insert_with(|| Player { hall: hall.clone(), sockets: 0 });
            player.hall = hall.clone();
            player.sockets += 1;
        }
        state.next += 1;
        let number = state.next;
        let player = player.map(|(id, _)| id);
        state.present.insert(number, Present { bell: coming.bell, key: coming.key, player, stranger });
        metrics::listener_came();
        Ok(Place { hub: hub.clone(), number })
    }

    fn leave(&self, number: u64) {
        let mut state = self.state.lock();
        let Some(gone) = state.present.remove(&number) else {
            return;
        };
        if let Some(player) = gone.player.and_then(|it| state.players.get_mut(&it)) {
            player.sockets -= 1;
        }
        if let Some(address) = gone.stranger {
            let left = state.strangers.get(&address).map_or(0, |it| it - 1);
            if left == 0 {
                state.strangers.remove(&address);
            } else {
                state.strangers.insert(address, left);
            }
        }
    }

    /// Lets everybody go of whom it holds.
    fn end(&self, close: Close, who: impl Fn(&Present) -> bool) {
        let state = self.state.lock();
        let gone = state.present.values().filter(|it| who(it));
        gone.for_each(|it| it.bell.end(close.code()));
    }
}

/// Lets listeners go whose session or token ends, and everybody when the hub ends.
pub(super) async fn watch(hub: Hub) {
    let mut ended = hub.people.revoked();
    while let Some(news) = hub.stop.run_until_cancelled(ended.recv()).await {
        match news {
            Ok(Ended::Session(id)) => {
                hub.roster.end(Close::SignedOut, |it| it.key == Some(Key::Session(id.as_str().into())))
            }
            Ok(Ended::Token(id)) => {
                hub.roster.end(Close::Refused(""), |it| it.key == Some(Key::Token(id.as_str().into())))
            }
            Ok(Ended::Place(id)) => {
                hub.roster.end(Close::Changed, |it| it.player.as_deref() == Some(id.as_str()));
            }
            // Nobody knows who it was: everybody with a key comes back and shows it again.
            Err(RecvError::Lagged(_)) => hub.roster.end(Close::Restarting, |it| it.key.is_some()),
            Err(RecvError::Closed) => break,
        }
    }
    hub.stop.cancelled().await;
    hub.roster.end(Close::Restarting, |_| true);
}
