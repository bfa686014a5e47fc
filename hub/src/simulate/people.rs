//! What people in a simulated hall want next, seen from where they stand.

use chrono::{DateTime, Utc};
use hall::moves::{self, Command, TicketName};
use hall::{Counter, CounterId, CounterState, Hall, QueueId, ReasonId, Ticket, TicketState};

use super::chance::Dice;
use super::plan::Plan;

/// What somebody does, and in how many seconds they will do the next thing.
pub struct Wish {
    /// What they ask the hall for; none = they only wait.
    pub command: Option<Command>,
    /// Seconds until they act again.
    pub again_s: f64,
}

impl Wish {
    fn ask(command: Command, again_s: f64) -> Self {
        Self { command: Some(command), again_s }
    }

    fn wait(again_s: f64) -> Self {
        Self { command: None, again_s }
    }
}

/// A ticket for whoever comes in.
pub fn arrive(hall: &Hall, dice: &mut Dice) -> Option<Command> {
    let queue = dice.one(&hall.setup.queues)?.id.clone();
    let route = match dice.one(&hall.setup.queues) {
        Some(second) if second.id != queue && dice.percent(10) => vec![queue.clone(), second.id.clone()],
        _ => Vec::new(),
    };
    let priority = if dice.percent(15) { dice.one(&hall.setup.classes).map(|it| it.id.clone()) } else { None };
    let channel = if dice.percent(20) { hall::ticket::Channel::Phone } else { hall::ticket::Channel::Kiosk };
    Some(Command::Issue(moves::Issue {
        queue,
        channel,
        priority,
        language: hall::ticket::Language::Zh,
        route,
        visitor: None,
        pick_up: None,
    }))
}

/// The next thing at a counter.
pub fn counter(hall: &Hall, counter: &Counter, now: DateTime<Utc>, plan: &Plan, dice: &mut Dice) -> Wish {
    let id = counter.id.clone();
    match counter.state {
        CounterState::Closed => {
            Wish::ask(Command::OpenCounter(moves::OpenCounter { counter: id, staff: None }), dice.wait(10.0))
        }
        CounterState::Open => open_counter(hall, id, now, dice),
        CounterState::Calling => calling(hall, id, plan, dice),
        CounterState::Serving => serving(hall, id, dice),
        CounterState::Paused => Wish::ask(Command::ResumeCounter(moves::ResumeCounter { counter: id }), dice.wait(5.0)),
        CounterState::WrappingUp => Wish::wait(dice.wait(15.0)),
    }
}

fn open_counter(hall: &Hall, counter: CounterId, now: DateTime<Utc>, dice: &mut Dice) -> Wish {
    let waiting: Vec<_> = hall.open_tickets().filter(|it| it.state == TicketState::Waiting).collect();
    match dice.below(100) {
        0 => {
            Wish::ask(Command::PauseCounter(moves::PauseCounter { counter, reason: "break".into() }), dice.wait(300.0))
        }
        1 => Wish::ask(Command::CloseCounter(moves::CloseCounter { counter }), dice.wait(200.0)),
        2..6 => match dice.one(&waiting) {
            Some(ticket) => {
                let ticket = TicketName::Ref(ticket.reference);
                Wish::ask(Command::CallTicket(moves::CallTicket { counter, ticket }), dice.wait(20.0))
            }
            None => Wish::wait(dice.wait(30.0)),
        },
        6..9 => Wish::ask(Command::Undo(moves::Undo { counter }), dice.wait(20.0)),
        // Most look before they press; some press all the same.
        _ if !dice.percent(5) && hall::next::next_for(hall, &counter, now).is_none() => Wish::wait(dice.wait(30.0)),
        _ => Wish::ask(Command::CallNext(moves::CallNext { counter }), dice.wait(20.0)),
    }
}

fn calling(hall: &Hall, counter: CounterId, plan: &Plan, dice: &mut Dice) -> Wish {
    match dice.below(100) {
        0..8 => Wish::ask(Command::Recall(moves::Recall { counter }), dice.wait(15.0)),
        8..16 => Wish::ask(Command::NoShow(moves::NoShow { counter }), dice.wait(10.0)),
        16..19 => Wish::ask(Command::Undo(moves::Undo { counter }), dice.wait(10.0)),
        19..21 => transfer(hall, counter, dice),
        _ => Wish::ask(Command::Start(moves::Start { counter }), dice.wait(plan.service_s)),
    }
}

