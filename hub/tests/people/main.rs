//! People, tokens, players and setup through the HTTP face, on both databases.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests fail by panicking and may say why")]

mod audit;
mod command_line;
mod demo;
mod every_address;
mod kit;
mod offer;
mod passwords;
mod players;
mod register;
mod sessions;
mod setup;
mod tokens;
