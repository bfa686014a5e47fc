//! One command of a group: its answer from before, or a decision with what belongs beside it (visitor, words, note).
//!
//! An inner error is the caller's own; an outer one spoils the group.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use hall::forecast::Interval;
use hall::moves::TicketName;
use hall::{AnnouncementId, Ask, Command, HallId, Reach, Ticket, TicketId, Touched};

use super::asked::{Asked, IdempotencyKey, NewVisitor};
use super::group::{Waiting, Wish};
use super::open::Open;
use super::shown::{self, Answer};
use super::{Door, visitor};
use crate::chance;
use crate::error::{Error, Wrong};
use crate::store::keys::Kept;
use crate::store::notes::NoteRow;
use crate::store::visitors::VisitorRow;
use crate::store::{Tx, announcements, clips, notes, visitors};

/// What a caller is told, unless the whole group fails.
type Told<T> = Result<Result<T, Error>, Error>;

/// A group being decided.
pub struct Deciding<'a> {
    door: &'a Door,
    now: DateTime<Utc>,
    /// Its halls, locked; none where there is no such hall.
    pub halls: BTreeMap<HallId, Option<Open>>,
    /// Answers given under keys, those of this group included.
    pub kept: HashMap<String, Kept>,
    /// Which of `kept` are new.
    pub fresh: Vec<String>,
}

/// A command with everything a decision needs, and what is written beside it if it is accepted.
struct Prepared {
    ask: Ask,
    visitor: Option<(VisitorRow, bool)>,
    announcement: Option<AnnouncementId>,
}

impl<'a> Deciding<'a> {
    /// A group whose halls are locked.
    pub fn new(door: &'a Door, now: DateTime<Utc>, halls: BTreeMap<HallId, Option<Open>>) -> Self {
        Self { door, now, halls, kept: HashMap::new(), fresh: Vec::new() }
    }

    /// Decides one wish.
    pub async fn one(&mut self, tx: &mut Tx, waiting: &Waiting) -> Told<Answer> {
        let key = waiting.key();
        if let Some((key, row)) = &key
            && let Some(kept) = self.kept.get(row)
        {
            return Ok(replay(key, kept));
        }
        let Some(Some(hall)) = self.halls.get_mut(&waiting.hall) else {
            return Ok(Err(Error::Missing("hall")));
        };
        let answer = match &waiting.wish {
            Wish::Tick => hall.tick(self.now).map(|()| Answer { at: hall.at(), ticket: None, counter: None }),
            Wish::Command(asked) => command(self.door, tx, hall, asked, waiting.estimate, self.now).await?,
        };
        if let (Ok(answer), Some((key, row))) = (&answer, key) {
            let text = serde_json::to_string(answer).map_err(|cause| Error::Broken(cause.to_string()))?;
            self.kept.insert(row.clone(), Kept { body_hash: key.body_hash.clone(), answer: text });
            self.fresh.push(row);
        }
        Ok(answer)
    }
}

fn replay(key: &IdempotencyKey, kept: &Kept) -> Result<Answer, Error> {
    if key.body_hash != kept.body_hash {
        return Err(Error::KeyReused);
    }
    serde_json::from_str(&kept.answer).map_err(|cause| Error::Broken(format!("a kept answer cannot be read: {cause}")))
}

async fn command(
    door: &Door,
    tx: &mut Tx,
    hall: &mut Open,
    asked: &Asked,
    estimate: Option<Interval>,
    now: DateTime<Utc>,
) -> Told<Answer> {
    let prepared = match prepare(door, tx, hall.id(), asked, estimate).await? {
        Ok(prepared) => prepared,
        Err(bad) => return Ok(Err(bad)),
    };
    let decision = match hall.decide(|hall| hall.decide(&prepared.ask, now)) {
        Ok(Ok(decision)) => decision,
        Ok(Err(no)) => {
            let own = own_ticket(&asked.command);
            return Ok(Err(shown::refusal(hall.hall(), hall.at(), no, asked.reach, own, &door.public_url)));
        }
        Err(broken) => return Ok(Err(broken)),
    };
    let answered =
        decision.answer.and_then(|at| Some((decision.entries.get(at)?.seq, decision.touched.get(at)?.clone())));
    hall.take(decision);
    let (seq, touched) = answered.unwrap_or((hall.at().seq, Touched::default()));
    // What the hall promised: nothing to those who are told a wait but are not there yet.
    let promised = estimate.and(touched.ticket.as_ref()).and_then(|it| Some((it.reference, it.promised?)));
    let ticket = touched.ticket.map(|it| hall.hall().ticket(it.reference).cloned().unwrap_or(it));
    keep_beside(door, tx, hall, asked, prepared, (seq, ticket.as_deref()), now).await?;
    if let Some((ticket, promised)) = promised {
        hall.promised(ticket, promised);
    }
    let counter = touched.counter.map(|it| hall.hall().counter(&it.id).unwrap_or(it));
    Ok(Ok(Answer {
        at: hall.at(),
        ticket: ticket.map(|it| shown::ticket(hall.hall(), &it, estimate.map(Into::into), &door.public_url)),
        counter: counter.map(|it| shown::counter(hall.hall(), &it, asked.reach != Reach::Ticket)),
    }))
}

