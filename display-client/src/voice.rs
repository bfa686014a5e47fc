//! What this player says, and where: from frames to the speakers whose zones they concern.
//!
//! Only what is fresh by the hub's clock is said. A board tells how things stand, never what to say: nothing is called
//! again because a connection came back.

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use audio::announcer::{About, Moment, Rank, Saying};
use audio::speaker::Output;
use chrono::{DateTime, Timelike as _, Utc};
use parking_lot::Mutex;
use wire::aloud::{Began, Voice as Voiced};
use wire::frame::{AnyFrame, Touch};
use wire::heard::Heard;
use wire::{Aloud, Board, Frame};

use crate::clock::HubClock;
use crate::config::Music;
use crate::hub::{self, Own};
use crate::report::SpeakerReport;
use crate::shelf::Shelf;
use crate::speaker::{Begun, Opening, SOUNDS_WITHIN, Said, Speaker, WORDS_WITHIN};

/// Most speakers of one player.
pub const SPEAKERS_MAX: usize = 32;
/// A test that does not begin by then is not wanted any more.
const TEST_FRESH: Duration = Duration::from_secs(30);

/// What this player needs next from the hub.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Want {
    /// The sounds of a ticket that was just issued.
    Ticket(i64),
    /// These sounds, now: they are about to be said.
    Sounds(Vec<String>),
    /// To know anew what speakers it has, and what they may say.
    Own,
}

/// Makes the output of a speaker.
pub type Outputs = Box<dyn Fn(&hub::Speaker) -> Box<dyn Output> + Send>;

/// See the module.
pub struct Voice {
    speakers: Vec<Speaker>,
    shelf: Arc<Mutex<Shelf>>,
    outputs: Outputs,
    opening: Opening,
    music: Option<Arc<Music>>,
    zone: chrono_tz::Tz,
    /// The hub's clock.
    pub clock: HubClock,
}

impl Voice {
    /// Without speakers yet.
    pub fn new(shelf: Arc<Mutex<Shelf>>, outputs: Outputs, opening: Opening, music: Music) -> Self {
        let music = (!music.files.is_empty()).then(|| Arc::new(music));
        let clock = HubClock::default();
        Self { speakers: Vec::new(), shelf, outputs, opening, music, zone: chrono_tz::Tz::UTC, clock }
    }

    /// Has these speakers from now on. One that stays the same goes on with what it says.
    pub fn settle(&mut self, own: &Own) {
        self.zone = own.time_zone.parse().unwrap_or(self.zone);
        let mut before = std::mem::take(&mut self.speakers);
        for setup in own.speakers.iter().filter(|it| it.output != "page").take(SPEAKERS_MAX) {
            let same = |it: &Speaker| {
                (&it.setup.id, &it.setup.device, &it.setup.kind) == (&setup.id, &setup.device, &setup.kind)
            };
            let speaker = match before.iter().position(same) {
                Some(n) => {
                    let mut speaker = before.swap_remove(n);
                    speaker.change(setup.clone());
                    speaker
                }
                None => {
                    let plays = |it: &&Arc<Music>| it.speakers.is_empty() || it.speakers.contains(&setup.id);
                    let music = self.music.as_ref().filter(plays).cloned();
                    Speaker::new(setup.clone(), (self.outputs)(setup), music, self.opening)
                }
            };
            self.speakers.push(speaker);
        }
    }

    /// What the hub said, at this moment.
    pub fn hear(&mut self, heard: &Heard, now: Moment) -> Vec<Want> {
        match heard {
            Heard::Welcome { welcome } => self.clock.read(welcome.now, now),
            Heard::Beat { beat } => self.clock.read(beat.now, now),
            Heard::Board { board, .. } => self.agree(board),
            Heard::Frame { frame, .. } => return self.frame(frame, now),
            Heard::Voice { voice: Voiced::Test(test), .. } => {
                let about = About::Test;
                let saying = self.saying(Rank::Broadcast, about, &test.aloud, now, now + TEST_FRESH, now);
                self.speakers.iter_mut().filter(|it| it.setup.id == test.speaker).for_each(|it| {
                    it.push(saying.clone(), now);
                });
                return self.wanted(&test.aloud);
            }
            Heard::Voice { voice: Voiced::Began(_), .. }
            | Heard::Mine { .. }
            | Heard::Live { .. }
            | Heard::Summary { .. } => {}
        }
        Vec::new()
    }

