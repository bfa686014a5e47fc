//! The board of a hall as it stands, for either cut and any part.

use chrono::{DateTime, Utc};
use hall::{Hall, Ticket, TicketState};
use wire::board::{Board, CALLS_KEPT, Call, DayFace, MISSED_KEPT, Missed, Modes, Notice, SetModes};
use wire::heard::Summary;
use wire::{At, Part};

use super::{Around, Cut, nouns, words};

/// The board. `now` decides only what the hall's own time does not: whether queues give tickets.
pub fn board(hall: &Hall, at: At, around: &Around, cut: Cut, part: &Part, now: DateTime<Utc>) -> Board {
    let mut board = Board {
        at,
        hall: nouns::hall_face(hall, around),
        day: hall.fold.day.map(|it| DayFace { date: it.date.to_string(), open: it.open }),
        queues: hall.setup.queues.iter().map(|it| nouns::queue(it, hall, around, now)).collect(),
        tickets: hall.open_tickets().map(|it| nouns::ticket(it, hall, cut)).collect(),
        counters: nouns::counters(hall, around, cut),
        calls: hall.fold.calls.iter().map(|it| call(it, hall)).collect(),
        missed: missed(hall),
        notices: notices(hall, around),
        modes: modes(hall, cut),
    };
    board.cut(part);
    board.calls.truncate(CALLS_KEPT);
    board.missed.truncate(MISSED_KEPT);
    if let Some(last) = hall.fold.time {
        board.forget(last);
    }
    board
}

/// Who moves tickets, for staff.
pub fn modes(hall: &Hall, cut: Cut) -> Option<Modes> {
    let word = |it| words::mode(it).to_owned();
    let of_queue = |id: &hall::QueueId| Some((id.to_string(), word(hall.mode_of_queue(id)?)));
    let of_counter = |id: &hall::CounterId| Some((id.to_string(), word(hall.mode_of_counter(id)?)));
    (cut == Cut::Staff).then(|| Modes {
        hall: word(hall.mode()),
        queues: hall.setup.queues.iter().filter_map(|it| of_queue(&it.id)).collect(),
        counters: hall.setup.counters.iter().filter_map(|it| of_counter(&it.id)).collect(),
        set: set_modes(hall),
    })
}

fn set_modes(hall: &Hall) -> SetModes {
    let is_set = |it: &hall::QueueId| hall.queue_fold(it).is_some_and(|it| it.mode.is_some());
    let queues = hall.setup.queues.iter().filter(|it| is_set(&it.id));
    let counters = hall.setup.counters.iter().filter(|it| hall.fold.counter_modes.contains_key(&it.id));
    SetModes {
        hall: hall.fold.mode.is_some(),
        queues: queues.map(|it| it.id.to_string()).collect(),
        counters: counters.map(|it| it.id.to_string()).collect(),
    }
}

/// A call in the list.
pub fn call(it: &hall::hall::Call, hall: &Hall) -> Call {
    Call {
        reference: it.ticket.0,
        number: it.number.clone(),
        queue: it.queue.to_string(),
        counter: it.counter.to_string(),
        label: hall.setup.counter(&it.counter).map(|it| it.label.clone()).unwrap_or_default(),
        zones: nouns::zones_of(hall, &it.queue, Some(&it.counter)),
        at: it.at,
        times: it.times,
        seq: it.seq,
    }
}

/// The newest first.
fn missed(hall: &Hall) -> Vec<Missed> {
    hall.fold.missed.iter().filter_map(|it| hall.ticket(*it)).map(|it| missed_row(it, hall)).collect()
}

fn missed_row(it: &Ticket, hall: &Hall) -> Missed {
    Missed {
        reference: it.reference.0,
        number: it.number.clone(),
        queue: it.queue.to_string(),
        counter: it.counter.as_ref().map(ToString::to_string),
        zones: nouns::zones_of_ticket(hall, it),
        since: it.missed_since(),
        until: it.until,
    }
}

fn notices(hall: &Hall, around: &Around) -> Vec<Notice> {
    let shown = hall.fold.notices.iter();
    shown
        .map(|it| Notice {
            id: it.id.to_string(),
            text: around.words.get(&it.id).and_then(|it| it.text.clone()),
            zones: it.zones.iter().map(ToString::to_string).collect(),
            until: it.until,
            emergency: it.emergency,
        })
        .collect()
}

/// The emergencies that reach a ticket's visitor: those of the whole hall, and those of a zone it waits for.
pub fn emergencies(hall: &Hall, around: &Around, ticket: &Ticket) -> Vec<Notice> {
    let zones = nouns::zones_of_ticket(hall, ticket);
    let reaches =
        |it: &Notice| it.zones.is_empty() || zones.is_empty() || it.zones.iter().any(|zone| zones.contains(zone));
    let mut all = notices(hall, around);
    all.retain(|it| it.emergency && reaches(it));
    all
}

/// Counts of a hall, for a wall over many.
pub fn summary(hall: &Hall, now: DateTime<Utc>) -> Summary {
    let mut summary = Summary::default();
    for it in hall.open_tickets() {
        match it.state {
            TicketState::Waiting => {
                let waited = u32::try_from((now - it.waiting_since).num_seconds().max(0)).unwrap_or(u32::MAX);
                summary.waiting += 1;
                summary.longest_wait_s = summary.longest_wait_s.max(waited);
            }
            TicketState::Called | TicketState::Serving => summary.serving += 1,
            TicketState::Parked
            | TicketState::NoShow
            | TicketState::Done
            | TicketState::Cancelled
            | TicketState::Unserved => {}
        }
    }
    let counters = hall.setup.counters.iter().filter_map(|it| hall.counter(&it.id).ok());
    let open = counters.filter(|it| it.state != hall::CounterState::Closed).count();
    summary.counters_open = u32::try_from(open).unwrap_or(u32::MAX);
    summary
}
