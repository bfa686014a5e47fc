//! Makes the shipped bank of clips, and folders of calls for recognisers to hear.
//!
//! ```text
//! bank make --pack FOLDER --out FOLDER [--kept FOLDER] [--quality 2]   renders sentences, cuts, levels, encodes (oggenc)
//! bank calls --out FOLDER [--count 20] [--seed 1] [--language zh] [--bank FOLDER]
//! bank calls … --pack FOLDER [--kept FOLDER] [--whole yes]
//!                                                   random calls as WAV; whole = in one breath, not in parts
//! ```
//!
//! It is a tool for people who make voices; the hub never runs it.

mod calls;
#[cfg(feature = "neural")]
mod make;
#[cfg(feature = "neural")]
mod sentences;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// `--name value` pairs.
pub struct Options(BTreeMap<String, String>);

impl Options {
    fn read(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = BTreeMap::new();
        let mut words = words.peekable();
        while let Some(word) = words.next() {
            let name = word.strip_prefix("--").ok_or_else(|| format!("what is \"{word}\"?"))?;
            let value = words.next().ok_or_else(|| format!("--{name} needs a value"))?;
            options.insert(name.to_owned(), value);
        }
        Ok(Self(options))
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn folder(&self, name: &str) -> Result<PathBuf, String> {
        self.text(name).map(PathBuf::from).ok_or_else(|| format!("--{name} FOLDER is needed"))
    }

    fn number<T: std::str::FromStr>(&self, name: &str, otherwise: T) -> Result<T, String> {
        self.text(name).map_or(Ok(otherwise), |text| text.parse().map_err(|_| format!("--{name} {text} is no number")))
    }
}

/// A line for whoever runs this.
pub fn say(line: &str) {
    // Nobody listening is no reason to stop.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

fn run() -> Result<(), String> {
    let mut words = std::env::args().skip(1);
    let verb = words.next().unwrap_or_default();
    let options = Options::read(words)?;
    match verb.as_str() {
        #[cfg(feature = "neural")]
        "make" => make::make(&options),
        "calls" => calls::calls(&options),
        _ => Err("usage: bank make | bank calls (make needs the feature `neural`)".into()),
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("bank: {error}"));
            ExitCode::FAILURE
        }
    }
}
