//! A hall whose row is locked: a working copy that takes decisions, and writes them in one go.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use hall::draft::Decision;
use hall::forecast::Interval;
use hall::hall::begins_day;
use hall::{AnnouncementId, Entry, Fold, Hall, HallId, Refusal, TicketRef, Touched};
use wire::At;

use super::known::Known;
use super::project;
use crate::error::Error;
use crate::feed::Committed;
use crate::notify::owed;
use crate::store::announcements::Words;
use crate::store::halls::HallRow;
use crate::store::{Tx, halls, journal, services, snapshots, tickets};

/// A snapshot is taken after so many entries, and at each new day.
pub const SNAPSHOT_EVERY: i64 = 1_000;

/// See the module.
pub struct Open {
    id: HallId,
    row: HallRow,
    known: Known,
    entries: Vec<(Entry, Touched)>,
    estimates: BTreeMap<TicketRef, Interval>,
    folds: Vec<Fold>,
    words: BTreeMap<AnnouncementId, Words>,
    ticked: bool,
}

impl Open {
    /// A hall at its locked row.
    pub fn new(id: HallId, row: HallRow, known: Known) -> Self {
        Self {
            id,
            row,
            known,
            entries: Vec::new(),
            estimates: BTreeMap::new(),
            folds: Vec::new(),
            words: BTreeMap::new(),
            ticked: false,
        }
    }

    /// Its id.
    pub fn id(&self) -> &HallId {
        &self.id
    }

    /// The hall as it stands now, undecided things included.
    pub fn hall(&self) -> &Arc<Hall> {
        &self.known.hall
    }

    /// Its position.
    pub fn at(&self) -> At {
        At { epoch: self.known.epoch, seq: self.known.seq() }
    }

    /// The locked row.
    pub fn row(&self) -> &HallRow {
        &self.row
    }

    /// Lets a rule decide; a rule that fails spoils nobody else's command.
    pub fn decide(
        &self,
        rule: impl FnOnce(&Hall) -> Result<Decision, Refusal>,
    ) -> Result<Result<Decision, Refusal>, Error> {
        catch_unwind(AssertUnwindSafe(|| rule(&self.known.hall)))
            .map_err(|_| Error::Broken(format!("a rule of hall {} panicked", self.id)))
    }

    /// Does what is due at `now`.
    pub fn tick(&mut self, now: DateTime<Utc>) -> Result<(), Error> {
        self.ticked = true;
        if let Ok(decision) = self.decide(|hall| Ok(hall.tick(now)))? {
            self.take(decision);
        }
        Ok(())
    }

    /// Takes a decision in.
    pub fn take(&mut self, decision: Decision) {
        let before = self.known.seq();
        self.known.hall = Arc::new(decision.hall);
        let new_day = decision.entries.iter().any(|it| begins_day(&it.event));
        self.entries.extend(decision.entries.into_iter().zip(decision.touched));
        if new_day || before / SNAPSHOT_EVERY != self.known.seq() / SNAPSHOT_EVERY || self.known.snapshot_seq == 0 {
            self.snapshot();
        }
    }

    fn snapshot(&mut self) {
        if self.known.snapshot_seq < self.known.seq() {
            self.known.snapshot_seq = self.known.seq();
            self.folds.push(self.known.hall.fold.clone());
        }
    }

    /// Remembers what was promised to a ticket.
    pub fn promised(&mut self, ticket: TicketRef, estimate: Interval) {
        self.estimates.insert(ticket, estimate);
    }

    /// Remembers the words of an announcement.
    pub fn said(&mut self, id: AnnouncementId, words: Words) {
        self.words.insert(id, words);
    }

    /// Lets a new setup hold.
    pub fn configure(
        &mut self,
        setup: Arc<hall::Setup>,
        revision: i64,
        by: hall::By,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        if let Ok(decision) = self.decide(|hall| Ok(hall.configure(setup, revision, by, now)))? {
            self.known.revision = revision;
            self.take(decision);
        }
        Ok(())
    }

    /// Whether there is anything to write.
    pub fn has_news(&self) -> bool {
        !self.entries.is_empty() || (self.ticked && self.known.hall.due_at() != self.row.due_at)
    }

    /// Writes entries, rows that follow them, what they owe to the outside, snapshots and the new position.
    pub async fn write(&self, tx: &mut Tx) -> Result<(), Error> {
        if !self.has_news() {
            return Ok(());
        }
        let entries: Vec<_> = self.entries.iter().map(|(entry, _)| (&self.id, entry)).collect();
        journal::append(tx, &entries).await?;
        let rows = project::rows(&self.id, &self.known.hall, &self.entries, &self.estimates);
        tickets::project(tx, &rows.tickets).await?;
        services::add(tx, &rows.services).await?;
        for seq in &rows.taken_back {
            services::take_back(tx, &self.id, *seq).await?;
        }
        owed::owe(tx, &self.id, self.known.epoch, &self.entries).await?;
        for fold in &self.folds {
            snapshots::keep(tx, &self.id, self.known.epoch, fold).await?;
        }
        let time = self.entries.last().map_or(self.row.time, |(entry, _)| entry.time);
        halls::moved(tx, &self.id, self.row.seq, (self.known.seq(), time), self.known.hall.due_at()).await?;
        Ok(())
    }

    /// After the commit: what is known now, and what listeners are told (nothing, if there is no entry).
    pub fn committed(self) -> (HallId, Known, Option<Committed>) {
        let news = (!self.entries.is_empty()).then(|| Committed {
            hall: self.id.clone(),
            epoch: self.known.epoch,
            entries: self.entries,
            after: self.known.hall.clone(),
            words: self.words,
        });
        (self.id, self.known, news)
    }
}
