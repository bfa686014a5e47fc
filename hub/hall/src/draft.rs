//! A decision in the making: a copy of the hall that takes each event as it is decided.
//!
//! So a later step of the same decision (the automatic assignment after a finish) sees the
//! earlier ones. If the command is refused the copy is dropped and nothing has happened.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::ask::{Ask, By};
use crate::assign;
use crate::due;
use crate::event::{Entry, Event};
use crate::fold::{Touched, begins_day};
use crate::hall::Hall;
use crate::moves;
use crate::refusal::{Refusal, RefusalCode};
use crate::setup::Setup;

/// A decided command: the entries it appends, what each touched, and the hall after them.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Entries to append, in order; empty only for a `tick` with nothing due.
    pub entries: Vec<Entry>,
    /// What each entry touched, as it stood right after it.
    pub touched: Vec<Touched>,
    /// The hall after the last entry.
    pub hall: Hall,
    /// Which entry answers the command itself (index into `entries`): its ticket and counter are shown to the caller.
    pub answer: Option<usize>,
}

/// See the module.
pub struct Draft {
    pub(crate) hall: Hall,
    pub(crate) now: DateTime<Utc>,
    pub(crate) by: By,
    entries: Vec<Entry>,
    touched: Vec<Touched>,
    answer: Option<usize>,
}

impl Hall {
    /// Decides a command at `now` (taken under the lock, and never before the last entry's time):
    /// first what is due, then the command, then what follows from both by itself.
    pub fn decide(&self, ask: &Ask, now: DateTime<Utc>) -> Result<Decision, Refusal> {
        let mut draft = Draft::new(self.clone(), now);
        due::catch_up(&mut draft, true);
        draft.by = ask.by.clone();
        draft.refuse_stale(ask)?;
        moves::decide(&mut draft, ask)?;
        draft.by = By::Hub;
        assign::free_counters(&mut draft);
        Ok(draft.into_decision())
    }

    /// What a new revision of the setup makes of the hall: what was due under the old one, the `configured`
    /// entry, and what follows under the new one. The caller stores the setup in the same transaction.
    pub fn configure(&self, setup: Arc<Setup>, revision: i64, by: By, now: DateTime<Utc>) -> Decision {
        let mut draft = Draft::new(self.clone(), now);
        due::catch_up(&mut draft, false);
        draft.by = by;
        draft.hall.setup = setup;
        draft.answer(Event::Configured { revision });
        draft.by = By::Hub;
        assign::free_counters(&mut draft);
        draft.into_decision()
    }

    /// What is due at `now`, without a command. No entries: nothing was.
    pub fn tick(&self, now: DateTime<Utc>) -> Decision {
        let mut draft = Draft::new(self.clone(), now);
        due::catch_up(&mut draft, false);
        assign::free_counters(&mut draft);
        draft.into_decision()
    }
}

impl Draft {
    fn new(hall: Hall, now: DateTime<Utc>) -> Self {
        let now = hall.fold.time.map_or(now, |last| now.max(last));
        Self { hall, now, by: By::Hub, entries: Vec::new(), touched: Vec::new(), answer: None }
    }

    /// The number the next entry will have.
    pub fn next_seq(&self) -> i64 {
        self.hall.fold.seq + 1
    }

    /// Appends an event and lets the hall take it.
    pub fn emit(&mut self, event: Event) -> &Touched {
        let entry = Entry { seq: self.next_seq(), time: self.now, by: self.by.clone(), event };
        let touched = self.hall.apply(&entry);
        self.entries.push(entry);
        self.touched.push(touched);
        &self.touched[self.touched.len() - 1]
    }

    /// The same, and this entry is the answer to the command.
    pub fn answer(&mut self, event: Event) {
        self.answer = Some(self.entries.len());
        self.emit(event);
    }

    /// The new day that was due is the answer, if it was.
    pub fn answer_with_new_day(&mut self) -> bool {
        self.answer = self.entries.iter().position(|it| begins_day(&it.event));
        self.answer.is_some()
    }

    fn refuse_stale(&self, ask: &Ask) -> Result<(), Refusal> {
        let Some(expected) = ask.expect else {
            return Ok(());
        };
        let last = moves::last_entry_of(&self.hall, &ask.command);
        if last > expected {
            return Err(Refusal::no(
                RefusalCode::Stale,
                "something happened here since you looked; look again and repeat if you still want it",
            ));
        }
        Ok(())
    }

    fn into_decision(self) -> Decision {
        Decision { entries: self.entries, touched: self.touched, hall: self.hall, answer: self.answer }
    }
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;

    #[test]
    fn who_says_what_they_saw_is_refused_if_something_happened_since() {
        let mut hall = given([one_waiting(), one_waiting()]);
        let seen = hall.hall.fold.seq;
        hall.must(call_next(2)).when(call_next(1).expecting(seen)).then("A002 to counter 1");
        hall.when(finish(1).expecting(seen)).then_refused(RefusalCode::Stale, "look again");
        hall.when(issue("a").expecting(seen)).then_refused(RefusalCode::Stale, "look again");
        let now = hall.hall.fold.seq;
        hall.when(issue("a").expecting(now)).then("A003 taken");
    }
}
