//! When things are said: one queue a speaker. Pure: `now` is an argument, and nothing is heard here.
//!
//! * Emergency goes before broadcast, broadcast before call; within a rank who came first. Music is what is left:
//!   it has no place in the queue, the mixer lowers it under everything that is said.
//! * Never two at once. Whoever speaks is asked with [`Announcer::next`] what to do, and tells when it is done.
//! * An emergency does not wait for a sentence to end: what is being said stops at its next join. It is said again
//!   from its beginning afterwards, because half a call tells nobody anything; unless it is stale by then.
//! * What is not begun by its time is dropped, and so is what is no longer true. Everything that was pushed is said
//!   once or counted as dropped, by reason.

mod levels;
mod saying;
mod tally;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use levels::{Level, Levels};
pub use saying::{About, Moment, Order, Rank, Saying, Stop};
pub use tally::Tally;

/// Most things that wait for one speaker. At six seconds each that is ten minutes of talk: they go stale before.
pub const WAITING_MAX: usize = 100;
/// Silence between two things that are said, so that they are heard as two.
pub const BETWEEN: Duration = Duration::from_millis(600);

/// How often something that broke off under a failing device is begun anew. A device that has just come back may fail
/// once or twice more before it holds; half a call again and again is worse than none. An emergency goes on trying for
/// as long as it is fresh.
pub const ANEW_MAX: u32 = 3;

/// One that waits or is being said.
#[derive(Debug)]
struct Entry<T> {
    saying: Saying<T>,
    /// How manieth it came.
    arrival: u64,
    /// It was said whole once, and is counted.
    heard: bool,
    /// How often it broke off.
    broken: u32,
}

#[derive(Debug)]
struct Speaking<T> {
    entry: Entry<T>,
    /// Where it is to stop, and whether that was told.
    stop: Option<(Stop, bool)>,
    /// It is over when it stops, and not said again.
    over: bool,
}

/// The queue of one speaker.
#[derive(Debug)]
pub struct Announcer<T> {
    waiting: Vec<Entry<T>>,
    speaking: Option<Speaking<T>>,
    /// When the last one ended.
    quiet_since: Option<Moment>,
    arrivals: u64,
    tally: Tally,
}

impl<T> Default for Announcer<T> {
    fn default() -> Self {
        Self { waiting: Vec::new(), speaking: None, quiet_since: None, arrivals: 0, tally: Tally::default() }
    }
}

impl<T: Clone> Announcer<T> {
    /// Something more to say; what is stale already is only counted.
    pub fn push(&mut self, mut saying: Saying<T>, now: Moment) {
        saying.times = saying.times.max(1);
        if now > saying.fresh_until {
            self.tally.stale += 1;
            return;
        }
        if let About::Ticket { ticket, counter } = &saying.about {
            let (ticket, counter) = (*ticket, counter.clone());
            self.withdraw(|it| matches!(it, About::Ticket { ticket: t, counter: c } if *t == ticket && *c != counter));
        }
        if let Some(same) = self.waiting.iter_mut().find(|it| it.saying.about == saying.about) {
            self.tally.merged += 1;
            // It keeps its place, and is good as long as the newer one.
            saying.due = same.saying.due.min(saying.due);
            saying.fresh_until = same.saying.fresh_until.max(saying.fresh_until);
            saying.rank = same.saying.rank.max(saying.rank);
            same.saying = saying;
        } else {
            self.arrivals += 1;
            self.waiting.push(Entry { saying, arrival: self.arrivals, heard: false, broken: 0 });
        }
        self.sort();
        if self.waiting.len() > WAITING_MAX {
            let last = self.waiting.pop();
            self.tally.full += u64::from(last.is_some_and(|it| !it.heard));
        }
    }

    /// Takes out what is over. What is being said of a ticket is said to its end, once; an announcement that was
    /// withdrawn stops at its next join.
    pub fn withdraw(&mut self, is_over: impl Fn(&About) -> bool) {
        let tally = &mut self.tally;
        self.waiting.retain(|it| {
            let over = is_over(&it.saying.about);
            tally.withdrawn += u64::from(over && !it.heard);
            !over
        });
        if let Some(speaking) = self.speaking.as_mut().filter(|it| is_over(&it.entry.saying.about)) {
            let stop = match speaking.entry.saying.about {
                About::Ticket { .. } | About::Test => Stop::Time,
                About::Announcement(_) => Stop::Join,
            };
            speaking.over = true;
            speaking.ask(stop);
        }
    }

