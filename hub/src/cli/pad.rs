//! `hub pad`: runs the bridge for call pads, a program beside the hub.

use std::io::IsTerminal as _;

use hub::pad::{Options, Pads};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Answers presses until SIGTERM or Ctrl-C.
pub async fn run(options: Options) -> Result<(), String> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let mut term = signal(SignalKind::terminate()).map_err(|cause| cause.to_string())?;
    let pads = Pads::bind(options).await?;
    if let Some(address) = pads.address() {
        super::say(&format!("call pads are heard on {address}"));
    }
    let stop = CancellationToken::new();
    tokio::select! {
        () = pads.run(stop.clone()) => {}
        _ = term.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    stop.cancel();
    Ok(())
}
