//! One followed hall: where it stands, its recent frames, and the bells of those who listen.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use bytes::Bytes;
use hall::{Hall, HallId, QueueId};
use parking_lot::{Mutex, MutexGuard};
use tokio::sync::Notify;
use tokio::time::Instant;
use wire::{Estimate, Part, Scope};

use super::voiced::Voiced;
use super::{BACK_MAX, Bell};
use crate::public::{Around, Cut};

pub use wire::At;

/// Boards kept, encoded, for those who come at the same moment.
const BOARDS_KEPT: usize = 8;
/// How long one is good, seconds; who gets it also gets the frames after it.
const BOARD_GOOD_S: u64 = 1;

/// See the module.
#[derive(Debug)]
pub struct Followed {
    id: HallId,
    state: Mutex<State>,
    bells: Mutex<HashMap<u64, Arc<Bell>>>,
    places: AtomicU64,
    /// The newest position anybody told of.
    newest: Mutex<Option<At>>,
    bytes: AtomicUsize,
    live_begun: AtomicBool,
    /// Held while the first listener brings the hall here, or while old frames are read.
    pub(super) busy: tokio::sync::Mutex<()>,
    /// The task waits for this before it looks at news.
    started: Notify,
}

/// Where the hall stands, for its listeners.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The last entry taken in; none before the first look.
    pub at: Option<At>,
    /// The hall at it.
    pub hall: Option<Arc<Hall>>,
    /// What frames say besides.
    pub around: Arc<Around>,
    /// The last frames, without gaps, up to `at`.
    pub recent: VecDeque<Recent>,
    /// The figures that change by themselves.
    pub live: Option<Live>,
    pub boards: VecDeque<Kept>,
    /// What speakers do.
    pub voiced: Voiced,
}

/// One entry, encoded.
#[derive(Clone, Debug)]
pub(super) struct Recent {
    pub seq: i64,
    pub scope: Scope,
    /// The setup changed: a part of the hall may hold other things now.
    pub configured: bool,
    pub public: Option<Bytes>,
    pub staff: Option<Bytes>,
}

/// The live figures, encoded.
#[derive(Clone, Debug)]
pub(super) struct Live {
    pub version: u64,
    pub public: Bytes,
    pub staff: Bytes,
}

/// A board that was encoded a moment ago.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub cut: Cut,
    pub part: Part,
    pub at: At,
    pub made: Instant,
    pub text: Bytes,
}

impl Recent {
    /// The text of a cut, if it is shown there.
    pub fn text(&self, cut: Cut) -> Option<&Bytes> {
        match cut {
            Cut::Public => self.public.as_ref(),
            Cut::Staff => self.staff.as_ref(),
        }
    }

    pub fn bytes(&self) -> usize {
        size_of::<Self>() + [&self.public, &self.staff].into_iter().flatten().map(Bytes::len).sum::<usize>()
    }
}

impl State {
    /// Whether the frames after a position are all here.
    pub fn covers(&self, at: At) -> bool {
        let Some(now) = self.at.filter(|it| it.epoch == at.epoch) else {
            return false;
        };
        let first = self.recent.front().map_or(now.seq + 1, |it| it.seq);
        (first - 1..=now.seq).contains(&at.seq)
    }

    /// The frames after a position that is covered.
    pub fn after(&self, at: At) -> impl Iterator<Item = &Recent> {
        let from = self.recent.partition_point(|it| it.seq <= at.seq);
        self.recent.range(from..)
    }

    /// A board of a moment ago, if the frames after it are here.
    pub fn kept_board(&self, cut: Cut, part: &Part) -> Option<&Kept> {
        let good = |it: &&Kept| it.made.elapsed().as_secs() < BOARD_GOOD_S && self.covers(it.at);
        self.boards.iter().filter(good).find(|it| it.cut == cut && it.part == *part)
    }

    pub fn keep_board(&mut self, kept: Kept) {
        self.boards.retain(|it| it.cut != kept.cut || it.part != kept.part);
        self.boards.push_front(kept);
        self.boards.truncate(BOARDS_KEPT);
    }
}

impl Followed {
    pub(super) fn new(id: HallId) -> Self {
        Self {
            id,
            state: Mutex::default(),
            bells: Mutex::default(),
            places: AtomicU64::new(1),
            newest: Mutex::default(),
            bytes: AtomicUsize::new(0),
            live_begun: AtomicBool::new(false),
            busy: tokio::sync::Mutex::default(),
            started: Notify::new(),
        }
    }

    /// The hall's id.
    pub fn id(&self) -> &HallId {
        &self.id
    }

    /// The hall as its listeners were told last, and where it stands; none before the first look.
    pub fn hall(&self) -> Option<(Arc<Hall>, At)> {
        let state = self.state.lock();
        state.hall.clone().zip(state.at)
    }

    /// What frames say besides.
    pub fn around(&self) -> Arc<Around> {
        self.state.lock().around.clone()
    }

