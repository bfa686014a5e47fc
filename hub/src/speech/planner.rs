//! What is said of a call or an announcement, and under which keys its sounds are kept. It remembers
//! what the keys mean, renders nothing, and never sees a person.

use std::sync::{Arc, OnceLock};

use audio::phrase::{self, About, Names, Part, Phrase};
use audio::{Kind, Language};
use hall::setup::Speech;
use hall::{CounterId, HallId, QueueId, Setup, TicketId, ticket};
use parking_lot::RwLock;
use quick_cache::sync::Cache;
use tokio::sync::mpsc;
use wire::{Aloud, Say, SayPart};

use super::ears::Ears;
use super::wording::{announcement, language_by_signs, language_of, manner, overrides, template};
use crate::crypt::Keys;

/// Hints that wait to be looked at; one more is lost.
const HINTS_MAX: usize = 256;
/// Keys that are remembered as mute.
const MUTE_MAX: usize = 10_000;
/// Keys whose words are remembered; an older one is planned anew when somebody asks.
const KNOWN_MAX: usize = 100_000;
/// Characters of a key.
const KEY_CHARS: usize = 32;

/// Plans what is said. Cheap to clone; the one that is made by default plans nothing.
#[derive(Clone, Default)]
pub struct Planner {
    pub(super) inner: Option<Arc<Inner>>,
}

pub(super) struct Inner {
    keys: Arc<Keys>,
    pub(super) ahead: mpsc::Sender<Ahead>,
    /// Whether a speaker can be heard now; before the hub is whole, nothing is known against any.
    pub(super) ears: OnceLock<Ears>,
    /// The best voice that there is now: another one makes other sounds.
    voice: RwLock<Arc<str>>,
    /// Keys for which nobody has sounds.
    mute: Cache<String, ()>,
    /// What keys mean.
    known: Cache<String, Planned>,
}

/// What may be called soon: its sounds are made before.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// The hall.
    pub setup: Arc<Setup>,
    /// Tickets that wait.
    pub tickets: Vec<Waits>,
    /// All of its counters too.
    pub places: bool,
    /// What was just announced by hand.
    pub words: Vec<Planned>,
}

/// A ticket that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waits {
    /// Its queue.
    pub queue: QueueId,
    /// Its number.
    pub number: String,
    /// Its key, if its visitor is known.
    pub known: Option<TicketId>,
}

/// A part of a sentence with the key of its sound.
#[derive(Clone, PartialEq, Debug)]
pub struct Planned {
    /// The key.
    pub key: String,
    /// The words.
    pub part: Part,
    /// Percent of the voice's own rate.
    pub rate_percent: u16,
    /// Whose name is said with it; looked up when the sound is made, and kept nowhere.
    pub named: Option<Named>,
}

/// A ticket whose visitor is named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Its hall.
    pub hall: HallId,
    /// Its key.
    pub ticket: TicketId,
    /// The language that it is said in.
    pub language: Language,
}

/// A ticket that is called, or was.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// What happened.
    pub kind: Kind,
    /// Its number.
    pub number: &'a str,
    /// Its queue.
    pub queue: &'a QueueId,
    /// Where to.
    pub counter: Option<&'a CounterId>,
    /// Its key, if its visitor is known.
    pub known: Option<&'a TicketId>,
}

/// A sentence and its keys.
#[derive(Clone, PartialEq, Debug)]
pub struct Sentence {
    /// The sentence.
    pub phrase: Phrase,
    /// Its parts.
    pub parts: Vec<Planned>,
}

impl std::fmt::Debug for Planner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Planner").field("plans", &self.inner.is_some()).finish()
    }
}

/// Frames do not differ by who planned them.
impl PartialEq for Planner {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Planner {
    /// A planner whose keys nobody else can make, and what it hears of ahead of time.
    pub fn new(keys: Arc<Keys>, voice: &str) -> (Self, mpsc::Receiver<Ahead>) {
        let (ahead, hints) = mpsc::channel(HINTS_MAX);
        (
            Self {
                inner: Some(Arc::new(Inner {
                    keys,
                    ahead,
                    ears: OnceLock::new(),
                    voice: RwLock::new(voice.into()),
                    mute: Cache::new(MUTE_MAX),
                    known: Cache::new(KNOWN_MAX),
                })),
            },
            hints,
        )
    }

    /// Says what may be called soon. A hint that is lost costs a moment at the call, nothing else.
    pub fn hint(&self, setup: &Arc<Setup>, tickets: Vec<Waits>, places: bool) {
        let Some(inner) = self.inner.as_ref().filter(|_| !setup.speakers.is_empty()) else { return };
        if places || !tickets.is_empty() {
            inner.ahead.try_send(Ahead { setup: setup.clone(), tickets, places, words: Vec::new() }).ok();
        }
    }