    fn frame(&mut self, frame: &AnyFrame, now: Moment) -> Vec<Want> {
        let frame = match frame {
            AnyFrame::Known(frame) => frame,
            AnyFrame::Unknown(kinds) => {
                kinds.values().for_each(|it| self.touched(it));
                return Vec::new();
            }
        };
        match &**frame {
            Frame::Called(it) | Frame::Recalled(it) | Frame::Unparked(it) => {
                self.touched(&it.touch);
                self.call(&it.touch, it.speak_at, now)
            }
            Frame::Issued(touch) => {
                let ticket = touch.ticket.as_ref().filter(|it| self.speakers.iter().any(|own| own.hears(&it.zones)));
                ticket.map(|it| Want::Ticket(it.reference)).into_iter().collect()
            }
            Frame::Announced(it) => self.announce(it, now),
            Frame::Withdrawn(it) => {
                self.withdraw(|about| *about == About::Announcement(it.id.clone()));
                Vec::new()
            }
            Frame::Configured(_) => vec![Want::Own],
            Frame::Undone(it) => {
                self.touched(&it.touch);
                Vec::new()
            }
            Frame::CheckedIn(touch)
            | Frame::Started(touch)
            | Frame::Finished(touch)
            | Frame::NoShow(touch)
            | Frame::Parked(touch)
            | Frame::Transferred(touch)
            | Frame::Returned(touch)
            | Frame::Deferred(touch)
            | Frame::Cancelled(touch)
            | Frame::Reprioritised(touch)
            | Frame::Unserved(touch)
            | Frame::Counter(touch) => {
                self.touched(touch);
                self.call(touch, None, now)
            }
            Frame::Queue(_) | Frame::Day(_) => Vec::new(),
        }
    }

    /// A ticket that is not called any more is not called aloud.
    fn touched(&mut self, touch: &Touch) {
        let Some(ticket) = &touch.ticket else { return };
        let at = ticket.counter.clone().unwrap_or_default();
        let called = ticket.state == "called";
        self.withdraw(|about| match about {
            About::Ticket { ticket: it, counter } => {
                *it == ticket.reference && !(called && *counter == at) && !counter.is_empty()
            }
            About::Announcement(_) | About::Test => false,
        });
    }

    /// Says what a frame has to say of its ticket, if anything.
    fn call(&mut self, touch: &Touch, speak_at: Option<DateTime<Utc>>, now: Moment) -> Vec<Want> {
        let (Some(ticket), Some(aloud)) = (&touch.ticket, &touch.aloud) else { return Vec::new() };
        // A missed call names no counter.
        let counter = ticket.counter.clone().filter(|_| ticket.state == "called").unwrap_or_default();
        let about = About::Ticket { ticket: ticket.reference, counter };
        let Some(due) = self.moment(speak_at.or(touch.time), now) else { return Vec::new() };
        let fresh = due + Duration::from_secs(u64::from(aloud.stale_s));
        let saying = self.saying(Rank::Call, about, aloud, due, fresh, now);
        self.push(&saying, now, |it| it.hears(&ticket.zones));
        self.wanted(aloud)
    }

    fn announce(&mut self, it: &wire::frame::Announced, now: Moment) -> Vec<Want> {
        let Some(aloud) = &it.aloud else { return Vec::new() };
        let Some(due) = self.moment(Some(it.time), now) else { return Vec::new() };
        let fresh = due + Duration::from_secs(u64::from(aloud.stale_s));
        let rank = if it.emergency { Rank::Emergency } else { Rank::Broadcast };
        let saying = self.saying(rank, About::Announcement(it.id.clone()), aloud, due, fresh, now);
        self.push(&saying, now, |own| match &it.speakers[..] {
            [] => own.hears(&it.zones),
            named => named.iter().any(|name| own.is_called(name)),
        });
        self.wanted(aloud)
    }

