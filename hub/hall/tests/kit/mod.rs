//! The kit of the rules' tests: halls that are set up, asked and read in sentences.
//!
//! `given([waiting(2)]).when(call_next(1)).then("A001 to counter 1")`. A hall has the queues that are
//! given (else one, `a` with prefix A) and counters 1 to 3 that serve them all, opened by programs of
//! the same name (this crate is called `rules` here, in the crate's own tests and in those beside it). It is Tuesday the 24th of November 2026, 09:00 in Shanghai, until `after_s`.

use std::sync::Arc;

use chrono::{DateTime, Duration, TimeZone, Utc};
use rules::event::{CounterChange, Event};
use rules::moves::{self, Command, Place, Then, TicketName};
use rules::setup::{Class, CounterSetup, HallSetup, Mode, Queue, Served, Setup, Zone};
use rules::{Ask, By, CounterId, Decision, Entry, Hall, Reach, Refusal, RefusalCode, Ticket, TicketId, TicketState};

/// Counters of a hall for which none are given.
const COUNTERS: u32 = 3;

/// Something that stands before the test begins.
pub enum Given {
    Queue(Box<Queue>),
    Counter(CounterSetup),
    Class(Class),
    Hall(Box<dyn FnOnce(&mut HallSetup)>),
    Asked(Wish),
    Passed(i64),
}

/// Something that is asked.
pub struct Wish {
    make: Box<dyn Fn(&Scene) -> Command>,
    by: By,
    reach: Reach,
    expect: Option<i64>,
}

/// A hall in a test.
pub struct Scene {
    pub hall: Hall,
    pub now: DateTime<Utc>,
    /// The journal so far.
    pub entries: Vec<Entry>,
    /// What came of the last wish.
    pub last: Result<Decision, Refusal>,
    /// Entries of the last wish.
    fresh: usize,
    keys: u64,
}

/// Tuesday, 24 November 2026, 09:00 in Shanghai.
pub fn morning() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).single().expect("a test knows what it asks for")
}

pub fn plain_setup() -> Setup {
    serde_json::from_value(serde_json::json!({
        "hall": {"id": "h", "name": "大厅", "time_zone": "Asia/Shanghai"},
        "zones": [{"id": "east", "name": "东区"}],
    }))
    .expect("a test knows what it asks for")
}

/// A hall with everything given, in its order.
pub fn given(parts: impl IntoIterator<Item = Given>) -> Scene {
    let mut setup = plain_setup();
    let mut history = Vec::new();
    for part in parts {
        match part {
            Given::Queue(it) => setup.queues.push(*it),
            Given::Counter(it) => setup.counters.push(it),
            Given::Class(it) => setup.classes.push(it),
            Given::Hall(change) => change(&mut setup.hall),
            Given::Asked(wish) => history.push(Ok(wish)),
            Given::Passed(seconds) => history.push(Err(seconds)),
        }
    }
    if setup.queues.is_empty() {
        setup.queues.push(Queue::new("a", "A", "A"));
    }
    for number in 1..=COUNTERS {
        let id = CounterId::from(number.to_string());
        if setup.counter(&id).is_none() {
            let queues: Vec<_> = setup.queues.iter().map(|it| it.id.to_string()).collect();
            let queues: Vec<&str> = queues.iter().map(String::as_str).collect();
            setup.counters.push(counter_setup(number, &queues));
        }
    }
    let mut scene = Scene::new(setup);
    for counter in scene.hall.setup.counters.clone() {
        scene.must(open_counter(&counter.id).by_token(counter.id.as_str()));
    }
    for event in history {
        match event {
            Ok(wish) => drop(scene.must(wish)),
            Err(seconds) => drop(scene.after_s(seconds)),
        }
    }
    scene
}

pub fn counter_setup(number: u32, queues: &[&str]) -> CounterSetup {
    let served = |it: &&str| Served { queue: (*it).into(), first_when_wait_s: None, only_when_wait_s: None };
    CounterSetup {
        id: number.to_string().into(),
        label: number.to_string(),
        label_en: String::new(),
        direction: String::new(),
        direction_en: String::new(),
        zone: None,
        queues: queues.iter().map(served).collect(),
        choose: rules::setup::Choose::LongestWait,
        mode: None,
        noon_duty: false,
    }
}

