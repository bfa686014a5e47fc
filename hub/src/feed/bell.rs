//! A bell: tells one listener to look again, and nothing else. It may ring once for many things.

use std::sync::atomic::{AtomicU16, Ordering};

use tokio::sync::Notify;

/// See the module.
#[derive(Debug, Default)]
pub struct Bell {
    rung: Notify,
    /// Why the listener has to go, as a close code; 0: it may stay.
    end: AtomicU16,
}

impl Bell {
    /// There is something new.
    pub fn ring(&self) {
        self.rung.notify_one();
    }

    /// The listener has to go. The first reason stands.
    pub fn end(&self, close_code: u16) {
        let _ = self.end.compare_exchange(0, close_code, Ordering::AcqRel, Ordering::Acquire);
        self.ring();
    }

    /// Why it has to go.
    pub fn ended(&self) -> Option<u16> {
        Some(self.end.load(Ordering::Acquire)).filter(|it| *it != 0)
    }

    /// Waits until it rings; a ring while nobody waited counts.
    pub async fn heard(&self) {
        self.rung.notified().await;
    }
}
