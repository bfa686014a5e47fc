//! The lines in front of the halls: who asks stands in line, and one writer takes everybody who stands there.
//!
//! SQLite has one line for the whole database, for there is one writer. PostgreSQL has one for each hall. A line
//! without anybody in it has no task. Lines are bounded together; whoever finds them full is told to come back.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use hall::HallId;
use parking_lot::Mutex;
use tokio::sync::Semaphore;

use super::Door;
use super::group::{self, GROUP_MAX, Waiting};
use crate::error::{Error, unanswered};
use crate::metrics;

/// Commands that may wait on this node, commands.
pub const WAITING_MAX: usize = 4_096;
/// Groups in flight on this node (PostgreSQL).
const GROUPS_MAX: usize = 16;

/// Which line: that of a hall, or the only one.
type Name = Option<HallId>;

/// All lines of this node.
pub struct Lines {
    // A name is in here exactly as long as its line has a task.
    lines: Mutex<HashMap<Name, VecDeque<Waiting>>>,
    waiting: std::sync::atomic::AtomicUsize,
    in_flight: Semaphore,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            lines: Mutex::default(),
            waiting: std::sync::atomic::AtomicUsize::new(0),
            in_flight: Semaphore::new(GROUPS_MAX),
        }
    }
}

impl Lines {
    /// Puts somebody at the end of a line, and starts its writer if there is none.
    pub fn join(door: &Arc<Door>, waiting: Waiting) -> Result<(), Error> {
        let name = door.db.is_postgres().then(|| waiting.hall.clone());
        let these = &door.lines;
        if these.count(1) > WAITING_MAX {
            these.count(-1);
            return Err(Error::Busy("the halls are very busy"));
        }
        let mut lines = these.lines.lock();
        if let Some(line) = lines.get_mut(&name) {
            line.push_back(waiting);
            return Ok(());
        }
        lines.insert(name.clone(), VecDeque::from([waiting]));
        drop(lines);
        let door = door.clone();
        door.tasks.clone().spawn(async move { write(&door, name).await });
        Ok(())
    }

    fn count(&self, by: isize) -> usize {
        use std::sync::atomic::Ordering::Relaxed;
        let now = self.waiting.fetch_add(by as usize, Relaxed).wrapping_add(by as usize);
        metrics::line_depth(now);
        now
    }

    /// Everybody in a line, at most as many as make a group. Nobody: the line is gone, and its writer must end.
    fn take(&self, name: &Name) -> Vec<Waiting> {
        let mut lines = self.lines.lock();
        let Some(line) = lines.get_mut(name) else {
            return Vec::new();
        };
        let group: Vec<Waiting> = line.drain(..line.len().min(GROUP_MAX)).collect();
        if group.is_empty() {
            lines.remove(name);
        }
        drop(lines);
        self.count(-(group.len() as isize));
        group
    }

    fn is_empty(&self, name: &Name) -> bool {
        let mut lines = self.lines.lock();
        if lines.get(name).is_some_and(|line| !line.is_empty()) {
            return false;
        }
        lines.remove(name);
        true
    }
}

/// The writer of a line: takes groups until nobody stands there.
async fn write(door: &Door, name: Name) {
    let _running = Running { door, name: &name };
    while !door.lines.is_empty(&name) {
        let _place = door.lines.in_flight.acquire().await.ok();
        let tx = match door.db.begin_commands().await {
            Ok(tx) => tx,
            Err(cause) => {
                tracing::error!(%cause, "no transaction could begin");
                for waiting in door.lines.take(&name) {
                    waiting.answer.send(Err(Error::Busy(unanswered(&cause)))).ok();
                }
                continue;
            }
        };
        // Taken only now: everybody who came during the last flush is in it.
        let group = door.lines.take(&name);
        if group.is_empty() {
            tx.rollback().await.ok();
            return;
        }
        group::run(door, tx, group).await;
    }
}

/// A writer that panics leaves no line behind in which people wait for ever.
struct Running<'a> {
    door: &'a Door,
    name: &'a Name,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let left = self.door.lines.lines.lock().remove(self.name).map_or(0, |it| it.len());
            self.door.lines.count(-(left as isize));
        }
    }
}