/// A queue: its id is its prefix in small letters.
pub fn queue(id: &str) -> Given {
    Given::Queue(Box::new(Queue::new(id, &id.to_uppercase(), id)))
}

pub fn class(id: &str) -> Given {
    Given::Class(Class { id: id.into(), name: id.into(), name_en: String::new(), self_service: true })
}

/// A counter that serves these queues in this order.
pub fn counter(number: u32, queues: &[&str]) -> Given {
    Given::Counter(counter_setup(number, queues))
}

pub fn the_hall(change: impl FnOnce(&mut HallSetup) + 'static) -> Given {
    Given::Hall(Box::new(change))
}

/// Everything is assigned by the hub.
pub fn automatic() -> Given {
    the_hall(|it| it.mode = Mode::Automatic)
}

pub fn passed(seconds: i64) -> Given {
    Given::Passed(seconds)
}

/// Somebody who has taken a ticket of the queue `a`.
pub fn one_waiting() -> Given {
    Given::Asked(issue("a"))
}

/// Something was asked, and done.
pub fn asked(wish: Wish) -> Given {
    Given::Asked(wish)
}

impl Given {
    /// The same queue with other rules.
    pub fn with(mut self, change: impl FnOnce(&mut Queue)) -> Self {
        if let Self::Queue(queue) = &mut self {
            change(queue);
        }
        self
    }

    /// The same counter, set up otherwise.
    pub fn so_that(mut self, change: impl FnOnce(&mut CounterSetup)) -> Self {
        if let Self::Counter(counter) = &mut self {
            change(counter);
        }
        self
    }
}

fn wish(make: impl Fn(&Scene) -> Command + 'static) -> Wish {
    Wish { make: Box::new(make), by: By::Token("supervisor".into()), reach: Reach::Hall, expect: None }
}

fn id(number: u32) -> CounterId {
    number.to_string().into()
}

pub fn issue(queue: &str) -> Wish {
    let queue = queue.to_owned();
    wish(move |_| Command::Issue(plain_issue(&queue)))
}

pub fn plain_issue(queue: &str) -> moves::Issue {
    moves::Issue {
        queue: queue.into(),
        channel: rules::ticket::Channel::Kiosk,
        priority: None,
        language: rules::ticket::Language::Zh,
        route: Vec::new(),
        visitor: None,
        pick_up: None,
    }
}

/// Any other command, made as the hall stands.
pub fn ask(command: impl Into<Command>) -> Wish {
    let command = command.into();
    wish(move |_| command.clone())
}

/// A ticket with changes to how it is taken.
pub fn issue_with(queue: &str, change: impl Fn(&mut moves::Issue) + 'static) -> Wish {
    let queue = queue.to_owned();
    wish(move |_| {
        let mut issue = plain_issue(&queue);
        change(&mut issue);
        Command::Issue(issue)
    })
}

pub fn issue_as(queue: &str, class: &str) -> Wish {
    let class = class.to_owned();
    issue_with(queue, move |it| it.priority = Some(class.as_str().into()))
}

pub fn call_next(counter: u32) -> Wish {
    wish(move |_| Command::CallNext(moves::CallNext { counter: id(counter) }))
}

pub fn call(counter: u32, number: &str) -> Wish {
    let number = number.to_owned();
    wish(move |it| Command::CallTicket(moves::CallTicket { counter: id(counter), ticket: it.name(&number) }))
}

pub fn recall(counter: u32) -> Wish {
    wish(move |_| Command::Recall(moves::Recall { counter: id(counter) }))
}

pub fn start(counter: u32) -> Wish {
    wish(move |_| Command::Start(moves::Start { counter: id(counter) }))
}

pub fn finish(counter: u32) -> Wish {
    wish(move |_| Command::Finish(moves::Finish { counter: id(counter) }))
}

