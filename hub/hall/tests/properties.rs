//! Whatever is asked of a hall, in whatever order, these always hold.
//!
//! Setups, commands, callers and the clock are random; what is asked is drawn so that most of it can
//! happen. A second reader that shares no code with the rules keeps count of numbers and of who holds whom.

#![expect(clippy::manual_is_multiple_of, reason = "one in so many, of dice")]

extern crate hall as rules;
#[expect(dead_code, reason = "each test file uses another part of the kit")]
mod kit;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use kit::{counter_setup, morning, plain_issue, plain_setup};
use proptest::prelude::*;
use rules::moves::{self, Command, Place, Then, TicketName};
use rules::setup::{Assign, Choose, Class, Closing, Hours, Mode, Period, Queue, ReturnPlace, Setup};
use rules::ticket::Channel;
use rules::{
    Ask, By, CounterId, CounterState, Decision, Entry, Event, Fold, Hall, Reach, TicketId, TicketRef, TicketState,
};

/// Moves in one case.
const MOVES: std::ops::Range<usize> = 40..160;

/// One thing that happens, in numbers that are matched to the hall as it stands.
#[derive(Clone, Debug)]
struct Happening {
    verb: u8,
    a: u16,
    b: u16,
    c: u16,
    who: u8,
    seconds: u32,
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let seconds = prop_oneof![40 => 0_u32..5, 40 => 5_u32..400, 10 => 400_u32..5_000, 1 => 5_000_u32..90_000];
    let one = (any::<u8>(), any::<u16>(), any::<u16>(), any::<u16>(), any::<u8>(), seconds);
    let one = one.prop_map(|(verb, a, b, c, who, seconds)| Happening { verb, a, b, c, who, seconds });
    proptest::collection::vec(one, MOVES)
}

fn mode(number: u8) -> Mode {
    [Mode::Manual, Mode::Automatic, Mode::Mixed][usize::from(number % 3)]
}

fn a_queue(id: usize, dice: [u8; 8]) -> Queue {
    // Now and then two queues share a prefix, and with it a series.
    let prefix = ["A", "B", "C", "A"][id % 4];
    let mut queue = Queue::new(format!("q{id}"), prefix, "queue");
    let bit = |at: u8| dice[0] >> at & 1 == 1;
    queue.check_in = bit(0);
    queue.park_at_counter = bit(1);
    queue.anonymous = true;
    queue.quota = bit(2).then_some(20);
    queue.open_per_visitor = bit(3).then_some(1);
    queue.call_timeout_s = bit(4).then_some(60);
    queue.wrap_up_s = if bit(5) { 30 } else { 0 };
    queue.wait_bound_s = bit(6).then_some(900);
    queue.pick_up = bit(7) && id == 3;
    queue.mix = u32::from(dice[1] % 4);
    queue.mode = (dice[2] % 4 == 0).then(|| mode(dice[3]));
    queue.closing = [Closing::Unserved, Closing::Serve, Closing::CarryOver][usize::from(dice[4] % 3)];
    queue.return_place = [ReturnPlace::Head, ReturnPlace::After(2), ReturnPlace::Tail][usize::from(dice[5] % 3)];
    queue.recall_gap_s = u32::from(dice[6] % 20);
    queue.first_number = 1 + u32::from(dice[6] % 2) * 500;
    queue.hours = (dice[7] % 3 == 0).then(all_week);
    queue
}

fn all_week() -> Hours {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let at = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour");
    let period = |from, until| Period {
        days: vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun],
        from: at(from),
        until: at(until),
        take_from: None,
        take_until: None,
    };
    Hours { periods: vec![period(8, 12), period(14, 0)], redeem_before_end_s: 0 }
}

fn setups() -> impl Strategy<Value = Setup> {
    let queues = proptest::collection::vec(any::<[u8; 8]>(), 1..5);
    let counters = proptest::collection::vec(any::<[u8; 4]>(), 1..5);
    (queues, counters, any::<[u8; 4]>()).prop_map(|(queues, counters, dice)| {
        let mut setup = plain_setup();
        setup.classes = ["elder", "green"]
            .map(|id| Class { id: id.into(), name: id.into(), name_en: String::new(), self_service: true })
            .into();
        setup.queues = queues.iter().enumerate().map(|(id, dice)| a_queue(id, *dice)).collect();
        setup.hall.mode = mode(dice[0]);
        setup.hall.assign = if dice[1] % 2 == 0 { Assign::LongestIdle } else { Assign::FewestServed };
        setup.hall.cutover_hour = u32::from(dice[2] % 24);
        setup.hall.undo_s = 30;
        setup.hall.open_per_visitor = (dice[3] % 3 == 0).then_some(2);
        for (number, dice) in counters.iter().enumerate() {
            setup.counters.push(a_counter(number, &setup.queues, *dice));
        }
        setup
    })
}

