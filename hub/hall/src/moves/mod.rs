//! The verbs: one file each, with command, `decide`, `apply` and tests that read as sentences.

use serde::{Deserialize, Serialize};

use crate::ask::{Ask, By, Reach};
use crate::draft::Draft;
use crate::event::{Entry, Event};
use crate::fold::{Fold, Touched};
use crate::hall::Hall;
use crate::ids::{CounterId, TicketId, TicketRef};
use crate::refusal::{Refusal, RefusalCode};

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
mod place;
mod recall;
mod reprioritise;
mod return_;
mod set_mode;
mod start;
mod transfer;
mod undo;
mod withdraw;

pub use announce::Announce;
pub use call_next::CallNext;
pub use call_ticket::CallTicket;
pub use cancel::Cancel;
pub use check_in::CheckIn;
pub use close_counter::CloseCounter;
pub use day::{CloseDay, OpenDay};
pub use defer::{Defer, Deferral};
pub use finish::Finish;
pub use freeze::{FreezeQueue, ThawQueue};
pub use issue::Issue;
pub use no_show::NoShow;
pub(crate) use no_show::missed;
pub use open_counter::OpenCounter;
pub(crate) use park::comes_back;
pub use park::{Park, Unpark};
pub use pause_counter::{PauseCounter, ResumeCounter};
pub use recall::Recall;
pub use reprioritise::Reprioritise;
pub use return_::Return;
pub use set_mode::SetMode;
pub use start::Start;
pub use transfer::{Place, Then, Transfer};
pub use undo::Undo;
pub use withdraw::Withdraw;

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
    /// Take what was said off the screens.
    Withdraw(Withdraw),
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
pub(crate) fn decide(draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
    if ask.reach == Reach::Ticket && !is_for_visitors(&ask.command) && !is_kiosks_issue(ask) {
        return Err(Refusal::no(
            RefusalCode::NotYours,
            "a ticket's key is good for its own ticket only; please ask the staff",
        ));
    }
    match &ask.command {
        Command::Issue(it) => it.decide(draft, ask),
        Command::CheckIn(it) => it.decide(draft, ask),
        Command::CallNext(it) => it.decide(draft, ask),
        Command::CallTicket(it) => it.decide(draft, ask),
        Command::Recall(it) => it.decide(draft, ask),
        Command::Start(it) => it.decide(draft, ask),
        Command::Finish(it) => it.decide(draft, ask),
        Command::NoShow(it) => it.decide(draft, ask),
        Command::Park(it) => it.decide(draft, ask),
        Command::Unpark(it) => it.decide(draft, ask),
        Command::Transfer(it) => it.decide(draft, ask),
        Command::Defer(it) => it.decide(draft, ask),
        Command::Return(it) => it.decide(draft, ask),
        Command::Cancel(it) => it.decide(draft, ask),
        Command::Reprioritise(it) => it.decide(draft, ask),
        Command::Undo(it) => it.decide(draft, ask),
        Command::OpenCounter(it) => it.decide(draft, ask),
        Command::PauseCounter(it) => it.decide(draft, ask),
        Command::ResumeCounter(it) => it.decide(draft, ask),
        Command::CloseCounter(it) => it.decide(draft, ask),
        Command::FreezeQueue(it) => it.decide(draft, ask),
        Command::ThawQueue(it) => it.decide(draft, ask),
        Command::SetMode(it) => it.decide(draft, ask),
        Command::OpenDay(it) => it.decide(draft, ask),
        Command::CloseDay(it) => it.decide(draft, ask),
        Command::Announce(it) => it.decide(draft, ask),
        Command::Withdraw(it) => it.decide(draft, ask),
    }
}

/// What the holder of a ticket's key may ask for.
fn is_for_visitors(command: &Command) -> bool {
    matches!(command, Command::Cancel(_) | Command::Defer(_) | Command::CheckIn(_))
}

/// Kiosks and operators give tickets, though their word reaches no ticket but the one whose key they hold.
fn is_kiosks_issue(ask: &Ask) -> bool {
    matches!(ask.command, Command::Issue(_)) && ask.by != By::Visitor
}

