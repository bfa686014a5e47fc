//! The player: a link to the hub, a voice, a shelf, and reports, until it is told to stop or is not wanted any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use audio::announcer::Moment;
use audio::speaker::names;
use parking_lot::Mutex;
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::Clock;
use crate::config::Config;
use crate::fetch::Fetch;
use crate::hub::{Hub, Own, Pass, Trouble};
use crate::link::{Ended, Link, NEWS_MAX, News};
use crate::report::{Report, Rhythm};
use crate::shelf::Shelf;
use crate::speaker::Opening;
use crate::voice::{Outputs, Voice, Want};

/// How often speakers are looked after.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// How often the devices of this machine are listed anew.
const DEVICES_EVERY: Duration = Duration::from_secs(60);
/// Reports wait so long for devices to open.
const OPEN_WITHIN: Duration = Duration::from_secs(3);
/// How long to wait for a hub that is away.
const AGAIN_AFTER: Duration = Duration::from_secs(2);

/// Why a player stopped by itself.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The hub does not want it.
    #[error(transparent)]
    NotWanted(#[from] Ended),
    /// The hub refuses it.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

/// A player that runs.
struct Player {
    hub: Hub,
    hall: String,
    clock: Clock,
    voice: Voice,
    fetch: Fetch,
    shelf: Arc<Mutex<Shelf>>,
    tasks: TaskTracker,
    owns: mpsc::UnboundedSender<Own>,
    rhythm: Rhythm,
    unheard: Arc<AtomicBool>,
    devices: Arc<Mutex<Vec<String>>>,
    devices_at: Option<Moment>,
}

/// Runs until `stop`. The caller says how speakers are heard.
pub async fn run(config: &Config, pass: Pass, outputs: Outputs, stop: CancellationToken) -> Result<(), Stopped> {
    let hub = Hub::new(&config.hub, Some(pass.clone()))?;
    let tasks = TaskTracker::new();
    let shelf = Arc::new(Mutex::new(Shelf::open(config.folder.join("phrases"), config.shelf_bytes)));
    let Some(own) = first(&hub, &stop).await? else { return Ok(()) };
    let (owns, mut own_news) = mpsc::unbounded_channel();
    let mut player = Player {
        fetch: Fetch::new(hub.clone(), &own.hall, Arc::clone(&shelf), tasks.clone()),
        voice: Voice::new(Arc::clone(&shelf), outputs, Opening::Beside, config.music.clone()),
        hall: own.hall.clone(),
        clock: Clock::system(),
        rhythm: Rhythm::default(),
        unheard: Arc::default(),
        devices: Arc::default(),
        devices_at: None,
        hub,
        shelf,
        tasks,
        owns,
    };
    let (tell, mut news) = mpsc::channel(NEWS_MAX);
    let mut link = player.tasks.spawn(Link::new(&config.hub, pass, &own.hall).run(tell));
    player.voice.settle(&own);
    let mut look = tokio::time::interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => return Ok(()),
            Some(one) = news.recv() => {
                player.take(one);
                // All that has come is heard before anything is said: a call may be over already.
                while let Ok(more) = news.try_recv() {
                    player.take(more);
                }
                player.look();
            }
            Some(own) = own_news.recv() => player.settle(&own),
            ended = &mut link => return Err(ended.map_or(Ended::Unheard, |it| it).into()),
            _ = look.tick() => player.look(),
        }
    }
}

/// What this player is, as soon as the hub says it; none when it is stopped before.
async fn first(hub: &Hub, stop: &CancellationToken) -> Result<Option<Own>, Trouble> {
    loop {
        match hub.own().await {
            Ok(own) => return Ok(Some(own)),
            Err(Trouble::Away(why)) => tracing::warn!("the hub is not reached: {why}"),
            Err(trouble) => return Err(trouble),
        }
        tokio::select! {
            () = stop.cancelled() => return Ok(None),
            () = tokio::time::sleep(AGAIN_AFTER) => {}
        }
    }
}

impl Player {
    fn take(&mut self, news: News) {
        let now = self.clock.now();
        match news {
            News::Live(welcome) => {
                tracing::info!("live");
                self.voice.clock.forget();
                self.voice.clock.read(welcome.now, now);
                self.ask_own();
            }
            News::Heard(heard) => {
                for want in self.voice.hear(&heard, now) {
                    match want {
                        Want::Ticket(ticket) => self.fetch.ahead(Some(ticket), self.voice.rates()),
                        Want::Sounds(keys) => self.fetch.now(keys, &self.voice.rates()),
                        Want::Own => self.ask_own(),
                    }
                }
            }
            News::Lost(why) => tracing::warn!("not live: {why}"),
        }
    }

    /// Asks anew which speakers there are; the answer comes as news.
    fn ask_own(&self) {
        let (hub, owns) = (self.hub.clone(), self.owns.clone());
        self.tasks.spawn(async move {
            match hub.own().await {
                Ok(own) => drop(owns.send(own)),
                Err(trouble) => tracing::warn!("which speakers there are is not known anew: {trouble}"),
            }
        });
    }

    fn settle(&mut self, own: &Own) {
        self.voice.settle(own);
        self.fetch.ahead(None, self.voice.rates());
    }

    fn look(&mut self) {
        let (now, wall) = (self.clock.now(), self.clock.wall());
        for began in self.voice.tick(now, wall) {
            let (hub, hall) = (self.hub.clone(), self.hall.clone());
            self.tasks.spawn(async move {
                if let Err(trouble) = hub.began(&hall, &began).await {
                    tracing::debug!("that a speaker began was not heard: {trouble}");
                }
            });
        }
        self.list_devices(now);
        if self.unheard.swap(false, Ordering::Relaxed) {
            self.rhythm.missed();
        }
        let speakers = self.voice.report();
        let known = self.voice.is_tried() || now > OPEN_WITHIN;
        if known && self.rhythm.is_due(now, &speakers) {
            let clock_offset_ms = self.voice.clock.ahead_ms(wall, now);
            let devices = self.devices.lock().clone();
            self.tell(Report { version: env!("CARGO_PKG_VERSION"), devices, speakers, clock_offset_ms });
        }
    }

    fn tell(&self, mut report: Report) {
        if let Some(trouble) = self.shelf.lock().trouble() {
            report.speakers.iter_mut().for_each(|it| {
                it.detail.get_or_insert_with(|| trouble.chars().take(200).collect());
            });
        }
        let (hub, unheard) = (self.hub.clone(), Arc::clone(&self.unheard));
        self.tasks.spawn(async move {
            if let Err(trouble) = hub.report(&report).await {
                tracing::debug!("the report was not heard: {trouble}");
                unheard.store(true, Ordering::Relaxed);
            }
        });
    }

    /// Listing devices asks each driver: beside whoever plays.
    fn list_devices(&mut self, now: Moment) {
        if self.devices_at.is_some_and(|at| now.saturating_sub(at) < DEVICES_EVERY) {
            return;
        }
        self.devices_at = Some(now);
        let devices = Arc::clone(&self.devices);
        self.tasks.spawn_blocking(move || *devices.lock() = names());
    }
}
