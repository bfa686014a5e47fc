//! The journal and the one door, each test on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test that cannot set its stage fails at once")]

mod backup;
mod due;
mod groups;
mod http;
mod keys;
mod kit;
mod nodes;
mod people;
mod snapshots;
