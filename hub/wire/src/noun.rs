//! The nouns on the wire: tickets, counters and queues, as frames and boards carry them.
//!
//! Strings for ids and states: a listener needs no rules, and an unknown state is not an error.

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
    #[serde(default)]
    pub priority: Option<String>,
    /// The counter it is at, or waits for.
    #[serde(default)]
    pub counter: Option<String>,
    /// Its stage on a route.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// Where it is shown: where its queue waits, and where its counter stands; empty = everywhere.
    #[serde(default)]
    pub zones: Vec<String>,
    /// Order key in its line; only the hub knows the mix.
    pub order: i64,
    /// What staff also see.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = StaffPart)]
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

/// What the staff cut adds to a ticket: in the public cut none of it, else all of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct StaffPart {
    /// The visitor's key.
    #[schema(required = false)]
    pub id: String,
    /// `kiosk, counter, phone, api`.
    #[schema(required = false)]
    pub channel: String,
    /// `zh, en`.
    #[schema(required = false)]
    pub language: String,
    /// When it was taken.
    #[schema(required = false)]
    pub issued_at: DateTime<Utc>,
    /// Since when it waits in this line.
    #[schema(required = false)]
    pub waiting_since: DateTime<Utc>,
    /// First called.
    pub called_at: Option<DateTime<Utc>>,
    /// Last called or recalled.
    pub spoken_at: Option<DateTime<Utc>>,
    /// Service began.
    pub started_at: Option<DateTime<Utc>>,
    /// Served so long before it was put aside, seconds: what counts besides the time since the counter began again.
    #[serde(default)]
    pub served_s: u32,
    /// Parked, if it is: since when.
    #[serde(default)]
    pub parked_at: Option<DateTime<Utc>>,
    /// Parked or allowed to return until.
    pub until: Option<DateTime<Utc>>,
    /// Code.
    pub reason: Option<String>,
    /// Made from this appointment.
    pub appointment: Option<String>,
    /// Times called in this call.
    #[schema(required = false)]
    pub calls: u32,
    /// Present in the hall.
    #[schema(required = false)]
    pub present: bool,
    /// Came back after a no-show.
    #[schema(required = false)]
    pub returned: bool,
    /// A visitor's row is known.
    #[schema(required = false)]
    pub visitor: bool,
}

impl Ticket {
    /// Whether something can still happen to it: such tickets stand on boards.
    pub fn is_open(&self) -> bool {
        matches!(self.state.as_str(), "waiting" | "called" | "serving" | "parked")
    }
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
    /// The zone it stands in; none = it stands for the whole hall.
    #[serde(default)]
    pub zone: Option<String>,
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
