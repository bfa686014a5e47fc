//! The other end of a mixer: what it is to do goes in, what it did comes out.

use std::sync::mpsc;

use super::script::Script;
use super::tune::Tune;
use super::{Kind, factor};
use crate::announcer::Stop;

/// What a mixer is to do.
pub(super) enum Command {
    Say(Script),
    Stop(Stop),
    Gain(f32),
    Follows(bool),
    Music(Option<Box<dyn Tune>>, f32),
}

/// Something happened at a frame, counted from the mixer's first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Event {
    /// Which frame.
    pub at: u64,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// The first sound of a script: its id, and how many frames all of it takes.
    Began(u64, u64),
    /// A part has ended: a join.
    PartEnded,
    /// A script has ended, or was stopped: its id, and how often it was said whole.
    Ended(u64, u32),
    /// Music begins to go down.
    DuckStart,
    /// Music begins to come up.
    DuckEnd,
}

/// The other end of a mixer: says what it is to do, and hears what it did.
pub struct Control {
    pub(super) commands: mpsc::Sender<Command>,
    pub(super) events: mpsc::Receiver<Event>,
    pub(super) kind: Kind,
}

impl Control {
    /// Says this after what is being said.
    pub fn say(&self, script: Script) {
        self.send(Command::Say(script));
    }

    /// Stops what is being said, there.
    pub fn stop(&self, stop: Stop) {
        self.send(Command::Stop(stop));
    }

    /// How loud speech and chime are, dB. A loop keeps its level.
    pub fn gain_db(&self, db: f32) {
        if self.kind == Kind::Hall {
            self.send(Command::Gain(factor(db)));
        }
    }

    /// Sets the one level of a hearing loop, dB.
    pub fn constant_gain_db(&self, db: f32) {
        self.send(Command::Gain(factor(db)));
    }

    /// Whether more is said right after this, so that music stays down.
    pub fn follows(&self, more: bool) {
        self.send(Command::Follows(more));
    }

    /// Plays this between the calls from now on, so loud, or nothing. Never on a loop.
    pub fn music(&self, tune: Option<Box<dyn Tune>>, db: f32) {
        if self.kind == Kind::Hall {
            self.send(Command::Music(tune, factor(db)));
        }
    }

    /// What has happened since it was asked last.
    pub fn events(&self) -> impl Iterator<Item = Event> + '_ {
        self.events.try_iter()
    }

    fn send(&self, command: Command) {
        // Nobody pulls any more: the output is gone, and its owner notices there.
        let _ = self.commands.send(command);
    }
}
