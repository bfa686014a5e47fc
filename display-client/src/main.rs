//! The command line of the player: settles what was said, pairs if it has to, and runs until it is stopped.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use audio::speaker::{Device, Output};
use clap::Parser as _;
use display_client::config::{Config, Options};
use display_client::hub::{self, Hub, Pass, Trouble};
use display_client::player::{self, Stopped};
use display_client::{check, choose_tls, pair};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// The hub does not want this player any more: starting it again changes nothing.
const NOT_WANTED: u8 = 3;

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    choose_tls();
    let options = Options::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    match runtime {
        Ok(runtime) => {
            let code = runtime.block_on(run(options));
            // A device that hangs holds up nobody who wants to leave.
            runtime.shutdown_background();
            code
        }
        Err(cause) => failed(&cause),
    }
}

async fn run(options: Options) -> ExitCode {
    if let Some(name) = options.check.clone() {
        return match check::play(&device_of(&options, &name).await).await {
            Ok(played) => {
                say(&played);
                ExitCode::SUCCESS
            }
            Err(unheard) => failed(&unheard),
        };
    }
    let config = match Config::settle(&options) {
        Ok(config) => config,
        Err(unusable) => return failed(&unusable),
    };
    let stop = CancellationToken::new();
    let (mut term, stopping) = match signal(SignalKind::terminate()) {
        Ok(term) => (term, stop.clone()),
        Err(cause) => return failed(&cause),
    };
    let running = async {
        let pass = match known(&config).await {
            Ok(pass) => pass,
            Err(code) => return code,
        };
        let device = |it: &hub::Speaker| -> Box<dyn Output> { Box::new(Device(it.device.clone())) };
        match player::run(&config, pass, Box::new(device), stopping).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(stopped @ Stopped::NotWanted(_)) | Err(stopped @ Stopped::Trouble(Trouble::Refused)) => {
                let file = config.token_file.display();
                tracing::error!("{stopped}; remove {file} to pair this player anew");
                ExitCode::from(NOT_WANTED)
            }
            Err(stopped) => failed(&stopped),
        }
    };
    tokio::select! {
        code = running => code,
        _ = term.recv() => ExitCode::SUCCESS,
        _ = tokio::signal::ctrl_c() => ExitCode::SUCCESS,
    }
}

/// Who this player is; it pairs when that is not known.
async fn known(config: &Config) -> Result<Pass, ExitCode> {
    match pair::read(&config.token_file) {
        Ok(Some(pass)) => return Ok(pass),
        Ok(None) => {}
        Err(cause) => return Err(failed(&cause)),
    }
    let hub = Hub::new(&config.hub, None).map_err(|it| failed(&it))?;
    let pass = pair::pair(&hub, say).await.map_err(|it| failed(&it))?;
    pair::write(&config.token_file, &pass).map_err(|it| failed(&it))?;
    say("paired");
    Ok(pass)
}

/// The sound device of a speaker that the hub knows by this name, else the name itself.
async fn device_of(options: &Options, name: &str) -> String {
    let asked = async {
        let config = Config::settle(options).ok()?;
        let pass = pair::read(&config.token_file).ok()??;
        let own = Hub::new(&config.hub, Some(pass)).ok()?.own().await.ok()?;
        let named = |it: &&hub::Speaker| [&it.id, &it.name, &it.name_en].contains(&&name.to_owned());
        own.speakers.iter().find(named).map(|it| it.device.clone())
    };
    asked.await.filter(|it| !it.is_empty()).unwrap_or_else(|| name.to_owned())
}

fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn failed(why: &dyn std::fmt::Display) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "display-client: {why}");
    ExitCode::FAILURE
}
