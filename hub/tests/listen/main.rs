//! Everyone who listens: cuts and folds, hellos, positions, beats and good-byes, over real sockets.
#![expect(clippy::unwrap_used, reason = "tests")]

mod public;
