//! What people do to the hall: each asks through the one door, as everybody does.

use chrono::{DateTime, Utc};
use hall::{By, Command, Hall, Reach, TicketId, TicketRef};

use super::{Failure, KIOSK, World};
use crate::Error;
use crate::halls::{Answer, Asked, IdempotencyKey};
use crate::simulate::agenda::Act;
use crate::simulate::people;
use crate::simulate::waits::Said;

impl World {
    /// Somebody comes in and takes a ticket; some of them want something later.
    pub(super) async fn arrive(&mut self, now: DateTime<Utc>) -> Result<(), Failure> {
        if self.arrived >= self.options.visitors {
            return Ok(());
        }
        self.arrived += 1;
        let next = self.dice.wait(self.plan.arrival_s);
        self.agenda.note_in(now, next, Act::Arrive);
        let hall = self.seen().await?;
        let Some(command) = people::arrive(&hall, &mut self.dice) else {
            return Ok(());
        };
        let guesses = if let Command::Issue(issue) = &command { Said::guesses(&hall, &issue.queue) } else { [None; 3] };
        let asked = Asked::plain(command, By::Token(KIOSK.into()), Reach::Hall);
        let said = self.hub.halls.submit(&self.hall, asked).await;
        let taken = said.as_ref().ok().and_then(|it| it.ticket.clone());
        self.count(said.map(drop))?;
        let Some(taken) = taken else { return Ok(()) };
        self.said.keep(TicketRef(taken.reference), guesses);
        if let Some(id) = taken.id.filter(|_| self.dice.percent(30)) {
            let later = self.dice.wait(600.0);
            self.agenda.note_in(now, later, Act::Visitor(id.into()));
        }
        Ok(())
    }

    /// Whoever is at a counter does the next thing.
    pub(super) async fn counter(&mut self, index: usize, now: DateTime<Utc>) -> Result<(), Failure> {
        let hall = self.seen().await?;
        let Some(id) = hall.setup.counters.get(index).map(|it| it.id.clone()) else {
            return Ok(());
        };
        let Ok(counter) = hall.counter(&id) else { return Ok(()) };
        let wish = people::counter(&hall, &counter, now, &self.plan, &mut self.dice);
        self.agenda.note_in(now, wish.again_s.max(0.5), Act::Counter(index));
        let Some(command) = wish.command else { return Ok(()) };
        let by = By::Person(format!("staff-{id}"));
        match self.dice.below(20) {
            0 => self.press_twice(command, by).await,
            1 => self.race(command, by, &hall).await,
            _ => self.ask(command, by, Reach::Own).await,
        }
    }

    /// The holder of a ticket does something, or is content.
    pub(super) async fn visitor(&mut self, id: &TicketId) -> Result<(), Failure> {
        let hall = self.seen().await?;
        let Some(ticket) = hall.ticket_by_id(id) else {
            return Ok(());
        };
        match people::visitor(ticket, &mut self.dice) {
            Some(command) => self.ask(command, By::Visitor, Reach::Ticket).await,
            None => Ok(()),
        }
    }

    /// Asks the hall for something.
    pub(super) async fn ask(&mut self, command: Command, by: By, reach: Reach) -> Result<(), Failure> {
        let said = self.hub.halls.submit(&self.hall, Asked::plain(command, by, reach)).await;
        self.count(said.map(drop))
    }

    /// The same with a key that nobody used before.
    pub(super) fn with_key(&mut self, asked: Asked) -> Asked {
        self.keys += 1;
        let key = IdempotencyKey { scope: "simulated".into(), key: self.keys.to_string(), body_hash: String::new() };
        Asked { key: Some(key), ..asked }
    }

    /// The same press twice with one key: the same answer, one effect.
    async fn press_twice(&mut self, command: Command, by: By) -> Result<(), Failure> {
        let asked = self.with_key(Asked::plain(command, by, Reach::Own));
        let halls = self.hub.halls.clone();
        let (one, two) = tokio::join!(halls.submit(&self.hall, asked.clone()), halls.submit(&self.hall, asked));
        if let (Ok(one), Ok(two)) = (&one, &two) {
            same_answer(one, two).map_err(|what| self.failed(what))?;
        }
        self.count(one.map(drop))?;
        self.count(two.map(drop))
    }

    /// Several counters press call-next in the same moment.
    async fn race(&mut self, command: Command, by: By, hall: &Hall) -> Result<(), Failure> {
        let mut hands = vec![Asked::plain(command, by, Reach::Own)];
        for _ in 0..3 {
            if let Some(other) = self.dice.one(&hall.setup.counters) {
                let call = Command::CallNext(hall::moves::CallNext { counter: other.id.clone() });
                hands.push(Asked::plain(call, By::Person(format!("staff-{}", other.id)), Reach::Own));
            }
        }
        self.report.counts.races += 1;
        let halls = self.hub.halls.clone();
        let answers = futures_util::future::join_all(hands.into_iter().map(|it| halls.submit(&self.hall, it))).await;
        for answer in answers {
            self.count(answer.map(drop))?;
        }
        Ok(())
    }

    /// Counts an answer; anything but yes or no is a failure.
    pub(super) fn count(&mut self, said: Result<(), Error>) -> Result<(), Failure> {
        self.report.counts.commands += 1;
        match said {
            Ok(()) => Ok(()),
            Err(Error::Refused(_) | Error::RefusedAt(_)) => {
                self.report.counts.refusals += 1;
                Ok(())
            }
            Err(cause) => Err(self.failed(cause)),
        }
    }
}

/// A key that was used twice gets one answer.
pub(super) fn same_answer(one: &Answer, two: &Answer) -> Result<(), String> {
    if one == two {
        return Ok(());
    }
    Err(format!("one key was answered {one:?} and then {two:?}"))
}

#[cfg(test)]
mod tests {
    use wire::At;

    use super::*;

    #[test]
    fn two_answers_to_one_key_are_found() {
        let answer = |seq| Answer { at: At { epoch: 1, seq }, ticket: None, counter: None };
        assert!(same_answer(&answer(4), &answer(4)).is_ok());
        assert!(same_answer(&answer(4), &answer(5)).is_err_and(|it| it.contains("one key was answered")));
    }
}
