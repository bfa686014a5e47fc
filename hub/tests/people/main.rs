//! People, tokens, players and setup through the HTTP face, on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot set its stage fails at once"
)]
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests fail by panicking and may say why"
)]

mod audit;
mod kit;
mod passwords;
mod register;
mod sessions;
mod tokens;