pub fn no_show(counter: u32) -> Wish {
    wish(move |_| Command::NoShow(moves::NoShow { counter: id(counter) }))
}

pub fn undo(counter: u32) -> Wish {
    wish(move |_| Command::Undo(moves::Undo { counter: id(counter) }))
}

pub fn park(counter: u32) -> Wish {
    wish(move |_| Command::Park(moves::Park { counter: id(counter), reason: None, until: None }))
}

pub fn park_for(counter: u32, seconds: i64) -> Wish {
    wish(move |it| {
        let until = Some(it.now + Duration::seconds(seconds));
        Command::Park(moves::Park { counter: id(counter), reason: Some("other".into()), until })
    })
}

pub fn unpark(number: &str) -> Wish {
    let number = number.to_owned();
    wish(move |it| Command::Unpark(moves::Unpark { ticket: it.name(&number) }))
}

pub fn come_back(number: &str) -> Wish {
    let number = number.to_owned();
    wish(move |it| Command::Return(moves::Return { ticket: it.name(&number), reason: None }))
}

pub fn defer(number: &str) -> Wish {
    let number = number.to_owned();
    wish(move |it| Command::Defer(moves::Defer { ticket: it.name(&number), reason: None }))
}

pub fn cancel(number: &str) -> Wish {
    let number = number.to_owned();
    wish(move |it| Command::Cancel(moves::Cancel { ticket: it.name(&number), reason: None }))
}

pub fn check_in(number: &str) -> Wish {
    let number = number.to_owned();
    wish(move |it| Command::CheckIn(moves::CheckIn { ticket: Some(it.name(&number)), appointment: None, code: None }))
}

pub fn reprioritise(number: &str, class: Option<&str>) -> Wish {
    let (number, class) = (number.to_owned(), class.map(Into::into));
    wish(move |it| {
        let ticket = it.name(&number);
        Command::Reprioritise(moves::Reprioritise { ticket, priority: class.clone(), reason: "other".into() })
    })
}

/// The counter's ticket goes to a queue.
pub fn send(counter: u32, queue: &str) -> Wish {
    transfer(move |_, it| it.counter = Some(id(counter)), Some(queue), None)
}

/// The counter's ticket goes to a queue, and comes back afterwards.
pub fn send_and_back(counter: u32, queue: &str) -> Wish {
    let change = move |_: &Scene, it: &mut moves::Transfer| {
        it.counter = Some(id(counter));
        it.then = Some(Then::Back);
    };
    transfer(change, Some(queue), None)
}

/// The counter's ticket goes to another counter.
pub fn send_to(counter: u32, other: u32) -> Wish {
    transfer(move |_, it| it.counter = Some(id(counter)), None, Some(other))
}

/// A ticket goes to a place in a queue.
pub fn move_to(number: &str, queue: &str, place: Place) -> Wish {
    let number = number.to_owned();
    let change = move |scene: &Scene, it: &mut moves::Transfer| {
        it.ticket = Some(scene.name(&number));
        it.place = place;
    };
    transfer(change, Some(queue), None)
}

fn transfer(
    change: impl Fn(&Scene, &mut moves::Transfer) + 'static,
    queue: Option<&str>,
    to_counter: Option<u32>,
) -> Wish {
    let queue = queue.map(Into::into);
    wish(move |scene| {
        let mut transfer = moves::Transfer {
            ticket: None,
            counter: None,
            queue: queue.clone(),
            to_counter: to_counter.map(id),
            place: Place::Keep,
            then: None,
            reason: None,
        };
        change(scene, &mut transfer);
        Command::Transfer(transfer)
    })
}

fn open_counter(counter: &CounterId) -> Wish {
    let counter = counter.clone();
    wish(move |_| Command::OpenCounter(moves::OpenCounter { counter: counter.clone(), staff: None }))
}

pub fn open(counter: u32) -> Wish {
    open_counter(&id(counter))
}

pub fn close(counter: u32) -> Wish {
    wish(move |_| Command::CloseCounter(moves::CloseCounter { counter: id(counter) }))
}

