//! The one door through which a hall changes.
//!
//! A command stands in line, is decided under the lock of its hall together with everybody who waits at the same
//! moment, and is answered after the commit. Nothing is told to anybody before that. Never knows HTTP or sockets,
//! nor who may ask.

use std::sync::Arc;

use hall::{By, Command, Fold, Hall, HallId, Setup, forecast};
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;

use crate::clock::Clock;
use crate::crypt::Keys;
use crate::error::Error;
use crate::feed::Feed;
use crate::store::halls::Listed;
use crate::store::{self, Db, Tx};

mod asked;
mod decide;
mod due;
mod group;
mod known;
mod line;
mod open;
pub mod person;
mod project;
pub mod shown;
mod tidy;
pub mod visitor;

pub use asked::{Asked, IdempotencyKey, NewVisitor};
pub use shown::Answer;

use group::{Waiting, Wish};
use known::Memory;
use line::Lines;
use open::Open;

/// All halls of this hub. Cheap to clone.
#[derive(Clone)]
pub struct Halls {
    door: Arc<Door>,
}

/// What the door needs.
pub struct Door {
    db: Db,
    clock: Clock,
    keys: Arc<Keys>,
    feed: Feed,
    tasks: TaskTracker,
    public_url: String,
    keep_days: u32,
    memory: Memory,
    lines: Lines,
}

/// A hall as it was committed last.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Setup and fold.
    pub hall: Arc<Hall>,
    /// Its epoch.
    pub epoch: i64,
    /// The last entry.
    pub seq: i64,
    /// The revision of its setup.
    pub revision: i64,
}

impl Halls {
    /// The door to the halls of a database.
    pub fn new(
        db: Db,
        clock: Clock,
        keys: Arc<Keys>,
        feed: Feed,
        tasks: TaskTracker,
        public_url: String,
        keep_days: u32,
    ) -> Self {
        let (memory, lines) = (Memory::default(), Lines::default());
        Self {
            door: Arc::new(Door {
                db,
                clock,
                keys,
                feed,
                tasks,
                public_url,
                keep_days,
                memory,
                lines,
            }),
        }
    }

    /// Asks a hall to change; the answer comes after the commit.
    pub async fn submit(&self, hall: &HallId, asked: Asked) -> Result<Answer, Error> {
        // Worked out before standing in line: it costs more than the decision.
        let estimate = if let Command::Issue(issue) = &asked.command {
            let hall = match self.door.memory.get(hall) {
                // What this node saw last is near enough.
                Some(known) => known.hall,
                None => self.seen(hall).await?.hall,
            };
            forecast::of_queue(&hall, &issue.queue, self.door.clock.now())
        } else {
            None
        };
        self.wait(hall, Wish::Command(Box::new(asked)), estimate).await
    }

    /// Does what is due in a hall.
    pub async fn tick(&self, hall: &HallId) -> Result<(), Error> {
        self.wait(hall, Wish::Tick, None).await.map(drop)
    }

    async fn wait(&self, hall: &HallId, wish: Wish, estimate: Option<forecast::Estimate>) -> Result<Answer, Error> {
        let (answer, answered) = oneshot::channel();
        Lines::join(
            &self.door,
            Waiting {
                hall: hall.clone(),
                wish,
                estimate,
                answer,
            },
        )?;
        answered
            .await
            .unwrap_or(Err(Error::Busy("the hub could not decide this")))
    }

    /// A hall as it was committed last.
    pub async fn seen(&self, hall: &HallId) -> Result<Seen, Error> {
        let known = self.door.memory.get(hall);
        // Nobody else writes to a SQLite file, so what is known is the newest.
        if let (Some(known), false) = (&known, self.door.db.is_postgres()) {
            return Ok(known.clone().into());
        }
        let row = store::halls::look(&self.door.db, hall)
            .await?
            .ok_or(Error::Missing("hall"))?;
        let known = known::load(&self.door.db, hall, &row, known).await?;
        self.door.memory.put(hall, known.clone());
        Ok(known.into())
    }

    /// All halls, the oldest first.
    pub async fn list(&self) -> Result<Vec<Listed>, Error> {
        Ok(store::halls::list(&self.door.db).await?)
    }

