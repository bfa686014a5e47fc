//! What one speaker sounds like, sample by sample: chime, speech, gaps, and music that makes room for them.
//!
//! It is pulled: whoever plays asks for the next frames, on a sound thread that must not wait, and gets them at once,
//! silence too. It knows no clock: its time is the number of frames it has given. What it is to do comes in by a
//! [`Control`], what it did goes out as [`Event`]s with their position.
//!
//! Speech is one channel, the same in each of the device's; -18 LUFS stay -18 LUFS a channel at 0 dB. A hearing loop
//! ([`Kind::Loop`]) gets speech alone: no chime, no music, always the same level.

mod control;
mod ramp;
mod resample;
mod script;
mod talk;
#[cfg(test)]
mod tests;
mod tune;

use std::collections::VecDeque;
use std::sync::mpsc;

pub use control::{Control, Event, What};
pub use resample::{Unplayable, resampled};
pub use script::{PEAK, Piece, Script};
pub use tune::{Frame, Looped, Tune};

use control::Command;
use ramp::Ramp;
use talk::Talk;

/// Music under speech: so far below itself.
pub const DUCK_DB: f32 = -20.0;
/// Music goes down in this time, before the chime.
pub const DUCK_DOWN_MS: u32 = 150;
/// And up again in this time, after the last word.
pub const DUCK_UP_MS: u32 = 400;
/// A change of loudness takes this time.
const GAIN_RAMP_MS: u32 = 50;
/// Music begins and ends in this time.
const MUSIC_RAMP_MS: u32 = 400;
/// Frames that are made at once; commands are looked at before each.
const BLOCK_FRAMES: usize = 128;
/// Softer than this, music is not there: nothing has to make room. -80 dB.
const INAUDIBLE: f32 = 1e-4;

/// What a speaker is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Everybody around it.
    Hall,
    /// Hearing aids.
    Loop,
}

/// What a device takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Format {
    /// Frames a second.
    pub rate: u32,
    /// Samples a frame.
    pub channels: u16,
}

/// See the module.
pub struct Mixer {
    format: Format,
    commands: mpsc::Receiver<Command>,
    events: mpsc::Sender<Event>,
    next: VecDeque<Script>,
    talk: Talk,
    gain: Ramp,
    /// More is said right after this: music stays down.
    follows: bool,
    music: Option<Box<dyn Tune>>,
    /// Takes the place of the music when that has faded.
    music_next: Option<(Option<Box<dyn Tune>>, f32)>,
    music_gain: Ramp,
    duck: Ramp,
    /// Samples until the script begins: music goes down first.
    lead: usize,
    position: u64,
}

/// A mixer for a device, and its other end.
pub fn mixer(format: Format, kind: Kind) -> (Control, Mixer) {
    let (commands, heard) = mpsc::channel();
    let (tell, events) = mpsc::channel();
    let mixer = Mixer {
        format,
        commands: heard,
        events: tell,
        next: VecDeque::new(),
        talk: Talk::default(),
        gain: Ramp::at(1.0),
        follows: false,
        music: None,
        music_next: None,
        music_gain: Ramp::at(0.0),
        duck: Ramp::at(1.0),
        lead: 0,
        position: 0,
    };
    (Control { commands, events, kind }, mixer)
}

/// The factor of so many dB.
pub fn factor(db: f32) -> f32 {
    10.0_f32.powf(db / 20.0)
}

impl Mixer {
    /// What it was made for.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Frames given so far.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// The next frames, interleaved; `out` holds whole frames. Never waits.
    pub fn fill(&mut self, out: &mut [f32]) {
        let channels = usize::from(self.format.channels.max(1));
        for block in out.chunks_mut(BLOCK_FRAMES * channels) {
            self.obey();
            let mut music = [[0.0; 2]; BLOCK_FRAMES];
            let frames = block.len() / channels;
            if let Some(tune) = &mut self.music {
                tune.fill(&mut music[..frames]);
            }
            for (frame, tune) in block.chunks_mut(channels).zip(music) {
                self.frame(frame, tune);
            }
        }
    }

    fn frame(&mut self, out: &mut [f32], tune: Frame) {
        let said = self.speech();
        let loud = self.music_gain.next() * self.duck.next();
        let both = 0.5 * (tune[0] + tune[1]);
        let alone = out.len() == 1;
        for (channel, sample) in out.iter_mut().enumerate() {
            let music = match channel {
                0 | 1 if !alone => tune[channel],
                _ => both,
            };
            *sample = (said + music * loud).clamp(-1.0, 1.0);
        }
        self.position += 1;
        self.swap_music();
    }

    /// The next sample of what is said.
    fn speech(&mut self) -> f32 {
        let gain = self.gain.next();
        if self.lead > 0 {
            self.lead -= 1;
            return 0.0;
        }
        if self.talk.is_over() {
            let Some(script) = self.next.pop_front() else { return 0.0 };
            let room = self.make_room();
            self.talk.begin(script);
            if room > 0 {
                self.lead = room - 1;
                return 0.0;
            }
        }
        let (events, at) = (&self.events, self.position);
        let sample = self.talk.sample(gain, |what| {
            let _ = events.send(Event { at, what });
        });
        if self.talk.is_over() && !self.follows && self.next.is_empty() {
            self.come_up();
        }
        sample
    }

    /// Music goes down before anything is said: in how many samples it has.
    fn make_room(&mut self) -> usize {
        let down = self.samples(DUCK_DOWN_MS);
        if self.duck.to() == 1.0 {
            self.tell(What::DuckStart);
            self.duck.go(factor(DUCK_DB), down);
        }
        let audible = self.music.is_some() && self.music_gain.now() > INAUDIBLE;
        if audible && self.duck.now() > self.duck.to() { down } else { 0 }
    }

    fn come_up(&mut self) {
        if self.duck.to() != 1.0 {
            self.tell(What::DuckEnd);
            let up = self.samples(DUCK_UP_MS);
            self.duck.go(1.0, up);
        }
    }

    fn obey(&mut self) {
        while let Ok(command) = self.commands.try_recv() {
            match command {
                Command::Say(script) => self.next.push_back(script),
                Command::Stop(stop) => match self.next.back_mut() {
                    Some(script) => script.stop = script.stop.max(Some(stop)),
                    None => self.talk.stop(stop),
                },
                Command::Gain(gain) => {
                    let within = if self.talk.is_over() { 1 } else { self.samples(GAIN_RAMP_MS) };
                    self.gain.go(gain, within);
                }
                Command::Follows(more) => {
                    self.follows = more;
                    if !more && self.talk.is_over() && self.next.is_empty() {
                        self.come_up();
                    }
                }
                Command::Music(tune, gain) => {
                    let within = self.samples(MUSIC_RAMP_MS);
                    self.music_gain.go(0.0, within);
                    self.music_next = Some((tune, gain));
                }
            }
        }
    }

    /// The next music begins when the last one has faded.
    fn swap_music(&mut self) {
        if self.music_gain.now() <= INAUDIBLE
            && let Some((tune, gain)) = self.music_next.take()
        {
            self.music = tune;
            self.music_gain = Ramp::at(0.0);
            let within = self.samples(MUSIC_RAMP_MS);
            self.music_gain.go(gain, within);
        }
    }

    fn tell(&self, what: What) {
        let _ = self.events.send(Event { at: self.position, what });
    }

    fn samples(&self, ms: u32) -> usize {
        self.format.rate as usize * ms as usize / 1_000
    }
}
