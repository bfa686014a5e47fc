//! A secret from the person at the terminal, without showing it, or from a program on standard input.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::process::{Command, Stdio};

/// Asks twice at a terminal; takes the first line of anything else.
pub fn read(what: &str) -> Result<String, String> {
    if !std::io::stdin().is_terminal() {
        return line();
    }
    let first = ask(what)?;
    if ask("The same again")? == first { Ok(first) } else { Err("the two are not the same".into()) }
}

fn ask(what: &str) -> Result<String, String> {
    let mut terminal = std::io::stderr();
    write!(terminal, "{what}: ").and_then(|()| terminal.flush()).map_err(|cause| cause.to_string())?;
    show(false)?;
    let typed = line();
    show(true)?;
    writeln!(terminal).map_err(|cause| cause.to_string())?;
    typed
}

/// Whether the terminal shows what is typed.
fn show(shown: bool) -> Result<(), String> {
    let done = Command::new("stty").arg(if shown { "echo" } else { "-echo" }).stdin(Stdio::inherit()).status();
    match done {
        Ok(status) if status.success() => Ok(()),
        Ok(_) | Err(_) => Err("the terminal cannot hide what is typed; send the password on standard input".into()),
    }
}

fn line() -> Result<String, String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|cause| cause.to_string())?;
    let line = line.trim_end_matches(['\n', '\r']).to_owned();
    if line.is_empty() { Err("there is no password on standard input".into()) } else { Ok(line) }
}
