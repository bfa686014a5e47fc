//! How far each hall has come, for everyone who listens.
//!
//! The one door tells it what was committed. A hall that somebody follows has one task, which takes entries without
//! gaps (its own commits if they follow on, else from the database) and encodes each frame once for each cut; all
//! listeners share the bytes. Recent frames are bounded for the whole node; a hall nobody follows keeps none.
//! It never asks who listens what they may see.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hall::{AnnouncementId, Entry, Hall, HallId, Touched};
use parking_lot::Mutex;
use tokio::sync::mpsc;
use tokio_util::task::TaskTracker;

use crate::metrics;
use crate::speech::Planner;
use crate::store::Db;
use crate::store::announcements::Words;

mod around;
mod back;
mod bell;
mod encode;
mod followed;
mod hints;
mod listening;
mod task;
mod voiced;

pub use around::load as around;
pub use bell::Bell;
pub use encode::{BOARD_BYTES_MAX, board_json, board_text, text};
pub use followed::{At, Followed};
pub use listening::{Listening, Next};

/// Recent frames a node keeps, bytes.
pub const RECENT_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Over the limit, frames are dropped until so much is left, bytes.
const RECENT_BYTES_LEFT: usize = RECENT_BYTES_MAX / 10 * 9;
/// A position at most so many entries old is answered with frames.
pub const BACK_MAX: i64 = 1_000;
/// The close code for who follows a hall that is gone.
const HALL_GONE: u16 = 4502;
/// Commits that wait for the task of one hall; one more and it reads the journal instead.
const NEWS_MAX: usize = 1_024;

/// Entries of one hall that were committed together.
#[derive(Clone, Debug)]
pub struct Committed {
    /// The hall.
    pub hall: HallId,
    /// Its epoch.
    pub epoch: i64,
    /// The entries in order, each with what it touched as it stood right after it.
    pub entries: Vec<(Entry, Touched)>,
    /// The hall after the last of them.
    pub after: Arc<Hall>,
    /// The words of announcements among them.
    pub words: BTreeMap<AnnouncementId, Words>,
}

/// All halls that are followed on this node. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Feed {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// What is said of what is told.
    planner: Planner,
    halls: Mutex<HashMap<HallId, Line>>,
    /// Bytes of recent frames, over all halls.
    bytes: AtomicUsize,
}

/// A followed hall and the way to its task, which ends when this is dropped.
#[derive(Debug)]
struct Line {
    followed: Arc<Followed>,
    news: mpsc::Sender<Committed>,
}

impl Feed {
    /// A feed whose frames tell what is said aloud.
    pub fn new(planner: Planner) -> Self {
        Self { shared: Arc::new(Shared { planner, ..Shared::default() }) }
    }

    /// Takes in what was committed. Called in order of commits on this node; entries of other nodes are missing.
    pub fn committed(&self, news: Committed) {
        let halls = self.shared.halls.lock();
        let Some(line) = halls.get(&news.hall) else { return };
        if let Some((last, _)) = news.entries.last() {
            line.followed.heard_of(news.epoch, last.seq);
        }
        // A full queue loses nothing: the task sees the gap and reads the journal.
        if line.news.try_send(news).is_err() {
            metrics::feed_fell_behind();
        }
    }

    /// The hall is gone for good: whoever follows it is told.
    pub fn removed(&self, hall: &HallId) {
        if let Some(line) = self.shared.halls.lock().get(hall) {
            line.followed.end(HALL_GONE);
        }
    }

    /// Follows a hall; the bell rings at everything new. What is already there must be looked at afterwards, and
    /// the hall must be [`Listening::ready`] first.
    pub fn follow(&self, db: &Db, tasks: &TaskTracker, hall: &HallId, bell: &Arc<Bell>) -> Listening {
        let mut halls = self.shared.halls.lock();
        let line = halls.entry(hall.clone()).or_insert_with(|| {
            let (news, heard) = mpsc::channel(NEWS_MAX);
            let followed = Arc::new(Followed::new(hall.clone()));
            tasks.spawn(task::run(self.clone(), db.clone(), followed.clone(), heard));
            metrics::halls_followed(1);
            Line { followed, news }
        });
        let place = line.followed.add_bell(bell.clone());
        Listening::new(self.clone(), line.followed.clone(), place)
    }

    /// Everything that may be called soon in the halls that are followed: a new voice makes it anew.
    pub fn hint_all(&self) {
        for hall in self.followed().iter().filter_map(|it| it.hall()) {
            hints::all(&self.shared.planner, &hall.0);
        }
    }

    /// The halls that are followed now.
    pub fn followed(&self) -> Vec<Arc<Followed>> {
        self.shared.halls.lock().values().map(|it| it.followed.clone()).collect()
    }

    /// A listener goes; the last one of a hall takes its frames and its task along.
    fn leave(&self, followed: &Arc<Followed>, place: u64) {
        let mut halls = self.shared.halls.lock();
        if followed.remove_bell(place) > 0 {
            return;
        }
        let ours = halls.get(followed.id()).is_some_and(|it| Arc::ptr_eq(&it.followed, followed));
        if ours {
            halls.remove(followed.id());
            metrics::halls_followed(-1);
        }
        // Others may have to give frames up, which takes the same lock.
        drop(halls);
        self.account(followed.clear(), 0);
        followed.wake();
    }

    /// Counts bytes of recent frames; over the limit, the halls with most of them give some up.
    fn account(&self, less: usize, more: usize) {
        // First what came: of many entries at once, the first are dropped again at the same time. And somebody else
        // may count at this moment what we have not counted yet: then it is nothing for as long.
        self.shared.bytes.fetch_add(more, Ordering::Relaxed);
        let now = self.shared.bytes.fetch_sub(less, Ordering::Relaxed).wrapping_sub(less);
        let now = if now > isize::MAX as usize { 0 } else { now };
        metrics::recent_bytes(now);
        if now > RECENT_BYTES_MAX {
            self.trim();
        }
    }

    fn trim(&self) {
        let mut all: Vec<_> = self.followed().into_iter().map(|it| (it.recent_bytes(), it)).collect();
        all.sort_by_key(|(bytes, _)| std::cmp::Reverse(*bytes));
        for (_, followed) in all {
            if self.shared.bytes.load(Ordering::Relaxed) <= RECENT_BYTES_LEFT {
                break;
            }
            self.shared.bytes.fetch_sub(followed.halve(), Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_may_be_dropped_at_once_than_there_was_before() {
        let feed = Feed::default();
        feed.account(1_000, 1_400);
        assert_eq!(feed.shared.bytes.load(Ordering::Relaxed), 400);
        feed.account(400, 0);
        assert_eq!(feed.shared.bytes.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn the_last_listener_goes_also_while_frames_must_be_given_up() {
        let (feed, id) = (Feed::default(), HallId::from("h1"));
        let (followed, (news, _heard)) = (Arc::new(Followed::new(id.clone())), mpsc::channel(1));
        let place = followed.add_bell(Arc::default());
        feed.shared.halls.lock().insert(id, Line { followed: followed.clone(), news });
        feed.shared.bytes.store(RECENT_BYTES_MAX + 1, Ordering::Relaxed);
        let (gone, is_gone) = std::sync::mpsc::channel();
        let leaving = feed.clone();
        std::thread::spawn(move || {
            leaving.leave(&followed, place);
            gone.send(()).ok();
        });
        // It would wait for itself for ever if it still held the halls.
        assert!(is_gone.recv_timeout(std::time::Duration::from_secs(20)).is_ok());
        assert!(feed.followed().is_empty());
    }
}
