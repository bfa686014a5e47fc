//! What goes wrong with the machine under the hall: it dies, its clock jumps, lines of screens are cut.

use chrono::{DateTime, Duration, Utc};
use hall::{By, Command, Reach};

use super::hands::same_answer;
use super::{Failure, KIOSK, World, start};
use crate::halls::{Answer, Asked};
use crate::simulate::people;
use crate::{Error, folder};

/// Commands under way when the machine dies.
const UNDER_WAY: usize = 6;
/// So often, at most, everybody else may go on between the last command and the death.
const MOMENTS_MAX: usize = 60;

impl World {
    /// Something goes wrong.
    pub(super) async fn fault(&mut self, now: DateTime<Utc>) -> Result<(), Failure> {
        match self.dice.below(4) {
            0 => self.die().await,
            1 => {
                self.report.counts.jumps += 1;
                self.clock.jump(now - Duration::seconds(i64::from(self.dice.between(1, 600))));
                Ok(())
            }
            2 => {
                self.report.counts.jumps += 1;
                self.clock.jump(now + Duration::seconds(i64::from(self.dice.between(1, 120))));
                Ok(())
            }
            _ => {
                let index = self.dice.below(self.screens.len());
                self.screens[index].leave();
                Ok(())
            }
        }
    }

    /// The machine dies without a word while commands are under way: what is left is the disk as it is at that
    /// moment. Another one goes on with it, and whoever got no answer asks again with the same key.
    async fn die(&mut self) -> Result<(), Failure> {
        self.look().await?;
        let issued_before = self.ledger.issued;
        let hands = self.hands().await?;
        let asked: Vec<_> = hands.iter().map(|it| self.submit(it.clone())).collect();
        for _ in 0..self.dice.below(MOMENTS_MAX) {
            tokio::task::yield_now().await;
        }
        let mut answers = Vec::with_capacity(asked.len());
        for it in asked {
            answers.push(if it.is_finished() { it.await.ok() } else { None });
        }
        let told = self.screens.iter().map(|it| it.told().seq).max().unwrap_or_default();
        let data = tempfile::tempdir().map_err(|cause| Failure(cause.to_string()))?;
        folder::copy(self.data.path(), &self.hub.db, data.path()).await?;
        self.stop().await;
        self.hub = start(&data, &self.clock).await?;
        self.data = data;
        self.report.counts.restarts += 1;

        let found = self.seen().await?.fold.seq;
        let known = answers.iter().flatten().flatten().map(|it| it.at.seq).max().unwrap_or_default();
        nothing_is_lost(found, &[self.ledger.seq(), known, told]).map_err(|what| self.failed(what))?;
        let taken = self.ask_again(hands, answers).await?;
        self.look().await?;
        let issued = self.ledger.issued - issued_before;
        done_once(taken, issued).map_err(|what| self.failed(what))?;
        self.look_at_boards().await
    }

    /// Visitors take tickets and counters call, each with a key of its own.
    async fn hands(&mut self) -> Result<Vec<Asked>, Failure> {
        let hall = self.seen().await?;
        let mut hands = Vec::with_capacity(UNDER_WAY);
        for hand in 0..UNDER_WAY {
            let counter = self.dice.one(&hall.setup.counters).map(|it| it.id.clone());
            let asked = match counter.filter(|_| hand % 2 == 0) {
                Some(counter) => {
                    let by = By::Person(format!("staff-{counter}"));
                    Asked::plain(Command::CallNext(hall::moves::CallNext { counter }), by, Reach::Own)
                }
                None => match people::arrive(&hall, &mut self.dice) {
                    Some(issue) => Asked::plain(issue, By::Token(KIOSK.into()), Reach::Hall),
                    None => continue,
                },
            };
            hands.push(self.with_key(asked));
        }
        Ok(hands)
    }

    fn submit(&self, asked: Asked) -> tokio::task::JoinHandle<Result<Answer, Error>> {
        let (halls, hall) = (self.hub.halls.clone(), self.hall.clone());
        self.hub.tasks.spawn(async move { halls.submit(&hall, asked).await })
    }

    /// Asks everything again with its key; who was told yes is told the same. Answers how many took a ticket.
    async fn ask_again(
        &mut self,
        hands: Vec<Asked>,
        answers: Vec<Option<Result<Answer, Error>>>,
    ) -> Result<u64, Failure> {
        let mut taken = 0;
        for (asked, before) in hands.into_iter().zip(answers) {
            let takes = matches!(asked.command, Command::Issue(_));
            let again = self.hub.halls.submit(&self.hall, asked).await;
            match (&before, &again) {
                (Some(Ok(one)), Ok(two)) => same_answer(one, two).map_err(|what| self.failed(what))?,
                (Some(Ok(one)), Err(no)) => {
                    return Err(self.failed(format!("{one:?} was answered, and after the restart {no}")));
                }
                (Some(Err(_)) | None, _) => {}
            }
            taken += u64::from(takes && again.is_ok());
            self.report.counts.repeated += 1;
            self.count(again.map(drop))?;
        }
        Ok(taken)
    }

    /// Ends the hub without a word to anybody.
    pub(super) async fn stop(&mut self) {
        for screen in &mut self.screens {
            screen.leave();
        }
        self.hub.stop.cancel();
        self.hub.tasks.close();
        self.hub.tasks.wait().await;
        self.hub.db.close().await;
    }
}

/// What somebody knew of is still in the journal.
fn nothing_is_lost(found: i64, known: &[i64]) -> Result<(), String> {
    match known.iter().max() {
        Some(last) if *last > found => {
            Err(format!("entry {last} was known, but after the restart {found} is the last"))
        }
        Some(_) | None => Ok(()),
    }
}

/// Every key that was answered yes took one ticket, and nobody else took any.
fn done_once(answered: u64, issued: u64) -> Result<(), String> {
    if answered == issued {
        return Ok(());
    }
    Err(format!("{answered} keys were answered with a ticket, but {issued} tickets were issued for them"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_known_and_is_gone_is_found() {
        assert!(nothing_is_lost(7, &[7, 3, 0]).is_ok());
        assert!(nothing_is_lost(7, &[6, 8]).is_err_and(|it| it.contains("entry 8 was known")));
    }

    #[test]
    fn what_a_key_did_twice_or_never_is_found() {
        assert!(done_once(3, 3).is_ok());
        assert!(done_once(3, 4).is_err() && done_once(3, 2).is_err());
    }
}
