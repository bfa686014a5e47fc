//! What a simulated day came to: one JSON line.

use serde::Serialize;

use super::Options;
use super::ledger::Ledger;
use super::waits::{Figures, Wait};

/// See the module. If it exists, every promise held after every step.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// Visitors that came.
    pub visitors: u32,
    /// What was counted.
    #[serde(flatten)]
    pub counts: Counts,
    /// How good the promised waits were.
    pub waits: Figures,
    /// The waits themselves, to be counted together with those of other days.
    #[serde(skip)]
    pub each_wait: Vec<Wait>,
    /// The promises that were looked at.
    pub promises: [&'static str; 9],
}

/// What is counted of a day; of several, together.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Counts {
    /// Commands asked.
    pub commands: u64,
    /// Of which the hall refused.
    pub refusals: u64,
    /// Entries in the journal.
    pub entries: u64,
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
    /// Times the machine died with commands under way, and came back.
    pub restarts: u64,
    /// Commands that were under way then and were asked again.
    pub repeated: u64,
    /// Times the clock was moved.
    pub jumps: u64,
    /// Times a screen's line was cut and it came back to where it stood.
    pub resumed: u64,
    /// Frames that screens folded.
    pub frames: u64,
    /// Boards of screens that were compared with the one the hub hands out.
    pub boards: u64,
    /// Slips that were owed.
    pub owed: u64,
}

impl Counts {
    /// Counts another day with this one.
    pub fn add(&mut self, other: &Self) {
        let pairs = [
            (&mut self.commands, other.commands),
            (&mut self.refusals, other.refusals),
            (&mut self.entries, other.entries),
            (&mut self.tickets, other.tickets),
            (&mut self.calls, other.calls),
            (&mut self.served, other.served),
            (&mut self.steps, other.steps),
            (&mut self.looks, other.looks),
            (&mut self.races, other.races),
            (&mut self.restarts, other.restarts),
            (&mut self.repeated, other.repeated),
            (&mut self.jumps, other.jumps),
            (&mut self.resumed, other.resumed),
            (&mut self.frames, other.frames),
            (&mut self.boards, other.boards),
            (&mut self.owed, other.owed),
        ];
        for (ours, theirs) in pairs {
            *ours += theirs;
        }
    }
}

impl Report {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            seed: options.seed,
            visitors: options.visitors,
            counts: Counts::default(),
            waits: Figures::default(),
            each_wait: Vec::new(),
            promises: [
                "entries follow each other without gaps",
                "time never goes back",
                "numbers are unique and without gaps",
                "nobody is called twice at once",
                "a counter has at most one ticket",
                "the hall is the fold of its journal",
                "every board is the fold of its frames",
                "what is owed is owed once",
                "what was answered or told is never lost",
            ],
        }
    }

    pub(super) fn finish(&mut self, ledger: &Ledger) {
        self.counts.entries = ledger.seq().unsigned_abs();
        self.counts.tickets = ledger.issued;
        self.counts.calls = ledger.calls;
        self.counts.served = ledger.served;
        self.waits = Figures::of(&self.each_wait);
    }
}