    /// Makes a hall; its first entry says that it is configured.
    pub async fn create(&self, setup: Setup, site: Option<&str>, by: By) -> Result<(), Error> {
        let door = &self.door;
        let (id, now) = (setup.hall.id.clone(), door.clock.now());
        let mut tx = door.db.begin_commands().await?;
        if store::halls::lock(&mut tx, &id).await?.is_some() {
            return Err(Error::Conflict(
                "exists",
                format!("there is a hall {id} already; choose another id"),
            ));
        }
        store::halls::add(&mut tx, &id, site, now.timestamp(), now).await?;
        store::halls::configure(&mut tx, &id, 1, &setup, now).await?;
        let row = store::halls::lock(&mut tx, &id).await?.ok_or(Error::Missing("hall"))?;
        let setup = Arc::new(setup);
        let empty = known::Known {
            hall: Arc::new(Hall::new(setup.clone())),
            epoch: row.epoch,
            revision: 1,
            snapshot_seq: 0,
        };
        let mut open = Open::new(id, row, empty);
        open.configure(setup, 1, by, now)?;
        door.finish(tx, open).await
    }

    /// Changes the setup of a hall under its lock; answers the revision that holds. With `expect`, refuses if
    /// another revision holds. The change is told how the hall stands.
    pub async fn configure(
        &self,
        hall: &HallId,
        by: By,
        expect: Option<i64>,
        change: impl FnOnce(&mut Setup, &Fold) -> Result<(), Error>,
    ) -> Result<i64, Error> {
        let door = &self.door;
        let now = door.clock.now();
        let mut tx = door.db.begin_commands().await?;
        let mut open = door.open(&mut tx, hall).await?.ok_or(Error::Missing("hall"))?;
        let revision = open.row().revision;
        if expect.is_some_and(|it| it != revision) {
            let said = "somebody else has changed the setup; load it again and repeat the change";
            return Err(Error::Conflict("stale", said.into()));
        }
        let mut setup = (*open.hall().setup).clone();
        change(&mut setup, &open.hall().fold)?;
        if setup == *open.hall().setup {
            return Ok(revision);
        }
        if setup.hall.id != *hall {
            return Err(Error::bad("hall.id", "the id of a hall cannot be changed"));
        }
        store::halls::configure(&mut tx, hall, revision + 1, &setup, now).await?;
        open.configure(Arc::new(setup), revision + 1, by, now)?;
        door.finish(tx, open).await?;
        Ok(revision + 1)
    }

    /// Takes a hall out for good, with its journal and reports.
    pub async fn remove(&self, hall: &HallId) -> Result<(), Error> {
        let mut tx = self.door.db.begin_commands().await?;
        store::halls::lock(&mut tx, hall).await?.ok_or(Error::Missing("hall"))?;
        store::halls::remove(&mut tx, hall).await?;
        tx.commit().await?;
        self.door.memory.forget(hall);
        self.door.feed.removed(hall);
        Ok(())
    }
}

impl From<known::Known> for Seen {
    fn from(it: known::Known) -> Self {
        Self {
            seq: it.seq(),
            hall: it.hall,
            epoch: it.epoch,
            revision: it.revision,
        }
    }
}

impl Door {
    /// Locks a hall's row and brings what is known up to it.
    async fn open(&self, tx: &mut Tx, id: &HallId) -> Result<Option<Open>, Error> {
        let Some(row) = store::halls::lock(tx, id).await? else {
            self.memory.forget(id);
            return Ok(None);
        };
        let known = known::load(&self.db, id, &row, self.memory.get(id)).await?;
        Ok(Some(Open::new(id.clone(), row, known)))
    }

    /// Writes one hall, commits, and tells what is new.
    async fn finish(&self, mut tx: Tx, open: Open) -> Result<(), Error> {
        open.write(&mut tx).await?;
        let held = tx
            .commit_holding()
            .await
            .inspect_err(|_| self.memory.forget(open.id()))?;
        self.publish(vec![open]);
        drop(held);
        Ok(())
    }

    /// What was committed is known, and told.
    fn publish(&self, halls: Vec<Open>) {
        for open in halls {
            let (id, known, news) = open.committed();
            self.memory.put(&id, known);
            if let Some(news) = news {
                self.feed.committed(news);
            }
        }
    }
}
