//! What happened in a hall: the entries of its journal.
//!
//! Events never change meaning: a variant may be added, none is bent; old journals are replayed
//! by a test for ever. They hold ids and codes only: no name, phone, number of identity or free text.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::ask::By;
use crate::forecast::Interval;
use crate::ids::{
    AnnouncementId, ClassId, CounterId, QueueId, ReasonId, SpeakerId, TicketId, TicketRef, VisitorId, ZoneId,
};
use crate::next::Because;
use crate::setup::Mode;
use crate::ticket::{Channel, Language, OrderKey};

/// One line of a hall's journal.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1 without gaps.
    pub seq: i64,
    /// `now` under the hall's lock; never before the entry before it.
    pub time: DateTime<Utc>,
    /// Who caused it.
    pub by: By,
    /// What happened.
    pub event: Event,
}

/// What happened.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "a field that only names the ticket, counter, queue or reason says so itself")]
pub enum Event {
    /// A business day began, was closed or opened again.
    Day {
        /// Its date at the site.
        date: NaiveDate,
        /// Open or closed.
        open: bool,
        /// A new day (numbers start again), not the same one closed or opened again.
        new: bool,
    },
    /// A ticket was taken; its `ref` is the number of this entry.
    Issued(Box<Issued>),
    /// The visitor is in the hall.
    CheckedIn { ticket: TicketRef },
    /// A ticket was called to a counter.
    Called { ticket: TicketRef, counter: CounterId, because: Because },
    /// The same call again.
    Recalled { ticket: TicketRef, counter: CounterId },
    /// Service began.
    Started { ticket: TicketRef, counter: CounterId },
    /// Service ended; with `next`, the ticket waits for its next stage.
    Finished {
        ticket: TicketRef,
        counter: CounterId,
        /// The next queue, for a route or a way back.
        next: Option<NextStage>,
        /// The counter wraps up until then.
        wrap_up_until: Option<DateTime<Utc>>,
        /// Length of the service, seconds (what the forecast learns from).
        service_s: u32,
    },
    /// The visitor did not come.
    NoShow { ticket: TicketRef, counter: CounterId, return_until: DateTime<Utc>, wrap_up_until: Option<DateTime<Utc>> },
    /// Put aside.
    Parked {
        ticket: TicketRef,
        counter: CounterId,
        /// Comes back to this counter, else to the queue.
        at_counter: bool,
        reason: Option<ReasonId>,
        until: Option<DateTime<Utc>>,
    },
    /// Back from being parked: called to its counter, or waiting with its old order.
    Unparked { ticket: TicketRef, called_to: Option<CounterId> },
    /// Moved to another queue or counter.
    Transferred(Box<Transferred>),
    /// A no-show came back.
    Returned { ticket: TicketRef, order: OrderKey },
    /// The visitor asked for more time.
    Deferred { ticket: TicketRef, order: OrderKey },
    /// Given up, or taken out with a reason.
    Cancelled { ticket: TicketRef, reason: Option<ReasonId> },
    /// Put into another class.
    Reprioritised { ticket: TicketRef, priority: Option<ClassId>, reason: ReasonId },
    /// The counter's last step was taken back.
    Undone { counter: CounterId, undoes: i64 },
    /// The day ended before it was served.
    Unserved { ticket: TicketRef },
    /// A counter was opened, paused, resumed or closed, or its wrapping-up ended.
    Counter { counter: CounterId, change: CounterChange },
    /// A queue was frozen or thawed.
    Queue { queue: QueueId, frozen: bool, reason: Option<ReasonId> },
    /// The mode of the hall, a queue or a counter was set; without one, what was set was taken back.
    Mode { mode: Option<Mode>, queue: Option<QueueId>, counter: Option<CounterId> },
    /// The setup changed.
    Configured { revision: i64 },
    /// Something was announced by hand; the words are kept outside the journal.
    Announced(Box<Announced>),
    /// An announcement is not shown any more, before its time.
    Withdrawn {
        announcement: AnnouncementId,
        /// Where it was shown; empty = the whole hall.
        zones: Vec<ZoneId>,
    },
}

/// See [`Event::Issued`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Issued {
    /// The visitor's key.
    pub id: TicketId,
    /// What is printed.
    pub number: String,
    /// Numbering series, and the number in it (none for order numbers given by somebody else).
    pub series: String,
    /// The running number inside the series.
    pub running: Option<u32>,
    /// The queue.
    pub queue: QueueId,
    /// The whole route, if it has several stages (the first is `queue`).
    pub route: Vec<QueueId>,
    /// The door it came through.
    pub channel: Channel,
    /// Class.
    pub priority: Option<ClassId>,
    /// Language.
    pub language: Language,
    /// The visitor's row.
    pub visitor: Option<VisitorId>,
    /// Present in the hall.
    pub present: bool,
    /// What wait was promised with it, if any: whoever is not there yet, or whom nobody serves, is promised none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Interval>,
}

/// See [`Event::Finished`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NextStage {
    /// Where the ticket waits now.
    pub queue: QueueId,
    /// Its stage, from 1; none when it goes back after a transfer.
    pub index: Option<u32>,
    /// Goes before all others there.
    pub stage_first: bool,
    /// Present there at once, or only after check-in.
    pub present: bool,
}

/// See [`Event::Transferred`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Transferred {
    /// The ticket.
    pub ticket: TicketRef,
    /// The counter that gives it away, if it was there.
    pub from: Option<CounterId>,
    /// The queue it waits in now.
    pub queue: QueueId,
    /// The counter it waits for, if one was named.
    pub to_counter: Option<CounterId>,
    /// Its place.
    pub order: OrderKey,
    /// The queue it goes back to afterwards.
    pub back_to: Option<QueueId>,
    /// Why.
    pub reason: Option<ReasonId>,
}

/// See [`Event::Counter`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CounterChange {
    /// Opened by, or for, somebody.
    Opened {
        /// Who holds it now.
        staff: By,
    },
    /// Paused with a reason.
    Paused {
        /// `busy`, `away`, `break`, `other`, or one of the hall's.
        reason: ReasonId,
    },
    /// Open again after a pause.
    Resumed,
    /// Nobody is there any more.
    Closed,
    /// The time after a visitor is over.
    WrappedUp,
}

/// See [`Event::Announced`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Announced {
    /// Its row.
    pub id: AnnouncementId,
    /// Where; empty = the whole hall.
    pub zones: Vec<ZoneId>,
    /// Speakers; empty = all of the zones.
    pub speakers: Vec<SpeakerId>,
    /// Language, if not both.
    pub language: Option<Language>,
    /// How often it is said, 1-5.
    pub repeat: u32,
    /// It goes before everything else, and interrupts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub emergency: bool,
    /// Shown until then.
    pub until: DateTime<Utc>,
}
