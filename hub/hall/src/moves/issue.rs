//! Issue: a visitor takes a ticket and stands in the line of its queue.

use serde::{Deserialize, Serialize};

use crate::ask::{Ask, By, Reach};
use crate::draft::Draft;
use crate::event::{Entry, Event, Issued};
use crate::fold::{ARRIVALS_KEPT, Fold, QueueFold, Touched};
use crate::hall::Hall;
use crate::hours::{self, QueueState};
use crate::ids::{ClassId, QueueId, TicketRef, VisitorId};
use crate::numbering;
use crate::refusal::{Misfit, Refusal, RefusalCode};
use crate::setup::{OPEN_TICKETS_MAX, Queue};
use crate::ticket::{Channel, Language, OrderKey, Stage, Ticket, TicketState};

/// Most stages of a route.
pub const STAGES_MAX: usize = 20;
/// Most characters of an order number.
pub const ORDER_NUMBER_CHARS_MAX: usize = 20;

/// Takes a ticket.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// The queue.
    pub queue: QueueId,
    /// The door it comes through.
    #[serde(default)]
    pub channel: Channel,
    /// A class of the hall.
    #[serde(default)]
    pub priority: Option<ClassId>,
    /// The visitor's language.
    #[serde(default)]
    pub language: Language,
    /// Several stages; the first must be `queue`.
    #[serde(default)]
    pub route: Vec<QueueId>,
    /// Set by the door: the row of the visitor.
    #[serde(default)]
    pub visitor: Option<VisitorId>,
    /// The order number, in a pick-up queue.
    #[serde(default)]
    pub pick_up: Option<String>,
}

