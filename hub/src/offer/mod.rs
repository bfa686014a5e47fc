//! What a kiosk offers: departments, queues, how to find them, and what to expect in each.
//!
//! Worked out when it is asked for, and kept for a moment: many kiosks ask for the same.

mod pinyin;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use hall::forecast::{self, Estimate};
use hall::hours::{self, QueueState};
use hall::setup::{self, OfferSort};
use hall::{ClassId, DepartmentId, Hall, HallId, QueueId, ZoneId};
use parking_lot::Mutex;
use serde::Serialize;

pub use pinyin::{Typed, typed};

use crate::Hub;
use crate::error::Error;
use crate::halls::Seen;
use crate::store::tickets;

/// Days over which tickets are counted for the sorting.
const TAKEN_DAYS: i64 = 30;
/// How long the count of taken tickets is kept, seconds.
const TAKEN_FRESH_S: i64 = 300;
/// How long an offer of an unchanged hall is kept, seconds.
const OFFER_FRESH_S: i64 = 5;
/// Offers kept, halls.
const HALLS_KEPT: usize = 200;

/// What a hall offers, before it is cut to a floor.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Offer {
    /// Departments that have queues here.
    pub departments: Vec<OfferDepartment>,
    /// Queues, sorted.
    pub queues: Vec<OfferQueue>,
    /// Priority classes a visitor may choose.
    pub classes: Vec<OfferClass>,
    /// How queues and departments are sorted.
    pub sort: OfferSort,
}

/// A department.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OfferDepartment {
    /// Its id.
    pub id: DepartmentId,
    /// Chinese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// Its floor.
    pub floor: Option<String>,
    /// First letters of its pinyin, all readings.
    pub letters: Vec<String>,
    /// Its whole pinyin, syllables apart, all readings.
    pub pinyin: Vec<String>,
}

/// A queue, and what to expect in it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OfferQueue {
    /// Its id.
    pub id: QueueId,
    /// Letters before its numbers.
    pub prefix: String,
    /// Chinese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// A name of at most five characters.
    pub short: Option<String>,
    /// Its department.
    pub department: Option<DepartmentId>,
    /// Where its visitors wait; empty = everywhere.
    pub zones: Vec<ZoneId>,
    /// Its floor.
    pub floor: Option<String>,
    /// First letters of its pinyin and of its matters', all readings.
    pub letters: Vec<String>,
    /// Its whole pinyin and its matters', syllables apart, all readings.
    pub pinyin: Vec<String>,
    /// Tickets taken in the last 30 days.
    pub taken: i64,
    /// People who wait.
    pub waiting: usize,
    /// Whether it gives tickets.
    pub state: QueueState,
    /// When it gives tickets again, if it does not now.
    pub opens_at: Option<DateTime<Utc>>,
    /// Tickets left today; null = no limit.
    pub quota_left: Option<u32>,
    /// How long somebody who comes now will wait.
    pub estimate: Option<Estimate>,
    /// Signs of the counters that serve it.
    pub counters: Vec<String>,
    /// It gives tickets to known visitors only: who has no card to show asks at the desk.
    pub needs_visitor: bool,
    /// Matters that lead here.
    pub matters: Vec<String>,
}

/// A priority class.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OfferClass {
    /// Its id.
    pub id: ClassId,
    /// Chinese name.
    pub name: String,
    /// English name.
    pub name_en: String,
}

/// What this node has worked out lately.
#[derive(Default)]
pub struct Offers {
    kept: Mutex<HashMap<HallId, Kept>>,
}

/// A hall's offer and what it was made from.
#[derive(Clone)]
struct Kept {
    offer: Arc<Offer>,
    made_at: DateTime<Utc>,
    at: (i64, i64, i64),
    taken: Arc<BTreeMap<String, i64>>,
    taken_at: DateTime<Utc>,
}

/// What a hall offers on a floor (none = on all).
pub async fn of(hub: &Hub, hall: &HallId, floor: Option<&str>) -> Result<Offer, Error> {
    let seen = hub.halls.seen(hall).await?;
    let offer = whole(hub, hall, &seen).await?;
    Ok(match floor {
        Some(floor) if seen.hall.setup.hall.floors_apart => cut(&offer, floor),
        Some(_) | None => (*offer).clone(),
    })
}

