//! The one fold that keeps a board: the same on the hub, in players and in the pages.
//!
//! Replace the ticket by `ref` and the counter by `id`, drop what is closed, keep the last calls and
//! the missed numbers, count who waits. It asks no clock: time is what the frame says.

use chrono::{DateTime, Utc};

use crate::At;
use crate::board::{Board, CALLS_KEPT, Call, DayFace, MISSED_KEPT, Missed, Modes, NOTICES_KEPT, Notice};
use crate::frame::{AnyFrame, Called, Configured, Frame, Touch, Undone};
use crate::noun::{Counter, Queue, Ticket};

impl Board {
    /// The board after one more frame. Frames come in order of `at.seq`; numbers may skip.
    pub fn apply(&mut self, at: At, frame: &Frame) {
        match frame {
            Frame::Issued(touch)
            | Frame::CheckedIn(touch)
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
            | Frame::Counter(touch) => self.touch(touch),
            Frame::Called(called) | Frame::Recalled(called) | Frame::Unparked(called) => self.call(at, called),
            Frame::Undone(undone) => self.undo(undone),
            Frame::Queue(changed) => {
                self.touch(&changed.touch);
                changed.queues.iter().for_each(|it| put(&mut self.queues, it, |queue| &queue.id));
                self.go_by(changed.modes.as_ref());
            }
            Frame::Configured(configured) => self.configure(configured),
            Frame::Day(day) => {
                self.day = Some(DayFace { date: day.date.clone(), open: day.open });
                if day.new {
                    self.calls.clear();
                    self.missed.clear();
                }
                self.go_by(day.modes.as_ref());
                self.forget(day.time);
            }
            Frame::Announced(said) => {
                let notice = Notice {
                    id: said.id.clone(),
                    text: said.text.clone(),
                    zones: said.zones.clone(),
                    until: said.until,
                    emergency: said.emergency,
                };
                self.notices.retain(|it| it.id != notice.id);
                self.notices.push(notice);
                self.forget(said.time);
                let over = self.notices.len().saturating_sub(NOTICES_KEPT);
                self.notices.drain(..over);
            }
            Frame::Withdrawn(withdrawn) => {
                self.notices.retain(|it| it.id != withdrawn.id);
                self.forget(withdrawn.time);
            }
        }
        self.settle(at);
    }

    /// The same for a frame of a kind this side does not know.
    pub fn apply_any(&mut self, at: At, frame: &AnyFrame) {
        match frame {
            AnyFrame::Known(frame) => self.apply(at, frame),
            AnyFrame::Unknown(kinds) => {
                kinds.values().for_each(|touch| self.touch(touch));
                self.settle(at);
            }
        }
    }

    /// Drops missed numbers and notices whose time is over; a listener may also call it with its own clock.
    pub fn forget(&mut self, now: DateTime<Utc>) {
        self.missed.retain(|it| it.until.is_none_or(|until| until > now));
        self.notices.retain(|it| it.until > now);
    }

    /// Counts who waits in each queue.
    pub fn count(&mut self) {
        for queue in &mut self.queues {
            let waits = |it: &&Ticket| it.queue == queue.id && it.state == "waiting";
            queue.waiting = u32::try_from(self.tickets.iter().filter(waits).count()).unwrap_or(u32::MAX);
        }
    }

    fn settle(&mut self, at: At) {
        self.at = at;
        self.count();
    }

    fn go_by(&mut self, modes: Option<&Modes>) {
        if let Some(modes) = modes {
            self.modes = Some(modes.clone());
        }
    }

    fn touch(&mut self, touch: &Touch) {
        for counter in [&touch.counter, &touch.other_counter].into_iter().flatten() {
            put(&mut self.counters, counter, |it| &it.id);
        }
        // First, so that what is over takes nobody's place in a list.
        if let Some(time) = touch.time {
            self.forget(time);
        }
        if let Some(ticket) = &touch.ticket {
            self.put_ticket(ticket);
            self.put_missed(ticket, touch);
        }
    }

    fn put_ticket(&mut self, ticket: &Ticket) {
        let place = self.tickets.binary_search_by_key(&ticket.reference, |it| it.reference);
        match (place, ticket.is_open()) {
            (Ok(place), true) => self.tickets[place] = ticket.clone(),
            (Err(place), true) => self.tickets.insert(place, ticket.clone()),
            (Ok(place), false) => drop(self.tickets.remove(place)),
            (Err(_), false) => {}
        }
    }

