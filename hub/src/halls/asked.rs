//! What somebody asks of a hall, with everything the door needs besides the command.

use hall::{By, Command, Reach, VisitorId};

use super::person::Person;
use crate::store::announcements::Words;

/// A command on its way to a hall.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What is wanted.
    pub command: Command,
    /// Who wants it.
    pub by: By,
    /// What they may touch.
    pub reach: Reach,
    /// Refuse as `stale` if what is named has an entry later than this.
    pub expect: Option<i64>,
    /// The caller's key: a repeat gets the same answer.
    pub key: Option<IdempotencyKey>,
    /// For whom a ticket is taken.
    pub visitor: Option<NewVisitor>,
    /// Free text beside the entry, kept sealed outside the journal.
    pub note: Option<String>,
    /// What is announced.
    pub words: Option<Words>,
}

impl Asked {
    /// A command without any of the extras.
    pub fn plain(command: Command, by: By, reach: Reach) -> Self {
        Self { command, by, reach, expect: None, key: None, visitor: None, note: None, words: None }
    }
}

/// A caller's key for a request, with the request's hash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IdempotencyKey {
    /// Caller, method and path.
    pub scope: String,
    /// What the caller sent as key.
    pub key: String,
    /// Hash of the parsed body.
    pub body_hash: String,
}

/// For whom a ticket is taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NewVisitor {
    /// Somebody we know.
    Known(VisitorId),
    /// Somebody we may know: found again by identity or phone.
    Person(Person),
}

/// The verb of a command, as callers write it.
pub fn verb(command: &Command) -> &'static str {
    match command {
        Command::Issue(_) => "issue",
        Command::CheckIn(_) => "check_in",
        Command::CallNext(_) => "call_next",
        Command::CallTicket(_) => "call_ticket",
        Command::Recall(_) => "recall",
        Command::Start(_) => "start",
        Command::Finish(_) => "finish",
        Command::NoShow(_) => "no_show",
        Command::Park(_) => "park",
        Command::Unpark(_) => "unpark",
        Command::Transfer(_) => "transfer",
        Command::Defer(_) => "defer",
        Command::Return(_) => "return",
        Command::Cancel(_) => "cancel",
        Command::Reprioritise(_) => "reprioritise",
        Command::Undo(_) => "undo",
        Command::OpenCounter(_) => "open_counter",
        Command::PauseCounter(_) => "pause_counter",
        Command::ResumeCounter(_) => "resume_counter",
        Command::CloseCounter(_) => "close_counter",
        Command::FreezeQueue(_) => "freeze_queue",
        Command::ThawQueue(_) => "thaw_queue",
        Command::SetMode(_) => "set_mode",
        Command::OpenDay(_) => "open_day",
        Command::CloseDay(_) => "close_day",
        Command::Announce(_) => "announce",
        Command::Withdraw(_) => "withdraw",
    }
}
