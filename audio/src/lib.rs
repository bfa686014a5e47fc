//! Says things aloud.
//!
//! ```text
//! announcement   what to say: ticket, counter, kind; structured, never text that is parsed again
//! template       how a queue wants it said: words with places to fill
//!   -> phrase    the same in words of one language, each with its sounds, rate and pause; pure
//!     -> voice   who says it: one trait, an engine a file; words become samples
//! announcer      when: one queue a speaker, by rank and order; pure
//!   -> mixer     what a speaker sounds like: chime, speech, gaps, music; sample by sample, pulled
//!     -> speaker where: one trait, an output a file
//! ```
//!
//! It knows nothing of halls, hubs or sockets, and asks no clock: `now` is an argument.

pub mod announcement;
pub mod announcer;
pub mod bank;
pub mod chime;
pub mod mixer;
#[cfg(feature = "device")]
pub mod music;
pub mod phrase;
pub mod sound;
pub mod speaker;
pub mod template;
#[cfg(test)]
mod testing;
pub mod voice;

pub use announcement::{Announcement, Kind, Language};
pub use phrase::Phrase;
pub use sound::Sound;
pub use template::Template;