pub fn pause(counter: u32) -> Wish {
    wish(move |_| Command::PauseCounter(moves::PauseCounter { counter: id(counter), reason: "break".into() }))
}

pub fn resume(counter: u32) -> Wish {
    wish(move |_| Command::ResumeCounter(moves::ResumeCounter { counter: id(counter) }))
}

pub fn freeze(queue: &str) -> Wish {
    let queue = queue.to_owned();
    wish(move |_| Command::FreezeQueue(moves::FreezeQueue { queue: queue.as_str().into(), reason: None }))
}

pub fn thaw(queue: &str) -> Wish {
    let queue = queue.to_owned();
    wish(move |_| Command::ThawQueue(moves::ThawQueue { queue: queue.as_str().into(), reason: None }))
}

pub fn set_mode(mode: Mode) -> Wish {
    wish(move |_| Command::SetMode(moves::SetMode { mode: Some(mode), queue: None, counter: None }))
}

pub fn open_day() -> Wish {
    wish(|_| Command::OpenDay(moves::OpenDay {}))
}

pub fn close_day() -> Wish {
    wish(|_| Command::CloseDay(moves::CloseDay {}))
}

impl Wish {
    /// Asked by a member of staff, who reaches their own counters.
    pub fn by(self, person: &str) -> Self {
        Self { by: By::Person(person.into()), reach: Reach::Own, ..self }
    }

    /// Asked by a program, which reaches its own counters.
    pub fn by_token(self, token: &str) -> Self {
        Self { by: By::Token(token.into()), reach: Reach::Own, ..self }
    }

    /// Asked by a kiosk, which gives tickets and reaches no other than the one whose key it holds.
    pub fn by_kiosk(self) -> Self {
        Self { by: By::Token("kiosk".into()), reach: Reach::Ticket, ..self }
    }

    /// Asked by the holder of the ticket's key.
    pub fn by_visitor(self) -> Self {
        Self { by: By::Visitor, reach: Reach::Ticket, ..self }
    }

    /// Only if nothing has happened since this entry.
    pub fn expecting(self, seq: i64) -> Self {
        Self { expect: Some(seq), ..self }
    }
}

impl Scene {
    pub fn new(setup: Setup) -> Self {
        let hall = Hall::new(Arc::new(setup));
        let last = Ok(hall.tick(morning()));
        Self { hall, now: morning(), entries: Vec::new(), last, fresh: 0, keys: 0 }
    }

    /// Asks; what came of it is read with `then` and its like.
    pub fn when(&mut self, wish: Wish) -> &mut Self {
        self.keys += 1;
        let ask = Ask {
            command: (wish.make)(self),
            by: wish.by,
            reach: wish.reach,
            expect: wish.expect,
            fresh_id: TicketId::from(format!("key-{}", self.keys)),
            promised: None,
        };
        let decided = self.hall.decide(&ask, self.now);
        self.take(decided)
    }

    /// What is due is done.
    pub fn tick(&mut self) -> &mut Self {
        let decided = Ok(self.hall.tick(self.now));
        self.take(decided)
    }

    fn take(&mut self, decided: Result<Decision, Refusal>) -> &mut Self {
        self.fresh = 0;
        if let Ok(decision) = &decided {
            self.fresh = decision.entries.len();
            self.entries.extend(decision.entries.iter().cloned());
            self.hall = decision.hall.clone();
        }
        self.last = decided;
        self
    }

    /// Asks for something that must be done.
    #[track_caller]
    pub fn must(&mut self, wish: Wish) -> &mut Self {
        self.when(wish);
        if let Err(refusal) = &self.last {
            panic!("refused: {refusal} ({:?})", refusal.code());
        }
        self
    }

    /// Seconds pass.
    pub fn after_s(&mut self, seconds: i64) -> &mut Self {
        self.now += Duration::seconds(seconds);
        self
    }

    pub fn at(&mut self, time: &str) -> &mut Self {
        self.now = time.parse().expect("a test knows what it asks for");
        self
    }

