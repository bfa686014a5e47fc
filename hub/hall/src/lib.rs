//! The rules of a waiting hall.
//!
//! Pure: no runtime, no database, no clock, no randomness; `Cargo.toml` is the proof. A command is
//! decided by [`Hall::decide`], which gives the entries it appends or a [`Refusal`]; the fold of the
//! entries is the hall. Who may ask, where entries are kept and who hears of them is not known here.

pub mod ask;
mod assign;
pub mod counter;
pub mod draft;
mod due;
pub mod event;
mod fold;
pub mod forecast;
pub mod hall;
pub mod hours;
pub mod ids;
pub mod moves;
pub mod next;
mod numbering;
mod reach;
pub mod refusal;
pub mod setup;
mod shelf;
pub mod ticket;
pub mod tickets;

pub use ask::{Ask, By, Reach};
pub use counter::{Counter, CounterState};
pub use draft::Decision;
pub use event::{Entry, Event};
pub use hall::{Fold, Hall, Touched};
pub use ids::{
    AnnouncementId, ClassId, CounterId, DepartmentId, HallId, QueueId, ReasonId, SpeakerId, TicketId, TicketRef,
    VisitorId, ZoneId,
};
pub use moves::Command;
pub use refusal::{Misfit, Refusal, RefusalCode};
pub use setup::Setup;
pub use ticket::{Ticket, TicketState};

#[cfg(test)]
extern crate self as rules;
#[cfg(test)]
#[expect(dead_code, reason = "each test file uses another part of the kit")]
#[path = "../tests/kit/mod.rs"]
mod kit;
