//! What is due by itself: new day, time-outs, parked tickets, the end of wrapping up.
//!
//! Nothing here is a timer: it is decided at the next use, or by a `tick`, whichever comes first.
//! The new day comes first, so that what it cuts off is not moved once more before.

use chrono::{DateTime, Duration, Utc};

use crate::assign;
use crate::counter::{Counter, CounterState};
use crate::draft::Draft;
use crate::event::{CounterChange, Event};
use crate::hall::Hall;
use crate::hours;
use crate::ids::{CounterId, TicketRef};
use crate::moves;
use crate::setup::Closing;
use crate::ticket::{Ticket, TicketState};

/// A ticket that a counter has had for longer than this when a new day begins was forgotten there;
/// a shorter time is a visitor who is still being served, hours.
const SERVED_OVER_CUTOVER_HOURS: i64 = 4;

/// Does what is due at the draft's `now`. The first day of a hall begins with its first use, not with a tick.
pub(crate) fn catch_up(draft: &mut Draft, is_use: bool) {
    begin_day(draft, is_use);
    time_out_calls(draft);
    bring_back_parked(draft);
    end_wrapping_up(draft);
}

/// The earliest time at which something will be due.
pub(crate) fn next(hall: &Hall) -> Option<DateTime<Utc>> {
    let day = hall.fold.day.map(|day| hours::day_ends(hall, day.date));
    let counters = hall.fold.counters.values();
    let calls = counters.clone().filter_map(|it| times_out(hall, it));
    let parked = hall.fold.tickets.parked().filter_map(|it| it.until);
    let wrapping_up = counters.filter_map(|it| it.wrap_up_until);
    let all = day.into_iter().chain(calls).chain(parked).chain(wrapping_up);
    all.chain(assign::next(hall)).min()
}

fn begin_day(draft: &mut Draft, is_use: bool) {
    let date = hours::business_day(&draft.hall, draft.now);
    match draft.hall.fold.day {
        Some(day) if day.date >= date => return,
        None if !is_use => return,
        Some(_) | None => {}
    }
    let cut_off: Vec<TicketRef> =
        (draft.hall.open_tickets()).filter(|it| ends_with_day(draft, it)).map(|it| it.reference).collect();
    for ticket in cut_off {
        draft.emit(Event::Unserved { ticket });
    }
    draft.emit(Event::Day { date, open: true, new: true });
}

fn ends_with_day(draft: &Draft, ticket: &Ticket) -> bool {
    match draft.hall.rules_of(&ticket.queue).closing {
        Closing::CarryOver => false,
        Closing::Unserved | Closing::Serve => match ticket.state {
            TicketState::Called | TicketState::Serving => {
                let since = counter_of(&draft.hall, ticket).map_or(ticket.issued_at, |it| it.since);
                draft.now - since > Duration::hours(SERVED_OVER_CUTOVER_HOURS)
            }
            TicketState::Waiting | TicketState::Parked => true,
            TicketState::NoShow | TicketState::Done | TicketState::Cancelled | TicketState::Unserved => false,
        },
    }
}

fn counter_of<'a>(hall: &'a Hall, ticket: &Ticket) -> Option<&'a Counter> {
    ticket.counter.as_ref().and_then(|it| hall.fold.counters.get(it)).map(|it| &**it)
}

/// When the call of a counter becomes a no-show by itself.
fn times_out(hall: &Hall, counter: &Counter) -> Option<DateTime<Utc>> {
    if counter.state != CounterState::Calling {
        return None;
    }
    let ticket = hall.ticket(counter.ticket?)?;
    let after_s = hall.rules_of(&ticket.queue).call_timeout_s?;
    Some(ticket.spoken_at.unwrap_or(counter.since) + Duration::seconds(after_s.into()))
}

fn time_out_calls(draft: &mut Draft) {
    let late: Vec<CounterId> = (draft.hall.fold.counters.values())
        .filter(|it| times_out(&draft.hall, it).is_some_and(|at| at <= draft.now))
        .map(|it| it.id.clone())
        .collect();
    for counter in late {
        let ticket = draft.hall.fold.counters.get(&counter).and_then(|it| it.ticket);
        if let Some(ticket) = ticket.and_then(|it| draft.hall.ticket(it)).cloned() {
            let event = moves::missed(&draft.hall, &ticket, &counter, draft.now);
            draft.emit(event);
        }
    }
}

fn bring_back_parked(draft: &mut Draft) {
    let mut due: Vec<_> = (draft.hall.fold.tickets.parked())
        .filter(|it| it.until.is_some_and(|until| until <= draft.now))
        .cloned()
        .collect();
    due.sort_by_key(|it| (it.until, it.place()));
    for ticket in due {
        let event = moves::comes_back(&draft.hall, &ticket);
        draft.emit(event);
    }
}

fn end_wrapping_up(draft: &mut Draft) {
    let over: Vec<CounterId> = (draft.hall.fold.counters.values())
        .filter(|it| it.wrap_up_until.is_some_and(|until| until <= draft.now))
        .map(|it| it.id.clone())
        .collect();
    for counter in over {
        draft.emit(Event::Counter { counter, change: CounterChange::WrappedUp });
    }
}
