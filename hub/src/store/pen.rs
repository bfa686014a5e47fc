//! The pen of a SQLite file: whoever holds it is the only one who writes.
//!
//! Groups of commands take it first. Of all other writes at most one stands in line for it at a time, so
//! between two groups at most one other write goes; it should take 20 ms at most. Waiting is bounded.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::metrics;

/// Other writes that may wait, writes; above it they fail like a database that does not answer.
const OTHERS_WAITING_MAX: usize = 1_024;
/// How long another write may hold the pen before it is mentioned, milliseconds.
const PIECE_MS_MAX: u64 = 20;

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Pen {
    pen: Arc<Mutex<()>>,
    others: Arc<Mutex<()>>,
    waiting: Arc<AtomicUsize>,
}

/// The pen, held; letting go of it lets the next one write.
#[derive(Debug)]
pub struct Held {
    // Fields are dropped in this order: the pen goes before the place in line.
    _pen: OwnedMutexGuard<()>,
    _others: Option<OwnedMutexGuard<()>>,
    since: Option<Instant>,
}

impl Pen {
    /// For a group of commands.
    pub async fn for_commands(&self) -> Held {
        Held { _pen: self.pen.clone().lock_owned().await, _others: None, since: None }
    }

    /// For any other write.
    pub async fn for_others(&self) -> Result<Held, sqlx::Error> {
        let _place = Place::take(&self.waiting)?;
        let others = self.others.clone().lock_owned().await;
        let pen = self.pen.clone().lock_owned().await;
        Ok(Held { _pen: pen, _others: Some(others), since: Some(Instant::now()) })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let Some(held) = self.since.map(|it| it.elapsed()) else {
            return;
        };
        metrics::other_write(held.as_secs_f64());
        if held > Duration::from_millis(PIECE_MS_MAX) {
            tracing::debug!(ms = held.as_millis(), "a write besides commands held the pen for long");
        }
    }
}

/// One of the bounded places in line.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Result<Self, sqlx::Error> {
        let place = Self(waiting);
        let before = waiting.fetch_add(1, Ordering::Relaxed);
        metrics::other_writes_waiting(before + 1);
        if before >= OTHERS_WAITING_MAX {
            return Err(sqlx::Error::PoolTimedOut);
        }
        Ok(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let before = self.0.fetch_sub(1, Ordering::Relaxed);
        metrics::other_writes_waiting(before.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::Pen;

    #[tokio::test]
    async fn commands_wait_for_one_other_write_at_most() {
        let pen = Pen::default();
        let first = pen.for_others().await.unwrap();
        let order = std::sync::Arc::new(parking_lot::Mutex::new(Vec::new()));
        let mut tasks = tokio::task::JoinSet::new();
        for other in ["other 2", "other 3"] {
            let (pen, order) = (pen.clone(), order.clone());
            tasks.spawn(async move {
                let _held = pen.for_others().await.unwrap();
                order.lock().push(other);
            });
        }
        tokio::task::yield_now().await;
        let (commands, seen) = (pen.clone(), order.clone());
        tasks.spawn(async move {
            let _held = commands.for_commands().await;
            seen.lock().push("commands");
        });
        tokio::task::yield_now().await;
        drop(first);
        tasks.join_all().await;
        assert_eq!(order.lock()[0], "commands");
    }
}