    /// The story of the last wish: its entries in words, joined by "; ".
    #[track_caller]
    pub fn then(&mut self, story: &str) -> &mut Self {
        if let Err(refusal) = &self.last {
            panic!("refused: {refusal} ({:?})\n  expected: {story}", refusal.code());
        }
        assert_eq!(self.story(), story);
        self
    }

    /// The last wish was refused so, in words that hold these.
    #[track_caller]
    pub fn then_refused(&mut self, code: RefusalCode, words: &str) -> &mut Self {
        let Err(refusal) = &self.last else {
            panic!("not refused: {}", self.story());
        };
        assert_eq!(refusal.code(), Some(code), "{refusal}");
        assert!(refusal.to_string().contains(words), "{refusal:?} does not say {words:?}");
        self
    }

    /// The last wish named something wrong.
    #[track_caller]
    pub fn then_bad(&mut self, field: &str) -> &mut Self {
        match &self.last {
            Err(Refusal::Bad(found, ..)) => assert_eq!(*found, field),
            Err(Refusal::Missing(found)) => assert_eq!(*found, field),
            Err(refusal) => panic!("refused: {refusal} ({:?})", refusal.code()),
            Ok(_) => panic!("not refused: {}", self.story()),
        }
        self
    }

    /// The rule that decided the last call.
    #[track_caller]
    pub fn because(&mut self, rule: &str) -> &mut Self {
        let because = self.entries.iter().rev().find_map(|it| {
            let Event::Called { because, .. } = &it.event else {
                return None;
            };
            Some(because.rule)
        });
        assert_eq!(
            serde_json::to_value(because.expect("a test knows what it asks for"))
                .expect("a test knows what it asks for"),
            rule
        );
        self
    }

    pub fn story(&self) -> String {
        let fresh = &self.entries[self.entries.len() - self.fresh..];
        fresh.iter().map(|it| self.tell(it)).collect::<Vec<_>>().join("; ")
    }

    fn tell(&self, entry: &Entry) -> String {
        let number = |it: &rules::TicketRef| self.number(*it);
        match &entry.event {
            Event::Day { new: true, date, .. } => format!("day {date}"),
            Event::Day { open: true, .. } => "day opened".into(),
            Event::Day { .. } => "day closed".into(),
            Event::Issued(it) => format!("{} taken", it.number),
            Event::CheckedIn { ticket } => format!("{} checked in", number(ticket)),
            Event::Called { ticket, counter, .. } => format!("{} to counter {counter}", number(ticket)),
            Event::Recalled { ticket, counter } => format!("{} again to counter {counter}", number(ticket)),
            Event::Started { ticket, .. } => format!("{} started", number(ticket)),
            Event::Finished { ticket, next: None, .. } => format!("{} finished", number(ticket)),
            Event::Finished { ticket, next: Some(next), .. } => format!("{} on to {}", number(ticket), next.queue),
            Event::NoShow { ticket, .. } => format!("{} missed", number(ticket)),
            Event::Parked { ticket, .. } => format!("{} parked", number(ticket)),
            Event::Unparked { ticket, called_to: None } => format!("{} unparked", number(ticket)),
            Event::Unparked { ticket, called_to: Some(to) } => format!("{} unparked to counter {to}", number(ticket)),
            Event::Transferred(it) => match &it.to_counter {
                Some(to) => format!("{} sent to counter {to}", number(&it.ticket)),
                None => format!("{} sent to {}", number(&it.ticket), it.queue),
            },
            Event::Returned { ticket, .. } => format!("{} returned", number(ticket)),
            Event::Deferred { ticket, .. } => format!("{} deferred", number(ticket)),
            Event::Cancelled { ticket, .. } => format!("{} cancelled", number(ticket)),
            Event::Reprioritised { ticket, .. } => format!("{} reprioritised", number(ticket)),
            Event::Undone { counter, .. } => format!("undone at counter {counter}"),
            Event::Unserved { ticket } => format!("{} unserved", number(ticket)),
            Event::Counter { counter, change } => format!("counter {counter} {}", told(change)),
            Event::Queue { queue, frozen: true, .. } => format!("{queue} frozen"),
            Event::Queue { queue, .. } => format!("{queue} thawed"),
            Event::Mode { mode: Some(mode), .. } => format!("mode {mode:?}").to_lowercase(),
            Event::Mode { mode: None, .. } => "mode taken back".into(),
            Event::Configured { revision } => format!("revision {revision}"),
            Event::Announced(it) => format!("{} announced", it.id),
            Event::Withdrawn { announcement, .. } => format!("{announcement} withdrawn"),
        }
    }

