//! Group commit: commands that wait at the same moment share one transaction, and each gets its own answer.
//!
//! A refused command writes nothing and spoils nothing. If a statement or the commit fails, everything is rolled
//! back, the halls of the group are forgotten, and its commands run again one by one, so that only the guilty one
//! fails; so does a lone command whose connection died under it. A commit whose outcome nobody knows answers "try again"; the caller's key tells them what happened.

use std::collections::BTreeMap;
use std::time::Instant;

use chrono::Duration;
use hall::HallId;
use hall::forecast::Interval;
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

use super::Door;
use super::asked::{Asked, IdempotencyKey};
use super::decide::Deciding;
use super::open::Open;
use super::shown::Answer;
use crate::error::Error;
use crate::metrics;
use crate::store::Tx;
use crate::store::keys::{self, Kept};

/// Most commands in one transaction.
pub const GROUP_MAX: usize = 256;

/// Something that waits to be decided.
pub struct Waiting {
    /// Whose.
    pub hall: HallId,
    /// What.
    pub wish: Wish,
    /// What was promised at the time of asking, if a ticket is taken.
    pub estimate: Option<Interval>,
    /// Where the answer goes.
    pub answer: oneshot::Sender<Result<Answer, Error>>,
}

/// What is wished for.
pub enum Wish {
    /// A command.
    Command(Box<Asked>),
    /// What is due by itself.
    Tick,
}

impl Waiting {
    /// The caller's key and the name of its row.
    pub fn key(&self) -> Option<(&IdempotencyKey, String)> {
        match &self.wish {
            Wish::Command(asked) => asked.key.as_ref().map(|key| (key, row_of(key))),
            Wish::Tick => None,
        }
    }
}

/// The name of a key's row: a hash of scope and key.
fn row_of(key: &IdempotencyKey) -> String {
    let mut hash = Sha256::new();
    hash.update(key.scope.as_bytes());
    hash.update([0]);
    hash.update(key.key.as_bytes());
    hex::encode(hash.finalize())
}

/// Why a group was not committed.
enum Failure {
    /// Something failed and everything was taken back.
    Undone(Error),
    /// Nobody knows whether it is true.
    Unknown(sqlx::Error),
}

/// Runs a group in a transaction that has begun, and answers everyone in it.
pub async fn run(door: &Door, tx: Tx, group: Vec<Waiting>) {
    let begun = Instant::now();
    let commands = group.len();
    match attempt(door, tx, &group).await {
        Ok(answers) => answer(group, answers),
        Err(Failure::Undone(cause)) => {
            forget(door, &group);
            if group.len() == 1 && !has_lost_its_connection(&cause) {
                answer(group, vec![Err(cause)]);
            } else {
                tracing::warn!(%cause, commands = group.len(), "a group failed; its commands run again one by one");
                one_by_one(door, group).await;
            }
        }
        Err(Failure::Unknown(cause)) => unknown(door, &cause, group),
    }
    metrics::group(commands, begun.elapsed().as_secs_f64());
}

async fn one_by_one(door: &Door, group: Vec<Waiting>) {
    for single in group {
        let single = vec![single];
        let done = match door.db.begin_commands().await {
            Ok(tx) => attempt(door, tx, &single).await,
            Err(cause) => Err(Failure::Undone(cause.into())),
        };
        match done {
            Ok(answers) => answer(single, answers),
            Err(Failure::Undone(cause)) => {
                forget(door, &single);
                answer(single, vec![Err(cause)]);
            }
            Err(Failure::Unknown(cause)) => unknown(door, &cause, single),
        }
    }
}

fn unknown(door: &Door, cause: &sqlx::Error, group: Vec<Waiting>) {
    tracing::error!(%cause, commands = group.len(), "the outcome of a commit is unknown");
    forget(door, &group);
    let answers = group.iter().map(|_| Err(Error::Busy("it is not known whether this was done"))).collect();
    answer(group, answers);
}

fn forget(door: &Door, group: &[Waiting]) {
    for waiting in group {
        door.memory.forget(&waiting.hall);
    }
}

fn answer(group: Vec<Waiting>, answers: Vec<Result<Answer, Error>>) {
    for (waiting, answer) in group.into_iter().zip(answers) {
        // Whoever asked may be gone; what was decided stands.
        waiting.answer.send(answer).ok();
    }
}