impl Issue {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        if ask.reach == Reach::Ticket && ask.by == By::Visitor {
            return Err(Refusal::no(
                RefusalCode::NotYours,
                "a ticket's key gives no other tickets; please use a kiosk",
            ));
        }
        let hall = &draft.hall;
        let queue = hall.queue(&self.queue)?;
        self.check_fields(hall, queue)?;
        gives_tickets(draft, queue)?;
        self.check_visitor(hall, queue)?;
        let (number, running) = match &self.pick_up {
            Some(order_number) => (order_number.trim().to_owned(), None),
            None => {
                let (number, running) = numbering::next(&hall.fold, queue);
                (number, Some(running))
            }
        };
        let present = self.channel != Channel::Phone;
        let issued = Issued {
            id: ask.fresh_id.clone(),
            number,
            series: queue.prefix.clone(),
            running,
            queue: self.queue.clone(),
            route: if self.route.len() > 1 { self.route.clone() } else { Vec::new() },
            channel: self.channel,
            priority: self.priority.clone(),
            language: self.language,
            visitor: self.visitor.clone(),
            present,
            // Who is not there cannot be called: how long they stay away is theirs.
            promised: ask.promised.filter(|_| present || !queue.check_in),
        };
        draft.answer(Event::Issued(Box::new(issued)));
        Ok(())
    }

    fn check_fields(&self, hall: &Hall, queue: &Queue) -> Result<(), Refusal> {
        if let Some(class) = &self.priority {
            let class = hall.setup.class(class).ok_or_else(|| {
                Refusal::Bad("priority", Misfit::NoSuch, format!("{class} is not a class of this hall"))
            })?;
            let by_visitor = match self.channel {
                Channel::Kiosk | Channel::Phone => true,
                Channel::Counter | Channel::Api => false,
            };
            if by_visitor && !class.self_service {
                return Err(Refusal::Bad(
                    "priority",
                    Misfit::StaffOnly,
                    format!("{} is given by staff only", class.id),
                ));
            }
        }
        if self.route.len() > STAGES_MAX {
            return Err(Refusal::Bad("route", Misfit::AtMost(STAGES_MAX), format!("at most {STAGES_MAX} stages")));
        }
        if self.route.first().is_some_and(|first| *first != self.queue) {
            return Err(Refusal::Bad("route", Misfit::RouteStart, "its first stage must be the queue itself".into()));
        }
        if let Some(unknown) = self.route.iter().find(|it| hall.setup.queue(it).is_none()) {
            return Err(Refusal::Bad("route", Misfit::NoSuch, format!("{unknown} is not a queue of this hall")));
        }
        self.check_order_number(hall, queue)
    }

    fn check_order_number(&self, hall: &Hall, queue: &Queue) -> Result<(), Refusal> {
        let bad = |misfit, why: &str| Err(Refusal::Bad("pick_up", misfit, why.into()));
        let number = match (&self.pick_up, queue.pick_up) {
            (None, false) => return Ok(()),
            (None, true) => return bad(Misfit::Missing, "this queue calls by order number; give the order's number"),
            (Some(_), false) => {
                return bad(Misfit::NotWanted, "this queue gives its own numbers; leave the order number out");
            }
            (Some(number), true) => number.trim(),
        };
        if number.is_empty() || number.chars().count() > ORDER_NUMBER_CHARS_MAX || number.chars().any(char::is_control)
        {
            return bad(Misfit::Length(1, ORDER_NUMBER_CHARS_MAX), "1 to 20 characters on one line");
        }
        if hall.setup.queues.iter().any(|it| reads_like(number, it)) {
            return bad(
                Misfit::OtherNumber,
                "reads like a ticket of another queue, and would stand twice on the screens; give it another form",
            );
        }
        match hall.open_tickets().find(|it| it.number == number) {
            Some(other) => Err(Refusal::no(
                RefusalCode::WrongState,
                format!("order {number} is in the line already; look at the screen for it"),
            )
            .with_ticket(other)),
            None => Ok(()),
        }
    }

    fn check_visitor(&self, hall: &Hall, queue: &Queue) -> Result<(), Refusal> {
        let Some(visitor) = &self.visitor else {
            return if queue.anonymous {
                Ok(())
            } else {
                Err(Refusal::Bad(
                    "visitor",
                    Misfit::Missing,
                    "this queue gives tickets to known visitors only; show your card".into(),
                ))
            };
        };
        if queue.open_per_visitor.is_none() && hall.setup.hall.open_per_visitor.is_none() {
            return Ok(());
        }
        let open: Vec<_> = hall.open_of(visitor).collect();
        let in_queue = open.iter().filter(|it| it.queue == self.queue).count();
        let reaches = |count: usize, most: Option<u32>| most.is_some_and(|most| count >= most as usize);
        if !reaches(in_queue, queue.open_per_visitor) && !reaches(open.len(), hall.setup.hall.open_per_visitor) {
            return Ok(());
        }
        let refusal =
            Refusal::no(RefusalCode::Hoarding, "you hold as many open tickets as allowed; use or cancel one first");
        Err(open.first().map_or(refusal.clone(), |it| refusal.with_ticket(it)))
    }
}

