//! What happens when the machine does not behave: killed at any point, asked twice, raced.

mod kill;
mod race;
mod terminal;