async fn attempt(door: &Door, mut tx: Tx, group: &[Waiting]) -> Result<Vec<Result<Answer, Error>>, Failure> {
    match decide_and_write(door, &mut tx, group).await {
        Ok((answers, halls)) => {
            let has_news = halls.iter().any(Open::has_news);
            let held = if has_news {
                tx.commit_holding().await.map_err(|cause| match is_known_to_have_failed(&cause) {
                    true => Failure::Undone(cause.into()),
                    false => Failure::Unknown(cause),
                })?
            } else {
                tx.rollback().await.ok();
                None
            };
            door.publish(halls);
            drop(held);
            Ok(answers)
        }
        Err(cause) => {
            tx.rollback().await.ok();
            Err(Failure::Undone(cause))
        }
    }
}

/// Whether the connection ended before the commit (PostgreSQL's class 08, and 57P when the server goes): nothing
/// was done, and another connection may do it.
fn has_lost_its_connection(cause: &Error) -> bool {
    let Error::Database(cause) = cause else { return false };
    match cause.as_database_error() {
        Some(said) => said.code().is_some_and(|code| code.starts_with("08") || code.starts_with("57P")),
        None => matches!(cause, sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed),
    }
}

/// A database that answers "no" to a commit has not done it; one that does not answer may have.
fn is_known_to_have_failed(cause: &sqlx::Error) -> bool {
    const SQLITE_IO_ERROR: i64 = 10;
    let Some(said) = cause.as_database_error() else {
        return false;
    };
    let code = said.code().unwrap_or_default();
    // PostgreSQL's class 08 is the connection's, 57 the server's end. SQLite's extended codes end in the kind.
    let is_sqlite_io = code.parse::<i64>().is_ok_and(|it| code.len() < 5 && it & 0xff == SQLITE_IO_ERROR);
    !(code.starts_with("08") || code.starts_with("57") || is_sqlite_io)
}

async fn decide_and_write(
    door: &Door,
    tx: &mut Tx,
    group: &[Waiting],
) -> Result<(Vec<Result<Answer, Error>>, Vec<Open>), Error> {
    let now = door.clock.now();
    let mut deciding = Deciding::new(door, now, open_halls(door, tx, group).await?);
    let ids: Vec<String> = group.iter().filter_map(|it| it.key().map(|(_, row)| row)).collect();
    if !ids.is_empty() {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        deciding.kept = keys::find(tx, &ids, now - Duration::hours(keys::KEPT_HOURS)).await?;
    }
    let mut answers = Vec::with_capacity(group.len());
    for waiting in group {
        answers.push(deciding.one(tx, waiting).await?);
    }
    for hall in deciding.halls.values().flatten() {
        hall.write(tx).await?;
    }
    let fresh: Vec<(&str, Kept)> =
        deciding.fresh.iter().filter_map(|row| Some((row.as_str(), deciding.kept.get(row)?.clone()))).collect();
    keys::keep(tx, &fresh, now).await?;
    Ok((answers, deciding.halls.into_values().flatten().collect()))
}

/// Locks and loads the halls of a group, always in the same order.
async fn open_halls(door: &Door, tx: &mut Tx, group: &[Waiting]) -> Result<BTreeMap<HallId, Option<Open>>, Error> {
    let mut open: BTreeMap<HallId, Option<Open>> = group.iter().map(|it| (it.hall.clone(), None)).collect();
    for (id, hall) in &mut open {
        *hall = door.open(tx, id).await?;
    }
    Ok(open)
}

#[cfg(test)]
mod tests {
    use super::{has_lost_its_connection, is_known_to_have_failed};
    use crate::error::Error;

    #[test]
    fn a_command_runs_again_only_when_its_connection_died() {
        let gone = sqlx::Error::Io(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
        assert!(has_lost_its_connection(&Error::Database(gone)));
        assert!(!has_lost_its_connection(&Error::Database(sqlx::Error::RowNotFound)));
        assert!(!has_lost_its_connection(&Error::Busy("the halls are very busy")));
    }

    #[test]
    fn a_database_that_does_not_answer_may_have_done_it() {
        let gone = sqlx::Error::Io(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
        assert!(!is_known_to_have_failed(&gone));
        assert!(!is_known_to_have_failed(&sqlx::Error::WorkerCrashed));
    }
}