/// Takes one entry into the fold.
pub(crate) fn apply(fold: &mut Fold, entry: &Entry) -> Touched {
    match &entry.event {
        Event::Day { date, open, new } => day::apply(fold, *date, *open, *new),
        Event::Issued(it) => issue::apply(fold, entry, it),
        Event::CheckedIn { ticket } => check_in::apply(fold, entry, *ticket),
        Event::Called { ticket, counter, because } => call_next::apply(fold, entry, *ticket, counter, because),
        Event::Recalled { ticket, counter } => recall::apply(fold, entry, *ticket, counter),
        Event::Started { ticket, counter } => start::apply(fold, entry, *ticket, counter),
        Event::Finished { .. } => finish::apply(fold, entry, &entry.event),
        Event::NoShow { ticket, counter, return_until, wrap_up_until } => {
            no_show::apply(fold, entry, *ticket, counter, *return_until, *wrap_up_until)
        }
        Event::Parked { .. } => park::apply(fold, entry, &entry.event),
        Event::Unparked { ticket, called_to } => park::apply_unparked(fold, entry, *ticket, called_to.as_ref()),
        Event::Transferred(it) => transfer::apply(fold, entry, it),
        Event::Returned { ticket, order } => return_::apply(fold, entry, *ticket, *order),
        Event::Deferred { ticket, order } => defer::apply(fold, entry, *ticket, *order),
        Event::Cancelled { ticket, reason } => cancel::apply(fold, entry, *ticket, reason.as_ref()),
        Event::Reprioritised { ticket, priority, reason: _ } => {
            reprioritise::apply(fold, entry, *ticket, priority.as_ref())
        }
        Event::Undone { counter, undoes: _ } => undo::apply(fold, entry, counter),
        Event::Unserved { ticket } => day::apply_unserved(fold, entry, *ticket),
        Event::Counter { counter, change } => open_counter::apply(fold, entry, counter, change),
        Event::Queue { queue, frozen, reason } => freeze::apply(fold, queue, *frozen, reason.as_ref()),
        Event::Mode { mode, queue, counter } => set_mode::apply(fold, *mode, queue.as_ref(), counter.as_ref()),
        Event::Configured { revision } => {
            fold.revision = *revision;
            Touched::default()
        }
        Event::Announced(it) => announce::apply(fold, it),
        Event::Withdrawn { announcement, zones: _ } => withdraw::apply(fold, announcement),
    }
}

/// The last entry that touched what a command names (ticket or counter, else the hall), for `expect`.
pub(crate) fn last_entry_of(hall: &Hall, command: &Command) -> i64 {
    let (ticket, counter) = named_by(command);
    let of_ticket = ticket.and_then(|name| match name {
        TicketName::Ref(reference) => hall.ticket(*reference),
        TicketName::Id(id) => hall.ticket_by_id(id),
    });
    let of_counter = counter.and_then(|id| hall.fold.counters.get(id));
    if ticket.is_none() && counter.is_none() {
        return hall.fold.seq;
    }
    let of_ticket = of_ticket.map_or(0, |it| it.touched);
    of_ticket.max(of_counter.map_or(0, |it| it.touched))
}

/// The ticket and the counter a command names.
fn named_by(command: &Command) -> (Option<&TicketName>, Option<&CounterId>) {
    match command {
        Command::CheckIn(it) => (it.ticket.as_ref(), None),
        Command::CallTicket(it) => (Some(&it.ticket), Some(&it.counter)),
        Command::Unpark(it) => (Some(&it.ticket), None),
        Command::Transfer(it) => (it.ticket.as_ref(), it.counter.as_ref()),
        Command::Defer(it) => (Some(&it.ticket), None),
        Command::Return(it) => (Some(&it.ticket), None),
        Command::Cancel(it) => (Some(&it.ticket), None),
        Command::Reprioritise(it) => (Some(&it.ticket), None),
        Command::CallNext(it) => (None, Some(&it.counter)),
        Command::Recall(it) => (None, Some(&it.counter)),
        Command::Start(it) => (None, Some(&it.counter)),
        Command::Finish(it) => (None, Some(&it.counter)),
        Command::NoShow(it) => (None, Some(&it.counter)),
        Command::Park(it) => (None, Some(&it.counter)),
        Command::Undo(it) => (None, Some(&it.counter)),
        Command::OpenCounter(it) => (None, Some(&it.counter)),
        Command::PauseCounter(it) => (None, Some(&it.counter)),
        Command::ResumeCounter(it) => (None, Some(&it.counter)),
        Command::CloseCounter(it) => (None, Some(&it.counter)),
        Command::SetMode(it) => (None, it.counter.as_ref()),
        Command::Issue(_) | Command::FreezeQueue(_) | Command::ThawQueue(_) => (None, None),
        Command::OpenDay(_) | Command::CloseDay(_) | Command::Announce(_) | Command::Withdraw(_) => (None, None),
    }
}