fn a_counter(number: usize, queues: &[Queue], dice: [u8; 4]) -> rules::setup::CounterSetup {
    let ids: Vec<&str> = queues.iter().map(|it| it.id.as_str()).collect();
    let mut served = ids.clone();
    served.rotate_left(usize::from(dice[0]) % ids.len());
    served.truncate(1 + usize::from(dice[1]) % ids.len());
    let mut counter = counter_setup(u32::try_from(number).expect("few"), &served);
    counter.choose = if dice[2] % 2 == 0 { Choose::LongestWait } else { Choose::Preference };
    counter.noon_duty = dice[2] % 3 == 0;
    counter.mode = (dice[3] % 5 == 0).then(|| mode(dice[3] / 5));
    counter.queues[0].only_when_wait_s = (dice[3] % 7 == 0).then_some(120);
    if let Some(last) = counter.queues.last_mut() {
        last.first_when_wait_s = (dice[3] % 6 == 0).then_some(300);
    }
    counter
}

/// A hall that is asked things, and everything that is kept beside it.
struct World {
    hall: Hall,
    now: DateTime<Utc>,
    journal: Vec<Entry>,
    ledger: Ledger,
    keys: u64,
    done: usize,
}

impl World {
    fn new(setup: Setup) -> Self {
        let setup = Arc::new(setup);
        Self {
            hall: Hall::new(setup),
            now: morning(),
            journal: Vec::new(),
            ledger: Ledger::default(),
            keys: 0,
            done: 0,
        }
    }

    fn happen(&mut self, it: &Happening) {
        self.now += Duration::seconds(it.seconds.into());
        if it.verb == 255 {
            // Somebody set the clock back; the hall goes on from where it was.
            self.now -= Duration::minutes(10);
        }
        let ask = self.ask(it);
        let before = self.hall.fold.clone();
        let decided = self.hall.decide(&ask, self.now);
        assert_eq!(self.hall.fold, before, "deciding changes nothing");
        match decided {
            Ok(decision) => {
                self.done += 1;
                assert!(!decision.entries.is_empty(), "{ask:?} was accepted and did nothing");
                assert!(decision.answer.is_some_and(|it| it < decision.entries.len()));
                self.take(decision);
            }
            Err(refusal) => {
                let words = refusal.to_string();
                assert!(!words.is_empty() && !words.contains("key-"), "{words}");
            }
        }
        self.check_due();
    }

    fn take(&mut self, decision: Decision) {
        assert_eq!(decision.entries.len(), decision.touched.len());
        let mut replayed = Hall { setup: decision.hall.setup.clone(), fold: self.hall.fold.clone() };
        for (entry, touched) in decision.entries.iter().zip(&decision.touched) {
            assert_eq!(entry.seq, replayed.fold.seq + 1, "no gaps");
            assert!(replayed.fold.time.is_none_or(|last| last <= entry.time), "time goes forward");
            let written = serde_json::to_string(entry).expect("an entry is written");
            let read: Entry = serde_json::from_str(&written).expect("and read");
            assert_eq!(read, *entry, "and the same");
            assert_eq!(replayed.apply(&read), *touched, "the touched of {entry:?}");
            self.ledger.read(entry, &replayed.fold);
            check_hall(&replayed.fold);
        }
        assert_eq!(replayed.fold, decision.hall.fold, "deciding is replaying");
        self.journal.extend(decision.entries);
        self.hall = decision.hall;
    }

    /// Nothing is due before `due_at`, and something is at it.
    fn check_due(&mut self) {
        let Some(last) = self.hall.fold.time else {
            assert!(self.hall.tick(self.now).entries.is_empty(), "a hall begins with its first use");
            return;
        };
        let due_at = self.hall.due_at().expect("at least the next day");
        if due_at > last {
            let early = self.hall.tick(due_at - Duration::microseconds(1));
            assert!(early.entries.is_empty(), "{:?} before {due_at}", early.entries);
        }
        let on_time = self.hall.tick(due_at);
        assert!(!on_time.entries.is_empty(), "nothing happened at {due_at}");
    }

