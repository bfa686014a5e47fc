//! Any other engine: a program and its arguments, in which `{text}`, `{language}`, `{rate}` and `{out}` are filled in.
//!
//! Every argument is handed over as it is; there is no shell. The program writes a sound file to `{out}`, or, where no
//! argument asks for that, to its output. What it makes is checked like a stranger's.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::espeak::spoken;
use super::process::{self, Limits};
use super::{Mute, Spoken, Voice};
use crate::announcement::Language;
use crate::phrase::{Part, Phrase, Role};

/// Longest time an engine may be given.
pub const TIME_MAX: Duration = Duration::from_secs(120);
/// Largest sound that it may make, bytes.
const BYTES_MAX: u64 = 32 * 1024 * 1024;

/// An engine that an operator has set up.
pub struct External {
    id: String,
    program: PathBuf,
    arguments: Vec<String>,
    languages: Vec<Language>,
    time: Duration,
    folder: PathBuf,
    number: AtomicU64,
}

impl External {
    /// A name for it, its program and arguments, the languages it speaks, how long it may take, and a folder for what it writes.
    pub fn new(
        name: &str,
        program: impl Into<PathBuf>,
        arguments: Vec<String>,
        languages: Vec<Language>,
        time: Duration,
        folder: impl Into<PathBuf>,
    ) -> Self {
        Self {
            id: format!("command-{name}"),
            program: program.into(),
            arguments,
            languages,
            time: time.min(TIME_MAX),
            folder: folder.into(),
            number: AtomicU64::new(0),
        }
    }

    fn part(&self, part: &Part, rate_percent: u16) -> Result<Spoken, Mute> {
        if !self.languages.contains(&part.language) {
            return Err(Mute::Missing(format!("the language {} of {}", part.language.as_str(), self.id)));
        }
        let text = text(part)?;
        let out = self.folder.join(format!("{}-{}.sound", self.id, self.number.fetch_add(1, Ordering::Relaxed)));
        let asks_for_file = self.arguments.iter().any(|argument| argument.contains("{out}"));
        let fill = |argument: &String| {
            // One pass: braces that stand in the text are text.
            let mut filled = OsString::new();
            let mut rest = argument.as_str();
            while let Some((name, before, after)) = first_name(rest) {
                filled.push(before);
                match name {
                    "text" => filled.push(&text),
                    "language" => filled.push(part.language.as_str()),
                    "rate" => filled.push(rate_percent.to_string()),
                    _ => filled.push(&out),
                }
                rest = after;
            }
            filled.push(rest);
            filled
        };
        let arguments: Vec<OsString> = self.arguments.iter().map(fill).collect();
        let written = process::run(&self.program, &arguments, None, &Limits { time: self.time, bytes: BYTES_MAX });
        let bytes = if asks_for_file { written.and_then(|_| self.take(&out)) } else { written };
        if asks_for_file {
            // Whatever is left of a failed run.
            let _ = std::fs::remove_file(&out);
        }
        process::speech(&bytes?, &self.id).map(|sound| spoken(sound, text))
    }

    fn take(&self, out: &PathBuf) -> Result<Vec<u8>, Mute> {
        let missing = |_| Mute::Failed(format!("{} ended without writing a sound", self.id));
        let length = std::fs::metadata(out).map_err(missing)?.len();
        if length > BYTES_MAX {
            return Err(Mute::Failed(format!("{} wrote more than {BYTES_MAX} bytes", self.id)));
        }
        std::fs::read(out).map_err(missing)
    }
}

/// The first name in braces that is ours, what stands before it and after it.
fn first_name(text: &str) -> Option<(&'static str, &str, &str)> {
    const NAMES: [(&str, &str); 4] =
        [("{text}", "text"), ("{language}", "language"), ("{rate}", "rate"), ("{out}", "out")];
    let found = NAMES.iter().filter_map(|(braced, name)| text.find(braced).map(|at| (at, *braced, *name)));
    let (at, braced, name) = found.min_by_key(|(at, ..)| *at)?;
    Some((name, &text[..at], &text[at + braced.len()..]))
}

/// The part's words as one writes them.
fn text(part: &Part) -> Result<String, Mute> {
    let mut text = String::new();
    for word in &part.words {
        let apart = part.language == Language::En || word.role == Role::Letter;
        if apart && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word.text);
    }
    process::plain(&text).ok_or(Mute::Lacks(text))
}

impl Voice for External {
    fn id(&self) -> &str {
        &self.id
    }

    fn speak(&self, phrase: &Phrase, rate_percent: u16) -> Result<Vec<Spoken>, Mute> {
        phrase.parts.iter().map(|part| self.part(part, rate_percent)).collect()
    }
}
