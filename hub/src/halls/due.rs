//! Looks each second for halls in which something is due and asks them for it through the same door as everybody.
//! On several nodes the second one finds nothing to do. Now and then it tidies up.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::Halls;
use super::tidy::TIDY_EVERY_S;
use crate::store;

/// How often, seconds.
const LOOK_EVERY_S: u64 = 1;
/// Halls taken in one look; the others are taken in the next.
const AT_ONCE: i64 = 256;

impl Halls {
    /// Starts looking; ends when `stop` is told.
    pub fn start(&self, stop: CancellationToken) {
        let halls = self.clone();
        self.door.tasks.spawn(async move {
            let mut clock = tokio::time::interval(Duration::from_secs(LOOK_EVERY_S));
            clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            let mut tidying = tokio::time::interval(Duration::from_secs(TIDY_EVERY_S));
            tidying.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    _ = clock.tick() => halls.look().await,
                    _ = tidying.tick() => halls.tidy_up().await,
                    () = stop.cancelled() => return,
                }
            }
        });
    }

    /// One look; tests call it themselves.
    pub async fn look(&self) {
        let due = match store::halls::due(&self.door.db, self.door.clock.now(), AT_ONCE).await {
            Ok(due) => due,
            Err(cause) => {
                tracing::warn!(%cause, "could not look for halls that are due");
                return;
            }
        };
        let ticks = due.iter().map(|hall| self.tick(hall));
        for (hall, ticked) in due.iter().zip(futures_util::future::join_all(ticks).await) {
            if let Err(cause) = ticked {
                tracing::warn!(%hall, %cause, "what is due could not be done");
            }
        }
    }
}
