//! Old entries: reads the journal for listeners who come back, also after a restart.

use std::sync::Arc;

use hall::{Entry, Event, Hall, HallId, Touched};

use super::{At, BACK_MAX, Followed, around, encode};
use crate::error::Error;
use crate::public::Around;
use crate::speech::Planner;
use crate::store::{Db, halls, journal, snapshots};

/// Entries read in one statement.
const READ_AT_ONCE: i64 = 1_000;
/// Read a little further back than asked: others who were cut off at the same moment come next.
const MARGIN: i64 = 100;

/// Puts the frames after an old position before the recent ones. Answers the bytes added; 0 if they cannot be had.
pub(super) async fn reach(db: &Db, followed: &Followed, at: At) -> Result<usize, Error> {
    let (hall, now, first, around) = {
        let state = followed.state();
        let Some((hall, now)) = state.hall.clone().zip(state.at) else {
            return Ok(0);
        };
        let first = state.recent.front().map_or(now.seq + 1, |it| it.seq);
        (hall, now, first, state.around.clone())
    };
    if state_is_elsewhere(now, at) || first <= at.seq + 1 {
        return Ok(0);
    }
    let from = (at.seq - MARGIN).max(now.seq - BACK_MAX).max(0);
    let Some(before) = hall_at(db, followed.id(), &hall, now.epoch, from).await? else {
        return Ok(0);
    };
    let (entries, after) = apply(db, followed.id(), before, first - 1).await?;
    if after.fold.seq != first - 1 {
        return Ok(0);
    }
    // What is told of old is not said any more.
    let mut around = Around { planner: Planner::default(), ..(*around).clone() };
    let said: Vec<_> = entries.iter().filter_map(|(it, _)| words_of(it)).collect();
    around.words.extend(around::words(db, &said).await?);
    // Names and places are those of today: an old `configured` tells the newest setup too, so all end alike.
    let frames = encode::frames(followed.id(), now.epoch, &entries, &hall, &around);
    Ok(followed.push_back(now.epoch, frames))
}

fn state_is_elsewhere(now: At, at: At) -> bool {
    at.epoch != now.epoch || at.seq > now.seq || at.seq < now.seq - BACK_MAX
}

/// The hall as it stood right after an entry, with today's setup; none if the journal does not reach back so far.
async fn hall_at(db: &Db, id: &HallId, today: &Hall, epoch: i64, seq: i64) -> Result<Option<Hall>, Error> {
    let fold = snapshots::before(db, id, epoch, seq).await?.unwrap_or_default();
    let hall = Hall { setup: today.setup.clone(), fold };
    let (_, hall) = apply(db, id, hall, seq).await?;
    Ok((hall.fold.seq == seq).then_some(hall))
}

/// The entries up to `seq` that a hall has not taken in yet, with what each touched, and the hall after them.
pub(super) async fn read(
    db: &Db,
    id: &HallId,
    hall: &Arc<Hall>,
    seq: i64,
) -> Result<(Vec<(Entry, Touched)>, Hall), Error> {
    let (entries, mut after) = apply(db, id, (**hall).clone(), seq).await?;
    if after.fold.seq < seq {
        return Err(Error::Broken(format!("the journal of hall {id} ends at {}", after.fold.seq)));
    }
    if entries.iter().any(|(it, _)| matches!(it.event, Event::Configured { .. })) {
        let row = halls::look(db, id).await?.ok_or(Error::Missing("hall"))?;
        if let Some(setup) = halls::setup(db, id, row.revision).await? {
            after.setup = setup;
        }
    }
    Ok((entries, after))
}

/// Applies what the journal holds up to an entry; stops at a gap (older days may be archived).
async fn apply(db: &Db, id: &HallId, mut hall: Hall, seq: i64) -> Result<(Vec<(Entry, Touched)>, Hall), Error> {
    let mut all = Vec::new();
    while hall.fold.seq < seq {
        let entries = journal::read(db, id, hall.fold.seq, READ_AT_ONCE.min(seq - hall.fold.seq)).await?;
        if entries.first().is_none_or(|it| it.seq != hall.fold.seq + 1) {
            break;
        }
        for entry in entries {
            let touched = hall.apply(&entry);
            all.push((entry, touched));
        }
    }
    Ok((all, hall))
}

fn words_of(entry: &Entry) -> Option<&hall::AnnouncementId> {
    if let Event::Announced(it) = &entry.event { Some(&it.id) } else { None }
}