    fn check_snapshot(&self) {
        let written = serde_json::to_string(&self.hall.fold).expect("a fold is written");
        let read: Fold = serde_json::from_str(&written).expect("and read");
        assert_eq!(read, self.hall.fold);
        let mut again = Hall::new(self.hall.setup.clone());
        self.journal.iter().for_each(|entry| drop(again.apply(entry)));
        assert_eq!(again.fold, self.hall.fold, "the fold of the journal is the hall");
        // Indexes are made anew from a snapshot; who is next must not depend on where the hall comes from.
        let from_snapshot = Hall { setup: self.hall.setup.clone(), fold: read };
        for counter in &self.hall.setup.counters {
            let next = |hall: &Hall| rules::next::next_for(hall, &counter.id, self.now);
            assert_eq!(next(&from_snapshot), next(&self.hall));
        }
    }

    /// `explain` names whom repeated calls would call, each by the rule it names.
    fn check_explained(&self) {
        for counter in self.hall.fold.counters.values().filter(|it| it.is_free()) {
            let explained = rules::next::explain(&self.hall, &counter.id, self.now);
            let next = rules::next::next_for(&self.hall, &counter.id, self.now);
            assert_eq!(next.as_ref().map(|it| it.ticket), explained.first().map(|it| it.reference));
            assert_eq!(next.as_ref().map(|it| it.because.rule), explained.first().map(|it| it.rule));
            let candidates = next.map(|it| it.because.candidates).unwrap_or_default();
            assert_eq!(candidates, explained.iter().map(|it| it.reference).collect::<Vec<_>>());
            self.check_repeated_calls(&counter.id, &explained);
        }
    }

    fn check_repeated_calls(&self, counter: &CounterId, explained: &[rules::next::Candidate]) {
        let mut hall = self.hall.clone();
        for (at, candidate) in explained.iter().enumerate() {
            let choice = rules::next::next_for(&hall, counter, self.now).expect("as explained");
            assert_eq!((choice.ticket, choice.because.rule), (candidate.reference, candidate.rule), "call {at}");
            // Called, and out of the way, without moving the clock.
            let called = Event::Called { ticket: choice.ticket, counter: counter.clone(), because: choice.because };
            for event in [called, Event::Cancelled { ticket: choice.ticket, reason: None }] {
                hall.apply(&Entry { seq: hall.fold.seq + 1, time: self.now, by: By::Hub, event });
            }
        }
    }

    fn ask(&mut self, it: &Happening) -> Ask {
        self.keys += 1;
        let (by, reach) = match it.who % 8 {
            0..4 => (By::Token("supervisor".into()), Reach::Hall),
            4 => (By::Visitor, Reach::Ticket),
            who => (By::Person(format!("p{who}")), Reach::Own),
        };
        let expect = (it.who == 200).then_some(self.hall.fold.seq - i64::from(it.c % 3));
        let fresh_id = TicketId::from(format!("key-{}", self.keys));
        Ask { command: self.command(it), by, reach, expect, fresh_id, promised: None }
    }

    fn counter(&self, number: u16) -> CounterId {
        let counters = &self.hall.setup.counters;
        counters[usize::from(number) % counters.len()].id.clone()
    }

    fn queue(&self, number: u16) -> rules::QueueId {
        let queues = &self.hall.setup.queues;
        queues[usize::from(number) % queues.len()].id.clone()
    }

    fn ticket(&self, number: u16) -> TicketName {
        let all: Vec<_> = self.hall.fold.tickets.values().collect();
        match all.get(usize::from(number) % (all.len() + 1)) {
            Some(ticket) if number % 2 == 0 => TicketName::Id(ticket.id.clone()),
            Some(ticket) => TicketName::Ref(ticket.reference),
            None => TicketName::Ref(TicketRef(i64::from(number))),
        }
    }

