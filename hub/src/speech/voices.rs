//! Who speaks: the voices of this hub, in the order in which they are asked.

use std::sync::Arc;

use audio::phrase::{self, About, Overrides, Part, Phrase};
use audio::voice::chain::{Chain, Silence};
use audio::voice::{Made, Mute, Spoken, Voice};
use audio::{Language, Sound};
use parking_lot::RwLock;

/// The voices that answer at once, the best first, and the one that takes its time.
#[derive(Clone, Default)]
pub struct Voices {
    quick: Chain,
    neural: Arc<RwLock<Option<Arc<dyn Voice>>>>,
}

/// A part as sound, and who spoke.
pub struct ByVoice {
    /// The sound, and what it was made of.
    pub spoken: Spoken,
    /// The voice's id.
    pub voice: String,
    /// What was spoken instead of the words: a named counter is on the screen.
    pub instead: Option<Part>,
}

impl std::fmt::Debug for Voices {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.quick.ids()).finish()
    }
}

impl Voices {
    /// Voices that answer at once, the best first.
    pub fn new(quick: Vec<Arc<dyn Voice>>) -> Self {
        Self { quick: Chain::new(quick), neural: Arc::default() }
    }

    /// The one that takes its time, once it is ready.
    pub fn neural(&self) -> Option<Arc<dyn Voice>> {
        self.neural.read().clone()
    }

    /// It is ready.
    pub fn set_neural(&self, voice: Arc<dyn Voice>) {
        *self.neural.write() = Some(voice);
    }

    /// The best voice's id: sounds of another one are other sounds.
    pub fn best(&self) -> String {
        let quick = || self.quick.ids().collect::<Vec<_>>().join("+");
        self.neural().map_or_else(quick, |it| it.id().to_owned())
    }

    /// Speaks a part at once. What the sign of a counter says and no voice can say is on the screen.
    pub fn speak(&self, part: &Part, rate_percent: u16) -> Result<ByVoice, Silence> {
        match self.speak_words(part, rate_percent) {
            Err(silence) if part.about == About::Place => {
                let instead = on_screen(part.language).ok_or_else(|| silence.clone())?;
                let by = self.speak_words(&instead, rate_percent).map_err(|_| silence)?;
                Ok(ByVoice { instead: Some(instead), ..by })
            }
            spoken => spoken,
        }
    }

    /// Speaks parts at once, one after the other; and says who did.
    pub fn join(&self, parts: &[Part], rate_percent: u16) -> Result<(Sound, String), Silence> {
        join(parts, |part| self.speak(part, rate_percent).map(|by| (by.spoken, by.voice)))
    }

    /// The same, and what no other voice can say by the one that takes its time: seconds for a sentence.
    pub fn speak_patiently(&self, part: &Part, rate_percent: u16) -> Result<ByVoice, Silence> {
        self.speak(part, rate_percent).or_else(|silence| {
            let voice = self.neural().ok_or_else(|| silence.clone())?;
            let (sound, made_of) = slowly(voice.as_ref(), std::slice::from_ref(part), rate_percent, silence)?;
            Ok(ByVoice { spoken: Spoken { sound, made_of }, voice: voice.id().to_owned(), instead: None })
        })
    }

    fn speak_words(&self, part: &Part, rate_percent: u16) -> Result<ByVoice, Silence> {
        let said = self.quick.part(&alone(part), part, rate_percent)?;
        Ok(ByVoice { spoken: said.spoken, voice: said.voice, instead: None })
    }
}

/// Where to go, without saying where.
fn on_screen(language: Language) -> Option<Part> {
    let text = match language {
        Language::Zh => "到屏幕显示的窗口",
        Language::En => "please proceed to the counter shown on screen",
    };
    let words = phrase::free(text, language, &Overrides::default()).ok()?.parts.pop()?.words;
    Some(Part { about: About::Place, language, words })
}

/// Parts one after the other, with their silences between them.
pub fn join<E>(
    parts: &[Part],
    mut speak: impl FnMut(&Part) -> Result<(Spoken, String), E>,
) -> Result<(Sound, String), E> {
    let (mut samples, mut who, mut silence) = (Vec::new(), String::new(), 0);
    for part in parts {
        let (spoken, voice) = speak(part)?;
        samples.resize(samples.len() + audio::sound::samples(silence), 0.0);
        samples.extend_from_slice(&spoken.sound.samples);
        silence = part.words.last().map_or(0, |it| it.pause_ms.into());
        who = voice;
    }
    Ok((Sound::new(samples), who))
}

/// Parts by the voice that takes its time, and what the last of them was made of; `silence`: why no other did.
pub fn slowly(
    voice: &dyn Voice,
    parts: &[Part],
    rate_percent: u16,
    mut silence: Silence,
) -> Result<(Sound, Vec<Made>), Silence> {
    let mut made_of = Vec::new();
    let made = join(parts, |part| {
        let spoken = speak(voice, part, rate_percent)?;
        made_of.clone_from(&spoken.made_of);
        Ok((spoken, String::new()))
    });
    match made {
        Ok((sound, _)) => Ok((sound, made_of)),
        Err(mute) => {
            silence.0.push((voice.id().to_owned(), mute));
            Err(silence)
        }
    }
}

/// One part by one voice.
pub fn speak(voice: &dyn Voice, part: &Part, rate_percent: u16) -> Result<Spoken, Mute> {
    let mut all = voice.speak(&alone(part), rate_percent)?;
    match (all.pop(), all.is_empty()) {
        (Some(one), true) => Ok(one),
        (_, _) => Err(Mute::Failed("a voice made other parts than it was asked for".into())),
    }
}

fn alone(part: &Part) -> Phrase {
    Phrase { language: part.language, parts: vec![part.clone()] }
}
