//! One hall of a session: how far its listener was told, and what comes next.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use hall::{Hall, HallId, Ticket, TicketId};
use serde::Serialize;
use tokio::time::Instant;
use wire::heard::{Mine, Summary};
use wire::{At, Estimate, Part};

use super::mine;
use crate::Hub;
use crate::feed::{Listening, Next, text};
use crate::metrics;
use crate::public::{self, Cut};

/// See the module.
#[derive(Debug)]
pub struct Following {
    /// The hall.
    pub listening: Listening,
    /// What of it.
    pub wish: Wish,
}

/// What a listener wants of a hall.
#[derive(Debug)]
pub enum Wish {
    /// Boards and frames.
    Frames {
        /// Of which cut.
        cut: Cut,
        /// Of which part.
        part: Part,
        /// How far it was told; none: it needs a board.
        sent: Option<At>,
        /// The live figures it has.
        live: u64,
        /// What speakers did, as far as it was told; none: nothing yet.
        voiced: Option<u64>,
    },
    /// One ticket.
    Mine {
        /// By its key.
        ticket: TicketId,
        /// What it was told last.
        told: Latest<Mine>,
        /// The rest of its wait, and until when that is good enough: it costs thousands of played futures.
        wait: (Option<Estimate>, Instant),
    },
    /// Counts only.
    Summary(Latest<Summary>),
}

/// Something of which only the latest counts.
#[derive(Debug)]
pub struct Latest<T> {
    told: Option<Box<T>>,
    next: Instant,
    /// Something may have happened since, but it was too soon to look.
    waits: bool,
}

impl Wish {
    /// One ticket.
    pub fn mine(ticket: TicketId) -> Self {
        let now = Instant::now();
        Self::Mine { ticket, told: Latest::new(now), wait: (None, now) }
    }
}

impl<T: PartialEq> Latest<T> {
    /// Nothing was told yet.
    pub fn new(now: Instant) -> Self {
        Self { told: None, next: now, waits: false }
    }

    /// Whether the last time is long enough ago.
    fn is_due(&mut self) -> bool {
        self.waits = self.next > Instant::now();
        !self.waits
    }

    /// What to tell now, if it is new.
    fn tell(&mut self, hub: &Hub, value: T) -> Option<&T> {
        self.next = Instant::now() + hub.config.pace.mine_every;
        if self.told.as_deref() == Some(&value) {
            return None;
        }
        Some(self.told.insert(Box::new(value)))
    }
}

#[derive(Serialize)]
struct MineText<'a> {
    hall: &'a str,
    mine: &'a Mine,
}

#[derive(Serialize)]
struct SummaryText<'a> {
    hall: &'a str,
    summary: &'a Summary,
}

impl Following {
    /// How far the listener was told; for beats.
    pub fn at(&self) -> At {
        match &self.wish {
            Wish::Frames { sent, .. } => sent.unwrap_or_default(),
            Wish::Mine { .. } | Wish::Summary(_) => self.listening.at(),
        }
    }

    /// What is new, appended to `texts`; look again until nothing is.
    pub fn look(&mut self, hub: &Hub, texts: &mut Vec<Bytes>) {
        let now = hub.clock.now();
        let Self { listening, wish } = self;
        match wish {
            Wish::Frames { cut, part, sent, live, voiced } => {
                frames(listening, *cut, part, sent, live, now, texts);
                listening.voiced(part, voiced, texts);
            }
            Wish::Mine { ticket, told, wait } => {
                let Some((hall, _)) = listening.followed().hall().filter(|_| told.is_due()) else {
                    return;
                };
                let estimate = |it: &Ticket| {
                    if wait.1 <= Instant::now() {
                        *wait = (mine::wait(&hall, it, now), Instant::now() + hub.config.pace.live_every);
                    }
                    wait.0
                };
                let around = listening.followed().around();
                let Some(mine) = mine::of(&hall, &around, ticket, estimate) else {
                    return;
                };
                texts.extend(told.tell(hub, mine).map(|mine| mine_text(listening.followed().id(), mine)));
            }
            Wish::Summary(told) => {
                let Some((hall, _)) = listening.followed().hall().filter(|_| told.is_due()) else {
                    return;
                };
                let summary = told.tell(hub, public::summary(&hall, now));
                let id = listening.followed().id().as_str();
                texts.extend(summary.map(|summary| text(&SummaryText { hall: id, summary })));
            }
        }
    }

    /// When to look again although no bell rings.
    pub fn due(&self) -> Option<Instant> {
        match &self.wish {
            Wish::Frames { .. } => None,
            Wish::Mine { told, .. } => Some(told.next).filter(|_| told.waits),
            Wish::Summary(told) => Some(told.next).filter(|_| told.waits),
        }
    }
}

fn frames(
    listening: &Listening,
    cut: Cut,
    part: &Part,
    sent: &mut Option<At>,
    live: &mut u64,
    now: DateTime<Utc>,
    texts: &mut Vec<Bytes>,
) {
    let next = sent.map_or(Next::Board, |sent| listening.next(cut, part, sent, texts));
    let board = match next {
        Next::UpTo(at) => {
            if !texts.is_empty() {
                metrics::frames_sent(texts.len());
            }
            *sent = Some(at);
            None
        }
        Next::Board => listening.board(cut, part, *sent, now),
        Next::BoardAfter(at) => listening.board(cut, part, Some(at), now),
    };
    if let Some((at, board)) = board {
        metrics::board_sent();
        *sent = Some(at);
        texts.push(board);
    }
    if let Some((version, figures)) = listening.live(cut, *live) {
        *live = version;
        texts.push(figures);
    }
}

/// One ticket, as a message.
pub fn mine_text(hall: &HallId, mine: &Mine) -> Bytes {
    text(&MineText { hall: hall.as_str(), mine })
}

/// Whether a ticket is one of this hall.
pub fn knows(hall: &Hall, ticket: &TicketId) -> bool {
    hall.ticket_by_id(ticket).is_some() || hall.fold.tickets.closed_by_id(ticket).is_some()
}
