//! Where pads are plugged in: a serial device of this machine, TCP for serial servers, or the terminal for trying out.

use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::net::unix::pipe;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::bridge::Bridge;
use std::sync::Arc;

/// Pads and serial servers connected over TCP at once; one more is let go.
const CONNECTIONS_MAX: usize = 128;
/// Pause before a device that is gone, or an address that refuses, is tried again.
const AGAIN_AFTER: Duration = Duration::from_secs(2);
/// `O_NONBLOCK | O_NOCTTY` on Linux: never wait in `open` for a modem, never become its terminal.
const OPEN_FLAGS: i32 = 0o4000 | 0o400;

/// A serial line.
pub struct Line {
    /// Its device.
    pub device: PathBuf,
    /// Its speed, bits per second.
    pub baud: u32,
}

impl Line {
    /// Sets speed and raw mode (with `stty`, which every Debian has) and opens both directions.
    async fn open(&self) -> std::io::Result<(pipe::Receiver, pipe::Sender)> {
        let set = tokio::process::Command::new("stty")
            .arg("-F")
            .arg(&self.device)
            .args([&self.baud.to_string(), "raw", "-echo", "cs8", "-parenb", "-cstopb", "clocal"])
            .output()
            .await?;
        if !set.status.success() {
            return Err(std::io::Error::other(String::from_utf8_lossy(&set.stderr).trim().to_owned()));
        }
        both(&self.device, &self.device)
    }
}

/// Opens both directions without ever waiting in `read` or `write`.
fn both(from: &Path, to: &Path) -> std::io::Result<(pipe::Receiver, pipe::Sender)> {
    let from = std::fs::OpenOptions::new().read(true).custom_flags(OPEN_FLAGS).open(from)?;
    let to = std::fs::OpenOptions::new().write(true).custom_flags(OPEN_FLAGS).open(to)?;
    // A terminal is polled like a pipe; only the check that it is one would fail.
    Ok((pipe::Receiver::from_file_unchecked(from)?, pipe::Sender::from_file_unchecked(to)?))
}

/// Serves a pad that is typed on this terminal, until its input ends.
pub async fn serve_keyboard(bridge: &Bridge) {
    match both(Path::new("/dev/stdin"), Path::new("/dev/stdout")) {
        Ok((from, to)) => {
            let ended = bridge.serve(from, to).await;
            tracing::info!(?ended, "the keyboard has gone");
        }
        Err(cause) => tracing::warn!(%cause, "the keyboard does not open; it is a terminal or a pipe"),
    }
}

/// Serves the pads of a serial line for ever; an adapter that is pulled out is waited for.
pub async fn serve_line(line: &Line, bridge: &Bridge) {
    loop {
        match line.open().await {
            Ok((from, to)) => {
                tracing::info!(device = %line.device.display(), "pads on the line are heard");
                let ended = bridge.serve(from, to).await;
                tracing::warn!(device = %line.device.display(), ?ended, "the line is gone");
            }
            Err(cause) => tracing::warn!(device = %line.device.display(), %cause, "the line does not open"),
        }
        tokio::time::sleep(AGAIN_AFTER).await;
    }
}

/// Serves whoever connects, each on its own, until `stop` is told.
pub async fn serve_tcp(listener: &TcpListener, bridge: &Arc<Bridge>, stop: &CancellationToken) {
    let tasks = TaskTracker::new();
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(cause) => {
                tracing::warn!(%cause, "a connection was not taken");
                tokio::time::sleep(AGAIN_AFTER).await;
                continue;
            }
        };
        if tasks.len() >= CONNECTIONS_MAX {
            tracing::warn!(%peer, "too many connections; this one is let go");
            continue;
        }
        let (bridge, stop) = (Arc::clone(bridge), stop.clone());
        tasks.spawn(async move {
            let (from, to) = stream.into_split();
            tokio::select! {
                () = stop.cancelled() => {}
                ended = bridge.serve(from, to) => tracing::info!(%peer, ?ended, "a pad has gone"),
            }
        });
    }
}
