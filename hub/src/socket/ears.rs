//! The reading side of a session: after the hello a listener only shows that it is there, or goes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::io::AsyncRead;

use super::close::Close;
use super::reader::{Fault, Reader, Said};
use crate::feed::Bell;

/// The listener left without a word (RFC 6455, 7.1.5).
const GONE: u16 = 1006;
/// It closed without a code (RFC 6455, 7.1.5).
const NO_CODE: u16 = 1005;
/// It does not speak WebSocket.
const PROTOCOL: u16 = 1002;

/// What the reading task tells the writing one; it rings the bell when it has.
#[derive(Debug)]
pub struct Ears {
    bell: Arc<Bell>,
    heard: AtomicBool,
    went: AtomicU16,
    pong: Mutex<Option<Bytes>>,
}

impl Ears {
    /// Ears of a listener that has just said hello.
    pub fn new(bell: Arc<Bell>) -> Self {
        Self { bell, heard: AtomicBool::new(true), went: AtomicU16::new(0), pong: Mutex::default() }
    }

    /// Whether anything was heard since this was last asked.
    pub fn take_heard(&self) -> bool {
        self.heard.swap(false, Ordering::AcqRel)
    }

    /// What the listener wants back for its ping; only the last one counts (RFC 6455, 5.5.3).
    pub fn take_pong(&self) -> Option<Bytes> {
        self.pong.lock().take()
    }

    /// The code with which it went.
    pub fn went(&self) -> Option<u16> {
        Some(self.went.load(Ordering::Acquire)).filter(|it| *it != 0)
    }

    fn goes(&self, code: u16) {
        self.went.store(code, Ordering::Release);
        self.bell.ring();
    }
}

/// Reads until the listener is gone.
pub async fn run<R: AsyncRead + Unpin>(mut reader: Reader<R>, ears: Arc<Ears>) {
    loop {
        match reader.next().await {
            Ok(Said::Pong) => ears.heard.store(true, Ordering::Release),
            Ok(Said::Ping(payload)) => {
                ears.heard.store(true, Ordering::Release);
                *ears.pong.lock() = Some(payload);
                ears.bell.ring();
            }
            Ok(Said::Text(_) | Said::Binary) | Err(Fault::TooLarge | Fault::NotText) => {
                ears.bell.end(Close::BadHello("").code());
                break;
            }
            Ok(Said::Close(code)) => {
                ears.goes(code.unwrap_or(NO_CODE));
                break;
            }
            Err(Fault::Protocol) => {
                ears.goes(PROTOCOL);
                break;
            }
            Err(Fault::Gone) => return ears.goes(GONE),
        }
    }
    // Whatever is still under way is taken, so that our good-bye is not lost to a reset.
    reader.drain().await;
}
