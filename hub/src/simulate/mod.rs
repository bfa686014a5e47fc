//! A hall's day from a seed, through the real door.
//!
//! Visitors, counters, a supervisor and screens act at random; the machine restarts, the clock
//! jumps, two hands press at once. After each step a second reader of the journal, which shares no
//! code with the rules, looks whether a promise was broken. A failure prints its seed.

mod agenda;
mod chance;
mod ledger;
mod people;
mod plan;

pub use ledger::{Broken, Ledger};
