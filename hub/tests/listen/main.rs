//! Everyone who listens: cuts and folds, hellos, positions, beats and good-byes, over real sockets.
#![expect(clippy::unwrap_used, reason = "tests")]

mod follow;
mod goodbye;
mod hello;
mod kit;
mod mine;
mod public;
mod read;
mod record;