/// Whether a queue gives numbers that look like this one.
fn reads_like(number: &str, queue: &Queue) -> bool {
    let running = number.strip_prefix(&queue.prefix).filter(|_| !queue.pick_up);
    running.is_some_and(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether the hall and the queue give tickets now.
fn gives_tickets(draft: &Draft, queue: &Queue) -> Result<(), Refusal> {
    let hall = &draft.hall;
    let refuse = |code, detail: String| Err(Refusal::no(code, detail));
    if hall.fold.day.is_some_and(|day| !day.open) {
        return refuse(RefusalCode::DayClosed, "the hall has closed for today; please come back tomorrow".into());
    }
    let opens = || match hours::opens_at(hall, &queue.id, draft.now) {
        Some(at) => format!("; tickets are given again from {}", hours::at_site(hall, at)),
        None => "; please ask at the information counter".into(),
    };
    match hours::state_of(hall, &queue.id, draft.now) {
        QueueState::Open if hall.fold.tickets.open() >= OPEN_TICKETS_MAX => {
            refuse(RefusalCode::HallFull, "the hall is full; please come back when fewer are waiting".into())
        }
        QueueState::Open => Ok(()),
        QueueState::Frozen => refuse(
            RefusalCode::QueueFrozen,
            format!("{} is stopped at present and gives no tickets; please ask the staff", queue.name),
        ),
        QueueState::Closed => refuse(RefusalCode::OutsideHours, format!("{} is closed now{}", queue.name, opens())),
        QueueState::Noon => refuse(RefusalCode::OutsideHours, format!("{} has its noon break{}", queue.name, opens())),
        QueueState::Full => {
            refuse(RefusalCode::QuotaReached, format!("all of today's tickets of {} are taken{}", queue.name, opens()))
        }
    }
}

pub(super) fn apply(fold: &mut Fold, entry: &Entry, issued: &Issued) -> Touched {
    let queue = fold.queue_mut(&issued.queue);
    queue.taken += 1;
    let arrivals = match issued.priority {
        Some(_) => &mut queue.privileged,
        None => &mut queue.ordinary,
    };
    QueueFold::keep(arrivals, entry.time, ARRIVALS_KEPT);
    if let Some(running) = issued.running {
        fold.series.insert(issued.series.clone(), running);
    }
    let stage = (!issued.route.is_empty()).then(|| Stage { index: 1, route: issued.route.clone() });
    let ticket = Ticket {
        reference: TicketRef(entry.seq),
        id: issued.id.clone(),
        number: issued.number.clone(),
        series: issued.series.clone(),
        queue: issued.queue.clone(),
        state: TicketState::Waiting,
        priority: issued.priority.clone(),
        counter: None,
        order: OrderKey::arrival(entry.seq),
        stage_first: false,
        stage,
        back_to: Vec::new(),
        present: issued.present,
        channel: issued.channel,
        language: issued.language,
        visitor: issued.visitor.clone(),
        appointment: None,
        issued_at: entry.time,
        promised: issued.promised,
        waiting_since: entry.time,
        called_at: None,
        spoken_at: None,
        started_at: None,
        finished_at: None,
        calls: 0,
        returns: 0,
        deferrals: 0,
        until: None,
        reason: None,
        parked_at: None,
        parked_at_counter: false,
        served_s: 0,
        touched: entry.seq,
    };
    Touched { ticket: Some(fold.tickets.put(ticket)), ..Touched::default() }
}

#[cfg(test)]
mod tests {
    use crate::RefusalCode;
    use crate::kit::*;
    use crate::setup::{Class, OPEN_TICKETS_MAX};
    use crate::ticket::Channel;

    fn known(queue: &str, visitor: &'static str) -> Wish {
        issue_with(queue, move |it| it.visitor = Some(visitor.into()))
    }

    #[test]
    fn a_ticket_stands_in_the_line_of_its_business_and_in_no_other() {
        let parts = [queue("a"), queue("b"), counter(1, &["a"]), counter(2, &["b"])];
        let mut hall = given(parts);
        hall.when(issue("b")).then("B001 taken");
        assert_eq!((hall.line("a"), hall.line("b")), (String::new(), "B001".into()));
        hall.when(call_next(1)).then_refused(RefusalCode::NobodyWaiting, "nobody is waiting for counter 1");
        hall.when(call_next(2)).then("B001 to counter 2");
    }

    #[test]
    fn a_day_has_as_many_tickets_as_its_quota_whatever_became_of_them() {
        let mut hall = given([queue("a").with(|it| it.quota = Some(2)), queue("b"), one_waiting(), one_waiting()]);
        hall.must(cancel("A001")).when(issue("a"));
        hall.then_refused(RefusalCode::QuotaReached, "are taken; tickets are given again from 2026-11-25 00:00");
        hall.when(issue("b")).then("B001 taken");
        hall.at("2026-11-25T00:00:00+08:00").must(issue("a"));
        assert_eq!(hall.line("a"), "A001");
    }

    #[test]
    fn a_visitor_holds_no_more_open_tickets_of_a_queue_than_it_allows() {
        let mut hall = given([queue("a").with(|it| it.open_per_visitor = Some(1)), queue("b")]);
        hall.must(known("a", "v-1")).when(known("a", "v-1"));
        hall.then_refused(RefusalCode::Hoarding, "use or cancel one first");
        // Another visitor, another queue, and those who are not known are not meant.
        hall.must(known("a", "v-2")).must(known("b", "v-1")).must(issue("a"));
        hall.must(cancel("A001")).when(known("a", "v-1")).then("A004 taken");
    }

    #[test]
    fn a_visitor_holds_no_more_open_tickets_in_the_hall_than_it_allows() {
        let mut hall = given([the_hall(|it| it.open_per_visitor = Some(2)), queue("a"), queue("b")]);
        hall.must(known("a", "v-1")).must(known("b", "v-1")).when(known("b", "v-1"));
        hall.then_refused(RefusalCode::Hoarding, "as many open tickets as allowed");
        hall.must(call(1, "A001")).must(start(1)).must(finish(1)).when(known("b", "v-1")).then("B002 taken");
    }

    #[test]
    fn a_queue_may_give_tickets_to_known_visitors_only() {
        let mut hall = given([queue("a").with(|it| it.anonymous = false)]);
        hall.when(issue("a")).then_bad("visitor").when(known("a", "v-1")).then("A001 taken");
    }

    #[test]
    fn a_pick_up_queue_calls_by_the_number_of_the_order() {
        let order = |number: &'static str| issue_with("m", move |it| it.pick_up = Some(number.into()));
        let mut hall = given([queue("m").with(|it| it.pick_up = true), queue("a")]);
        hall.when(order(" 8123 ")).then("8123 taken").when(order("77-B")).then("77-B taken");
        hall.when(issue("m")).then_bad("pick_up").when(order("")).then_bad("pick_up");
        hall.when(order(&"9".repeat(21).leak()[..])).then_bad("pick_up").when(order("1\n2")).then_bad("pick_up");
        hall.when(issue_with("a", |it| it.pick_up = Some("1".into()))).then_bad("pick_up");
        // It would be another visitor's number, sooner or later; one of its own prefix would not.
        hall.when(order("A003")).then_bad("pick_up").when(order("M003")).then("M003 taken").must(cancel("M003"));
        hall.when(order("8123")).then_refused(RefusalCode::WrongState, "8123 is in the line already");
        hall.when(call(1, "77-B")).then("77-B to counter 1").when(call_next(2)).then("8123 to counter 2");
        // An order takes no number out of the hall's own series.
        hall.when(issue("a")).then("A001 taken");
    }

    #[test]
    fn a_route_begins_with_its_queue_and_knows_all_its_stages() {
        let route = |stages: &'static [&str]| {
            issue_with("a", move |it| it.route = stages.iter().map(|it| (*it).into()).collect())
        };
        let mut hall = given([queue("a"), queue("b")]);
        hall.when(route(&["b", "a"])).then_bad("route").when(route(&["a", "x"])).then_bad("route");
        hall.when(route(&["a"; 21])).then_bad("route").when(route(&["a", "b"])).then("A001 taken");
        assert_eq!(hall.ticket("A001").stage.as_ref().map(|it| it.index), Some(1));
        hall.when(route(&["a"])).then("A002 taken");
        assert_eq!(hall.ticket("A002").stage, None, "one stage is no route");
    }

    #[test]
    fn a_class_is_of_the_halls_list_and_some_are_given_by_staff_only() {
        let green =
            Class { id: "green".into(), name: "绿色通道".into(), name_en: String::new(), self_service: false };
        let mut hall = given([queue("a"), class("elder"), Given::Class(green)]);
        hall.when(issue_as("a", "elder")).then("A001 taken").when(issue_as("a", "king")).then_bad("priority");
        hall.when(issue_as("a", "green")).then_bad("priority");
        let by_staff = |it: &mut crate::moves::Issue| {
            (it.channel, it.priority) = (Channel::Counter, Some("green".into()));
        };
        hall.when(issue_with("a", by_staff)).then("A002 taken");
    }

    #[test]
    fn a_hall_that_is_full_says_so() {
        let mut hall = given([queue("a")]);
        let mut waiting = hall.must(issue("a")).ticket("A001").as_ref().clone();
        for more in 1..OPEN_TICKETS_MAX {
            waiting.reference = crate::TicketRef(100_000 + i64::try_from(more).expect("small"));
            waiting.id = format!("other-{more}").into();
            hall.hall.fold.tickets.put(waiting.clone());
        }
        hall.when(issue("a")).then_refused(RefusalCode::HallFull, "the hall is full");
        hall.must(cancel("A001")).when(issue("a")).then("A002 taken");
    }
}
