//! The task of a followed hall: takes in entries without gaps, encodes them, rings the bells.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use hall::event::CounterChange;
use hall::{AnnouncementId, By, Entry, Event, Hall, Touched};
use tokio::sync::mpsc;

use super::{At, Committed, Feed, Followed, around, back, encode, hints};
use crate::metrics;
use crate::public::{Around, Said};
use crate::store::{self, Db};

/// After the journal could not be read, it is tried again so much later, seconds.
const READ_AGAIN_S: u64 = 1;

/// Runs until nobody follows the hall any more.
pub(super) async fn run(feed: Feed, db: Db, followed: Arc<Followed>, mut news: mpsc::Receiver<Committed>) {
    followed.until_started().await;
    // What was committed between the first look and now is in the queue, or the journal has it.
    loop {
        let behind = followed.behind().is_some();
        tokio::select! {
            committed = news.recv() => match committed {
                Some(committed) => take(&feed, &db, &followed, committed).await,
                None => break,
            },
            () = tokio::time::sleep(Duration::from_secs(READ_AGAIN_S)), if behind => {}
        }
        if news.is_empty() {
            catch_up(&feed, &db, &followed).await;
        }
    }
}

async fn take(feed: &Feed, db: &Db, followed: &Followed, committed: Committed) {
    let Some((_, at)) = followed.hall() else { return };
    let Some(last) = committed.entries.last().map(|(it, _)| it.seq) else {
        return;
    };
    let now = At { epoch: committed.epoch, seq: last };
    if committed.epoch != at.epoch {
        return jump(feed, followed, now, committed.after);
    }
    let fresh: Vec<_> = committed.entries.into_iter().filter(|(it, _)| it.seq > at.seq).collect();
    let Some((first, _)) = fresh.first() else { return };
    if first.seq != at.seq + 1 {
        // Somebody else wrote in between, or the queue was full.
        return catch_up(feed, db, followed).await;
    }
    let words = committed.words.into_iter().map(|(id, it)| (id, around::as_said(it))).collect();
    push(feed, db, followed, fresh, now, committed.after, words).await;
}

/// Reads from the journal what nobody told of.
async fn catch_up(feed: &Feed, db: &Db, followed: &Followed) {
    let Some(newest) = followed.behind() else { return };
    let Some((hall, at)) = followed.hall() else { return };
    metrics::feed_read_journal();
    match back::read(db, followed.id(), &hall, newest.seq).await {
        Ok((entries, after)) => {
            let said = announced(&entries);
            let words = match around::words(db, &said).await {
                Ok(words) => words,
                Err(cause) => return tracing::warn!(hall = %followed.id(), %cause, "words cannot be read"),
            };
            let now = At { epoch: at.epoch, seq: after.fold.seq };
            push(feed, db, followed, entries, now, Arc::new(after), words).await;
        }
        Err(cause) => tracing::warn!(hall = %followed.id(), %cause, "the journal cannot be read; trying again"),
    }
}

fn jump(feed: &Feed, followed: &Followed, at: At, hall: Arc<Hall>) {
    feed.account(followed.jump(at, hall), 0);
    followed.ring();
}

/// Encodes entries that follow on and tells everybody.
async fn push(
    feed: &Feed,
    db: &Db,
    followed: &Followed,
    entries: Vec<(Entry, Touched)>,
    at: At,
    after: Arc<Hall>,
    words: BTreeMap<AnnouncementId, Said>,
) {
    let around = learn(db, followed, &entries, &after, words).await;
    hints::of(&around.planner, &entries, &after);
    let frames = encode::frames(followed.id(), at.epoch, &entries, &after, &around);
    metrics::entries_encoded(entries.len());
    let (less, more) = followed.push(frames, at, after);
    feed.account(less, more);
    followed.ring();
}

/// What frames say besides, as far as these entries change it.
async fn learn(
    db: &Db,
    followed: &Followed,
    entries: &[(Entry, Touched)],
    after: &Hall,
    words: BTreeMap<AnnouncementId, Said>,
) -> Arc<Around> {
    let mut around = followed.around();
    let strangers = strangers(entries, &around);
    let configured = entries.iter().any(|(it, _)| matches!(it.event, Event::Configured { .. }));
    if words.is_empty() && strangers.is_empty() && !configured {
        return around;
    }
    let known = Arc::make_mut(&mut around);
    known.words.retain(|id, _| after.fold.notices.iter().any(|it| it.id == *id));
    known.words.extend(words);
    match store::around::staff_numbers(db, &strangers).await {
        Ok(numbers) => known.staff_no.extend(numbers),
        Err(cause) => tracing::warn!(%cause, "staff numbers cannot be read"),
    }
    if configured {
        match store::around::site(db, followed.id()).await {
            Ok((site, site_en)) => (known.site, known.site_en) = (site, site_en),
            Err(cause) => tracing::warn!(%cause, "the site cannot be read"),
        }
    }
    let mut state = followed.state();
    // Estimates may have come in meanwhile.
    Arc::make_mut(&mut around).estimates = state.around.estimates.clone();
    state.around = around.clone();
    around
}

/// People who opened a counter and whose number we do not know yet.
fn strangers(entries: &[(Entry, Touched)], around: &Around) -> Vec<String> {
    let opened = entries.iter().filter_map(|(it, _)| {
        let Event::Counter { change: CounterChange::Opened { staff: By::Person(id) }, .. } = &it.event else {
            return None;
        };
        Some(id)
    });
    opened.filter(|id| !around.staff_no.contains_key(*id)).cloned().collect()
}

fn announced(entries: &[(Entry, Touched)]) -> Vec<&AnnouncementId> {
    let said =
        entries.iter().filter_map(|(it, _)| if let Event::Announced(it) = &it.event { Some(&it.id) } else { None });
    said.collect()
}
