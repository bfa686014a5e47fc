//! Who asks for what: a command with everything a decision needs besides the hall itself.

use serde::{Deserialize, Serialize};

use crate::forecast::Interval;
use crate::ids::TicketId;
use crate::moves::Command;

/// Who caused an entry. Ids only; never a name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A member of staff, by id.
    Person(String),
    /// A program, by the id of its token.
    Token(String),
    /// The holder of the ticket.
    Visitor,
    /// The hub itself: something was due.
    Hub,
}

/// How far the caller's word reaches in this hall.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Only the ticket whose key they hold.
    Ticket,
    /// The counters they hold.
    Own,
    /// Everything in the hall.
    Hall,
}

/// A command with its caller and the randomness it needs.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What is wanted.
    pub command: Command,
    /// Who wants it.
    pub by: By,
    /// What they may touch.
    pub reach: Reach,
    /// Refuse as `stale` if what is named has an entry later than this.
    pub expect: Option<i64>,
    /// A fresh key, used if a ticket is issued (chance comes in through the door).
    pub fresh_id: TicketId,
    /// What wait a ticket that is issued is promised (working it out takes longer than deciding).
    pub promised: Option<Interval>,
}
