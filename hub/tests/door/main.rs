//! The journal and the one door, each test on SQLite and on PostgreSQL.

mod backup;
mod due;
mod groups;
mod keys;
mod kit;
mod nodes;
mod people;
mod snapshots;