    /// The number of a ticket, wherever it is by now.
    fn number(&self, reference: rules::TicketRef) -> String {
        let issued = self.entries.iter().find(|it| it.seq == reference.0);
        match issued.map(|it| &it.event) {
            Some(Event::Issued(it)) => it.number.clone(),
            _ => reference.to_string(),
        }
    }

    /// The newest ticket with a number, by its public name.
    #[track_caller]
    pub fn reference(&self, number: &str) -> rules::TicketRef {
        let is_it = |it: &&Entry| matches!(&it.event, Event::Issued(issued) if issued.number == number);
        let issued = self.entries.iter().rev().find(is_it);
        rules::TicketRef(issued.unwrap_or_else(|| panic!("no ticket {number}")).seq)
    }

    fn name(&self, number: &str) -> TicketName {
        let reference = self.reference(number);
        match self.hall.ticket(reference) {
            Some(ticket) => TicketName::Id(ticket.id.clone()),
            None => TicketName::Ref(reference),
        }
    }

    #[track_caller]
    pub fn ticket(&self, number: &str) -> Arc<Ticket> {
        let reference = self.reference(number);
        let known = self.hall.ticket(reference);
        known.or_else(|| self.hall.fold.tickets.closed(&reference)).expect("a known ticket").clone()
    }

    #[track_caller]
    pub fn is(&mut self, number: &str, state: TicketState) -> &mut Self {
        assert_eq!(self.ticket(number).state, state, "{number}");
        self
    }

    pub fn counter(&self, number: u32) -> Arc<rules::Counter> {
        self.hall.counter(&id(number)).expect("a test knows what it asks for")
    }

    /// Numbers in the order in which one counter would call them, with their rules: `B001 class, A001 order`.
    pub fn explained(&self, counter: u32) -> String {
        let candidates = rules::next::explain(&self.hall, &id(counter), self.now);
        let told = candidates.iter().map(|it| {
            let rule = serde_json::to_value(it.rule).expect("a test knows what it asks for");
            format!("{} {}", it.number, rule.as_str().expect("a test knows what it asks for"))
        });
        told.collect::<Vec<_>>().join(", ")
    }

    /// Numbers waiting in a queue, by their place.
    pub fn line(&self, queue: &str) -> String {
        let queue = queue.into();
        let numbers: Vec<String> = self.hall.waiting_in(&queue).map(|it| it.number.clone()).collect();
        numbers.join(" ")
    }

    /// One counter calls, starts and finishes until nobody is left: the numbers in their order.
    pub fn serve_all(&mut self, counter: u32) -> String {
        let mut numbers = Vec::new();
        while self.when(call_next(counter)).last.is_ok() {
            let ticket = self.counter(counter).ticket.expect("a test knows what it asks for");
            numbers.push(self.number(ticket));
            self.must(start(counter)).must(finish(counter));
        }
        numbers.join(" ")
    }
}

fn told(change: &CounterChange) -> String {
    match change {
        CounterChange::Opened { .. } => "opened".into(),
        CounterChange::Paused { reason } => format!("paused: {reason}"),
        CounterChange::Resumed => "resumed".into(),
        CounterChange::Closed => "closed".into(),
        CounterChange::WrappedUp => "wrapped up".into(),
    }
}

/// A visitor's row.
pub fn zone(id: &str) -> Zone {
    Zone { id: id.into(), name: id.into(), name_en: String::new(), floor: None }
}
