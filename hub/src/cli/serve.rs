//! `hub serve`: runs the hub.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use hub::clock::Clock;
use hub::{Config, Server};
use tokio::signal::unix::{SignalKind, signal};

use super::address;
use super::voices::Voices;

/// Options of `hub serve`; each can also come from the environment.
#[derive(Args)]
pub struct Serve {
    /// Address to listen on.
    #[arg(long, env = "HALLCAST_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Folder of the database, keys and demo.json.
    #[arg(long, env = "HALLCAST_DATA", default_value = "data")]
    data: PathBuf,
    /// PostgreSQL URL; without it a SQLite file in the data folder is used.
    #[arg(long, env = "HALLCAST_DATABASE", value_parser = address::database)]
    database: Option<String>,
    /// What links and QR codes point at, such as https://hall.example.
    #[arg(long, env = "HALLCAST_PUBLIC_URL", value_parser = address::public)]
    public_url: Option<String>,
    /// How long the entries of a hall stay in its journal before they are archived, days.
    #[arg(long, env = "HALLCAST_KEEP_DAYS", default_value_t = hub::config::KEEP_DAYS)]
    keep_days: u32,
    /// A font file for printed slips; without it the system's fonts.
    #[arg(long, env = "HALLCAST_FONT")]
    font: Option<PathBuf>,
    #[command(flatten)]
    voice: Voices,
    /// Requests come through a reverse proxy of ours: take visitors' addresses from X-Forwarded-For.
    #[arg(long, env = "HALLCAST_BEHIND_PROXY")]
    behind_proxy: bool,
    /// Make the demo hall if there is no hall, and write demo.json.
    #[arg(long)]
    demo: bool,
}

/// The pages, and what each is for.
const PAGES: [(&str, &str); 8] = [
    ("/", "what runs here"),
    ("/kiosk", "visitors take a number"),
    ("/counter", "staff call, serve, finish"),
    ("/screen", "a hall screen: shows a code to pair it"),
    ("/pair", "pairs any other display"),
    ("/wall", "supervisors see the whole hall"),
    ("/admin", "halls, people, devices"),
    ("/api/docs", "the API"),
];

/// Serves until SIGTERM or Ctrl-C.
pub async fn run(options: Serve) -> Result<(), String> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let config = Config {
        listen: options.listen,
        data: options.data,
        database: options.database,
        public_url: options.public_url,
        behind_proxy: options.behind_proxy,
        demo: options.demo,
        flush: true,
        keep_days: options.keep_days,
        font: options.font,
        voice: options.voice.options(),
        pace: hub::socket::Pace::default(),
    };
    let server = Server::bind(config, Clock::System).await.map_err(|cause| cause.for_terminal())?;
    greet(server.hub()).map_err(|cause| cause.for_terminal())?;
    let stop = server.hub().stop.clone();
    let ended = async {
        let mut term = signal(SignalKind::terminate()).map_err(|cause| cause.to_string())?;
        tokio::select! {
            _ = term.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        stop.cancel();
        Ok::<(), String>(())
    };
    let (served, ended) = tokio::join!(server.run(), ended);
    ended?;
    served.map_err(|cause| cause.for_terminal())
}

/// Says where everything is, and how to sign in to the demo.
fn greet(hub: &hub::Hub) -> Result<(), hub::Error> {
    let url = &hub.public_url;
    super::say(&format!("Hallcast listens on {url}\n"));
    for (path, what) in PAGES {
        super::say(&format!("  {:<44} {what}", format!("{url}{path}")));
    }
    let Some(demo) = hub::demo::told(hub)? else {
        return Ok(());
    };
    super::say("\nScreens of the demo hall, paired already:");
    for player in &demo.players {
        // With its token: by that the wall knows that this screen is there.
        super::say(&format!("  {:<8} {}", player.face.as_str(), player.url));
    }
    super::say("\nLogins of the demo hall:");
    for user in &demo.users {
        super::say(&format!("  {:<14} {:<18} {}", user.login, user.password, user.role));
    }
    super::say(&format!("\nFor programs: {}", hub.config.data.join("demo.json").display()));
    Ok(())
}
