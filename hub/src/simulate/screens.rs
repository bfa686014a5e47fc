//! Who listens to a simulated hall: each keeps a board from the frames it hears and from nothing else, goes away
//! and comes back to where it stood, and must always see what somebody sees who has just come.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use hall::HallId;
use wire::{At, Board, Heard, Part};

use crate::feed::{Bell, Listening, Next};
use crate::public::{self, Cut};
use crate::{Error, Hub, feed};

/// How long a screen waits for what is committed already, seconds.
const HEARS_WITHIN_S: u64 = 30;

/// One listener.
#[derive(Debug)]
pub(super) struct Screen {
    cut: Cut,
    part: Part,
    /// None: its line is cut.
    line: Option<(Listening, Arc<Bell>)>,
    board: Option<Board>,
    /// How far it was told; the board stands at the last frame that concerned it.
    told: Option<At>,
    /// Frames it folded so far.
    pub frames: u64,
}

impl Screen {
    /// A screen that is not there yet.
    pub fn new(cut: Cut, part: Part) -> Self {
        Self { cut, part, line: None, board: None, told: None, frames: 0 }
    }

    /// How far it was told.
    pub fn told(&self) -> At {
        self.told.unwrap_or_default()
    }

    /// Comes, or comes back to where it stood, as a session does. Answers whether the frames it missed were there.
    pub async fn join(&mut self, hub: &Hub, hall: &HallId) -> Result<bool, Error> {
        let bell = Arc::new(Bell::default());
        let listening = hub.feed.follow(&hub.db, &hub.tasks, hall, &bell);
        let look = async {
            let seen = hub.halls.seen(hall).await?;
            Ok((seen.hall, At { epoch: seen.epoch, seq: seen.seq }))
        };
        listening.ready(&hub.db, look).await?;
        if let Some(at) = self.told {
            listening.wait_for(at).await;
            if !listening.reach_back(&hub.db, at).await {
                (self.told, self.board) = (None, None);
            }
        }
        self.line = Some((listening, bell));
        Ok(self.told.is_some())
    }

    /// Its line is cut; it keeps its board.
    pub fn leave(&mut self) {
        self.line = None;
    }

    /// Whether it listens.
    pub fn is_there(&self) -> bool {
        self.line.is_some()
    }

    /// Hears everything up to a position that is committed.
    pub async fn hear(&mut self, until: At, now: DateTime<Utc>) -> Result<(), String> {
        let Some((listening, bell)) = self.line.take() else {
            return Ok(());
        };
        let heard = async {
            loop {
                self.take(&listening, now)?;
                if self.told() == until {
                    return Ok(());
                }
                if self.told().epoch == until.epoch && self.told().seq > until.seq {
                    return Err(format!("was told of {:?}, but the journal ends at {until:?}", self.told()));
                }
                bell.heard().await;
            }
        };
        let heard = tokio::time::timeout(Duration::from_secs(HEARS_WITHIN_S), heard).await;
        self.line = Some((listening, bell));
        let late = || Err(format!("was never told of {until:?}; it stands at {:?}", self.told()));
        heard.unwrap_or_else(|_| late()).map_err(|what| format!("a screen ({:?}, {:?}) {what}", self.cut, self.part))
    }

    /// Takes what is there now.
    fn take(&mut self, listening: &Listening, now: DateTime<Utc>) -> Result<(), String> {
        loop {
            let mut texts = Vec::new();
            let next = self.told.map_or(Next::Board, |at| listening.next(self.cut, &self.part, at, &mut texts));
            let is_new = !texts.is_empty();
            for text in texts {
                self.fold(&text)?;
            }
            match next {
                Next::UpTo(at) => {
                    self.told = Some(at);
                    if !is_new {
                        return Ok(());
                    }
                }
                Next::Board => self.take_board(listening, self.told, now)?,
                Next::BoardAfter(at) => self.take_board(listening, Some(at), now)?,
            }
        }
    }

    fn take_board(&mut self, listening: &Listening, sent: Option<At>, now: DateTime<Utc>) -> Result<(), String> {
        let (at, text) = listening.board(self.cut, &self.part, sent, now).ok_or("got no board")?;
        let Heard::Board { board, .. } = read(&text)? else {
            return Err(format!("got something else as a board at {at:?}"));
        };
        if board.at != at {
            return Err(format!("got a board of {:?} as that of {at:?}", board.at));
        }
        (self.told, self.board) = (Some(at), Some(*board));
        Ok(())
    }

