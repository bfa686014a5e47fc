//! A hall's day seen from aside: its figures, its alerts, and what stands on its slips.

mod alerts;
mod figures;
mod kit;
mod slips;
