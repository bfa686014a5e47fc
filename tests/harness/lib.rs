//! A hub under test and the people around it, all through its public faces.
//!
//! [`TestHub`] runs in this process on a free port; [`HubProcess`] is the real program, which can be
//! killed. [`Api`] speaks HTTP as a program does, [`TestCounter`] is a member of staff at a counter,
//! [`TestScreen`] listens on the socket and keeps its board by the wire's own fold.

pub mod api;
pub mod counter;
pub mod hub;
pub mod pad;
pub mod postgres;
pub mod printer;
pub mod process;
pub mod screen;

pub use api::{Api, Said};
pub use counter::TestCounter;
pub use hub::{Demo, TestHub};
pub use pad::{TestPad, TestPads};
pub use printer::{Mood, Paper, TestPrinter};
pub use process::{HubProcess, program};
pub use screen::TestScreen;

/// Whether a text holds a word by itself: four digits also stand inside times and random ids by chance.
pub fn has_word(text: &str, word: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric()).any(|it| it == word)
}
