//! Tickets, counters and queues as each cut sees them.

use chrono::{DateTime, Utc};
use hall::event::CounterChange;
use hall::hours::state_of;
use hall::{By, CounterId, Event, Hall, QueueId, ReasonId, Ticket, TicketState, ZoneId};
use wire::Scope;
use wire::board::{HallFace, Word};
use wire::frame::Because;
use wire::noun::{Staff, StaffPart, Stage};

use super::words::{channel, counter_state, language, queue_state, rule, ticket_state};
use super::{Around, Cut};

/// A ticket. The public cut has no key, no times of its own and nothing of its visitor.
pub fn ticket(it: &Ticket, hall: &Hall, cut: Cut) -> wire::Ticket {
    wire::Ticket {
        reference: it.reference.0,
        number: it.number.clone(),
        queue: it.queue.to_string(),
        state: ticket_state(it.state).to_owned(),
        priority: it.priority.as_ref().map(ToString::to_string),
        counter: it.counter.as_ref().map(ToString::to_string),
        stage: it.stage.as_ref().map(|stage| Stage {
            index: stage.index,
            of: u32::try_from(stage.route.len()).unwrap_or(u32::MAX),
            name: hall.setup.queue(&it.queue).map(|it| it.name.clone()).unwrap_or_default(),
        }),
        zones: zones_of_ticket(hall, it),
        order: it.order.0,
        staff: (cut == Cut::Staff).then(|| staff_part(it)),
    }
}

fn staff_part(it: &Ticket) -> StaffPart {
    StaffPart {
        id: it.id.to_string(),
        channel: channel(it.channel).to_owned(),
        language: language(it.language).to_owned(),
        issued_at: it.issued_at,
        waiting_since: it.waiting_since,
        called_at: it.called_at,
        spoken_at: it.spoken_at,
        started_at: it.started_at,
        served_s: it.served_s,
        parked_at: it.parked_at.filter(|_| it.state == TicketState::Parked),
        until: it.until,
        reason: it.reason.as_ref().map(ToString::to_string),
        appointment: it.appointment.clone(),
        calls: it.calls,
        present: it.present,
        returned: it.returns > 0,
        visitor: it.visitor.is_some(),
    }
}

/// A counter as it stands.
pub fn counter(it: &hall::Counter, hall: &Hall, around: &Around, cut: Cut) -> wire::Counter {
    let setup = hall.setup.counter(&it.id);
    wire::Counter {
        id: it.id.to_string(),
        label: setup.map(|it| it.label.clone()).unwrap_or_default(),
        state: counter_state(it.state).to_owned(),
        ticket: it.ticket.map(|it| it.0),
        queues: setup.map(|it| it.queues.iter().map(|it| it.queue.to_string()).collect()).unwrap_or_default(),
        reason: it.reason.as_ref().map(ToString::to_string),
        since: Some(it.since),
        zone: setup.and_then(|it| it.zone.as_ref()).map(ToString::to_string),
        zones: zones_of_counter(hall, &it.id),
        staff: it.staff.as_ref().filter(|_| cut == Cut::Staff).and_then(|by| staff(by, around)),
    }
}

/// All counters of the setup, in its order. One that was never opened is closed, since nobody knows when.
pub fn counters(hall: &Hall, around: &Around, cut: Cut) -> Vec<wire::Counter> {
    let stands = |id: &CounterId| match hall.fold.counters.get(id) {
        Some(it) => counter(it, hall, around, cut),
        None => wire::Counter {
            since: None,
            ..counter(&hall::Counter::closed(id.clone(), DateTime::default()), hall, around, cut)
        },
    };
    hall.setup.counters.iter().map(|it| stands(&it.id)).collect()
}

fn staff(by: &By, around: &Around) -> Option<Staff> {
    match by {
        By::Person(id) => Some(Staff { id: id.clone(), staff_no: around.staff_no.get(id).cloned() }),
        By::Token(id) => Some(Staff { id: id.clone(), staff_no: None }),
        By::Visitor | By::Hub => None,
    }
}

/// A queue, with who waits in it and whether it gives tickets at `now`.
pub fn queue(it: &hall::setup::Queue, hall: &Hall, around: &Around, now: DateTime<Utc>) -> wire::Queue {
    let department = it.department.as_ref().and_then(|id| hall.setup.departments.iter().find(|it| it.id == *id));
    wire::Queue {
        id: it.id.to_string(),
        prefix: it.prefix.clone(),
        name: it.name.clone(),
        name_en: it.name_en.clone(),
        short: it.short.clone(),
        department: department.map(|it| it.name.clone()),
        department_en: department.map(|it| it.name_en.clone()),
        zones: texts(&it.zones),
        waiting: u32::try_from(hall.waiting_in(&it.id).count()).unwrap_or(u32::MAX),
        state: queue_state(state_of(hall, &it.id, now)).to_owned(),
        estimate: around.estimates.get(&it.id).copied(),
    }
}

