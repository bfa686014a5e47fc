//! One listener of one hall: what is new for it, from where it stands.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use hall::Hall;
use tokio::time::Instant;
use wire::{At, Part};

use super::followed::Kept;
use super::{Feed, Followed, around, back, encode, hints};
use crate::error::Error;
use crate::metrics;
use crate::public::{self, Around, Cut};
use crate::store::Db;

/// How long one waits for a position that is not here yet: so many times so long.
const WAIT_TIMES: u32 = 100;
const WAIT_STEP: Duration = Duration::from_millis(10);
/// Most frames handed out at once.
const TEXTS_AT_ONCE: usize = 64;

/// See the module. Dropping it stops listening.
#[derive(Debug)]
pub struct Listening {
    feed: Feed,
    followed: Arc<Followed>,
    place: u64,
}

/// What is new after a position.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// Everything up to here was handed out.
    UpTo(At),
    /// The frames after that position are no longer here: a board is needed.
    Board,
    /// Everything up to here was handed out, but the part of the hall may be another one now: a board is needed too.
    BoardAfter(At),
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.feed.leave(&self.followed, self.place);
    }
}

impl Listening {
    pub(super) fn new(feed: Feed, followed: Arc<Followed>, place: u64) -> Self {
        Self { feed, followed, place }
    }

    /// The hall.
    pub fn followed(&self) -> &Arc<Followed> {
        &self.followed
    }

    /// Brings the hall here if this is its first listener; `look` gives it as it was committed last.
    pub async fn ready(
        &self,
        db: &Db,
        look: impl Future<Output = Result<(Arc<Hall>, At), Error>>,
    ) -> Result<(), Error> {
        let _busy = self.followed.busy.lock().await;
        if self.followed.state().at.is_none() {
            let (hall, at) = look.await?;
            let planner = self.feed.shared.planner.clone();
            hints::all(&planner, &hall);
            let around = Around { planner, ..around::load(db, &hall).await? };
            self.followed.start(at, hall, around);
        }
        Ok(())
    }

    /// What is new after `sent`, appended to `texts`; at most a handful at once, so look again until nothing comes.
    pub fn next(&self, cut: Cut, part: &Part, sent: At, texts: &mut Vec<Bytes>) -> Next {
        let state = self.followed.state();
        if !state.covers(sent) {
            return Next::Board;
        }
        let mut upto = sent;
        for recent in state.after(sent) {
            if texts.len() >= TEXTS_AT_ONCE {
                break;
            }
            upto.seq = recent.seq;
            texts.extend(recent.text(cut).filter(|_| part.hears(&recent.scope)).cloned());
            if recent.configured && !part.is_whole() {
                return Next::BoardAfter(upto);
            }
        }
        Next::UpTo(upto)
    }

    /// Waits a moment for the hall to come to a position that somebody has seen already.
    pub async fn wait_for(&self, at: At) {
        let ahead = |now: At| now.epoch == at.epoch && now.seq < at.seq;
        for _ in 0..WAIT_TIMES {
            if !ahead(self.at()) {
                break;
            }
            tokio::time::sleep(WAIT_STEP).await;
        }
    }

    /// Makes the frames after an old position available, if it is not too old; reads the journal if need be.
    pub async fn reach_back(&self, db: &Db, at: At) -> bool {
        if self.followed.state().covers(at) {
            return true;
        }
        let _busy = self.followed.busy.lock().await;
        match back::reach(db, &self.followed, at).await {
            Ok(more) => self.feed.account(0, more),
            Err(cause) => tracing::warn!(hall = %self.followed.id(), %cause, "old entries cannot be read"),
        }
        self.followed.state().covers(at)
    }

    /// The board of a cut and part, encoded, and the position it is true for: never before `sent`.
    pub fn board(&self, cut: Cut, part: &Part, sent: Option<At>, now: DateTime<Utc>) -> Option<(At, Bytes)> {
        let state = self.followed.state();
        let not_back = |it: &At| sent.is_none_or(|sent| sent.epoch != it.epoch || sent.seq <= it.seq);
        if let Some(kept) = state.kept_board(cut, part).filter(|it| not_back(&it.at)) {
            return Some((kept.at, kept.text.clone()));
        }
        let (hall, at, around) = (state.hall.clone()?, state.at?, state.around.clone());
        drop(state);
        let board = public::board(&hall, at, &around, cut, part, now);
        let text = encode::board_text(self.followed.id(), board);
        metrics::board_made(text.len());
        let kept = Kept { cut, part: part.clone(), at, made: Instant::now(), text: text.clone() };
        self.followed.state().keep_board(kept);
        Some((at, text))
    }

    /// The live figures, if they are newer than a version.
    pub fn live(&self, cut: Cut, seen: u64) -> Option<(u64, Bytes)> {
        let state = self.followed.state();
        let live = state.live.as_ref().filter(|it| it.version > seen)?;
        let text = match cut {
            Cut::Public => &live.public,
            Cut::Staff => &live.staff,
        };
        Some((live.version, text.clone()))
    }

    /// What speakers began since `seen`, appended to `texts`.
    pub fn voiced(&self, part: &Part, seen: &mut Option<u64>, texts: &mut Vec<Bytes>) {
        self.followed.state().voiced.after(part, seen, texts);
    }

    /// Where the hall stands.
    pub fn at(&self) -> At {
        self.followed.state().at.unwrap_or_default()
    }
}
