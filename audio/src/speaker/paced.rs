//! What pulls a mixer as time passes, for outputs that have no clock: the caller's `now` is theirs.

use crate::announcer::Moment;
use crate::mixer::Mixer;

/// Frames that are pulled at once.
const CHUNK_FRAMES: usize = 1_024;

/// A mixer and how far it was pulled.
pub(super) struct Paced {
    mixer: Mixer,
    since: Option<Moment>,
    pulled: u64,
}

impl Paced {
    pub(super) fn new(mixer: Mixer) -> Self {
        Self { mixer, since: None, pulled: 0 }
    }

    /// Pulls what has become due, and hands it on piece by piece.
    pub(super) fn pull<E>(&mut self, now: Moment, mut take: impl FnMut(&[f32]) -> Result<(), E>) -> Result<(), E> {
        let format = self.mixer.format();
        let passed = now.saturating_sub(*self.since.get_or_insert(now));
        let due = (passed.as_secs_f64() * f64::from(format.rate)) as u64;
        let channels = usize::from(format.channels.max(1));
        let mut chunk = vec![0.0; CHUNK_FRAMES * channels];
        while self.pulled < due {
            let frames = (due - self.pulled).min(CHUNK_FRAMES as u64) as usize;
            let some = &mut chunk[..frames * channels];
            self.mixer.fill(some);
            take(some)?;
            self.pulled += frames as u64;
        }
        Ok(())
    }
}
