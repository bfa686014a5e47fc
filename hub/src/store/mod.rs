//! The tables: one file each, one statement a function, the caller owns the transaction.
//!
//! SQLite and PostgreSQL answer the same texts; never knows halls' rules, HTTP or sockets.

#[macro_use]
mod db;
pub mod alerts;
pub mod announcements;
pub mod around;
pub mod audit;
pub mod clips;
pub mod deliveries;
pub mod halls;
pub mod journal;
pub mod keys;
mod migrations;
pub mod notes;
mod open;
pub mod pairings;
mod pen;
pub mod people;
pub mod players;
pub mod printers;
pub mod proofs;
pub mod reports;
pub mod rows;
pub mod services;
pub mod sessions;
pub mod settings;
pub mod sites;
pub mod snapshots;
#[cfg(test)]
pub(crate) mod testing;
pub mod tickets;
pub mod tokens;
pub mod visitors;
pub mod whole;

pub use db::{Db, Tx};