    fn command(&self, it: &Happening) -> Command {
        let counter = self.counter(it.a);
        let reason = (it.c % 5 == 0).then(|| "other".into());
        match it.verb % 64 {
            0..12 => Command::Issue(self.issue(it)),
            12..20 => Command::CallNext(moves::CallNext { counter }),
            20..27 => Command::Start(moves::Start { counter }),
            27..34 => Command::Finish(moves::Finish { counter }),
            34..38 => Command::OpenCounter(moves::OpenCounter { counter, staff: (it.c % 9 == 0).then(|| "p6".into()) }),
            38 | 39 => Command::NoShow(moves::NoShow { counter }),
            40 => Command::Recall(moves::Recall { counter }),
            41 | 42 => Command::Park(moves::Park {
                counter,
                reason,
                until: (it.c % 2 == 0).then(|| self.now + Duration::seconds(i64::from(it.b))),
            }),
            43 => Command::Unpark(moves::Unpark { ticket: self.ticket(it.b) }),
            44..47 => Command::Transfer(self.transfer(it)),
            47 => Command::Defer(moves::Defer { ticket: self.ticket(it.b), reason }),
            48 | 49 => Command::Return(moves::Return { ticket: self.ticket(it.b), reason }),
            50 => Command::Cancel(moves::Cancel { ticket: self.ticket(it.b), reason }),
            51 => Command::Reprioritise(moves::Reprioritise {
                ticket: self.ticket(it.b),
                priority: [None, Some("elder".into()), Some("green".into())][usize::from(it.c) % 3].clone(),
                reason: "other".into(),
            }),
            52..55 => Command::Undo(moves::Undo { counter }),
            55 => Command::PauseCounter(moves::PauseCounter { counter, reason: "break".into() }),
            56 => Command::ResumeCounter(moves::ResumeCounter { counter }),
            57 => Command::CloseCounter(moves::CloseCounter { counter }),
            58 => self.rare(it),
            59 | 60 => {
                Command::CheckIn(moves::CheckIn { ticket: Some(self.ticket(it.b)), appointment: None, code: None })
            }
            _ => Command::CallTicket(moves::CallTicket { counter, ticket: self.ticket(it.b) }),
        }
    }

    fn rare(&self, it: &Happening) -> Command {
        let queue = self.queue(it.b);
        // Now and then what was set is taken back.
        let to = (!it.who.is_multiple_of(4)).then(|| mode(it.who / 4));
        match it.c % 8 {
            0 => Command::FreezeQueue(moves::FreezeQueue { queue, reason: None }),
            1 | 2 => Command::ThawQueue(moves::ThawQueue { queue, reason: None }),
            3 => Command::SetMode(moves::SetMode { mode: to, queue: Some(queue), counter: None }),
            4 => Command::SetMode(moves::SetMode { mode: to, queue: None, counter: None }),
            5 => Command::OpenDay(moves::OpenDay {}),
            6 => Command::CloseDay(moves::CloseDay {}),
            _ if !self.hall.fold.notices.is_empty() => Command::Withdraw(moves::Withdraw { announcement: "n1".into() }),
            _ => Command::Announce(moves::Announce {
                id: Some("n1".into()),
                zones: vec!["east".into()],
                speakers: Vec::new(),
                language: None,
                repeat: None,
                ttl_s: Some(60),
                emergency: false,
            }),
        }
    }

    fn issue(&self, it: &Happening) -> moves::Issue {
        let queue = self.queue(it.a);
        let pick_up = self.hall.setup.queue(&queue).is_some_and(|it| it.pick_up);
        moves::Issue {
            channel: [Channel::Kiosk, Channel::Counter, Channel::Phone, Channel::Api][usize::from(it.b) % 4],
            priority: [None, None, None, Some("elder".into()), Some("green".into())][usize::from(it.c) % 5].clone(),
            route: if it.c % 7 == 0 { vec![queue.clone(), self.queue(it.b), self.queue(it.c)] } else { Vec::new() },
            visitor: (it.b % 3 == 0).then(|| format!("v{}", it.b % 4).into()),
            pick_up: pick_up.then(|| format!("N{}", it.b % 50)),
            ..plain_issue(queue.as_str())
        }
    }

    fn transfer(&self, it: &Happening) -> moves::Transfer {
        let to_counter = it.c % 4 == 0;
        moves::Transfer {
            ticket: (it.c % 2 == 0).then(|| self.ticket(it.b)),
            counter: (it.c % 2 == 1).then(|| self.counter(it.a)),
            queue: (!to_counter).then(|| self.queue(it.b)),
            to_counter: to_counter.then(|| self.counter(it.b)),
            place: [Place::Keep, Place::Head, Place::Tail][usize::from(it.c) % 3],
            then: (it.c % 5 == 0).then_some(Then::Back),
            reason: None,
        }
    }
}

