//! A hub from start to end: open, bind, serve, shut down.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::alerts::{self, Alerts};
use crate::clock::Clock;
use crate::config::Config;
use crate::crypt::{KEYS_VARIABLE, Keys};
use crate::error::Error;
use crate::feed::Feed;
use crate::folder::{Folder, database_file};
use crate::halls::Halls;
use crate::notify::Courier;
use crate::notify::printer::Printer;
use crate::people::People;
use crate::slip::Slips;
use crate::speech::{self, Speech};
use crate::store::Db;
use crate::{Hub, Parts, http};

/// How long open requests and tasks have to end, seconds.
const SHUTDOWN_WITHIN_S: u64 = 10;

/// A hub that is bound to its address but does not answer yet.
pub struct Server {
    hub: Hub,
    listener: TcpListener,
    /// Held until the hub has ended: nobody else works in its folder.
    _folder: Folder,
}

impl Server {
    /// Opens the data, binds the address and starts the hub's tasks.
    pub async fn bind(config: Config, clock: Clock) -> Result<Self, Error> {
        // First of all: where somebody else listens already, no new folder is left behind.
        let listener = TcpListener::bind(config.listen)
            .await
            .map_err(|cause| Error::Broken(format!("cannot listen on {}: {cause}", config.listen)))?;
        let folder = Folder::lock(&config.data)?;
        let db = open(&config).await?;
        let address = listener.local_addr().map_err(|cause| Error::Broken(cause.to_string()))?;
        let public_url = config.public_url.clone().unwrap_or_else(|| format!("http://{}", reachable(address)));
        let public_url = public_url.trim_end_matches('/').to_owned();
        let keys = Arc::new(Keys::open(&config.data, std::env::var(KEYS_VARIABLE).ok().as_deref())?);
        let speech = Speech::new(keys.clone(), &config.data, speech::open::quick(&config.voice, &config.data));
        let feed = Feed::new(speech.planner.clone());
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        let halls = Halls::new(
            db.clone(),
            clock.clone(),
            keys.clone(),
            feed.clone(),
            tasks.clone(),
            public_url.clone(),
            config.keep_days,
        );
        halls.start(stop.clone());
        let alerts = Alerts::new(db.clone(), clock.clone());
        let slips = Slips::new(halls.clone(), db.clone(), clock.clone(), public_url.clone(), config.font.clone());
        let hub = Hub {
            inner: Arc::new(Parts {
                alerts,
                slips,
                speech,
                courier: Courier::default(),
                public_url,
                config,
                clock,
                db,
                people: People::default(),
                offers: crate::offer::Offers::default(),
                feed,
                roster: crate::socket::Roster::default(),
                reports: crate::players::report::Reports::default(),
                halls,
                keys,
                tasks,
                stop,
                started: std::time::Instant::now(),
            }),
        };
        crate::metrics::start();
        crate::people::start(&hub).await?;
        if hub.config.demo {
            crate::demo::make(&hub).await?;
        }
        start_rounds(&hub);
        speech::start(&hub);
        crate::socket::start(&hub);
        Ok(Self { hub, listener, _folder: folder })
    }

    /// The address it is bound to.
    pub fn address(&self) -> SocketAddr {
        self.listener.local_addr().unwrap_or(self.hub.config.listen)
    }

    /// The hub itself.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// Answers until `stop` is told, then ends cleanly: no new requests, those under way are answered,
    /// listeners are told to come back, tasks end, the database is closed.
    pub async fn run(self) -> Result<(), Error> {
        let hub = self.hub.clone();
        let stop = hub.stop.clone();
        // The address is bound, so whoever reads it now is answered.
        crate::demo::announce(&hub)?;
        let app = http::router(hub.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let serving = axum::serve(self.listener, app).with_graceful_shutdown(stop.clone().cancelled_owned());
        let force = async {
            stop.cancelled().await;
            tokio::time::sleep(Duration::from_secs(SHUTDOWN_WITHIN_S)).await;
        };
        tokio::select! {
            ended = serving => ended.map_err(|cause| Error::Broken(cause.to_string()))?,
            () = force => tracing::warn!("some requests did not end in time"),
        }
        hub.tasks.close();
        if tokio::time::timeout(Duration::from_secs(SHUTDOWN_WITHIN_S), hub.tasks.wait()).await.is_err() {
            tracing::warn!("some tasks did not end in time");
        }
        hub.db.close().await;
        Ok(())
    }
}

/// Starts what goes on by itself: carrying what is owed, and looking for what is wrong.
fn start_rounds(hub: &Hub) {
    let printer = Printer { db: hub.db.clone(), slips: Arc::new(hub.slips.clone()), alerts: hub.alerts.clone() };
    let tables = (hub.db.clone(), hub.clock.clone());
    hub.courier.start(tables, vec![Arc::new(printer)], &hub.tasks, hub.stop.clone());
    alerts::rounds::start(hub);
}

/// An address at which this machine reaches a listener: one that listens everywhere listens on the loopback too.
fn reachable(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => (Ipv4Addr::LOCALHOST, address.port()).into(),
        IpAddr::V6(ip) if ip.is_unspecified() => (Ipv6Addr::LOCALHOST, address.port()).into(),
        IpAddr::V4(_) | IpAddr::V6(_) => address,
    }
}

async fn open(config: &Config) -> Result<Db, Error> {
    match &config.database {
        Some(url) => Ok(Db::postgres(url).await?),
        None => Ok(Db::sqlite(&database_file(&config.data), config.flush).await?),
    }
}