async fn whole(hub: &Hub, hall: &HallId, seen: &Seen) -> Result<Arc<Offer>, Error> {
    let (now, at) = (hub.clock.now(), (seen.epoch, seen.seq, seen.revision));
    let before = hub.offers.kept.lock().get(hall).cloned();
    let young = |made_at: DateTime<Utc>, most| (now - made_at).abs() < Duration::seconds(most);
    if let Some(kept) = before.as_ref().filter(|it| it.at == at && young(it.made_at, OFFER_FRESH_S)) {
        return Ok(kept.offer.clone());
    }
    let (taken, taken_at) = match before.filter(|it| young(it.taken_at, TAKEN_FRESH_S)) {
        Some(kept) => (kept.taken, kept.taken_at),
        None => {
            let counted = tickets::taken_since(&hub.db, hall, now - Duration::days(TAKEN_DAYS)).await?;
            (Arc::new(counted.into_iter().collect()), now)
        }
    };
    let offer = Arc::new(make(&seen.hall, &taken, now));
    let kept = Kept { offer: offer.clone(), made_at: now, at, taken, taken_at };
    let mut all = hub.offers.kept.lock();
    if all.len() >= HALLS_KEPT && !all.contains_key(hall) {
        all.clear();
    }
    all.insert(hall.clone(), kept);
    Ok(offer)
}

/// Only what is on a floor, or on none in particular.
fn cut(offer: &Offer, floor: &str) -> Offer {
    let here = |it: &Option<String>| it.as_deref().is_none_or(|own| own == floor);
    let mut cut = offer.clone();
    cut.queues.retain(|it| here(&it.floor));
    let used: BTreeSet<_> = cut.queues.iter().filter_map(|it| it.department.clone()).collect();
    cut.departments.retain(|it| used.contains(&it.id));
    cut
}

fn make(hall: &Hall, taken: &BTreeMap<String, i64>, now: DateTime<Utc>) -> Offer {
    let setup = &hall.setup;
    // Numbers of a pick-up queue come from whoever holds the orders; nobody takes one at a kiosk.
    let mut queues: Vec<_> =
        setup.queues.iter().filter(|it| !it.pick_up).map(|it| queue(hall, it, taken, now)).collect();
    let mut departments: Vec<_> = setup.departments.iter().map(department).collect();
    departments.retain(|it| queues.iter().any(|queue| queue.department.as_ref() == Some(&it.id)));
    match setup.hall.sort {
        OfferSort::Letter => {
            queues.sort_by_cached_key(|it| it.pinyin.first().cloned());
            departments.sort_by_cached_key(|it| it.pinyin.first().cloned());
        }
        OfferSort::Taken => {
            let of = |id: &DepartmentId| -> i64 {
                queues.iter().filter(|it| it.department.as_ref() == Some(id)).map(|it| it.taken).sum()
            };
            departments.sort_by_cached_key(|it| std::cmp::Reverse(of(&it.id)));
            queues.sort_by_key(|it| std::cmp::Reverse(it.taken));
        }
    }
    let classes = setup.classes.iter().filter(|it| it.self_service);
    let class =
        |it: &setup::Class| OfferClass { id: it.id.clone(), name: it.name.clone(), name_en: it.name_en.clone() };
    Offer { departments, queues, classes: classes.map(class).collect(), sort: setup.hall.sort }
}

fn department(it: &setup::Department) -> OfferDepartment {
    let Typed { letters, pinyin } = typed(&it.name);
    let (name, name_en, floor) = (it.name.clone(), it.name_en.clone(), it.floor.clone());
    OfferDepartment { id: it.id.clone(), name, name_en, floor, letters, pinyin }
}

fn queue(hall: &Hall, it: &setup::Queue, taken: &BTreeMap<String, i64>, now: DateTime<Utc>) -> OfferQueue {
    let mut found = typed(&it.name);
    for matter in &it.matters {
        let more = typed(matter);
        found.letters.extend(more.letters);
        found.pinyin.extend(more.pinyin);
    }
    let serves = |counter: &&setup::CounterSetup| counter.queues.iter().any(|served| served.queue == it.id);
    let counters = hall.setup.counters.iter().filter(serves).map(|it| it.label.clone()).collect();
    let state = hours::state_of(hall, &it.id, now);
    // The fold counts the tickets of the business day it stands in; of a new one none are taken yet.
    let same_day = hall.fold.day.is_some_and(|day| hours::business_day(hall, now) <= day.date);
    let today = hall.queue_fold(&it.id).filter(|_| same_day).map_or(0, |it| it.taken);
    OfferQueue {
        id: it.id.clone(),
        prefix: it.prefix.clone(),
        name: it.name.clone(),
        name_en: it.name_en.clone(),
        short: it.short.clone(),
        department: it.department.clone(),
        zones: it.zones.clone(),
        floor: it.floor.clone(),
        letters: found.letters,
        pinyin: found.pinyin,
        taken: taken.get(it.id.as_str()).copied().unwrap_or_default(),
        waiting: hall.waiting_in(&it.id).count(),
        state,
        opens_at: hours::opens_at(hall, &it.id, now),
        quota_left: it.quota.map(|quota| quota.saturating_sub(today)),
        estimate: (state == QueueState::Open).then(|| forecast::of_queue(hall, &it.id, now)).flatten(),
        counters,
        needs_visitor: !it.anonymous,
        matters: it.matters.clone(),
    }
}