    /// Remembers what a key means.
    pub fn learn(&self, planned: &Planned) {
        if let Some(inner) = self.inner.as_ref().filter(|it| it.known.peek(&planned.key).is_none()) {
            inner.known.insert(planned.key.clone(), planned.clone());
        }
    }

    /// What a key means, if it was planned here lately.
    pub fn meaning(&self, key: &str) -> Option<Planned> {
        self.inner.as_ref()?.known.get(key)
    }

    /// Nobody has sounds for a key: a call that needs it is only shown, and says so.
    pub fn set_mute(&self, key: &str) {
        if let Some(inner) = &self.inner {
            inner.mute.insert(key.to_owned(), ());
        }
    }

    fn can_be_said(&self, it: &Sentence) -> bool {
        let mute = |key: &str| self.inner.as_ref().is_some_and(|inner| inner.mute.peek(key).is_some());
        !it.parts.iter().any(|it| mute(&it.key))
    }

    /// Another voice is the best one now.
    pub fn set_voice(&self, voice: &str) {
        if let Some(inner) = &self.inner {
            *inner.voice.write() = voice.into();
        }
    }

    /// How a call is said; none: it is not.
    pub fn call(&self, setup: &Setup, call: Call<'_>) -> Option<Aloud> {
        if self.inner.is_none() || setup.speakers.is_empty() {
            return None;
        }
        let speech = setup.speech_of(call.queue)?;
        let said = self.sentences(setup, speech, call);
        if call.kind == Kind::Missed && said.is_empty() {
            return None;
        }
        Some(Aloud {
            say: said.iter().filter(|it| self.can_be_said(it)).map(say).collect(),
            repeat: speech.repeat,
            gap_ms: speech.gap_ms,
            chime: speech.chime,
            stale_s: speech.stale_s,
            unheard: false,
        })
    }

    /// The sentences of a call, in the order of its queue's languages.
    pub fn sentences(&self, setup: &Setup, speech: &Speech, call: Call<'_>) -> Vec<Sentence> {
        let announcement = announcement(setup, call);
        let manner = manner(setup, speech, call.queue);
        let known = call.known.filter(|_| manner.names != Names::None && !manner.sensitive);
        let one = |language: &ticket::Language| {
            let language = language_of(*language);
            let template = template(speech, language, call.kind)?;
            let phrase = phrase::call(&announcement, &template, &manner).ok()?;
            let named = known.map(|it| Named { hall: setup.hall.id.clone(), ticket: it.clone(), language });
            Some(self.keyed(phrase, speech.rate_percent, named.as_ref()))
        };
        speech.languages.iter().filter_map(one).collect()
    }

    /// How free text is said. In which language nobody says, its signs tell.
    pub fn text(&self, setup: &Setup, text: &str, language: Option<ticket::Language>) -> Option<Sentence> {
        let language = language.map_or_else(|| language_by_signs(text), language_of);
        let phrase = phrase::free(text, language, &overrides(setup)).ok()?;
        Some(self.keyed(phrase, setup.hall.speech.rate_percent, None))
    }

    /// The same sentences as a test of one speaker.
    pub fn test(&self, setup: &Setup, said: &[Sentence]) -> Aloud {
        let speech = &setup.hall.speech;
        Aloud {
            say: said.iter().map(say).collect(),
            repeat: 1,
            gap_ms: speech.gap_ms,
            chime: speech.chime,
            stale_s: speech.stale_s,
            unheard: false,
        }
    }

    fn keyed(&self, phrase: Phrase, rate_percent: u16, named: Option<&Named>) -> Sentence {
        let planned = |part: &Part| {
            let named = named.filter(|_| part.about == About::Ticket).cloned();
            Planned { key: self.key(part, rate_percent, named.as_ref()), part: part.clone(), rate_percent, named }
        };
        Sentence { parts: phrase.parts.iter().map(planned).collect(), phrase }
    }

    fn key(&self, part: &Part, rate_percent: u16, named: Option<&Named>) -> String {
        let Some(inner) = &self.inner else { return String::new() };
        let voice = inner.voice.read().clone();
        let written =
            serde_json::to_string(&(&*voice, part, rate_percent, named.map(|it| &it.ticket))).unwrap_or_default();
        let mut key = inner.keys.lookup("phrase", &written);
        key.truncate(KEY_CHARS);
        key
    }
}

/// A sentence as frames carry it.
pub(super) fn say(it: &Sentence) -> Say {
    let silence = |part: &Part| part.words.last().map_or(0, |word| word.pause_ms.into());
    let part = |it: &Planned| SayPart { key: it.key.clone(), pause_ms: silence(&it.part) };
    Say {
        language: it.phrase.language.as_str().to_owned(),
        text: it.phrase.text_without_name(),
        parts: it.parts.iter().map(part).collect(),
    }
}

/// The parts about a ticket, or about its place.
pub fn about(all: Vec<Sentence>, which: About) -> Vec<Planned> {
    all.into_iter().flat_map(|it| it.parts).filter(|it| it.part.about == which).collect()
}