/// What must hold in every hall, whatever happened.
fn check_hall(fold: &Fold) {
    let mut at_counters = BTreeSet::new();
    for counter in fold.counters.values() {
        match counter.state {
            CounterState::Calling | CounterState::Serving => {
                let ticket = fold.tickets.get(&counter.ticket.expect("a ticket")).expect("that is known");
                assert_eq!(ticket.counter.as_ref(), Some(&counter.id));
                let called = counter.state == CounterState::Calling;
                assert_eq!(ticket.state, if called { TicketState::Called } else { TicketState::Serving });
                assert!(at_counters.insert(ticket.reference), "{} is at two counters", ticket.number);
            }
            CounterState::Closed | CounterState::Open | CounterState::Paused | CounterState::WrappingUp => {
                assert_eq!(counter.ticket, None);
            }
        }
        assert_eq!(counter.state == CounterState::Closed, counter.staff.is_none());
        assert_eq!(counter.state == CounterState::WrappingUp, counter.wrap_up_until.is_some());
    }
    let mut waiting = BTreeMap::new();
    for ticket in fold.tickets.values() {
        let is_at_counter = matches!(ticket.state, TicketState::Called | TicketState::Serving);
        assert_eq!(is_at_counter, at_counters.contains(&ticket.reference), "{ticket:?}");
        assert!(ticket.state.is_open() || ticket.state == TicketState::NoShow);
        assert!(ticket.touched <= fold.seq && ticket.order.0 <= fold.seq << 16, "{ticket:?}");
        assert_eq!(fold.tickets.by_id(&ticket.id).map(|it| it.reference), Some(ticket.reference));
        if ticket.state == TicketState::Waiting {
            *waiting.entry(&ticket.queue).or_insert(0) += 1;
        }
    }
    assert_eq!(fold.tickets.open(), fold.tickets.values().filter(|it| it.state.is_open()).count());
    for (queue, count) in waiting {
        assert_eq!(fold.tickets.waiting(queue), count);
        let line: Vec<_> = fold.tickets.waiting_in(queue).map(|it| it.place()).collect();
        assert!(line.is_sorted() && line.len() == count);
    }
    check_people(fold);
}

fn check_people(fold: &Fold) {
    let people = fold.counters.values().filter_map(|it| match &it.staff {
        Some(By::Person(person)) => Some(person),
        Some(By::Token(_) | By::Visitor | By::Hub) | None => None,
    });
    let mut seen = BTreeSet::new();
    people.for_each(|it| assert!(seen.insert(it), "{it} holds two counters"));
}

/// The second reader: numbers, and who was called.
#[derive(Default)]
struct Ledger {
    /// The last number of each series, and all that were given since it began.
    series: BTreeMap<String, (u32, BTreeSet<u32>)>,
    /// Series that may begin anew.
    fresh: BTreeSet<String>,
    keys: BTreeSet<TicketId>,
    called: BTreeMap<TicketRef, CounterId>,
}

impl Ledger {
    fn read(&mut self, entry: &Entry, fold: &Fold) {
        match &entry.event {
            Event::Day { new: true, .. } => self.fresh = self.series.keys().cloned().collect(),
            Event::Issued(it) => {
                assert!(self.keys.insert(it.id.clone()), "a key is given once");
                if let Some(running) = it.running {
                    self.number(&it.series, running, &it.number);
                }
            }
            Event::Called { ticket, counter, because } => {
                assert_eq!(because.candidates.first(), Some(ticket));
                assert!(because.candidates.len() <= rules::next::CANDIDATES_MAX);
                self.call(*ticket, counter);
            }
            Event::Unparked { ticket, called_to: Some(counter) } => self.call(*ticket, counter),
            Event::Finished { ticket, .. } | Event::NoShow { ticket, .. } | Event::Parked { ticket, .. } => {
                assert!(self.called.remove(ticket).is_some(), "{ticket} was at no counter");
            }
            Event::Cancelled { ticket, .. } | Event::Unserved { ticket } => drop(self.called.remove(ticket)),
            Event::Transferred(it) => assert_eq!(self.called.remove(&it.ticket), it.from),
            // What stands again is read from the hall itself.
            Event::Undone { counter, .. } => {
                self.called.retain(|_, at| at != counter);
                let ticket = fold.counters.get(counter).and_then(|it| it.ticket);
                self.called.extend(ticket.map(|it| (it, counter.clone())));
            }
            Event::Day { .. } | Event::CheckedIn { .. } | Event::Recalled { .. } | Event::Started { .. } => {}
            Event::Unparked { .. } | Event::Returned { .. } | Event::Deferred { .. } | Event::Reprioritised { .. } => {}
            Event::Counter { .. } | Event::Queue { .. } | Event::Mode { .. } => {}
            Event::Configured { .. } | Event::Announced(_) | Event::Withdrawn { .. } => {}
        }
    }

