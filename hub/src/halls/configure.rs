//! Making halls, changing how they are set up, and taking them out: each under the hall's lock, in one transaction
//! of its own.

use std::sync::Arc;

use hall::{By, Fold, Hall, HallId, Setup};

use super::known::Known;
use super::open::Open;
use super::{Door, Halls};
use crate::error::{Error, Wrong};
use crate::store::{Tx, halls};

impl Halls {
    /// Makes a hall; its first entry says that it is configured.
    pub async fn create(&self, setup: Setup, site: Option<&str>, by: By) -> Result<(), Error> {
        let door = &self.door;
        let (id, now) = (setup.hall.id.clone(), door.clock.now());
        let mut tx = door.db.begin_commands().await?;
        if halls::lock(&mut tx, &id).await?.is_some() {
            return Err(Error::Conflict("exists", format!("there is a hall {id} already; choose another id")));
        }
        halls::add(&mut tx, &id, site, now.timestamp(), now).await?;
        halls::configure(&mut tx, &id, 1, &setup, now).await?;
        let row = halls::lock(&mut tx, &id).await?.ok_or(Error::Missing("hall"))?;
        let setup = Arc::new(setup);
        let empty = Known { hall: Arc::new(Hall::new(setup.clone())), epoch: row.epoch, revision: 1, snapshot_seq: 0 };
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
            return Err(Error::bad("hall.id", Wrong::Fixed.why("the id of a hall cannot be changed")));
        }
        halls::configure(&mut tx, hall, revision + 1, &setup, now).await?;
        open.configure(Arc::new(setup), revision + 1, by, now)?;
        door.finish(tx, open).await?;
        Ok(revision + 1)
    }

    /// Takes a hall out for good, with its journal and reports.
    pub async fn remove(&self, hall: &HallId) -> Result<(), Error> {
        let mut tx = self.door.db.begin_commands().await?;
        halls::lock(&mut tx, hall).await?.ok_or(Error::Missing("hall"))?;
        halls::remove(&mut tx, hall).await?;
        tx.commit().await?;
        self.door.memory.forget(hall);
        self.door.feed.removed(hall);
        Ok(())
    }
}

impl Door {
    /// Writes one hall, commits, and tells what is new.
    async fn finish(&self, mut tx: Tx, open: Open) -> Result<(), Error> {
        open.write(&mut tx).await?;
        let held = tx.commit_holding().await.inspect_err(|_| self.memory.forget(open.id()))?;
        self.publish(vec![open]);
        drop(held);
        Ok(())
    }
}
