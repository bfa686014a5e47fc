//! What the hub has to do so that halls speak: sounds are made ahead of time, kept by key, and handed to players.
//!
//! ```text
//! planner   what is said, and under which keys (frames carry the keys)
//! broadcast the same of what somebody says by hand
//! ears      whether anybody can hear it
//! voices    who says it
//! shelf     what was made, kept
//! ahead     makes what may be called soon: when a ticket is issued, not when it is called
//! patient   makes it again with the voice that takes its time
//! ```
//!
//! It never decides when something is said: that is the player's, beside the speaker.

pub mod ahead;
pub mod broadcast;
pub mod clips;
mod ears;
pub mod names;
pub mod open;
mod patient;
pub mod planner;
pub mod preview;
mod shelf;
#[cfg(test)]
mod tests;
pub mod voices;
mod wording;

use std::sync::Arc;

use audio::phrase::Part;
use audio::voice::Voice;
use bytes::Bytes;
use tokio::sync::mpsc;

use audio::voice::chain::Silence;
pub use broadcast::Broadcast;
pub use planner::{Call, Planned, Planner, Sentence};
pub use shelf::{Kept, Shelf};
pub use voices::{ByVoice, Voices};

use crate::Hub;
use crate::crypt::Keys;

/// The sounds of a hub.
pub struct Speech {
    /// What is said.
    pub planner: Planner,
    /// Who says it.
    pub voices: Voices,
    shelf: Shelf,
    patient: patient::Queue,
    /// Held while the voice that takes its time says what no other can: whoever wants the same waits for it.
    slow: parking_lot::Mutex<()>,
    hints: parking_lot::Mutex<Option<mpsc::Receiver<planner::Ahead>>>,
}

/// What is made for a key.
#[derive(Clone, PartialEq)]
pub struct Work {
    /// The key.
    pub key: String,
    /// What is said.
    pub parts: Vec<Part>,
    /// The same without a name.
    pub plain: Part,
    /// Percent of the voice's own rate.
    pub rate_percent: u16,
    /// There is a name in it: no disk ever holds it.
    pub personal: bool,
}

impl Work {
    /// The part as it was planned.
    pub fn plain(it: &Planned) -> Self {
        let Planned { key, part, rate_percent, .. } = it.clone();
        Self { key, parts: vec![part.clone()], plain: part, rate_percent, personal: false }
    }
}

impl std::fmt::Debug for Speech {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Speech").field("voices", &self.voices).finish_non_exhaustive()
    }
}

impl Speech {
    /// The sounds of a hub, with the voices that answer at once.
    pub fn new(keys: Arc<Keys>, folder: &std::path::Path, quick: Vec<Arc<dyn Voice>>) -> Self {
        let voices = Voices::new(quick);
        let (planner, hints) = Planner::new(keys, &voices.best());
        Self {
            planner,
            voices,
            shelf: Shelf::new(folder.join("phrases")),
            patient: patient::Queue::default(),
            slow: parking_lot::Mutex::default(),
            hints: parking_lot::Mutex::new(Some(hints)),
        }
    }

    /// A sound that is there already.
    pub fn kept(&self, key: &str) -> Option<Kept> {
        self.shelf.get(key)
    }

    /// The sound of a part: the one that is kept, else made now. It may take as long as its voice: not for a task
    /// that others wait for.
    pub fn sound(&self, work: &Work) -> Result<Kept, Silence> {
        if let Some(kept) = self.shelf.get(&work.key) {
            return Ok(kept);
        }
        let made = self.voices.join(&work.parts, work.rate_percent);
        let (sound, voice) = match made {
            // A name nobody has sounds for is left out: the number calls its visitor too.
            Err(silence) if work.personal => {
                match self.voices.join(std::slice::from_ref(&work.plain), work.rate_percent) {
                    Ok(made) => made,
                    Err(_) => return self.slowly(work, silence),
                }
            }
            Err(silence) => return self.slowly(work, silence),
            Ok(made) => made,
        };
        // A sound with a name in it is kept by nobody either.
        let fleeting = self.patient.add(self, work) || work.personal;
        self.keep(work, &sound, &voice, fleeting)
    }

    /// Keeps what was made, in memory: clips are joined in less time than a disk takes to find a file.
    fn keep(&self, work: &Work, sound: &audio::Sound, voice: &str, fleeting: bool) -> Result<Kept, Silence> {
        let broken = |why: audio::sound::Unsound| Silence(vec![(voice.to_owned(), failed(&why))]);
        let wav = audio::sound::wav::write(sound).map_err(broken)?;
        let kept = Kept { wav: wav.into(), voice: voice.into(), fleeting };
        self.shelf.keep(&work.key, kept.clone());
        Ok(kept)
    }

    /// What none of the voices that answer at once can say: words that somebody writes by hand, with a voice pack.
    fn slowly(&self, work: &Work, silence: Silence) -> Result<Kept, Silence> {
        let Some(voice) = self.voices.neural() else { return Err(silence) };
        let _alone = self.slow.lock();
        if let Some(kept) = self.shelf.get(&work.key) {
            return Ok(kept);
        }
        let (sound, _) = voices::slowly(voice.as_ref(), &work.parts, work.rate_percent, silence.clone())?;
        self.keep(work, &sound, voice.id(), work.personal)
    }

    /// A sound by the voice that takes its time takes the place of the one for this time.
    fn replace(&self, key: &str, wav: Bytes, voice: &str, long: bool) -> std::io::Result<()> {
        let kept = Kept { wav, voice: voice.into(), fleeting: !long };
        if long {
            return self.shelf.keep_long(key, kept);
        }
        self.shelf.keep(key, kept);
        Ok(())
    }
}

fn failed(why: &impl ToString) -> audio::voice::Mute {
    audio::voice::Mute::Failed(why.to_string())
}

/// Starts making sounds ahead of time; it ends with the hub.
pub fn start(hub: &Hub) {
    ears::start(hub);
    ahead::start(hub);
    patient::start(hub);
}