fn serving(hall: &Hall, counter: CounterId, dice: &mut Dice) -> Wish {
    match dice.below(100) {
        0..4 => {
            let park = moves::Park { counter, reason: None, until: None };
            Wish::ask(Command::Park(park), dice.wait(10.0))
        }
        4..8 => transfer(hall, counter, dice),
        8..10 => Wish::ask(Command::Undo(moves::Undo { counter }), dice.wait(10.0)),
        _ => Wish::ask(Command::Finish(moves::Finish { counter }), dice.wait(8.0)),
    }
}

fn transfer(hall: &Hall, counter: CounterId, dice: &mut Dice) -> Wish {
    let queue: Option<QueueId> = dice.one(&hall.setup.queues).map(|it| it.id.clone());
    let places = [moves::Place::Keep, moves::Place::Head, moves::Place::Tail];
    let place = dice.one(&places).copied().unwrap_or_default();
    let then = dice.percent(30).then_some(moves::Then::Back);
    let transfer =
        moves::Transfer { ticket: None, counter: Some(counter), queue, to_counter: None, place, then, reason: None };
    Wish::ask(Command::Transfer(transfer), dice.wait(10.0))
}

/// What the holder of a ticket wants, if anything.
pub fn visitor(ticket: &Ticket, dice: &mut Dice) -> Option<Command> {
    let name = TicketName::Id(ticket.id.clone());
    match ticket.state {
        TicketState::Waiting if !ticket.present => {
            Some(Command::CheckIn(moves::CheckIn { ticket: Some(name), appointment: None, code: None }))
        }
        TicketState::Waiting if dice.percent(30) => Some(Command::Defer(moves::Defer { ticket: name, reason: None })),
        TicketState::Waiting if dice.percent(40) => Some(Command::Cancel(moves::Cancel { ticket: name, reason: None })),
        TicketState::Waiting
        | TicketState::Called
        | TicketState::Serving
        | TicketState::Parked
        | TicketState::NoShow
        | TicketState::Done
        | TicketState::Cancelled
        | TicketState::Unserved => None,
    }
}

/// What the supervisor wants: moves that touch what others hold.
pub fn supervisor(hall: &Hall, dice: &mut Dice) -> Option<Command> {
    let queue = dice.one(&hall.setup.queues)?.id.clone();
    let counter = dice.one(&hall.setup.counters)?.id.clone();
    let other = ReasonId::from("other");
    let tickets: Vec<_> = hall.fold.tickets.values().collect();
    let ticket = dice.one(&tickets).map(|it| TicketName::Ref(it.reference));
    let command = match dice.below(24) {
        0 => Command::FreezeQueue(moves::FreezeQueue { queue, reason: Some(other) }),
        // What is frozen is thawed soon, or nobody would come.
        _ if hall.queue_fold(&queue).is_some_and(|it| it.frozen.is_some()) => {
            Command::ThawQueue(moves::ThawQueue { queue, reason: None })
        }
        3 => Command::Unpark(moves::Unpark { ticket: parked(hall, dice)? }),
        4 => Command::Return(moves::Return { ticket: missed(hall, dice)?, reason: None }),
        5 => Command::Reprioritise(moves::Reprioritise {
            ticket: ticket?,
            priority: dice.one(&hall.setup.classes).map(|it| it.id.clone()),
            reason: other,
        }),
        6 => Command::Finish(moves::Finish { counter }),
        7 => Command::NoShow(moves::NoShow { counter }),
        8 => Command::Cancel(moves::Cancel { ticket: ticket?, reason: Some(other) }),
        9 => Command::Unpark(moves::Unpark { ticket: parked(hall, dice)? }),
        10 => Command::Return(moves::Return { ticket: missed(hall, dice)?, reason: None }),
        _ => Command::CheckIn(moves::CheckIn { ticket, appointment: None, code: None }),
    };
    Some(command)
}

fn parked(hall: &Hall, dice: &mut Dice) -> Option<TicketName> {
    one_in(hall, TicketState::Parked, dice)
}

fn missed(hall: &Hall, dice: &mut Dice) -> Option<TicketName> {
    one_in(hall, TicketState::NoShow, dice)
}

fn one_in(hall: &Hall, state: TicketState, dice: &mut Dice) -> Option<TicketName> {
    let found: Vec<_> = hall.fold.tickets.values().filter(|it| it.state == state).collect();
    dice.one(&found).map(|it| TicketName::Ref(it.reference))
}