    fn put_missed(&mut self, ticket: &Ticket, touch: &Touch) {
        self.missed.retain(|it| it.reference != ticket.reference);
        let Some(since) = touch.since.or(touch.time).filter(|_| ticket.state == "no_show") else {
            return;
        };
        let missed = Missed {
            reference: ticket.reference,
            number: ticket.number.clone(),
            queue: ticket.queue.clone(),
            counter: ticket.counter.clone(),
            zones: ticket.zones.clone(),
            since,
            until: touch.until,
        };
        let place = self.missed.partition_point(|it| it.since > since);
        self.missed.insert(place, missed);
        self.missed.truncate(MISSED_KEPT);
    }

    fn call(&mut self, position: At, called: &Called) {
        self.touch(&called.touch);
        let Some(ticket) = called.touch.ticket.as_ref().filter(|it| it.state == "called") else {
            return;
        };
        let (Some(counter), Some(at)) = (&ticket.counter, called.touch.time) else {
            return;
        };
        let call = Call {
            reference: ticket.reference,
            number: ticket.number.clone(),
            queue: ticket.queue.clone(),
            counter: counter.clone(),
            label: self.label(counter),
            // Where it stands now; the frame's own zones are also those where it stood before.
            zones: ticket.zones.clone(),
            at,
            times: called.times,
            seq: position.seq,
        };
        self.calls.retain(|it| it.reference != ticket.reference);
        self.calls.insert(0, call);
        self.calls.truncate(CALLS_KEPT);
    }

    /// A call taken back never was; the one before it stands again where it stood.
    fn undo(&mut self, undone: &Undone) {
        self.touch(&undone.touch);
        let Some(ticket) = &undone.touch.ticket else { return };
        self.calls.retain(|it| it.reference != ticket.reference);
        if let Some(call) = &undone.call {
            let place = self.calls.iter().position(|it| it.seq < call.seq).unwrap_or(self.calls.len());
            self.calls.insert(place, call.clone());
            self.calls.truncate(CALLS_KEPT);
        }
    }

    /// Names, words and places may all be new: whatever a ticket, call or missed number took from them follows.
    fn configure(&mut self, configured: &Configured) {
        self.hall = configured.hall.clone();
        self.queues = configured.queues.clone();
        self.counters = configured.counters.clone();
        self.go_by(configured.modes.as_ref());
        let (queues, counters) = (&self.queues, &self.counters);
        for ticket in &mut self.tickets {
            ticket.zones = shown_in(queues, &ticket.queue, counters, ticket.counter.as_deref());
            if let Some(stage) = &mut ticket.stage {
                stage.name = queue_of(queues, &ticket.queue).map(|it| it.name.clone()).unwrap_or_default();
            }
        }
        for call in &mut self.calls {
            call.zones = shown_in(queues, &call.queue, counters, Some(&call.counter));
            call.label = counter_of(counters, &call.counter).map(|it| it.label.clone()).unwrap_or_default();
        }
        for missed in &mut self.missed {
            missed.zones = shown_in(queues, &missed.queue, counters, missed.counter.as_deref());
        }
        self.forget(configured.time);
    }

    fn label(&self, counter: &str) -> String {
        counter_of(&self.counters, counter).map(|it| it.label.clone()).unwrap_or_default()
    }
}

/// Where a ticket is shown: where its queue waits, and where its counter stands. Empty = everywhere.
pub fn shown_in(queues: &[Queue], queue: &str, counters: &[Counter], counter: Option<&str>) -> Vec<String> {
    let mut zones = queue_of(queues, queue).map(|it| it.zones.clone()).unwrap_or_default();
    if zones.is_empty() {
        return zones;
    }
    let stands = counter.and_then(|id| counter_of(counters, id)).and_then(|it| it.zone.clone());
    zones.extend(stands.filter(|it| !zones.contains(it)));
    zones
}

fn queue_of<'a>(queues: &'a [Queue], id: &str) -> Option<&'a Queue> {
    queues.iter().find(|it| it.id == id)
}

fn counter_of<'a>(counters: &'a [Counter], id: &str) -> Option<&'a Counter> {
    counters.iter().find(|it| it.id == id)
}

/// Replaces where its namesake stands, else adds at the end.
fn put<T: Clone>(list: &mut Vec<T>, new: &T, id: fn(&T) -> &str) {
    match list.iter().position(|it| id(it) == id(new)) {
        Some(place) => list[place] = new.clone(),
        None => list.push(new.clone()),
    }
}