/// Finds the visitor and names the announcement; writes nothing, for the hall may refuse.
async fn prepare(door: &Door, tx: &mut Tx, hall: &HallId, asked: &Asked, estimate: Option<Interval>) -> Told<Prepared> {
    let mut wanted = asked.command.clone();
    let visitor = match &asked.visitor {
        None => None,
        Some(NewVisitor::Person(person)) => Some(visitor::row_for(tx, &door.keys, person).await?),
        Some(NewVisitor::Known(id)) => match visitors::by_id_in(tx, id).await? {
            Some(row) => Some((row, false)),
            None => return Ok(Err(Error::bad("visitor.id", "there is no such visitor"))),
        },
    };
    if let (Command::Issue(issue), Some((row, _))) = (&mut wanted, &visitor) {
        issue.visitor = Some(row.id.clone());
    }
    if let Some(clip) = asked.words.as_ref().and_then(|it| it.clip.as_deref())
        && !clips::is_there(tx, hall, clip).await?
    {
        return Ok(Err(Error::bad("clip", Wrong::NoSuch.why(format!("there is no clip `{clip}`")))));
    }
    let mut announcement = None;
    if let Command::Announce(announce) = &mut wanted {
        announce.id = Some(chance::row_id().into());
        announcement.clone_from(&announce.id);
    }
    let ask = Ask {
        command: wanted,
        by: asked.by.clone(),
        reach: asked.reach,
        expect: asked.expect,
        fresh_id: chance::ticket_id(),
        promised: estimate,
    };
    Ok(Ok(Prepared { ask, visitor, announcement }))
}

/// Writes what belongs to an accepted command outside the journal.
async fn keep_beside(
    door: &Door,
    tx: &mut Tx,
    hall: &mut Open,
    asked: &Asked,
    prepared: Prepared,
    (seq, ticket): (i64, Option<&Ticket>),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if let Some((row, true)) = &prepared.visitor {
        visitors::put(tx, row, now).await?;
    }
    if let (Some(id), Some(words)) = (prepared.announcement, &asked.words) {
        announcements::add(tx, hall.id(), &id, words, now).await?;
        hall.said(id, words.clone());
    }
    if let Some(text) = &asked.note {
        let note = NoteRow {
            seq,
            ticket: ticket.map(|it| it.reference),
            visitor: ticket.and_then(|it| it.visitor.clone()),
            sealed: door.keys.seal(&format!("notes/{}/{seq}", hall.id()), text.as_bytes())?,
        };
        notes::add(tx, hall.id(), &note, now).await?;
    }
    Ok(())
}

/// The ticket that a command names by its key: its caller knows that key already.
pub fn own_ticket(command: &Command) -> Option<&TicketId> {
    let name = match command {
        Command::CheckIn(it) => it.ticket.as_ref(),
        Command::Cancel(it) => Some(&it.ticket),
        Command::Defer(it) => Some(&it.ticket),
        Command::Return(it) => Some(&it.ticket),
        Command::CallTicket(it) => Some(&it.ticket),
        Command::Unpark(it) => Some(&it.ticket),
        Command::Reprioritise(it) => Some(&it.ticket),
        Command::Transfer(it) => it.ticket.as_ref(),
        Command::Issue(_)
        | Command::CallNext(_)
        | Command::Recall(_)
        | Command::Start(_)
        | Command::Finish(_)
        | Command::NoShow(_)
        | Command::Park(_)
        | Command::Undo(_)
        | Command::OpenCounter(_)
        | Command::PauseCounter(_)
        | Command::ResumeCounter(_)
        | Command::CloseCounter(_)
        | Command::FreezeQueue(_)
        | Command::ThawQueue(_)
        | Command::SetMode(_)
        | Command::OpenDay(_)
        | Command::CloseDay(_)
        | Command::Announce(_)
        | Command::Withdraw(_) => None,
    };
    match name? {
        TicketName::Id(id) => Some(id),
        TicketName::Ref(_) => None,
    }
}
