//! A hall's day seen from aside: its figures, its alerts, and what stands on its slips.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test that cannot set its stage fails at once")]

mod alerts;
mod figures;
mod kit;
mod slips;
