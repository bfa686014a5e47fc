//! The tables: one file each, one statement a function, the caller owns the transaction.
//!
//! SQLite and PostgreSQL answer the same texts; never knows halls' rules, HTTP or sockets.

#[macro_use]
mod db;
mod migrations;

pub mod audit;
pub mod people;
pub mod proofs;
pub mod sessions;
pub mod settings;
pub mod tokens;

pub use db::{Db, Tx};
