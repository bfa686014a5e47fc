//! What the hub can be told on the command line; one file a subcommand.

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod address;
mod asyncapi;
mod backup;
mod engines;
mod erase;
mod openapi;
mod pad;
mod place;
mod restore;
mod say;
mod secret;
mod serve;
mod simulate;
mod token;
mod user;
mod voices;

/// Queues, calls, screens and counters of public halls.
#[derive(Parser)]
#[command(name = "hub", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the hub until it is told to stop (SIGTERM, Ctrl-C).
    Serve(serve::Serve),
    /// Writes the whole database into one file, while the hub works.
    Backup(backup::Backup),
    /// Takes a backup back; every hall gets a new epoch.
    Restore(restore::Restore),
    /// Erases a visitor for good.
    Erase(erase::Erase),
    /// Makes tokens for programs.
    Token(token::Token),
    /// Adds people who sign in.
    User(user::User),
    /// Prints the OpenAPI document of the API.
    Openapi,
    /// Prints the AsyncAPI document of the socket.
    Asyncapi,
    /// Plays a hall's day from a seed, through the real door, and checks every promise.
    Simulate(simulate::Simulate),
    /// Renders what would be heard of a call, and tells how it was made.
    Say(say::Say),
    /// Runs the bridge for call pads on a serial line or TCP.
    Pad(hub::pad::Options),
}

/// Runs one subcommand; its error is one line on standard error.
pub fn run(cli: Cli) -> ExitCode {
    let done = match runtime(&cli.command) {
        Ok(runtime) => runtime.block_on(async {
            match cli.command {
                Command::Serve(options) => serve::run(options).await,
                Command::Backup(options) => backup::run(options).await,
                Command::Restore(options) => restore::run(options).await,
                Command::Erase(options) => erase::run(options).await,
                Command::Token(options) => token::run(options).await,
                Command::User(options) => user::run(options).await,
                Command::Openapi => openapi::run(),
                Command::Asyncapi => asyncapi::run(),
                Command::Simulate(options) => simulate::run(options).await,
                Command::Say(options) => say::run(options).await,
                Command::Pad(options) => pad::run(options).await,
            }
        }),
        Err(cause) => Err(format!("cannot start: {cause}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(said) => {
            say_error(&said);
            ExitCode::FAILURE
        }
    }
}

/// A simulated day is one thing after the other; all others use every processor there is.
fn runtime(command: &Command) -> std::io::Result<tokio::runtime::Runtime> {
    let mut builder = match command {
        Command::Simulate(_) => tokio::runtime::Builder::new_current_thread(),
        Command::Serve(_)
        | Command::Backup(_)
        | Command::Restore(_)
        | Command::Erase(_)
        | Command::Token(_)
        | Command::User(_)
        | Command::Openapi
        | Command::Asyncapi
        | Command::Say(_)
        | Command::Pad(_) => tokio::runtime::Builder::new_multi_thread(),
    };
    builder.enable_all().build()
}

/// One line for the person at the terminal. Who closes the pipe (`| head`) has read enough.
pub fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").ok();
}

/// What does not stop a command, on standard error.
fn warn(line: &str) {
    say_error(line);
}

#[expect(clippy::print_stderr, reason = "this is the command line's voice")]
fn say_error(line: &str) {
    eprintln!("hub: {line}");
}
