//! Hallcast's hub: the halls, their journals, and everyone who listens.
//!
//! `http` and `socket` are the only faces; `halls` is the only door through which a hall changes;
//! `store` is the only place that speaks SQL. `http -> halls -> store`, `socket -> feed`.

use std::sync::Arc;

pub mod alerts;
pub mod asyncapi;
pub mod backup;
pub mod chance;
pub mod clock;
pub mod config;
pub mod crypt;
pub mod demo;
pub mod error;
pub mod feed;
pub mod folder;
pub mod halls;
pub mod http;
pub mod metrics;
pub mod notify;
pub mod offer;
pub mod pad;
pub mod people;
pub mod players;
pub mod public;
mod server;
pub mod setup;
pub mod simulate;
pub mod sites;
pub mod slip;
pub mod socket;
pub mod speech;
pub mod store;
pub mod today;

pub use config::Config;
pub use error::{Error, Problem};
pub use server::Server;

/// A running hub, as its parts see it. Cheap to clone.
#[derive(Clone)]
pub struct Hub {
    inner: Arc<Parts>,
}

/// The parts of a hub; see the module of each.
pub struct Parts {
    /// How it was started.
    pub config: Config,
    /// What links and QR codes point at, without a slash at the end.
    pub public_url: String,
    /// What time it is.
    pub clock: clock::Clock,
    /// The tables.
    pub db: store::Db,
    /// Who may use it, and what ended.
    pub people: people::People,
    /// What kiosks were offered lately.
    pub offers: offer::Offers,
    /// How far each hall has come, for listeners.
    pub feed: feed::Feed,
    /// Who listens on this node right now.
    pub roster: socket::Roster,
    /// How players are, as they say.
    pub reports: players::report::Reports,
    /// The one door through which a hall changes.
    pub halls: halls::Halls,
    /// Things that a person must look at.
    pub alerts: alerts::Alerts,
    /// The sounds of its calls.
    pub speech: speech::Speech,
    /// Slips of tickets.
    pub slips: slip::Slips,
    /// Who carries what is owed to the outside world.
    pub courier: notify::Courier,
    /// Keys of personal data.
    pub keys: Arc<crypt::Keys>,
    /// Every task of the hub; shutdown waits for them.
    pub tasks: tokio_util::task::TaskTracker,
    /// Told when the hub ends.
    pub stop: tokio_util::sync::CancellationToken,
    /// When it started.
    pub started: std::time::Instant,
}

impl std::ops::Deref for Hub {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.inner
    }
}

impl Hub {
    /// Spawns a task that shutdown waits for.
    pub fn spawn<F>(&self, task: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.tasks.spawn(task);
    }
}
