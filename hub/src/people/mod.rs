//! Who somebody is and what they may: people with roles, programs and players with tokens.
//!
//! Keys are 256 random bits and only their hashes are stored; passwords are Argon2id. Does not know halls'
//! rules, and never how a request came in.

pub mod address;
pub mod audit;
mod caller;
pub mod credentials;
pub mod deeds;
pub mod login;
pub mod names;
pub mod password;
mod permission;
pub mod register;
mod role;
pub mod sealed;
pub mod second_proof;
pub mod serving;
pub mod settings;
pub mod throttle;

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use sha2::{Digest, Sha256};
use tokio::sync::broadcast;

use crate::Hub;
use crate::error::Error;

pub use caller::{Caller, SESSION_COOKIE, Who};
pub use permission::Permission;
pub use role::{Grant, Role, Scope};

/// Ended sessions and tokens that a slow listener may fall behind by; one that does must ask the tables.
const ENDED_KEPT: usize = 256;
/// Seconds without use (a change, or `GET /me?here=true`) after which a session ends, unless the hub is set otherwise.
pub const IDLE_S_DEFAULT: u32 = 1_800;
/// Seconds after which a session ends in any case: a long working day.
pub const SESSION_S_MAX: i64 = 14 * 3_600;
/// A session's or token's last use is written down at most once in so many seconds.
const SEEN_EVERY_S: i64 = 30;

/// What is no longer as it was; whoever serves it lets go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ended {
    /// A session, by id: signed out, idle, or its person was changed.
    Session(String),
    /// A token, by id: revoked, or its player was removed.
    Token(String),
    /// What a player knew of itself, by the player's id: it comes back and reads it anew.
    Place(String),
}

/// What the hub keeps in memory about people.
pub struct People {
    /// Makes and checks passwords' hashes.
    pub hasher: password::Hasher,
    /// How often somebody may try.
    pub throttle: throttle::Throttle,
    revoked: broadcast::Sender<Ended>,
    idle_s: AtomicU32,
    demo: AtomicBool,
}

impl Default for People {
    fn default() -> Self {
        Self {
            hasher: password::Hasher::default(),
            throttle: throttle::Throttle::default(),
            revoked: broadcast::Sender::new(ENDED_KEPT),
            idle_s: IDLE_S_DEFAULT.into(),
            demo: false.into(),
        }
    }
}

impl People {
    /// Tells of every session and token that ends on this node, from now on.
    pub fn revoked(&self) -> broadcast::Receiver<Ended> {
        self.revoked.subscribe()
    }

    /// The demo hall is here: addresses are not counted any more, since everybody comes from one.
    pub(crate) fn has_demo(&self) {
        self.demo.store(true, Ordering::Relaxed);
        self.throttle.do_not_count_addresses();
    }

    /// Whether the demo hall is here.
    pub fn is_demo(&self) -> bool {
        self.demo.load(Ordering::Relaxed)
    }

    /// Tells that sessions and tokens ended: after the commit that ends them.
    pub(crate) fn tell(&self, ended: impl IntoIterator<Item = Ended>) {
        for each in ended {
            // Without listeners there is nobody to tell.
            let _ = self.revoked.send(each);
        }
    }

    /// Seconds without use after which a session ends.
    pub fn idle_s(&self) -> u32 {
        self.idle_s.load(Ordering::Relaxed)
    }
}

/// How often sessions that are over are looked for, seconds.
const SWEEP_EVERY_S: u64 = 10;

/// Reads what is set, and from now on ends what is over.
pub(crate) async fn start(hub: &Hub) -> Result<(), Error> {
    settings::load(hub).await?;
    let sweeping = hub.clone();
    hub.spawn(async move {
        let every = std::time::Duration::from_secs(SWEEP_EVERY_S);
        while sweeping.stop.run_until_cancelled(tokio::time::sleep(every)).await.is_some() {
            if let Err(cause) = sweep(&sweeping).await {
                tracing::warn!(%cause, "old sessions could not be ended; they are refused all the same");
            }
        }
    });
    Ok(())
}

async fn sweep(hub: &Hub) -> Result<(), Error> {
    settings::load(hub).await?;
    login::end_old_sessions(hub).await.map(drop)
}

/// The only form in which a key is stored. Keys are 256 random bits, so no salt is needed.
pub(crate) fn hash_of(key: &str) -> String {
    hex::encode(Sha256::digest(key.as_bytes()))
}

/// The CSRF token of a session: follows from its key, tells nothing about it, and is not stored.
pub(crate) fn csrf_of(key: &str) -> String {
    hex::encode(Sha256::new().chain_update("hallcast csrf\n").chain_update(key).finalize())
}
