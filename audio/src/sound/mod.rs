//! Samples: what every voice makes and every speaker plays.
//!
//! One channel of floats. Reading and writing files, loudness, trimming, joining and changing the speed are files of
//! their own; none of them knows what is said.

pub mod edit;
pub mod file;
pub mod join;
pub mod level;
mod ogg;
pub mod rate;
pub mod stream;
pub mod stretch;
pub mod wav;

use std::sync::Arc;
use std::time::Duration;

/// Samples a second of all that voices make.
pub const RATE: u32 = 24_000;
/// Longest sound that is read, seconds.
pub const SECONDS_MAX: u32 = 300;

/// Sound of one channel. Cheap to clone.
#[derive(Clone, PartialEq, Debug)]
pub struct Sound {
    /// Samples a second.
    pub rate: u32,
    /// Samples, -1 to 1.
    pub samples: Arc<[f32]>,
}

/// Why a sound could not be read or written.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unsound {
    /// Not a sound file that is known here, or a damaged one.
    #[error("not a readable sound: {0}")]
    Unreadable(String),
    /// It holds no sample.
    #[error("the sound is empty")]
    Empty,
    /// It is longer than [`SECONDS_MAX`].
    #[error("the sound is longer than {SECONDS_MAX} seconds")]
    TooLong,
}

impl Sound {
    /// Sound at the rate of all voices.
    pub fn new(samples: impl Into<Arc<[f32]>>) -> Self {
        Self { rate: RATE, samples: samples.into() }
    }

    /// How long it lasts.
    pub fn length(&self) -> Duration {
        Duration::from_secs_f64(self.samples.len() as f64 / f64::from(self.rate.max(1)))
    }

    /// The largest sample, without its sign.
    pub fn peak(&self) -> f32 {
        self.samples.iter().fold(0.0, |peak, sample| sample.abs().max(peak))
    }
}

/// So many samples last this long, milliseconds, rounded.
pub fn millis(samples: usize) -> u32 {
    u32::try_from((samples as u64 * 1000 + u64::from(RATE) / 2) / u64::from(RATE)).unwrap_or(u32::MAX)
}

/// Samples of so many milliseconds.
pub const fn samples(millis: u32) -> usize {
    (millis as u64 * RATE as u64 / 1000) as usize
}