    /// Puts new live figures: the waiting times in them stand on boards too.
    /// Figures that are the same as before are not told again.
    pub fn set_live(&self, estimates: BTreeMap<QueueId, Estimate>, public: Bytes, staff: Bytes) {
        let mut state = self.state.lock();
        if state.live.as_ref().is_some_and(|it| it.public == public && it.staff == staff) {
            return;
        }
        Arc::make_mut(&mut state.around).estimates = estimates;
        let version = state.live.as_ref().map_or(1, |it| it.version + 1);
        state.live = Some(Live { version, public, staff });
        drop(state);
        self.ring();
    }

    /// Whether nobody has begun to work live figures out; from now on somebody has.
    pub fn begins_live(&self) -> bool {
        !self.live_begun.swap(true, Ordering::Relaxed)
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    /// Begins at a position; entries after it follow.
    pub(super) fn start(&self, at: At, hall: Arc<Hall>, around: Around) {
        let mut state = self.state.lock();
        (state.at, state.hall, state.around) = (Some(at), Some(hall), Arc::new(around));
        drop(state);
        self.wake();
    }

    /// Lets the task go on.
    pub(super) fn wake(&self) {
        self.started.notify_one();
    }

    pub(super) async fn until_started(&self) {
        self.started.notified().await;
    }

    /// Somebody committed up to here.
    pub(super) fn heard_of(&self, epoch: i64, seq: i64) {
        let mut newest = self.newest.lock();
        if newest.is_none_or(|it| it.epoch != epoch || it.seq < seq) {
            *newest = Some(At { epoch, seq });
        }
    }

    /// Where the hall should be by now, if it is not there yet.
    pub(super) fn behind(&self) -> Option<At> {
        let at = self.state.lock().at?;
        self.newest.lock().filter(|it| it.epoch == at.epoch && it.seq > at.seq)
    }

    /// Adds frames that follow on, and where the hall stands after them. Answers the bytes dropped and added.
    pub(super) fn push(&self, frames: Vec<Recent>, at: At, hall: Arc<Hall>) -> (usize, usize) {
        let more: usize = frames.iter().map(Recent::bytes).sum();
        let mut state = self.state.lock();
        state.recent.extend(frames);
        (state.at, state.hall) = (Some(at), Some(hall));
        let oldest = at.seq - BACK_MAX;
        let drop = state.recent.partition_point(|it| it.seq <= oldest);
        let less: usize = state.recent.drain(..drop).map(|it| it.bytes()).sum();
        self.bytes.fetch_add(more, Ordering::Relaxed);
        self.bytes.fetch_sub(less, Ordering::Relaxed);
        (less, more)
    }

    /// Puts older frames before the others, if they still fit there. Answers the bytes added.
    pub(super) fn push_back(&self, epoch: i64, frames: Vec<Recent>) -> usize {
        let mut state = self.state.lock();
        let Some(at) = state.at.filter(|it| it.epoch == epoch) else {
            return 0;
        };
        let first = state.recent.front().map_or(at.seq + 1, |it| it.seq);
        let mut more = 0;
        for frame in frames.into_iter().rev().skip_while(|it| it.seq >= first) {
            more += frame.bytes();
            state.recent.push_front(frame);
        }
        self.bytes.fetch_add(more, Ordering::Relaxed);
        more
    }

    /// Begins anew somewhere else: listeners get a board. Answers the bytes dropped.
    pub(super) fn jump(&self, at: At, hall: Arc<Hall>) -> usize {
        let mut state = self.state.lock();
        (state.at, state.hall) = (Some(at), Some(hall));
        state.recent.clear();
        state.boards.clear();
        self.bytes.swap(0, Ordering::Relaxed)
    }

    /// Drops all frames. Answers their bytes.
    pub(super) fn clear(&self) -> usize {
        let mut state = self.state.lock();
        state.recent = VecDeque::new();
        state.boards.clear();
        self.bytes.swap(0, Ordering::Relaxed)
    }

    /// Drops the older half of the frames. Answers their bytes.
    pub(super) fn halve(&self) -> usize {
        let mut state = self.state.lock();
        let half = state.recent.len().div_ceil(2);
        let less = state.recent.drain(..half).map(|it| it.bytes()).sum();
        self.bytes.fetch_sub(less, Ordering::Relaxed);
        less
    }

    pub(super) fn recent_bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Tells everybody to look again.
    pub(super) fn ring(&self) {
        self.bells.lock().values().for_each(|it| it.ring());
    }

    /// Tells everybody to go.
    pub(super) fn end(&self, close_code: u16) {
        self.bells.lock().values().for_each(|it| it.end(close_code));
    }

    pub(super) fn add_bell(&self, bell: Arc<Bell>) -> u64 {
        let place = self.places.fetch_add(1, Ordering::Relaxed);
        self.bells.lock().insert(place, bell);
        place
    }

    /// Answers how many are left.
    pub(super) fn remove_bell(&self, place: u64) -> usize {
        let mut bells = self.bells.lock();
        bells.remove(&place);
        bells.len()
    }
}
