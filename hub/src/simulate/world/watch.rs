//! What is looked at after every step, now and then, and at the end of the day.

use chrono::Duration;
use hall::{By, Command, Entry, Fold, Hall, Reach};
use wire::At;

use super::{Failure, World};
use crate::simulate::ledger::Ledger;
use crate::simulate::people;
use crate::store;

/// Entries read from the journal in one go.
const ENTRIES_AT_ONCE: i64 = 1_000;
/// Boards and debts are looked at after one step of so many for each visitor of the day, so some thirty times a day,
/// besides every restart and the end: in a large hall each look costs as much as hundreds of commands.
const STEPS_EACH_VISITOR: f64 = 0.2;
/// The hub does what is due by itself: so often, at most, a comparison is made anew because the hall went on.
const WENT_ON_MAX: u32 = 10;

impl World {
    /// Reads what was appended, with the ledger and with a second fold, and compares.
    pub(super) async fn look(&mut self) -> Result<(), Failure> {
        self.report.counts.steps += 1;
        loop {
            let entries = self.appended().await?;
            for entry in &entries {
                self.ledger.read(entry).map_err(|cause| self.failed(cause))?;
                self.replay.apply(entry);
                self.debts.read(entry);
            }
            let seen = self.hub.halls.seen(&self.hall).await?;
            if seen.seq <= self.ledger.seq() {
                return same_fold(&seen.hall, &self.replay.fold).map_err(|what| self.failed(what));
            }
            if entries.is_empty() {
                return Err(self.failed(format!("the hall stands at {}, but its journal does not", seen.seq)));
            }
        }
    }

    async fn appended(&self) -> Result<Vec<Entry>, Failure> {
        Ok(store::journal::read(&self.hub.db, &self.hall, self.ledger.seq(), ENTRIES_AT_ONCE).await?)
    }

    /// Screens come, or come back to where they stood.
    pub(super) async fn join(&mut self) -> Result<(), Failure> {
        for screen in &mut self.screens {
            if !screen.is_there() && screen.join(&self.hub, &self.hall).await? {
                self.report.counts.resumed += 1;
            }
        }
        Ok(())
    }

    /// See [`World::look_at_boards`].
    pub(super) async fn look_at_boards_sometimes(&mut self) -> Result<(), Failure> {
        let one_of = (f64::from(self.options.visitors) * STEPS_EACH_VISITOR) as usize;
        if self.dice.below(one_of) == 0 { self.look_at_boards().await } else { Ok(()) }
    }

    /// Lets every screen hear what it has missed, and compares what it sees with the board the hub hands out;
    /// and what is written down as owed with what is owed.
    pub(super) async fn look_at_boards(&mut self) -> Result<(), Failure> {
        self.join().await?;
        for _ in 0..WENT_ON_MAX {
            self.look().await?;
            let before = self.hub.halls.seen(&self.hall).await?;
            let at = At { epoch: before.epoch, seq: before.seq };
            let compared = self.compare(at).await?;
            if self.hub.halls.seen(&self.hall).await?.seq == before.seq {
                return compared.map_err(|what| self.failed(what));
            }
        }
        Err(self.failed("the hall never stands still"))
    }

    async fn compare(&mut self, at: At) -> Result<Result<(), String>, Failure> {
        let now = self.clock.now();
        for screen in &mut self.screens {
            let heard = screen.hear(at, now).await;
            let compared = match heard {
                Ok(()) => screen.compare(&self.hub, &self.hall).await,
                Err(what) => Err(what),
            };
            if compared.is_err() {
                return Ok(compared);
            }
            self.report.counts.boards += 1;
        }
        let written = store::deliveries::causes(&self.hub.db, &self.hall).await?;
        Ok(self.debts.check(&self.hall, at.epoch, &written))
    }

    /// The day is closed; the hub is off over midnight, and the next day begins at the first use.
    pub(super) async fn end(&mut self) -> Result<(), Failure> {
        let close = Command::CloseDay(hall::moves::CloseDay {});
        self.ask(close, By::Person("supervisor".into()), Reach::Hall).await?;
        self.look().await?;
        self.look_at_boards().await?;
        self.measure().await?;
        self.clock.jump(self.clock.now() + Duration::hours(20));
        let hall = self.seen().await?;
        if let Some(command) = people::arrive(&hall, &mut self.dice) {
            self.ask(command, By::Token(super::KIOSK.into()), Reach::Hall).await?;
        }
        self.look().await?;
        self.look_at_boards().await?;
        self.read_all_again().await?;
        self.report.counts.owed = self.debts.len();
        self.report.counts.frames = self.screens.iter().map(|it| it.frames).sum();
        self.report.finish(&self.ledger);
        self.stop().await;
        Ok(())
    }

    /// The waits of the day, as its tables have them.
    async fn measure(&mut self) -> Result<(), Failure> {
        let Some(day) = self.replay.fold.day.map(|it| it.date.to_string()) else {
            return Ok(());
        };
        let tickets = store::reports::tickets(&self.hub.db, &self.hall, &day).await?;
        let visits = store::reports::visits(&self.hub.db, &self.hall, &day, None).await?;
        self.report.each_wait = self.said.waits(&tickets, &visits);
        Ok(())
    }

    /// The whole journal once more from its beginning, as far as it was read before: no entry is another one than it was.
    async fn read_all_again(&self) -> Result<(), Failure> {
        let mut ledger = Ledger::default();
        let mut replay = Hall::new(self.replay.setup.clone());
        while ledger.seq() < self.ledger.seq() {
            let entries = store::journal::read(&self.hub.db, &self.hall, ledger.seq(), ENTRIES_AT_ONCE).await?;
            if entries.is_empty() {
                return Err(self.failed(format!("entries after {} are gone", ledger.seq())));
            }
            // The hub goes on by itself: what it appended since the last look is not compared here.
            for entry in entries.iter().take_while(|it| it.seq <= self.ledger.seq()) {
                ledger.read(entry).map_err(|cause| self.failed(cause))?;
                replay.apply(entry);
            }
        }
        same_fold(&replay, &self.replay.fold).map_err(|what| self.failed(format!("read once more, {what}")))
    }
}

/// The hall is what its journal says.
fn same_fold(hall: &Hall, journal: &Fold) -> Result<(), String> {
    if hall.fold == *journal {
        return Ok(());
    }
    Err(format!("at entry {} the hall is not the fold of its journal", journal.seq))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use hall::Setup;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_hall_that_is_not_its_journal_is_found() {
        let setup: Setup = serde_json::from_value(json!({
            "hall": {"id": "h", "name": "厅", "name_en": "Hall", "time_zone": "Asia/Shanghai"}, "queues": [], "counters": [],
        }))
        .unwrap();
        let mut hall = Hall::new(Arc::new(setup));
        let journal = hall.fold.clone();
        assert!(same_fold(&hall, &journal).is_ok());
        hall.fold.series.insert("A".into(), 7);
        assert!(same_fold(&hall, &journal).is_err_and(|it| it.contains("not the fold of its journal")));
    }
}
