//! What is to be said, and what whoever speaks is told to do.

use std::time::Duration;

/// A moment: so long after another one, which the caller chooses and keeps to.
pub type Moment = Duration;

/// What goes before what.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Rank {
    /// A ticket is called.
    Call,
    /// Somebody speaks to a zone.
    Broadcast,
    /// Before everything else, and interrupts.
    Emergency,
}

/// What is said, so that equal things are one and what is over can be taken out.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum About {
    /// A ticket is to go to a counter.
    Ticket {
        /// Its public name.
        ticket: i64,
        /// The counter; empty = none (a missed call).
        counter: String,
    },
    /// An announcement, by id.
    Announcement(String),
    /// A test of the speaker.
    Test,
}

/// Something that is to be said.
#[derive(Clone, PartialEq, Debug)]
pub struct Saying<T> {
    /// What goes before what.
    pub rank: Rank,
    /// What it is about.
    pub about: About,
    /// Not before.
    pub due: Moment,
    /// Not begun by then, it is not said any more.
    pub fresh_until: Moment,
    /// How often, at least once.
    pub times: u32,
    /// Silence between two times.
    pub gap: Duration,
    /// A chime goes before it.
    pub chime: bool,
    /// Whatever the speaker needs to say it.
    pub content: T,
}

/// What whoever speaks is to do now.
#[derive(Clone, PartialEq, Debug)]
pub enum Order<T> {
    /// Say this, so often; then tell [`super::Announcer::ended`].
    Begin(Saying<T>),
    /// Stop what is being said there.
    Stop(Stop),
}

/// Where something that is being said stops.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stop {
    /// When it has been said once more: the rest of its times is left out.
    Time,
    /// At the next join.
    Join,
}
