//! Frames: what happened, with the new state of what it touched.
//!
//! Folding is always the same (replace the ticket by `ref`, the counter by `id`), so a listener
//! that does not know a kind still keeps a right board.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::Estimate;

/// A ticket on the wire. The second half is in the staff cut only.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Ticket {
    /// Public name.
    #[serde(rename = "ref")]
    pub reference: i64,
    /// What is printed.
    pub number: String,
    /// Its queue.
    pub queue: String,
    /// `waiting, called, serving, parked, no_show, done, cancelled, unserved`.
    pub state: String,
    /// Class code.
    pub priority: Option<String>,
    /// The counter it is at, or waits for.
    pub counter: Option<String>,
    /// Its stage on a route.
    pub stage: Option<Stage>,
    /// Where it is shown; empty = everywhere.
    pub zones: Vec<String>,
    /// Order key in its line; only the hub knows the mix.
    pub order: i64,
    /// What staff also see.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffPart>,
}

/// One of several stages.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Stage {
    /// Which, from 1.
    pub index: u32,
    /// Of how many.
    pub of: u32,
    /// The name of its queue.
    pub name: String,
}

/// What the staff cut adds to a ticket.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct StaffPart {
    /// The visitor's key.
    pub id: String,
    /// `kiosk, counter, phone, api`.
    pub channel: String,
    /// `zh, en`.
    pub language: String,
    /// When it was taken.
    pub issued_at: DateTime<Utc>,
    /// Since when it waits in this line.
    pub waiting_since: DateTime<Utc>,
    /// First called.
    pub called_at: Option<DateTime<Utc>>,
    /// Last called or recalled.
    pub spoken_at: Option<DateTime<Utc>>,
    /// Service began.
    pub started_at: Option<DateTime<Utc>>,
    /// Parked or allowed to return until.
    pub until: Option<DateTime<Utc>>,
    /// Code.
    pub reason: Option<String>,
    /// Made from this appointment.
    pub appointment: Option<String>,
    /// Times called in this call.
    pub calls: u32,
    /// Present in the hall.
    pub present: bool,
    /// Came back after a no-show.
    pub returned: bool,
    /// A visitor's row is known.
    pub visitor: bool,
}

/// A counter on the wire.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Counter {
    /// Its id.
    pub id: String,
    /// What is on its sign.
    pub label: String,
    /// `closed, open, calling, serving, paused, wrapping_up`.
    pub state: String,
    /// The ticket it has.
    pub ticket: Option<i64>,
    /// What it serves.
    pub queues: Vec<String>,
    /// Why it is paused.
    pub reason: Option<String>,
    /// Since when it is in this state.
    pub since: Option<DateTime<Utc>>,
    /// Where it stands and where its queues wait; empty = everywhere.
    pub zones: Vec<String>,
    /// Who is there; staff cut only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<Staff>,
}

/// Who is at a counter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Staff {
    /// Id of the person or token.
    pub id: String,
    /// Staff number, if a person.
    pub staff_no: Option<String>,
}

/// A queue on the wire.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Queue {
    /// Its id.
    pub id: String,
    /// Letters before the number.
    pub prefix: String,
    /// Chinese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// At most five characters, for screens.
    pub short: Option<String>,
    /// Its department.
    pub department: Option<String>,
    /// The same in English.
    pub department_en: Option<String>,
    /// Where its visitors wait; empty = everywhere.
    pub zones: Vec<String>,
    /// How many wait; each side counts them itself from the tickets after every frame.
    pub waiting: u32,
    /// `open, closed, noon, full, frozen`.
    pub state: String,
    /// Waiting time of somebody who comes now.
    pub estimate: Option<Estimate>,
}

/// What every kind of frame may carry: the new state of what was touched.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Touch {
    /// The ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Ticket>,
    /// The counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<Counter>,
    /// A second counter, when a move touches two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_counter: Option<Counter>,
    /// Everywhere this is shown, also where it is no longer; empty = the whole hall.
    #[serde(default)]
    pub zones: Vec<String>,
    /// Code of a reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<DateTime<Utc>>,
}

/// A call, first or repeated.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Called {
    /// What was touched.
    #[serde(flatten)]
    pub touch: Touch,
    /// How often it was called, this time included.
    pub times: u32,
    /// When it is to be spoken.
    pub speak_at: Option<DateTime<Utc>>,
    /// Why this one; staff cut only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Because>,
}

/// Why a ticket was called.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Because {
    /// The rule that decided.
    pub rule: String,
    /// The candidates' refs, the called one first.
    pub candidates: Vec<i64>,
}

/// A step taken back.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Undone {
    /// What was touched.
    #[serde(flatten)]
    pub touch: Touch,
    /// The entry that is taken back.
    pub undoes: i64,
}

/// A queue changed: frozen, thawed, or its mode set.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QueueChanged {
    /// What was touched.
    #[serde(flatten)]
    pub touch: Touch,
    /// The queues concerned, as they stand now; empty = the whole hall's mode.
    pub queues: Vec<Queue>,
    /// The mode, where one was set: `manual, automatic, mixed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
}

/// The setup changed: everything that boards show of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Configured {
    /// The new revision.
    pub revision: i64,
    /// The hall's names and words.
    pub hall: crate::board::HallFace,
    /// All queues.
    pub queues: Vec<Queue>,
    /// All counters.
    pub counters: Vec<Counter>,
}

/// The business day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Day {
    /// Its date at the site, `2026-11-24`.
    pub date: String,
    /// Whether it takes tickets.
    pub open: bool,
    /// A new day, not the same one again.
    pub new: bool,
}

/// Something said by hand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Announced {
    /// Its id.
    pub id: String,
    /// The words; they stand once in the frame.
    pub text: Option<String>,
    /// A recorded clip instead.
    pub clip: Option<String>,
    /// Where; empty = the whole hall.
    pub zones: Vec<String>,
    /// Speakers by name; empty = all of the zones.
    pub speakers: Vec<String>,
    /// In this language only.
    pub language: Option<String>,
    /// How often it is said.
    pub repeat: u32,
    /// Shown until then.
    pub until: DateTime<Utc>,
}

/// One frame: `{KIND: {…}}`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the kinds are the contract's words; each is a verb of a ticket's life"
)]
pub enum Frame {
    Issued(Touch),
    CheckedIn(Touch),
    Called(Called),
    Recalled(Called),
    Started(Touch),
    Finished(Touch),
    NoShow(Touch),
    Parked(Touch),
    Unparked(Called),
    Transferred(Touch),
    Returned(Touch),
    Deferred(Touch),
    Cancelled(Touch),
    Reprioritised(Touch),
    Undone(Undone),
    Unserved(Touch),
    Counter(Touch),
    Queue(QueueChanged),
    Configured(Configured),
    Day(Day),
    Announced(Announced),
}