    /// What to do now: called after everything that happens, and often enough for `due` and freshness.
    ///
    /// `is_ready` tells whether the sounds are there; what is not ready holds up who stands behind it in its rank, so
    /// the caller gives up waiting before long.
    pub fn next(&mut self, now: Moment, is_ready: impl Fn(&T) -> bool) -> Option<Order<T>> {
        self.drop_stale(now);
        let next = self.first_ready(now, is_ready);
        if let Some(speaking) = &mut self.speaking {
            // One whose sounds are still being made interrupts nobody: half a call would be followed by silence.
            let urgent = next.is_some_and(|n| self.waiting[n].saying.rank == Rank::Emergency);
            if urgent && speaking.entry.saying.rank < Rank::Emergency {
                speaking.ask(Stop::Join);
            }
            return speaking.tell().map(Order::Stop);
        }
        let next = next?;
        let apart = self.quiet_since.is_none_or(|since| now >= since + BETWEEN);
        if !(apart || self.waiting[next].saying.rank == Rank::Emergency) {
            return None;
        }
        let entry = self.waiting.remove(next);
        let saying = entry.saying.clone();
        self.speaking = Some(Speaking { entry, stop: None, over: false });
        Some(Order::Begin(saying))
    }

    /// The first that is due and has its sounds. What still waits for them holds up its own rank, so that calls keep
    /// their order, and lets lower ones pass: words that are being made do not silence the calls meanwhile.
    fn first_ready(&self, now: Moment, is_ready: impl Fn(&T) -> bool) -> Option<usize> {
        let mut held = None;
        self.waiting.iter().position(|Entry { saying, .. }| {
            let tried = saying.due <= now && held != Some(saying.rank);
            let ready = tried && is_ready(&saying.content);
            if tried && !ready {
                held = Some(saying.rank);
            }
            ready
        })
    }

    /// What was being said has ended, or was stopped, after so many whole times.
    pub fn ended(&mut self, now: Moment, times: u32) {
        let Some(Speaking { mut entry, over, .. }) = self.speaking.take() else { return };
        self.quiet_since = Some(now);
        if times > 0 && !entry.heard {
            entry.heard = true;
            self.tally.said += 1;
        }
        entry.saying.times = entry.saying.times.saturating_sub(times);
        if over {
            self.tally.withdrawn += u64::from(!entry.heard);
        } else if entry.saying.times > 0 {
            self.waiting.push(entry);
            self.sort();
        }
    }

    /// What was being said broke off under a device that failed: it is begun anew, but not again and again.
    pub fn broke_off(&mut self, now: Moment) {
        let Some(Speaking { entry, .. }) = &mut self.speaking else { return };
        entry.broken += 1;
        if entry.broken > ANEW_MAX && entry.saying.rank < Rank::Emergency {
            self.tally.broken += u64::from(!entry.heard);
            self.speaking = None;
            self.quiet_since = Some(now);
        } else {
            self.ended(now, 0);
        }
    }

    /// Takes out everything that waits, as no longer true.
    pub fn forget(&mut self) {
        self.withdraw(|_| true);
    }

    /// There is nothing to be heard of what was begun.
    pub fn mute(&mut self) {
        if let Some(Speaking { entry, .. }) = self.speaking.take() {
            self.tally.mute += u64::from(!entry.heard);
        }
    }

    /// What became of everything so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Whether something is being said.
    pub fn is_speaking(&self) -> bool {
        self.speaking.is_some()
    }

    fn sort(&mut self) {
        self.waiting.sort_by_key(|it| (std::cmp::Reverse(it.saying.rank), it.arrival));
    }

    fn drop_stale(&mut self, now: Moment) {
        let tally = &mut self.tally;
        self.waiting.retain(|it| {
            let stale = now > it.saying.fresh_until;
            tally.stale += u64::from(stale && !it.heard);
            !stale
        });
    }
}

impl<T> Speaking<T> {
    /// Asks for a stop; a nearer one counts.
    fn ask(&mut self, stop: Stop) {
        if self.stop.is_none_or(|(asked, _)| asked < stop) {
            self.stop = Some((stop, false));
        }
    }

    /// The stop to be told, once.
    fn tell(&mut self) -> Option<Stop> {
        let (stop, told) = self.stop.as_mut()?;
        (!std::mem::replace(told, true)).then_some(*stop)
    }
}