/// Names and words of the hall.
pub fn hall_face(hall: &Hall, around: &Around) -> HallFace {
    let it = &hall.setup.hall;
    let word = |id: String, name: &String, name_en: &String| Word { id, name: name.clone(), name_en: name_en.clone() };
    HallFace {
        id: it.id.to_string(),
        name: it.name.clone(),
        name_en: it.name_en.clone(),
        site: around.site.clone(),
        site_en: around.site_en.clone(),
        time_zone: it.time_zone.name().to_owned(),
        counter_word: it.counter_word.clone(),
        counter_word_en: it.counter_word_en.clone(),
        missed_hint: it.missed_hint.clone(),
        missed_hint_en: it.missed_hint_en.clone(),
        ticker: it.ticker.clone(),
        undo_s: it.undo_s,
        reasons: it.reasons.iter().map(|it| word(it.id.to_string(), &it.name, &it.name_en)).collect(),
        classes: hall.setup.classes.iter().map(|it| word(it.id.to_string(), &it.name, &it.name_en)).collect(),
        speaks: !hall.setup.speakers.is_empty(),
    }
}

/// Why a ticket was called.
pub fn because(it: &hall::next::Because) -> Because {
    Because { rule: rule(it.rule).to_owned(), candidates: it.candidates.iter().map(|it| it.0).collect() }
}

/// Where a ticket is shown: where its queue waits, and where its counter stands. Empty = everywhere.
pub fn zones_of_ticket(hall: &Hall, it: &Ticket) -> Vec<String> {
    zones_of(hall, &it.queue, it.counter.as_ref())
}

/// Where a ticket of this queue at this counter is shown.
pub fn zones_of(hall: &Hall, queue: &QueueId, counter: Option<&CounterId>) -> Vec<String> {
    let mut zones = texts(hall.setup.zones_of(queue));
    if zones.is_empty() {
        return zones;
    }
    let stands = counter.and_then(|id| hall.setup.counter(id)).and_then(|it| it.zone.as_ref());
    zones.extend(stands.map(ToString::to_string).filter(|it| !zones.contains(it)));
    zones
}

/// Where a counter stands and where its queues wait. Empty = everywhere.
pub fn zones_of_counter(hall: &Hall, id: &CounterId) -> Vec<String> {
    let Some(setup) = hall.setup.counter(id) else {
        return Vec::new();
    };
    let mut scope = Scope::default();
    setup.zone.iter().for_each(|it| scope.add_zones(&[it.to_string()]));
    setup.queues.iter().for_each(|it| scope.add_zones(&texts(hall.setup.zones_of(&it.queue))));
    if scope.everywhere { Vec::new() } else { scope.zones }
}

/// Whom a queue concerns: its zones, and the counters that serve it.
pub fn scope_of_queue(hall: &Hall, id: &QueueId) -> Scope {
    let mut scope = Scope::default();
    scope.add_zones(&texts(hall.setup.zones_of(id)));
    let serve = hall.setup.counters.iter().filter(|it| it.queues.iter().any(|it| it.queue == *id));
    serve.for_each(|it| scope.add_counter(it.id.as_str()));
    scope
}

/// Whom a counter concerns.
pub fn scope_of_counter(hall: &Hall, id: &CounterId) -> Scope {
    let mut scope = Scope::default();
    scope.add_zones(&zones_of_counter(hall, id));
    scope.add_counter(id.as_str());
    scope
}

/// Whom words for some zones concern: also the counters that stand there.
pub fn scope_of_words(hall: &Hall, zones: &[ZoneId]) -> Scope {
    if zones.is_empty() {
        return Scope::whole();
    }
    let mut scope = Scope::default();
    scope.add_zones(&texts(zones));
    let stands = |it: &&hall::setup::CounterSetup| it.zone.as_ref().is_none_or(|zone| zones.contains(zone));
    hall.setup.counters.iter().filter(stands).for_each(|it| scope.add_counter(it.id.as_str()));
    scope
}

/// The code an event carries.
pub fn reason_of(event: &Event) -> Option<&ReasonId> {
    match event {
        Event::Parked { reason, .. } | Event::Cancelled { reason, .. } | Event::Queue { reason, .. } => reason.as_ref(),
        Event::Reprioritised { reason, .. } => Some(reason),
        Event::Transferred(it) => it.reason.as_ref(),
        Event::Counter { change: CounterChange::Paused { reason }, .. } => Some(reason),
        Event::Counter { .. }
        | Event::Day { .. }
        | Event::Issued(_)
        | Event::CheckedIn { .. }
        | Event::Called { .. }
        | Event::Recalled { .. }
        | Event::Started { .. }
        | Event::Finished { .. }
        | Event::NoShow { .. }
        | Event::Unparked { .. }
        | Event::Returned { .. }
        | Event::Deferred { .. }
        | Event::Undone { .. }
        | Event::Unserved { .. }
        | Event::Mode { .. }
        | Event::Configured { .. }
        | Event::Announced(_)
        | Event::Withdrawn { .. } => None,
    }
}

fn texts(zones: &[ZoneId]) -> Vec<String> {
    zones.iter().map(ToString::to_string).collect()
}
