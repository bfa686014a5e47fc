//! The bridge for call pads: small keypads on a serial line, or behind a serial server on TCP.
//!
//! A pad sends one line for each press; the bridge turns it into a command at the hub's public
//! door and answers with one line. It is a program of its own (`hub pad`) with a token of its own,
//! and knows nothing that a page could not know. The lines are described in `deploy/call-pads.md`.

mod bridge;
mod door;
mod line;
mod port;
mod presses;

#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use bridge::Bridge;
use door::Door;

/// Options of `hub pad`.
#[derive(clap::Args, Clone, Debug)]
pub struct Options {
    /// Where the hub answers; plain http, so on this machine or inside the hall's own network.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    pub hub: String,
    /// The hall whose counters have the pads.
    #[arg(long)]
    pub hall: String,
    /// File with the bridge's token; scope `supervisor`, or `staff` where only pads hold counters.
    #[arg(long)]
    pub token_file: PathBuf,
    /// Serial device with one pad, or many on one line.
    #[arg(long, required_unless_present_any = ["listen", "keyboard"])]
    pub device: Option<PathBuf>,
    /// Speed of the serial line, bits per second; 8 data bits, no parity, 1 stop bit.
    #[arg(long, default_value_t = 9600)]
    pub baud: u32,
    /// Address for pads and serial servers that connect over TCP.
    #[arg(long)]
    pub listen: Option<SocketAddr>,
    /// A simulated pad: lines typed here are presses, and their answers are printed; ends with its input.
    #[arg(long)]
    pub keyboard: bool,
}

/// A bridge that has its ports and does not answer yet.
pub struct Pads {
    bridge: Arc<Bridge>,
    line: Option<port::Line>,
    listener: Option<tokio::net::TcpListener>,
    keyboard: bool,
}

impl Pads {
    /// Reads the token and binds the TCP address. The serial device may be plugged in later.
    pub async fn bind(options: Options) -> Result<Self, String> {
        let token = std::fs::read_to_string(&options.token_file)
            .map_err(|cause| format!("cannot read the token in {}: {cause}", options.token_file.display()))?;
        let door = Door::new(&options.hub, &options.hall, token.trim())?;
        let listener = match options.listen {
            Some(address) => Some(
                tokio::net::TcpListener::bind(address)
                    .await
                    .map_err(|cause| format!("cannot listen on {address}: {cause}"))?,
            ),
            None => None,
        };
        let line = options.device.map(|device| port::Line { device, baud: options.baud });
        Ok(Self { bridge: Arc::new(Bridge::new(door)), line, listener, keyboard: options.keyboard })
    }

    /// The TCP address it is bound to.
    pub fn address(&self) -> Option<SocketAddr> {
        self.listener.as_ref().and_then(|listener| listener.local_addr().ok())
    }

    /// Answers presses until `stop` is told.
    pub async fn run(self, stop: CancellationToken) {
        let serial = async {
            match &self.line {
                Some(line) => port::serve_line(line, &self.bridge).await,
                None => std::future::pending().await,
            }
        };
        let tcp = async {
            match &self.listener {
                Some(listener) => port::serve_tcp(listener, &self.bridge, &stop).await,
                None => std::future::pending().await,
            }
        };
        let keyboard = async {
            match self.keyboard {
                true => port::serve_keyboard(&self.bridge).await,
                false => std::future::pending().await,
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = keyboard => {}
            () = serial => {}
            () = tcp => {}
        }
    }
}
