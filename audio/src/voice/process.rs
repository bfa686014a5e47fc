//! Runs a program that makes sound, with limits: on its time, on what it writes, on what it is told.
//!
//! There is no shell anywhere, so no text can become a command.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::Mute;
use crate::phrase::TEXT_CHARS_MAX;
use crate::sound::{Sound, edit, file, level, rate, samples};

/// What a program may take.
pub struct Limits {
    /// How long it may run.
    pub time: Duration,
    /// How much it may write, bytes.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(30), bytes: 32 * 1024 * 1024 }
    }
}

/// How much of what a program complains about goes into the log, bytes.
const COMPLAINT_BYTES_MAX: u64 = 400;
/// How often a program that has closed its output is looked after until it has ended, milliseconds.
const ENDING_MS: u64 = 5;

/// Runs a program and returns what it wrote. One that takes too long or writes too much is killed.
pub fn run(program: &Path, arguments: &[OsString], input: Option<&[u8]>, limits: &Limits) -> Result<Vec<u8>, Mute> {
    let name = program.display();
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| {
            if error.kind() == std::io::ErrorKind::NotFound {
                Mute::Missing(format!("the program {name}"))
            } else {
                Mute::Failed(format!("{name} cannot be started: {error}"))
            }
        })?;
    let heard = listen(&mut child, input, limits.bytes);
    let result = heard.recv_timeout(limits.time);
    let status = match result {
        Ok(_) => wait(&mut child, limits.time),
        Err(_) => None,
    };
    let Some(status) = status else {
        // It may have ended by itself just now; then there is nothing to kill.
        let _ = child.kill();
        let _ = child.wait();
        return Err(Mute::Failed(format!(
            "{name} took longer than {} seconds and was stopped",
            limits.time.as_secs_f32()
        )));
    };
    let (out, complaint) = result.unwrap_or_default();
    // One that is no longer listened to may fail for that reason: so this comes first.
    if out.len() as u64 > limits.bytes {
        return Err(Mute::Failed(format!("{name} wrote more than {} bytes", limits.bytes)));
    }
    if !status.success() {
        let complaint: String = String::from_utf8_lossy(&complaint).chars().filter(|c| !c.is_control()).collect();
        return Err(Mute::Failed(format!("{name} failed ({status}): {complaint}")));
    }
    Ok(out)
}

/// Feeds it and listens to it on threads of their own, or it and we could wait for each other for ever.
fn listen(child: &mut Child, input: Option<&[u8]>, most: u64) -> mpsc::Receiver<(Vec<u8>, Vec<u8>)> {
    let (tell, heard) = mpsc::channel();
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    if let (Some(mut stdin), Some(input)) = (stdin, input.map(<[u8]>::to_vec)) {
        // A program that does not listen may be right not to.
        thread::spawn(move || drop(stdin.write_all(&input)));
    }
    thread::spawn(move || {
        let complaints = thread::spawn(move || read(stderr, COMPLAINT_BYTES_MAX));
        let out = read(stdout, most + 1);
        // Nobody waits any more once the time is up.
        let _ = tell.send((out, complaints.join().unwrap_or_default()));
    });
    heard
}

fn read(from: Option<impl Read>, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(from) = from {
        // What came before a fault is judged as if it were all: it is no sound, then.
        let _ = from.take(most).read_to_end(&mut bytes);
    }
    bytes
}

fn wait(child: &mut Child, time: Duration) -> Option<std::process::ExitStatus> {
    for _ in 0..(time.as_millis() as u64 / ENDING_MS).max(1) {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) => thread::sleep(Duration::from_millis(ENDING_MS)),
            Err(_) => return None,
        }
    }
    None
}

/// Text for another program: no control characters, no more than may be said; none if nothing is left.
pub fn plain(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !c.is_control()).take(TEXT_CHARS_MAX * 8).collect();
    plain.chars().any(char::is_alphanumeric).then_some(plain)
}

/// What another engine made, checked and brought to our rate, trimmed, at the level of speech.
pub fn speech(bytes: &[u8], who: &str) -> Result<Sound, Mute> {
    let failed = |why: String| Mute::Failed(format!("{who} made {why}"));
    let sound = file::read(bytes).map_err(|error| failed(format!("something else than speech: {error}")))?;
    let ours = rate::to_ours(&sound).map_err(|error| failed(error.to_string()))?;
    let mut speech = ours.samples[edit::loud(&ours.samples)].to_vec();
    if speech.len() < samples(MILLIS_MIN) {
        return Err(failed("silence".into()));
    }
    level::to_speech(&mut speech);
    edit::soften(&mut speech);
    Ok(Sound::new(speech))
}

/// Shorter than this nothing is speech.
const MILLIS_MIN: u32 = 60;
