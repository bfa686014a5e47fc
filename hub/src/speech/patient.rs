//! Says things again with the voice that takes its time: in a thread of its own that gives way to everything else.

use std::collections::HashSet;
use std::sync::Arc;

use audio::phrase::Part;
use audio::voice::Voice;
use parking_lot::{Condvar, Mutex};
use tokio::runtime::Handle;

use super::voices::{join, speak};
use super::{Speech, Work, open};
use crate::Hub;
use crate::alerts::Kind as Alert;

/// Parts that wait for it; one more keeps the sound of the quick voices.
const QUEUE_MAX: usize = 4_000;
/// How little it asks of the processor (`nice`, 0 to 19).
const NICE: i32 = 15;

/// What waits for it.
#[derive(Default)]
pub(super) struct Queue {
    state: Mutex<Waiting>,
    news: Condvar,
}

#[derive(Default)]
struct Waiting {
    parts: std::collections::VecDeque<Work>,
    keys: HashSet<String>,
    over: bool,
}

impl Queue {
    /// Whether a better sound will come.
    pub fn add(&self, speech: &Speech, work: &Work) -> bool {
        if speech.voices.neural().is_none() {
            return false;
        }
        let mut state = self.state.lock();
        if state.keys.contains(&work.key) {
            return true;
        }
        if state.parts.len() >= QUEUE_MAX {
            return false;
        }
        state.keys.insert(work.key.clone());
        state.parts.push_back(work.clone());
        self.news.notify_one();
        true
    }

    fn next(&self) -> Option<Work> {
        let mut state = self.state.lock();
        while state.parts.is_empty() && !state.over {
            self.news.wait(&mut state);
        }
        if state.over { None } else { state.parts.pop_front() }
    }

    fn done(&self, key: &str) {
        self.state.lock().keys.remove(key);
    }

    fn end(&self) {
        self.state.lock().over = true;
        self.news.notify_all();
    }
}

/// Opens the voice pack, if there is one, and speaks until the hub ends.
pub(super) fn start(hub: &Hub) {
    let Some(folder) = hub.config.voice.pack.clone() else {
        // Whatever was wrong with a pack before: this hub has none.
        return told(hub, &Handle::current(), "pack", None);
    };
    let stop = hub.clone();
    hub.spawn(async move {
        stop.stop.cancelled().await;
        stop.speech.patient.end();
    });
    let (own, tasks) = (hub.clone(), Handle::current());
    // Not one of the threads that others use again: it stays slow.
    let begun = std::thread::Builder::new().name("voice-pack".into()).spawn(move || {
        give_way();
        match open::pack(&folder) {
            Ok(voice) => run(&own, &tasks, &voice),
            Err(why) => {
                tracing::warn!(%why, "the voice pack is not used; clips speak instead");
                told(&own, &tasks, "pack", Some(why.to_string()));
            }
        }
    });
    if let Err(cause) = begun {
        tracing::warn!(%cause, "the voice pack has no thread; clips speak instead");
    }
}

fn run(hub: &Hub, tasks: &Handle, voice: &Arc<dyn Voice>) {
    told(hub, tasks, "pack", None);
    hub.speech.voices.set_neural(voice.clone());
    hub.speech.planner.set_voice(&hub.speech.voices.best());
    // What was made by others is made anew, by other keys.
    hub.feed.hint_all();
    tracing::info!(voice = voice.id(), "the voice pack speaks");
    while let Some(work) = hub.speech.patient.next() {
        let speak = |part: &Part| speak(voice.as_ref(), part, work.rate_percent).map(|it| (it, String::new()));
        let made = join(&work.parts, speak)
            .map_err(|why| why.to_string())
            .and_then(|(sound, _)| audio::sound::wav::write(&sound).map_err(|why| why.to_string()));
        match made {
            Ok(wav) => {
                let kept = hub.speech.replace(&work.key, wav.into(), voice.id(), !work.personal);
                if let Err(cause) = kept {
                    tracing::warn!(%cause, "a sound is not kept on the disk");
                    told(hub, tasks, "disk", Some(cause.kind().to_string()));
                }
            }
            Err(why) => tracing::warn!(why, "the voice pack could not say something; clips speak instead"),
        }
        hub.speech.patient.done(&work.key);
    }
}

/// Raises or closes an alert, from a thread of no task's.
fn told(hub: &Hub, tasks: &Handle, subject: &'static str, trouble: Option<String>) {
    let own = hub.clone();
    let telling = async move {
        let told = match trouble {
            Some(detail) => own.alerts.raise(Alert::Voice, None, subject, &detail).await,
            None => own.alerts.over(Alert::Voice, None, subject).await,
        };
        if let Err(cause) = told {
            tracing::warn!(%cause, "an alert was not told");
        }
    };
    hub.tasks.spawn_on(telling, tasks);
}

/// This thread asks for less than all others. Where the system does not let it, it asks for as much.
fn give_way() {
    if let Err(cause) = rustix::process::nice(NICE) {
        tracing::debug!(%cause, "a thread could not give way");
    }
}
