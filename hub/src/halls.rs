//! The one door through which a hall changes.
//!
//! A command stands in line, is decided under the lock of its hall together with everybody who waits at the same
//! moment, and is answered after the commit. Nothing is told to anybody before that. Never knows HTTP or sockets,
//! nor who may ask.

use std::sync::Arc;

use hall::forecast::Interval;
use hall::{Command, Hall, HallId, Reach, Refusal, RefusalCode, TicketId};
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;
use wire::At;

use crate::clock::Clock;
use crate::crypt::Keys;
use crate::error::Error;
use crate::feed::Feed;
use crate::metrics;
use crate::store::halls::Listed;
use crate::store::{self, Db, Tx};

mod asked;
mod configure;
mod decide;
mod due;
mod group;
mod known;
mod line;
mod open;
pub mod person;
mod project;
mod promises;
pub mod shown;
mod tidy;
pub mod visitor;

pub use asked::{Asked, IdempotencyKey, NewVisitor};
pub use shown::Answer;

use group::{Waiting, Wish};
use known::{Known, Memory};
use line::Lines;
use open::Open;
use promises::Promises;

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
    promises: Promises,
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
        let (memory, promises, lines) = (Memory::default(), Promises::default(), Lines::default());
        Self { door: Arc::new(Door { db, clock, keys, feed, tasks, public_url, keep_days, memory, promises, lines }) }
    }

    /// Asks a hall to change; the answer comes after the commit.
    pub async fn submit(&self, hall: &HallId, asked: Asked) -> Result<Answer, Error> {
        let verb = asked::verb(&asked.command);
        let answer = self.decided(hall, asked).await;
        metrics::command(verb, answer.as_ref().err().map(|it| it.problem().code));
        answer
    }

    async fn decided(&self, hall: &HallId, asked: Asked) -> Result<Answer, Error> {
        let estimate = if let Command::Issue(issue) = &asked.command {
            let door = &self.door;
            // What this node saw last is near enough.
            let known = match door.memory.get(hall) {
                Some(known) => known,
                None => self.known(hall).await?,
            };
            door.promises.of(hall, &known, (&issue.queue, issue.priority.as_ref()), door.clock.now()).await
        } else {
            None
        };
        let (reach, own) = (asked.reach, decide::own_ticket(&asked.command).cloned());
        let answer = self.wait(hall, Wish::Command(Box::new(asked)), estimate).await;
        match (&answer, own) {
            (Err(Error::Refused(Refusal::Missing("ticket"))), Some(id)) => self.closed(hall, &id, reach).await,
            _answered => answer,
        }
    }

    /// The refusal of a ticket that the hall has forgotten, because it was closed long ago.
    async fn closed(&self, hall: &HallId, id: &TicketId, reach: Reach) -> Result<Answer, Error> {
        let found = store::tickets::by_id(&self.door.db, id).await?.filter(|it| it.hall == *hall);
        let found = found.ok_or(Error::Missing("ticket"))?;
        let seen = self.seen(hall).await?;
        let said = "this ticket was closed; take a new one if you still need to be served";
        let no = Refusal::no(RefusalCode::WrongState, said).with_ticket(&found.ticket);
        let at = At { epoch: seen.epoch, seq: seen.seq };
        Err(shown::refusal(&seen.hall, at, no, reach, Some(id), &self.door.public_url))
    }

    /// Does what is due in a hall.
    pub async fn tick(&self, hall: &HallId) -> Result<(), Error> {
        self.wait(hall, Wish::Tick, None).await.map(drop)
    }

    async fn wait(&self, hall: &HallId, wish: Wish, estimate: Option<Interval>) -> Result<Answer, Error> {
        let (answer, answered) = oneshot::channel();
        Lines::join(&self.door, Waiting { hall: hall.clone(), wish, estimate, answer })?;
        answered.await.unwrap_or(Err(Error::Busy("the hub could not decide this")))
    }

    /// A hall as it was committed last.
    pub async fn seen(&self, hall: &HallId) -> Result<Seen, Error> {
        self.known(hall).await.map(Seen::from)
    }

    async fn known(&self, hall: &HallId) -> Result<Known, Error> {
        let known = self.door.memory.get(hall);
        // Nobody else writes to a SQLite file, so what is known is the newest.
        if let (Some(known), false) = (&known, self.door.db.is_postgres()) {
            return Ok(known.clone());
        }
        let row = store::halls::look(&self.door.db, hall).await?.ok_or(Error::Missing("hall"))?;
        let known = known::load(&self.door.db, hall, &row, known).await?;
        self.door.memory.put(hall, known.clone());
        Ok(known)
    }

    /// All halls, the oldest first.
    pub async fn list(&self) -> Result<Vec<Listed>, Error> {
        Ok(store::halls::list(&self.door.db).await?)
    }
}

impl From<Known> for Seen {
    fn from(it: Known) -> Self {
        Self { seq: it.seq(), hall: it.hall, epoch: it.epoch, revision: it.revision }
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
