//! One speaker: what waits for it, what it plays, and whether it can be heard.

mod opening;

use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use audio::Sound;
use audio::announcer::{About, Announcer, Level, Levels, Moment, Order, Saying};
use audio::mixer::{Kind, Piece, Script, What};
use audio::speaker::{Open, Output};
use chrono::Timelike as _;
use wire::Aloud;

use crate::config::Music;
use crate::hub;
use crate::report::{SpeakerReport, State};
use crate::shelf::Shelf;
pub use opening::Opening;
use opening::{Opened, RETRY};

/// Silence between a sentence and the same in another language, at least.
const BETWEEN_LANGUAGES: Duration = Duration::from_millis(350);
/// So long a call waits for sounds that are not here yet; then it is said without them.
pub const SOUNDS_WITHIN: Duration = Duration::from_secs(1);
/// The same of words that somebody has just written: a voice may take its time for them.
pub const WORDS_WITHIN: Duration = Duration::from_secs(20);
/// What a speaker has to know of a saying.
#[derive(Clone, Debug)]
pub struct Said {
    /// How it is said.
    pub aloud: Arc<Aloud>,
    /// Missing sounds are waited for until then.
    pub patience: Moment,
}

/// A speaker has begun.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Begun {
    /// Its id.
    pub speaker: String,
    /// What it says.
    pub about: About,
    /// The first sound.
    pub begins: Moment,
    /// The last one.
    pub ends: Moment,
    /// There are words in it, not the chime alone.
    pub words: bool,
}

/// See the module.
pub struct Speaker {
    /// As the hub has it.
    pub setup: hub::Speaker,
    announcer: Announcer<Said>,
    levels: Levels,
    output: Option<Box<dyn Output>>,
    opening: Option<Receiver<Opened>>,
    opening_since: Moment,
    /// Closes what was open before.
    closing: Option<std::thread::JoinHandle<()>>,
    how: Opening,
    open: Option<Open>,
    /// Since when it is open.
    open_since: Moment,
    chime: Option<Sound>,
    music: Option<Arc<Music>>,
    retry: (Moment, Duration),
    gone: Option<String>,
    /// What it lacked sounds for.
    silent: Option<String>,
    gain_db: Option<f32>,
    follows: bool,
    /// The script that plays, what it is about, and whether there are words in it.
    current: Option<(u64, About, bool)>,
    scripts: u64,
    /// Stale because the device was away.
    device: u64,
}

/// What a speaker is for, by the hub's word.
pub fn kind(setup: &hub::Speaker) -> Kind {
    if setup.kind == "loop" { Kind::Loop } else { Kind::Hall }
}

fn levels(setup: &hub::Speaker) -> Levels {
    let seconds = |it: chrono::NaiveTime| it.num_seconds_from_midnight();
    let level = |it: &hub::Level| Level { from_s: seconds(it.from), until_s: seconds(it.until), gain_db: it.gain_db };
    let by_time = match kind(setup) {
        Kind::Hall => setup.levels.iter().map(level).collect(),
        Kind::Loop => Vec::new(),
    };
    Levels { gain_db: setup.gain_db, by_time, floor_db: setup.floor_db }
}

impl Speaker {
    /// A speaker that is not open yet.
    pub fn new(setup: hub::Speaker, output: Box<dyn Output>, music: Option<Arc<Music>>, how: Opening) -> Self {
        Self {
            levels: levels(&setup),
            setup,
            announcer: Announcer::default(),
            output: Some(output),
            opening: None,
            opening_since: Moment::ZERO,
            closing: None,
            how,
            open: None,
            open_since: Moment::ZERO,
            chime: None,
            music,
            retry: (Moment::ZERO, RETRY.0),
            gone: None,
            silent: None,
            gain_db: None,
            follows: false,
            current: None,
            scripts: 0,
            device: 0,
        }
    }

    /// Its setup has changed, but not what it is and where.
    pub fn change(&mut self, setup: hub::Speaker) {
        self.levels = levels(&setup);
        self.setup = setup;
    }

    /// Whether what sounds in these zones (empty = everywhere) sounds here.
    pub fn hears(&self, zones: &[String]) -> bool {
        let own = &self.setup.zones;
        own.is_empty() || zones.is_empty() || zones.iter().any(|it| own.contains(it))
    }

    /// Whether it is meant by this name.
    pub fn is_called(&self, name: &str) -> bool {
        [&self.setup.id, &self.setup.name, &self.setup.name_en].iter().any(|it| !it.is_empty() && *it == name)
    }

    /// Something more to say.
    pub fn push(&mut self, saying: Saying<Said>, now: Moment) {
        self.announcer.push(saying, now);
    }

    /// Takes out what is over.
    pub fn withdraw(&mut self, is_over: impl Fn(&About) -> bool) {
        self.announcer.withdraw(is_over);
    }

    /// Whether it has been tried to open it.
    pub fn is_tried(&self) -> bool {
        self.open.is_some() || self.gone.is_some()
    }

    /// The rate of its device, while it is open.
    pub fn rate(&self) -> Option<u32> {
        self.open.as_ref().map(|it| it.format.rate)
    }

