//! The voices of `hub say`: each that was asked for by an option and cannot be used is told in one line; the others speak.

use std::sync::Arc;

use audio::phrase::Phrase;
use audio::voice::recordings::Recordings;
use audio::voice::{Mute, Spoken, Voice};
use hub::speech::open::{self, Options};
use parking_lot::Mutex;

/// What the ids of an operator's own engine begin with.
const COMMAND: &str = "command-";

/// What became of an engine while it was asked.
#[derive(Debug, Default)]
pub struct Asked {
    times: usize,
    failed: Vec<String>,
}

/// An engine whose failures are remembered.
struct Watched(Arc<dyn Voice>, Arc<Mutex<Asked>>);

impl Voice for Watched {
    fn id(&self) -> &str {
        self.0.id()
    }

    fn speak(&self, phrase: &Phrase, rate_percent: u16) -> Result<Vec<Spoken>, Mute> {
        let spoken = self.0.speak(phrase, rate_percent);
        let mut asked = self.1.lock();
        asked.times += 1;
        if let Err(why) = &spoken {
            let why = why.to_string();
            if !asked.failed.contains(&why) {
                asked.failed.push(why);
            }
        }
        spoken
    }
}

/// How the engine of an option did.
pub struct Report(Arc<Mutex<Asked>>);

impl Report {
    /// Tells why it is not heard, if it is not.
    pub fn tell(&self, mut tell: impl FnMut(String)) {
        let asked = self.0.lock();
        if asked.times == 0 {
            tell("the voice command was not asked: better voices have all the words".into());
        }
        asked.failed.iter().for_each(|why| tell(format!("the voice command is not used: {why}")));
    }
}

/// The voices, the best first: here nobody waits, so that a voice pack speaks itself.
pub fn all(mut options: Options, mut tell: impl FnMut(String)) -> (Vec<Arc<dyn Voice>>, Option<Report>) {
    let recordings = options.recordings.take();
    let has_command = options.command.is_some();
    let mut all = open::quick(&options, &std::env::temp_dir());
    let asked = Arc::<Mutex<Asked>>::default();
    if let Some(engine) = all.iter_mut().find(|it| it.id().starts_with(COMMAND)) {
        *engine = Arc::new(Watched(Arc::clone(engine), Arc::clone(&asked)));
    } else if has_command {
        tell("the voice command is not used: it is empty".into());
    }
    if let Some(folder) = recordings {
        match Recordings::open(&folder) {
            Ok((recordings, faults)) => {
                let line = |file: &std::path::Path, why| format!("the recording {} is not used: {why}", file.display());
                faults.iter().for_each(|(file, why)| tell(line(file, why)));
                all.insert(0, Arc::new(recordings));
            }
            Err(why) => tell(format!("the recordings are not used: {why}")),
        }
    }
    if let Some(folder) = &options.pack {
        match open::pack(folder) {
            Ok(pack) => all.insert(0, pack),
            Err(why) => tell(format!("the voice pack is not used: {why}")),
        }
    }
    (all, has_command.then_some(Report(asked)))
}