    fn fold(&mut self, text: &Bytes) -> Result<(), String> {
        let Heard::Frame { at, frame, .. } = read(text)? else {
            return Err("got something else as a frame".into());
        };
        let board = self.board.as_mut().ok_or("got a frame before a board")?;
        if at.epoch != board.at.epoch || at.seq <= board.at.seq {
            return Err(format!("got the frame of {at:?} after {:?}", board.at));
        }
        board.apply_any(at, &frame);
        board.cut(&self.part);
        self.frames += 1;
        Ok(())
    }

    /// Compares what it sees with the board the hub hands out, and with what a screen sees that comes just now.
    pub async fn compare(&self, hub: &Hub, hall: &HallId) -> Result<(), String> {
        let Some(ours) = self.board.as_ref().filter(|_| self.is_there()) else {
            return Ok(());
        };
        let now = hub.clock.now();
        let seen = hub.halls.seen(hall).await.map_err(|it| it.to_string())?;
        let at = At { epoch: seen.epoch, seq: seen.seq };
        let around = feed::around(&hub.db, &seen.hall).await.map_err(|it| it.to_string())?;
        let handed = public::board(&seen.hall, at, &around, self.cut, &self.part, now);
        let mut newcomer = Self::new(self.cut, self.part.clone());
        newcomer.join(hub, hall).await.map_err(|it| it.to_string())?;
        newcomer.hear(at, now).await?;
        let time = seen.hall.fold.time.unwrap_or_default();
        let said = |who: &str, what: String| {
            format!("at {at:?} {who} differs from the board in its {what} ({:?}, {:?})", self.cut, self.part)
        };
        let theirs = newcomer.board.ok_or("a screen that came got no board")?;
        for (who, board) in [("the fold of a screen", ours), ("a screen that came", &theirs)] {
            if let Some(what) = differs(board, &as_short_as(board, &handed), &self.part, time) {
                return Err(said(who, what));
            }
        }
        Ok(())
    }
}

fn read(text: &Bytes) -> Result<Heard, String> {
    serde_json::from_slice(text).map_err(|cause| format!("cannot read {}: {cause}", String::from_utf8_lossy(text)))
}

/// In which of its parts a board from frames differs from the one that is handed out; `time` is that of the last
/// entry. What only the time of day decides, and live figures tell, is left out: states of queues and their waits.
pub(super) fn differs(ours: &Board, handed: &Board, part: &Part, time: DateTime<Utc>) -> Option<String> {
    let timeless = |board: &Board| {
        let mut board = board.clone();
        board.forget(time);
        for queue in &mut board.queues {
            queue.state.clear();
            queue.estimate = None;
        }
        board
    };
    let (mut ours, handed) = (timeless(ours), timeless(handed));
    if !part.is_whole() {
        // A part may remember what the whole hall has forgotten, for its lists are filled less often.
        ours.calls = only(&ours.calls, &handed.calls);
        ours.missed = only(&ours.missed, &handed.missed);
    }
    let told = |what: &str, ours: &dyn std::fmt::Debug, handed: &dyn std::fmt::Debug| {
        format!("{what}: {ours:?} instead of {handed:?}")
    };
    let differences = [
        (ours.hall != handed.hall).then(|| told("hall", &ours.hall, &handed.hall)),
        (ours.day != handed.day).then(|| told("day", &ours.day, &handed.day)),
        (ours.queues != handed.queues).then(|| told("queues", &ours.queues, &handed.queues)),
        (ours.tickets != handed.tickets).then(|| told("tickets", &ours.tickets, &handed.tickets)),
        (ours.counters != handed.counters).then(|| told("counters", &ours.counters, &handed.counters)),
        (ours.calls != handed.calls).then(|| told("calls", &ours.calls, &handed.calls)),
        (ours.missed != handed.missed).then(|| told("missed", &ours.missed, &handed.missed)),
        (ours.notices != handed.notices).then(|| told("notices", &ours.notices, &handed.notices)),
    ];
    differences.into_iter().flatten().next()
}

/// A board that is too large for one message leaves out what staff see of those who stand furthest back in line;
/// whoever came with such a board knows no more until a frame tells it.
fn as_short_as(theirs: &Board, handed: &Board) -> Board {
    let mut short = handed.clone();
    if feed::text(handed).len() > feed::BOARD_BYTES_MAX / 2 {
        for ticket in &mut short.tickets {
            let place = theirs.tickets.binary_search_by_key(&ticket.reference, |it| it.reference);
            if place.is_ok_and(|place| theirs.tickets[place].staff.is_none()) {
                ticket.staff = None;
            }
        }
    }
    short
}

/// Those of a list that another one has too.
fn only<T: Clone + PartialEq>(list: &[T], other: &[T]) -> Vec<T> {
    list.iter().filter(|it| other.contains(it)).cloned().collect()
}

#[cfg(test)]
mod tests;
