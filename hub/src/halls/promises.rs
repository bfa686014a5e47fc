//! What is promised to those who take a ticket: the waits of a hall's queues, with and without each class, worked out
//! for all of them at once and kept for a moment, since a forecast costs more than a decision.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use hall::forecast::{self, Interval};
use hall::{ClassId, HallId, QueueId};
use parking_lot::Mutex;

use super::known::Known;

/// A forecast is used for so long, milliseconds.
const FRESH_MS: i64 = 1_000;
/// And for so long if nothing has happened in the hall since, milliseconds.
const FRESH_IF_QUIET_MS: i64 = 10_000;

/// A ticket that is asked for: its queue, and its class if it has one.
type Wanted<'a> = (&'a QueueId, Option<&'a ClassId>);

/// What was last worked out, hall by hall.
#[derive(Default)]
pub struct Promises {
    halls: Mutex<HashMap<HallId, Arc<Slot>>>,
}

#[derive(Default)]
struct Slot {
    last: Mutex<Option<Arc<Last>>>,
    working: tokio::sync::Mutex<()>,
}

struct Last {
    made_at: DateTime<Utc>,
    seq: i64,
    waits: BTreeMap<(QueueId, Option<ClassId>), Interval>,
}

impl Promises {
    /// The wait of a ticket that is taken now; none if nobody serves the queue.
    pub async fn of(&self, id: &HallId, known: &Known, what: Wanted<'_>, now: DateTime<Utc>) -> Option<Interval> {
        let slot = self.halls.lock().entry(id.clone()).or_default().clone();
        if let Some(last) = slot.fresh(known, now) {
            return last.of(what);
        }
        let _working = match slot.working.try_lock() {
            Ok(mine) => mine,
            // Somebody is at it. What was true a moment ago is good enough; the very first waits.
            Err(_) => {
                if let Some(last) = slot.last.lock().clone() {
                    return last.of(what);
                }
                slot.working.lock().await
            }
        };
        if let Some(last) = slot.fresh(known, now) {
            return last.of(what);
        }
        let (hall, seq) = (known.hall.clone(), known.seq());
        let waits = tokio::task::spawn_blocking(move || forecast::of_classes(&hall, now)).await.unwrap_or_default();
        let last = Arc::new(Last { made_at: now, seq, waits });
        *slot.last.lock() = Some(last.clone());
        last.of(what)
    }
}

impl Slot {
    fn fresh(&self, known: &Known, now: DateTime<Utc>) -> Option<Arc<Last>> {
        let last = self.last.lock().clone()?;
        let age = now - last.made_at;
        let most = if last.seq == known.seq() { FRESH_IF_QUIET_MS } else { FRESH_MS };
        (age >= Duration::zero() && age < Duration::milliseconds(most)).then_some(last)
    }
}

impl Last {
    fn of(&self, (queue, class): Wanted<'_>) -> Option<Interval> {
        self.waits.get(&(queue.clone(), class.cloned())).copied()
    }
}
