//! What a simulated day came to: one JSON line.

use serde::Serialize;

use super::Options;
use super::ledger::Ledger;

/// See the module. If it exists, every promise held after every step.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// Visitors that came.
    pub visitors: u32,
    /// Commands asked.
    pub commands: u64,
    /// Of which the hall refused.
    pub refusals: u64,
    /// Entries in the journal.
    pub entries: i64,
    /// Tickets issued.
    pub tickets: u64,
    /// Calls, repeats included.
    pub calls: u64,
    /// Visitors served to the end of a stage.
    pub served: u64,
    /// Steps after which every promise was looked at.
    pub steps: u64,
    /// Times something was due by itself.
    pub looks: u64,
    /// Times several hands pressed in the same moment.
    pub races: u64,
    /// Times the machine died and came back.
    pub restarts: u64,
    /// Times the clock was moved.
    pub jumps: u64,
    /// The promises that were looked at.
    pub promises: [&'static str; 6],
}

impl Report {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            seed: options.seed,
            visitors: options.visitors,
            commands: 0,
            refusals: 0,
            entries: 0,
            tickets: 0,
            calls: 0,
            served: 0,
            steps: 0,
            looks: 0,
            races: 0,
            restarts: 0,
            jumps: 0,
            promises: [
                "entries follow each other without gaps",
                "time never goes back",
                "numbers are unique and without gaps",
                "nobody is called twice at once",
                "a counter has at most one ticket",
                "the hall is the fold of its journal",
            ],
        }
    }

    pub(super) fn finish(&mut self, ledger: &Ledger) {
        self.entries = ledger.seq();
        self.tickets = ledger.issued;
        self.calls = ledger.calls;
        self.served = ledger.served;
    }
}
