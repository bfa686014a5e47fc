//! What is known of a device's stream from its own thread: how much it took, and what it complained of.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rodio::cpal::{self, ErrorKind};

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Health {
    /// Frames taken.
    pub taken: Arc<AtomicU64>,
    /// The first error that was not just being late, and what was taken by then.
    failed: Arc<Mutex<Option<(String, u64)>>>,
}

impl Health {
    /// Notes an error the stream tells of.
    pub fn fails(&self, error: &cpal::Error) {
        // Too late once, or without a real-time thread, is still heard.
        if matches!(error.kind(), ErrorKind::Xrun | ErrorKind::RealtimeDenied) {
            return;
        }
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get_or_insert_with(|| (error.to_string(), self.taken.load(Ordering::Relaxed)));
    }

    /// An error after which nothing was taken. ALSA's plugin for sound servers tells of errors when it is asked for
    /// its delay too early or on a busy machine, and plays on: that is forgiven, because opening anew is heard.
    pub fn doubt(&self) -> Option<String> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.take_if(|it| it.1 != self.taken.load(Ordering::Relaxed));
        failed.as_ref().map(|it| it.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_forgiven_as_soon_as_sound_is_taken_again() {
        let health = Health::default();
        health.fails(&cpal::Error::with_message(ErrorKind::Xrun, "late"));
        assert_eq!(health.doubt(), None, "late is no error");
        health.fails(&cpal::Error::with_message(ErrorKind::Other, "first"));
        health.fails(&cpal::Error::with_message(ErrorKind::Other, "second"));
        assert_eq!(health.doubt().as_deref(), Some("first"));
        health.taken.fetch_add(1, Ordering::Relaxed);
        assert_eq!(health.doubt(), None);
        health.fails(&cpal::Error::with_message(ErrorKind::DeviceNotAvailable, "unplugged"));
        assert_eq!(health.doubt().as_deref(), Some("unplugged"));
    }
}
