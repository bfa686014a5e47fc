//! The courier: claims what is due, hands it to its channel, and writes down how it went.
//!
//! One lane a player: a printer that hangs keeps nobody else waiting. What a courier that died had claimed is
//! claimed again, so a delivery arrives at least once while somebody still wants it.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use parking_lot::Mutex;
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Channel, Outcome};
use crate::clock::Clock;
use crate::store::Db;
use crate::store::deliveries::{self, Claimed};

/// How often it looks without being told, milliseconds.
const LOOK_MS: u64 = 250;
/// Lanes under way at once.
const LANES_MAX: usize = 32;
/// How long a claim holds; longer than any channel takes, seconds.
const CLAIM_S: i64 = 60;
/// Waits before the next tries, seconds; the last one repeats.
const BACK_OFF_S: [i64; 4] = [2, 5, 10, 20];
/// Ended deliveries are kept this long, days.
const KEEP_DAYS: i64 = 7;
/// How often old ones are taken away, in looks.
const CLEAN_EVERY_LOOKS: u64 = 14_400;

/// A lane: channel and player.
type Lane = (String, String);

/// Tells the courier to look now. Cheap to clone.
#[derive(Clone, Default)]
pub struct Courier {
    hint: Arc<Notify>,
}

struct Rounds {
    db: Db,
    clock: Clock,
    channels: Vec<Arc<dyn Channel>>,
    busy: Mutex<HashSet<Lane>>,
    slots: Semaphore,
    stop: CancellationToken,
}

impl Courier {
    /// Says that something new may be owed.
    pub fn hint(&self) {
        self.hint.notify_one();
    }

    /// Starts the courier's rounds; they end with `stop`.
    pub fn start(
        &self,
        (db, clock): (Db, Clock),
        channels: Vec<Arc<dyn Channel>>,
        tasks: &TaskTracker,
        stop: CancellationToken,
    ) {
        let (busy, slots) = (Mutex::default(), Semaphore::new(LANES_MAX));
        let rounds = Arc::new(Rounds { db, clock, channels, busy, slots, stop });
        let (hint, own) = (self.hint.clone(), tasks.clone());
        tasks.spawn(async move {
            for look in 1_u64.. {
                tokio::select! {
                    () = rounds.stop.cancelled() => break,
                    () = hint.notified() => {}
                    () = tokio::time::sleep(Duration::from_millis(LOOK_MS)) => {}
                }
                rounds.look(&own).await;
                if look.is_multiple_of(CLEAN_EVERY_LOOKS) {
                    rounds.clean().await;
                }
            }
        });
    }
}

impl Rounds {
    /// Starts a task for each lane that has something due and is not under way.
    async fn look(self: &Arc<Self>, tasks: &TaskTracker) {
        let lanes = match deliveries::lanes_due(&self.db, self.clock.now()).await {
            Ok(lanes) => lanes,
            Err(cause) => return tracing::warn!(%cause, "the courier cannot see what is due"),
        };
        for lane in lanes {
            if self.busy.lock().insert(lane.clone()) {
                let rounds = self.clone();
                tasks.spawn(async move {
                    if let Err(cause) = rounds.lane(&lane).await {
                        tracing::warn!(%cause, "the courier cannot write down how it went");
                    }
                    rounds.busy.lock().remove(&lane);
                });
            }
        }
    }

    /// Carries what is due for one player, one after the other.
    async fn lane(&self, (channel, player): &Lane) -> Result<(), sqlx::Error> {
        let Ok(_slot) = self.slots.acquire().await else {
            return Ok(());
        };
        while !self.stop.is_cancelled() {
            let now = self.clock.now();
            let until = now + TimeDelta::seconds(CLAIM_S);
            let claimed = self.db.write(async |tx| deliveries::claim(tx, (channel, player), now, until).await).await;
            let Some(delivery) = claimed? else { break };
            let outcome = self.carry(&delivery).await;
            self.settle(&delivery, outcome).await?;
        }
        Ok(())
    }

    async fn carry(&self, delivery: &Claimed) -> Outcome {
        if self.clock.now() >= delivery.expires_at {
            return Outcome::Never("expired");
        }
        let Some(channel) = self.channels.iter().find(|it| it.name() == delivery.channel) else {
            return Outcome::Never("no_channel");
        };
        tokio::select! {
            outcome = channel.carry(delivery) => outcome,
            () = self.stop.cancelled() => Outcome::Later("stopped"),
        }
    }

    async fn settle(&self, delivery: &Claimed, outcome: Outcome) -> Result<(), sqlx::Error> {
        let now = self.clock.now();
        let next = now + back_off(delivery.attempts);
        let id = &delivery.id;
        crate::metrics::delivery(&delivery.channel, outcome.word());
        self.db
            .write(async |tx| match outcome {
                Outcome::Done => deliveries::done(tx, id, now).await,
                // What would come too late is not tried again.
                Outcome::Later(why) if next >= delivery.expires_at => deliveries::never(tx, id, why, now).await,
                Outcome::Later(why) => {
                    deliveries::later(tx, id, why, next).await?;
                    deliveries::put_off(tx, (&delivery.channel, &delivery.player), why, now, next).await
                }
                Outcome::Never(why) => deliveries::never(tx, id, why, now).await,
            })
            .await
    }

    async fn clean(&self) {
        let before = self.clock.now() - TimeDelta::days(KEEP_DAYS);
        let cleaned = self.db.write(async |tx| deliveries::clean(tx, before).await).await;
        if let Err(cause) = cleaned {
            tracing::warn!(%cause, "old deliveries were not taken away");
        }
    }
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Later(_) => "later",
            Self::Never(_) => "never",
        }
    }
}

/// How long to wait after so many tries.
fn back_off(attempts: i64) -> TimeDelta {
    let at = usize::try_from(attempts - 1).unwrap_or_default().min(BACK_OFF_S.len() - 1);
    TimeDelta::seconds(BACK_OFF_S[at])
}

#[cfg(test)]
mod tests;
