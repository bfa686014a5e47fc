//! Brings sounds to the shelf before they are needed, and at once when they are.
//!
//! Fetching, decoding and resampling happen beside whoever plays; a sound that is on its way is not fetched twice.

use std::collections::HashSet;
use std::sync::Arc;

use audio::mixer::resampled;
use parking_lot::Mutex;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use crate::hub::{Hub, Trouble};
use crate::shelf::{Shelf, decode, is_key};

/// Sounds that are fetched ahead at one time.
const AHEAD_MAX: usize = 3;
/// What most devices play at; until one is open.
const USUAL_RATE: u32 = 48_000;

/// See the module.
#[derive(Clone)]
pub struct Fetch {
    hub: Hub,
    hall: String,
    shelf: Arc<Mutex<Shelf>>,
    tasks: TaskTracker,
    busy: Arc<Mutex<HashSet<String>>>,
    ahead: Arc<Semaphore>,
}

/// Why a sound is not to be had.
enum Lack {
    /// No voice of the hub can make it.
    Voice,
    /// It did not come, or is none.
    Sound(String),
}

impl Lack {
    fn of(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Missing(_) => Self::Voice,
            Trouble::Away(_) | Trouble::Refused | Trouble::Odd(_) => Self::Sound(trouble.to_string()),
        }
    }
}

impl Fetch {
    /// From a hub, for one hall.
    pub fn new(hub: Hub, hall: &str, shelf: Arc<Mutex<Shelf>>, tasks: TaskTracker) -> Self {
        let (busy, ahead) = (Arc::default(), Arc::new(Semaphore::new(AHEAD_MAX)));
        Self { hub, hall: hall.to_owned(), shelf, tasks, busy, ahead }
    }

    /// Sounds that are about to be played, at these rates.
    pub fn now(&self, keys: Vec<String>, rates: &[u32]) {
        keys.into_iter().for_each(|it| self.begin(it, rates, false));
    }

    /// What may be needed: of a ticket, or (none) of everything that is always there.
    pub fn ahead(&self, ticket: Option<i64>, rates: Vec<u32>) {
        let it = self.clone();
        self.tasks.spawn(async move {
            match it.hub.keys(&it.hall, ticket).await {
                Ok(keys) => keys.into_iter().for_each(|key| it.begin(key, &rates, true)),
                Err(Trouble::Missing(_)) => {}
                Err(trouble) => tracing::warn!("which sounds will be needed is not known: {trouble}"),
            }
        });
    }

    fn begin(&self, key: String, rates: &[u32], ahead: bool) {
        let rates = if rates.is_empty() { vec![USUAL_RATE] } else { rates.to_vec() };
        let ready = {
            let shelf = self.shelf.lock();
            rates.iter().all(|it| shelf.is_ready(&key, *it))
        };
        // What waits to be fetched ahead may be needed now: then it goes twice rather than late.
        let known = !self.busy.lock().insert(key.clone()) && ahead;
        if !is_key(&key) || ready || known {
            return;
        }
        // Whoever needs it now waits for this answer, not for the last one.
        self.shelf.lock().lacks(&key, false);
        let it = self.clone();
        self.tasks.spawn(async move {
            let gate = Arc::clone(&it.ahead);
            let _permit = if ahead { gate.acquire().await.ok() } else { None };
            let came = it.bring(&key, rates).await;
            match came {
                Ok(()) => it.shelf.lock().lacks(&key, false),
                Err(Lack::Voice) => it.shelf.lock().lacks_voice(&key),
                Err(Lack::Sound(why)) => {
                    tracing::warn!(key, "a sound is missing: {why}");
                    it.shelf.lock().lacks(&key, true);
                }
            }
            it.busy.lock().remove(&key);
        });
    }

    async fn bring(&self, key: &str, rates: Vec<u32>) -> Result<(), Lack> {
        let file = self.shelf.lock().file(key);
        let kept = match file {
            Some(file) => tokio::fs::read(file).await.ok(),
            None => None,
        };
        let (bytes, keep) = match kept {
            Some(bytes) => (bytes, None),
            None => {
                let fetched = self.hub.sound(&self.hall, key).await.map_err(Lack::of)?;
                (fetched.bytes, Some(fetched.keep))
            }
        };
        let (shelf, key) = (Arc::clone(&self.shelf), key.to_owned());
        let work = move || -> Result<(), String> {
            let sound = decode(&key, &bytes).map_err(|it| it.to_string())?;
            let ready: Result<Vec<_>, _> = rates.iter().map(|it| resampled(&sound, *it)).collect();
            for sound in ready.map_err(|it| it.to_string())? {
                shelf.lock().make_ready(&key, sound);
            }
            let mut shelf = shelf.lock();
            shelf.mark(&key, keep == Some(false));
            if keep == Some(true) {
                shelf.keep(&key, &bytes);
            }
            Ok(())
        };
        let made = tokio::task::spawn_blocking(work).await.map_err(|it| Lack::Sound(it.to_string()))?;
        made.map_err(Lack::Sound)
    }
}
