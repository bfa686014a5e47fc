//! The verbs: one file each, with command, `decide`, `apply` and tests that read as sentences.

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::Entry;
use crate::hall::{Fold, Hall, Touched};
use crate::ids::{TicketId, TicketRef};
use crate::refusal::Refusal;

mod announce;
mod call_next;
mod call_ticket;
mod cancel;
mod check_in;
mod close_counter;
mod day;
mod defer;
mod finish;
mod freeze;
mod issue;
mod no_show;
mod open_counter;
mod park;
mod pause_counter;
mod recall;
mod reprioritise;
mod return_;
mod set_mode;
mod start;
mod transfer;
mod undo;

pub use announce::Announce;
pub use call_next::CallNext;
pub use call_ticket::CallTicket;
pub use cancel::Cancel;
pub use check_in::CheckIn;
pub use close_counter::CloseCounter;
pub use day::{CloseDay, OpenDay};
pub use defer::Defer;
pub use finish::Finish;
pub use freeze::{FreezeQueue, ThawQueue};
pub use issue::Issue;
pub use no_show::NoShow;
pub use open_counter::OpenCounter;
pub use park::{Park, Unpark};
pub use pause_counter::{PauseCounter, ResumeCounter};
pub use recall::Recall;
pub use reprioritise::Reprioritise;
pub use return_::Return;
pub use set_mode::SetMode;
pub use start::Start;
pub use transfer::{Place, Then, Transfer};
pub use undo::Undo;

/// What a hall can be asked to do. On the wire `{"do": VERB, …fields}`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Command {
    /// Take a ticket.
    Issue(Issue),
    /// Be in the hall.
    CheckIn(CheckIn),
    /// Call whoever is next.
    CallNext(CallNext),
    /// Call a chosen ticket.
    CallTicket(CallTicket),
    /// Call again.
    Recall(Recall),
    /// Begin the service.
    Start(Start),
    /// End the service.
    Finish(Finish),
    /// The visitor did not come.
    NoShow(NoShow),
    /// Put aside.
    Park(Park),
    /// Bring back.
    Unpark(Unpark),
    /// To another queue or counter.
    Transfer(Transfer),
    /// More time, please.
    Defer(Defer),
    /// Back after a no-show.
    Return(Return),
    /// Give up.
    Cancel(Cancel),
    /// Another class.
    Reprioritise(Reprioritise),
    /// Take the last step back.
    Undo(Undo),
    /// Somebody is at the counter.
    OpenCounter(OpenCounter),
    /// Away for a while.
    PauseCounter(PauseCounter),
    /// Back again.
    ResumeCounter(ResumeCounter),
    /// Nobody is there any more.
    CloseCounter(CloseCounter),
    /// No tickets, no calls.
    FreezeQueue(FreezeQueue),
    /// Tickets and calls again.
    ThawQueue(ThawQueue),
    /// Who moves tickets.
    SetMode(SetMode),
    /// Open the business day.
    OpenDay(OpenDay),
    /// Close it.
    CloseDay(CloseDay),
    /// Say something.
    Announce(Announce),
}

/// A ticket as a caller names it: its public number, or the visitor's key.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum TicketName {
    /// The public name; only for those who may touch the whole hall or the counter.
    Ref(TicketRef),
    /// The visitor's key.
    Id(TicketId),
}

/// Decides a command on the draft: emits its events, or refuses.
pub(crate) fn decide(_draft: &mut Draft, _ask: &Ask) -> Result<(), Refusal> {
    todo!()
}

/// Takes one entry into the fold.
pub(crate) fn apply(_fold: &mut Fold, _entry: &Entry) -> Touched {
    todo!()
}

/// The last entry that touched what a command names (ticket or counter, else the hall), for `expect`.
pub(crate) fn last_entry_of(_hall: &Hall, _command: &Command) -> i64 {
    todo!()
}
