//! Where it is heard: one trait, an output a file.
//!
//! An output makes a mixer for what it is, and pulls it until the line is dropped. It never chooses another device
//! than the one it was given: the wrong zone hearing a call is worse than none.

#[cfg(feature = "device")]
mod device;
mod file;
#[cfg(feature = "device")]
mod health;
mod null;
mod paced;

use std::time::Duration;

#[cfg(feature = "device")]
pub use device::{Device, names};
pub use file::WavFile;
pub use null::Null;

use crate::announcer::Moment;
use crate::mixer::{Control, Format, Kind};

/// Why a speaker is not heard.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct Gone(pub String);

/// One way to be heard.
pub trait Output: Send {
    /// Opens it; it is silent until its mixer is told what to do.
    fn open(&mut self, kind: Kind) -> Result<Open, Gone>;
}

/// A speaker that plays.
pub struct Open {
    /// Says what is played.
    pub control: Control,
    /// What it takes.
    pub format: Format,
    /// Keeps it playing; dropped, it is closed.
    pub line: Box<dyn Line>,
}

/// What keeps a speaker playing.
pub trait Line: Send {
    /// To be called a few times a second: outputs without a clock of their own take here what has become due since
    /// the first time. An error: it is gone, and has to be opened again.
    fn tick(&mut self, now: Moment) -> Result<(), Gone>;

    /// How long after it was asked for a frame is heard.
    fn latency(&self) -> Duration;
}