    fn call(&mut self, ticket: TicketRef, counter: &CounterId) {
        let before = self.called.insert(ticket, counter.clone());
        assert_eq!(before, None, "{ticket} is called a second time");
    }

    fn number(&mut self, series: &str, running: u32, number: &str) {
        assert_eq!(number, format!("{series}{running:03}"));
        let (last, given) = self.series.entry(series.to_owned()).or_insert((running - 1, BTreeSet::new()));
        if self.fresh.remove(series) && running != *last + 1 {
            given.clear();
        } else {
            assert_eq!(running, *last + 1, "a gap in series {series}");
        }
        assert!(given.insert(running), "{number} is given twice in a day");
        *last = running;
    }
}

fn config() -> ProptestConfig {
    let beside = proptest::test_runner::FileFailurePersistence::WithSource("regressions");
    ProptestConfig {
        // More by hand: `PROPTEST_CASES=20000`.
        cases: ProptestConfig::default().cases.max(400),
        max_shrink_iters: 4_000,
        failure_persistence: Some(Box::new(beside)),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_reachable_hall_breaks_its_promises(setup in setups(), happenings in happenings()) {
        let mut world = World::new(setup);
        for it in &happenings {
            world.happen(it);
        }
        world.check_explained();
        world.check_snapshot();
    }

    #[test]
    fn undo_gives_back_what_stood_before(setup in setups(), happenings in happenings(), counter in any::<u16>()) {
        let mut world = World::new(setup);
        for it in &happenings {
            let before = world.hall.fold.clone();
            world.happen(it);
            let counter = world.counter(counter);
            let undo = Command::Undo(moves::Undo { counter: counter.clone() });
            let ask = Ask { command: undo, by: By::Hub, reach: Reach::Hall, expect: None, fresh_id: "none".into(), promised: None };
            let step = world.hall.fold.counters.get(&counter).and_then(|it| it.last.clone());
            // Only a single entry, made by that counter just now, can be compared with the hall before it.
            let Some(step) = step.filter(|it| it.seq == before.seq + 1 && it.seq == world.hall.fold.seq) else { continue };
            let Ok(undone) = world.hall.decide(&ask, world.now) else { continue };
            let after = &undone.hall.fold;
            if let Some(ticket) = &step.ticket {
                let touched = rules::Ticket { touched: 0, ..ticket.as_ref().clone() };
                let now = after.tickets.get(&ticket.reference).expect("it is back");
                let is_assigned = undone.entries.len() > 1;
                let stands = rules::Ticket { touched: 0, ..now.as_ref().clone() };
                prop_assert!(is_assigned || stands == touched);
            }
            if undone.entries.len() == 1 {
                let count = |fold: &Fold, of: fn(&rules::hall::QueueFold) -> usize| fold.queues.values().map(|it| of(it)).sum::<usize>();
                // A full list has lost its oldest; the newest is taken out all the same.
                prop_assert!(count(after, |it| it.services.len()) <= count(&before, |it| it.services.len()));
                prop_assert!(count(after, |it| it.waits.len()) <= count(&before, |it| it.waits.len()));
                prop_assert_eq!(tallies(after), tallies(&before));
                prop_assert!(before.calls.len() == rules::hall::CALLS_KEPT || after.calls == before.calls);
            }
        }
    }
}

fn tallies(fold: &Fold) -> Vec<u32> {
    let counted = fold.queues.values().map(|it| it.tally.out_of_turn);
    counted.filter(|it| *it > 0).collect()
}