    /// When that was, by the hub's clock; none while that is not known.
    fn moment(&self, at: Option<DateTime<Utc>>, now: Moment) -> Option<Moment> {
        match at {
            Some(at) => self.clock.moment_of(at),
            None => Some(now),
        }
    }

    fn saying(&self, rank: Rank, about: About, aloud: &Aloud, due: Moment, fresh: Moment, now: Moment) -> Saying<Said> {
        let patience = now + if matches!(about, About::Announcement(_)) { WORDS_WITHIN } else { SOUNDS_WITHIN };
        Saying {
            rank,
            about,
            due,
            fresh_until: fresh,
            times: aloud.repeat,
            gap: Duration::from_millis(u64::from(aloud.gap_ms)),
            chime: aloud.chime,
            content: Said { aloud: Arc::new(aloud.clone()), patience },
        }
    }

    fn push(&mut self, saying: &Saying<Said>, now: Moment, to: impl Fn(&Speaker) -> bool) {
        self.speakers.iter_mut().filter(|it| to(it)).for_each(|it| it.push(saying.clone(), now));
    }

    /// The sounds of it that are not here.
    fn wanted(&self, aloud: &Aloud) -> Vec<Want> {
        if self.speakers.is_empty() {
            return Vec::new();
        }
        let shelf = self.shelf.lock();
        let parts = aloud.say.iter().flat_map(|it| &it.parts);
        let keys: Vec<_> = parts.map(|it| it.key.clone()).filter(|it| !shelf.has(it)).collect();
        if keys.is_empty() { Vec::new() } else { vec![Want::Sounds(keys)] }
    }

    /// A board in the place of frames: what it does not show any more is not said.
    fn agree(&mut self, board: &Board) {
        self.withdraw(|about| match about {
            About::Ticket { ticket, counter } => {
                let it = board.tickets.iter().find(|it| it.reference == *ticket);
                let called = it.is_some_and(|it| it.state == "called" && it.counter.as_ref() == Some(counter));
                !called && !counter.is_empty()
            }
            About::Announcement(id) => !board.notices.iter().any(|it| it.id == *id),
            About::Test => false,
        });
    }

    fn withdraw(&mut self, is_over: impl Fn(&About) -> bool) {
        self.speakers.iter_mut().for_each(|it| it.withdraw(&is_over));
    }

    /// Does what is due, and tells who has begun.
    pub fn tick(&mut self, now: Moment, wall: DateTime<Utc>) -> Vec<Began> {
        let local = self.clock.at(now).unwrap_or(wall).with_timezone(&self.zone);
        let second = local.num_seconds_from_midnight();
        let outputs = &self.outputs;
        self.speakers.iter_mut().for_each(|it| it.replace_lost(outputs));
        let mut shelf = self.shelf.lock();
        let begun: Vec<Begun> = self.speakers.iter_mut().flat_map(|it| it.tick(now, second, &mut shelf)).collect();
        drop(shelf);
        begun.into_iter().filter_map(|it| self.began(it)).collect()
    }

    fn began(&self, it: Begun) -> Option<Began> {
        if !it.words {
            // A chime alone tells nobody anything: screens go on saying that it is not said.
            return None;
        }
        let (ticket, announcement) = match it.about {
            About::Ticket { ticket, .. } => (Some(ticket), None),
            About::Announcement(id) => (None, Some(id)),
            About::Test => return None,
        };
        let zones = self.speakers.iter().find(|own| own.setup.id == it.speaker)?.setup.zones.clone();
        let (begins, ends) = (self.clock.at(it.begins)?, self.clock.at(it.ends)?);
        Some(Began { speaker: it.speaker, ticket, announcement, zones, begins, ends })
    }

    /// Whether it is known of every speaker how it is.
    pub fn is_tried(&self) -> bool {
        self.speakers.iter().all(Speaker::is_tried)
    }

    /// How the speakers are.
    pub fn report(&self) -> Vec<SpeakerReport> {
        self.speakers.iter().map(Speaker::report).collect()
    }

    /// The rates of the open devices.
    pub fn rates(&self) -> Vec<u32> {
        let mut rates: Vec<_> = self.speakers.iter().filter_map(Speaker::rate).collect();
        rates.sort_unstable();
        rates.dedup();
        rates
    }
}