    /// How it is.
    pub fn report(&self) -> SpeakerReport {
        let (state, detail) = match (&self.gone, &self.silent) {
            (Some(why), _) => (State::Gone, Some(why.as_str())),
            (None, Some(why)) => (State::Silent, Some(why.as_str())),
            (None, None) => (State::Ok, None),
        };
        SpeakerReport::new(&self.setup.id, state, detail, self.announcer.tally(), self.device)
    }

    /// Does what is due: opens, listens to the mixer, begins and stops. To be called every few milliseconds.
    pub fn tick(&mut self, now: Moment, second: u32, shelf: &mut Shelf) -> Vec<Begun> {
        self.keep_open(now);
        let begun = self.listen(now);
        let Some(open) = &self.open else {
            // What goes stale now goes so for want of a device.
            let before = self.announcer.tally().stale;
            self.announcer.next(now, |_| false);
            self.device += self.announcer.tally().stale - before;
            return begun;
        };
        let gain_db = self.levels.gain_db(second);
        if self.gain_db != Some(gain_db) {
            self.gain_db = Some(gain_db);
            match kind(&self.setup) {
                Kind::Hall => open.control.gain_db(gain_db),
                Kind::Loop => open.control.constant_gain_db(gain_db),
            }
        }
        self.obey(now, shelf);
        begun
    }

    /// Asks the announcer what to do, until it has nothing more.
    fn obey(&mut self, now: Moment, shelf: &mut Shelf) {
        while let Some(open) = &self.open {
            let here = |said: &Said| {
                let mut parts = said.aloud.say.iter().flat_map(|it| &it.parts);
                now >= said.patience || !parts.any(|it| shelf.may_come(&it.key))
            };
            match self.announcer.next(now, here) {
                Some(Order::Stop(stop)) => open.control.stop(stop),
                Some(Order::Begin(saying)) => self.begin(&saying, shelf),
                None => break,
            }
        }
        let follows = self.announcer.waiting() > 0;
        if follows != self.follows
            && let Some(open) = &self.open
        {
            self.follows = follows;
            open.control.follows(follows);
        }
    }

    fn begin(&mut self, saying: &Saying<Said>, shelf: &mut Shelf) {
        let Some(open) = &self.open else { return };
        let (pieces, missing) = pieces(&saying.content.aloud, open.format.rate, shelf);
        self.silent = missing.map(|text| format!("no sounds for: {text}"));
        self.scripts += 1;
        let chime = self.chime.as_ref().filter(|_| saying.chime);
        let to = (kind(&self.setup), open.format.rate);
        let script = Script::new(self.scripts, to, chime, &pieces, saying.times, saying.gap);
        if script.is_silent() {
            self.announcer.mute();
        } else {
            self.current = Some((self.scripts, saying.about.clone(), !pieces.is_empty()));
            open.control.say(script);
        }
    }

    /// What the mixer has done.
    fn listen(&mut self, now: Moment) -> Vec<Begun> {
        let mut begun = Vec::new();
        let Some(open) = &self.open else { return begun };
        for event in open.control.events() {
            match (event.what, &self.current) {
                (What::Began(id, frames), Some((current, about, words))) if id == *current => {
                    let begins = now + open.line.latency();
                    let ends = begins + Duration::from_secs_f64(frames as f64 / f64::from(open.format.rate.max(1)));
                    let (speaker, about, words) = (self.setup.id.clone(), about.clone(), *words);
                    begun.push(Begun { speaker, about, begins, ends, words });
                }
                (What::Ended(id, _), Some((current, _, false))) if id == *current => {
                    self.announcer.mute();
                    self.current = None;
                }
                (What::Ended(id, times), Some((current, ..))) if id == *current => {
                    self.announcer.ended(now, times);
                    self.current = None;
                }
                (What::Began(..) | What::Ended(..) | What::PartEnded | What::DuckStart | What::DuckEnd, _) => {}
            }
        }
        begun
    }
}

/// The sounds of a saying, and the first sentence that is left out because a sound could not be had: half a sentence is
/// worse than none. What no voice has words for is no fault of the speaker's.
fn pieces(aloud: &Aloud, rate: u32, shelf: &mut Shelf) -> (Vec<Piece>, Option<String>) {
    let (mut pieces, mut missing): (Vec<Piece>, _) = (Vec::new(), None);
    for say in &aloud.say {
        let sounds: Option<Vec<_>> = say.parts.iter().map(|it| shelf.sound(&it.key, rate)).collect();
        let Some(sounds) = sounds else {
            if !say.parts.iter().any(|it| shelf.is_unvoiced(&it.key)) {
                missing.get_or_insert_with(|| say.text.clone());
            }
            continue;
        };
        if let Some(last) = pieces.last_mut() {
            last.pause = last.pause.max(BETWEEN_LANGUAGES);
        }
        let pause = |it: &wire::SayPart| Duration::from_millis(u64::from(it.pause_ms));
        pieces.extend(sounds.into_iter().zip(&say.parts).map(|(sound, it)| Piece { sound, pause: pause(it) }));
    }
    (pieces, missing)
}
