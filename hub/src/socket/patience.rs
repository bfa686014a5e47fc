//! The patience of a writer: an output that takes nothing for a while fails, one that takes a little goes on.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::AsyncWrite;
use tokio::time::{Sleep, sleep};

/// An output that fails with [`io::ErrorKind::TimedOut`] when nothing of a write is taken in time.
pub struct Patient<W> {
    write: W,
    within: Duration,
    /// Runs while a write waits.
    waits: Option<Pin<Box<Sleep>>>,
}

impl<W> Patient<W> {
    /// Waits for so long and no longer.
    pub fn new(write: W, within: Duration) -> Self {
        Self { write, within, waits: None }
    }
}

impl<W: AsyncWrite + Unpin> AsyncWrite for Patient<W> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let Self { write, within, waits } = &mut *self;
        let taken = Pin::new(write).poll_write(cx, bytes);
        if taken.is_ready() {
            *waits = None;
            return taken;
        }
        let waits = waits.get_or_insert_with(|| Box::pin(sleep(*within)));
        waits.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.write).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.write).poll_shutdown(cx)
    }
}
