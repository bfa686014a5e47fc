//! Music between the calls: whatever yields frames at the mixer's rate.

use std::sync::Arc;

/// Left and right.
pub type Frame = [f32; 2];

/// Something that plays on and on.
pub trait Tune: Send {
    /// Fills as much as it has at once, from the start; returns how many frames. It never waits: what is missing is
    /// silence.
    fn fill(&mut self, frames: &mut [Frame]) -> usize;
}

/// A short piece, again and again.
pub struct Looped {
    frames: Arc<[Frame]>,
    at: usize,
}

impl Looped {
    /// Plays these frames for ever.
    pub fn new(frames: Arc<[Frame]>) -> Self {
        Self { frames, at: 0 }
    }
}

impl Tune for Looped {
    fn fill(&mut self, frames: &mut [Frame]) -> usize {
        if self.frames.is_empty() {
            return 0;
        }
        for frame in frames.iter_mut() {
            *frame = self.frames[self.at];
            self.at = (self.at + 1) % self.frames.len();
        }
        frames.len()
    }
}
