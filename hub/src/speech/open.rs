//! Opens the voices that a hub was told of. One that cannot be opened is said in the log, and the others speak.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use audio::Language;
use audio::bank::Bank;
use audio::voice::clips::Clips;
use audio::voice::command::External;
use audio::voice::espeak::Espeak;
use audio::voice::kokoro::Kokoro;
use audio::voice::recordings::Recordings;
use audio::voice::{Mute, Voice};

/// Name of espeak-ng's program.
const ESPEAK: &str = "espeak-ng";
/// How long another engine may take for a part of a sentence.
const COMMAND_WITHIN: Duration = Duration::from_secs(10);

/// Which voices a hub has besides the shipped clips.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Folder of a voice pack.
    pub pack: Option<PathBuf>,
    /// Folder of human recordings.
    pub recordings: Option<PathBuf>,
    /// Another engine: a program and its arguments between spaces, with `{text}`, `{language}`, `{rate}` and `{out}`.
    pub command: Option<String>,
    /// espeak-ng may speak Chinese: understandable only to those who know what it says.
    pub espeak_zh: bool,
}

/// The voices that answer at once, the best first: people, clips, another engine, espeak-ng. `folder` is for what an
/// engine writes while it works.
pub fn quick(options: &Options, folder: &Path) -> Vec<Arc<dyn Voice>> {
    let mut all: Vec<Arc<dyn Voice>> = Vec::new();
    if let Some(recordings) = options.recordings.as_deref().and_then(recordings) {
        all.push(Arc::new(recordings));
    }
    match Bank::embedded() {
        Ok(bank) => all.push(Arc::new(Clips::new(Arc::new(bank)))),
        Err(why) => tracing::warn!(%why, "the shipped clips are not used"),
    }
    if let Some(engine) = options.command.as_deref().and_then(|it| command(it, folder)) {
        all.push(Arc::new(engine));
    }
    all.push(Arc::new(Espeak::new(ESPEAK, options.espeak_zh)));
    all
}

fn recordings(folder: &Path) -> Option<Recordings> {
    match Recordings::open(folder) {
        Ok((recordings, faults)) => {
            for (file, why) in faults {
                tracing::warn!(file = %file.display(), %why, "a recording is not used");
            }
            Some(recordings)
        }
        Err(why) => {
            tracing::warn!(%why, "the recordings are not used");
            None
        }
    }
}

fn command(line: &str, folder: &Path) -> Option<External> {
    let mut words = line.split_whitespace().map(str::to_owned);
    let program = words.next()?;
    if !is_there(&program) {
        tracing::warn!(program, "the voice command is not there: other voices speak instead");
    }
    let name = Path::new(&program).file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let languages = vec![Language::Zh, Language::En];
    Some(External::new(&name, program, words.collect(), languages, COMMAND_WITHIN, folder))
}

/// Whether there is a file a shell would start by this name.
fn is_there(program: &str) -> bool {
    if program.contains('/') {
        return Path::new(program).is_file();
    }
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|it| it.join(program).is_file())
}

/// The voice that takes its time.
pub fn pack(folder: &Path) -> Result<Arc<dyn Voice>, Mute> {
    Ok(Arc::new(Kokoro::open(folder)?))
}
