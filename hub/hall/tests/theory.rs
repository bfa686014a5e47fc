//! The hall against queueing theory, and the forecast against its yardsticks.
//!
//! Three links: a small reference simulator agrees with the exact figures over millions of visitors;
//! a hall driven by commands gives each visitor the very wait the reference gives; and on those same
//! halls the forecast is nearer to the truth than every yardstick. Figures are printed.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "the figures are read by people; a test may fail")]

extern crate hall as rules;
#[expect(dead_code, reason = "each test file uses another part of the kit")]
mod kit;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::Duration;
use kit::{asked, automatic, class, counter, given, queue};
use rules::forecast::{self, Errors, Interval, yardstick};
use rules::moves::{Command, Finish, Start};
use rules::setup::Closing;
use rules::{Ask, By, Hall, QueueId, Reach, TicketId, TicketRef, TicketState};

/// Mean service of all cases, seconds.
const SERVICE_S: f64 = 360.0;
/// Visitors for the figures.
const VISITORS_EXACT: usize = 2_000_000;
/// Visitors of the halls.
const VISITORS_HALL: usize = 4_000;
/// Visitors before a hall is in its stride; not counted.
const WARM_UP: usize = 400;

/// One row of the table.
struct Case {
    name: &'static str,
    counters: u32,
    /// Arrivals a minute of each class, the first class before the second.
    per_minute: &'static [f64],
    constant: bool,
    /// Exact mean wait of each class, minutes.
    mean_min: &'static [f64],
    /// Exact share that waits at most ten minutes.
    within_10: Option<f64>,
}

const CASES: [Case; 6] = [
    Case {
        name: "M/M/2, load 1.6",
        counters: 2,
        per_minute: &[1.6 / 6.0],
        constant: false,
        mean_min: &[10.6667],
        within_10: Some(0.6349),
    },
    Case {
        name: "M/M/3, load 2.4",
        counters: 3,
        per_minute: &[2.4 / 6.0],
        constant: false,
        mean_min: &[6.4719],
        within_10: Some(0.7619),
    },
    Case {
        name: "M/M/5, load 4.5",
        counters: 5,
        per_minute: &[4.5 / 6.0],
        constant: false,
        mean_min: &[9.1499],
        within_10: Some(0.6686),
    },
    Case {
        name: "M/M/10, load 8.5",
        counters: 10,
        per_minute: &[8.5 / 6.0],
        constant: false,
        mean_min: &[2.1194],
        within_10: Some(0.9565),
    },
    Case {
        name: "two classes, 3 counters",
        counters: 3,
        per_minute: &[0.1, 0.3],
        constant: false,
        mean_min: &[1.6180, 8.0899],
        within_10: None,
    },
    Case {
        name: "M/D/1, load .8",
        counters: 1,
        per_minute: &[0.8 / 6.0],
        constant: true,
        mean_min: &[12.0],
        within_10: None,
    },
];

/// A visitor: comes, has a class, keeps a counter; all in microseconds.
#[derive(Clone, Copy)]
struct Visitor {
    comes: i64,
    class: usize,
    keeps: i64,
}

/// A generator of its own (xorshift64*), so that nothing is shared with what is tested.
struct Dice(u64);

impl Dice {
    fn unit(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn exponential(&mut self, mean: f64) -> f64 {
        -(1.0 - self.unit()).ln() * mean
    }
}

/// Visitors without end, in the order of their coming.
fn visitors(case: &'static Case, seed: u64) -> impl Iterator<Item = Visitor> {
    let mut dice = Dice(seed);
    let all: f64 = case.per_minute.iter().sum();
    let mut now = 0.0;
    std::iter::from_fn(move || {
        now += dice.exponential(60.0 / all);
        let class = usize::from(case.per_minute.len() > 1 && dice.unit() * all >= case.per_minute[0]);
        let keeps = if case.constant { SERVICE_S } else { dice.exponential(SERVICE_S) };
        Some(Visitor { comes: (now * 1e6) as i64, class, keeps: (keeps * 1e6) as i64 })
    })
}

/// The reference: counters, two lines, nothing else. Gives each visitor's wait, in the order of the calls.
fn reference(counters: u32, visitors: impl Iterator<Item = Visitor>, mut waited: impl FnMut(usize, Visitor, i64)) {
    let mut free: BinaryHeap<Reverse<i64>> = (0..counters).map(|_| Reverse(0)).collect();
    let mut lines = [std::collections::VecDeque::new(), std::collections::VecDeque::new()];
    let mut serve = |free: &mut BinaryHeap<Reverse<i64>>,
                     lines: &mut [std::collections::VecDeque<(usize, Visitor)>; 2],
                     until: i64| {
        while let Some(Reverse(at)) = free.peek().copied() {
            let Some(line) = lines.iter_mut().find(|it| !it.is_empty()).filter(|_| at < until) else {
                break;
            };
            let (number, visitor) = line.pop_front().unwrap();
            free.pop();
            let begins = at.max(visitor.comes);
            waited(number, visitor, begins - visitor.comes);
            free.push(Reverse(begins + visitor.keeps));
        }
    };
    for (number, visitor) in visitors.enumerate() {
        serve(&mut free, &mut lines, visitor.comes);
        lines[visitor.class].push_back((number, visitor));
        serve(&mut free, &mut lines, visitor.comes + 1);
    }
    serve(&mut free, &mut lines, i64::MAX);
}

#[test]
fn the_reference_agrees_with_the_exact_figures() {
    for (at, case) in CASES.iter().enumerate() {
        let mut sums = [(0_u64, 0.0); 2];
        let mut within = 0_u64;
        let all = visitors(case, 0x5eed_0001 + at as u64).take(VISITORS_EXACT);
        reference(case.counters, all, |_, visitor, wait| {
            let minutes = wait as f64 / 60e6;
            let class = &mut sums[visitor.class];
            *class = (class.0 + 1, class.1 + minutes);
            within += u64::from(minutes <= 10.0);
        });
        for ((count, sum), exact) in sums.iter().zip(case.mean_min) {
            let mean = sum / *count as f64;
            println!("{:<26} mean wait {mean:8.4} min, exact {exact:8.4}", case.name);
            assert!((mean / exact - 1.0).abs() < 0.03, "{}: {mean} is not {exact}", case.name);
        }
        if let Some(exact) = case.within_10 {
            let share = within as f64 / VISITORS_EXACT as f64;
            println!("{:<26} P(wait <= 10) {share:6.4}, exact {exact:6.4}", case.name);
            assert!((share - exact).abs() < 0.01, "{}: {share} is not {exact}", case.name);
        }
    }
}

/// What each predictor said against what came.
#[derive(Default)]
struct Score {
    forecast: Errors,
    last_to_enter: Errors,
    position_by_mean: Errors,
    mean_of_last: Errors,
}

/// A promise and the visitor it was made to.
struct Promise {
    ticket: TicketRef,
    class: usize,
    comes: i64,
    forecast: Interval,
    yardsticks: [Option<u32>; 3],
}

/// A hall that is driven by commands, in automatic mode, where every call is followed by a start at once.
struct Driven {
    hall: Hall,
    keys: u64,
    /// Ends of services: when, which counter.
    ends: BinaryHeap<Reverse<(i64, u32)>>,
    keeps: std::collections::BTreeMap<TicketRef, i64>,
    promises: Vec<Promise>,
    waits: std::collections::BTreeMap<TicketRef, i64>,
}

impl Driven {
    fn new(case: &Case) -> Self {
        let mut parts = vec![
            automatic(),
            class("first"),
            queue("a").with(|it| (it.mix, it.closing) = (u32::MAX, Closing::CarryOver)),
        ];
        parts.extend((1..=case.counters).map(|number| counter(number, &["a"])));
        // Counters the kit would add have nothing to serve.
        parts.extend((case.counters + 1..=3).map(|number| counter(number, &[])));
        parts.extend((case.counters + 1..=3).map(|number| asked(kit::close(number))));
        Self {
            hall: given(parts).hall,
            keys: 1_000,
            ends: BinaryHeap::new(),
            keeps: Default::default(),
            promises: Vec::new(),
            waits: Default::default(),
        }
    }

    fn ask(&mut self, command: Command, at: i64, keeps: Option<i64>) -> TicketRef {
        self.keys += 1;
        let ask = Ask {
            command,
            by: By::Token("driver".into()),
            reach: Reach::Hall,
            expect: None,
            fresh_id: TicketId::from(format!("driven-{}", self.keys)),
            promised: None,
        };
        let decision = self.hall.decide(&ask, kit::morning() + Duration::microseconds(at)).unwrap();
        self.hall = decision.hall;
        let answer = TicketRef(decision.entries[decision.answer.unwrap()].seq);
        if let Some(keeps) = keeps {
            self.keeps.insert(answer, keeps);
        }
        self.start_called(at);
        answer
    }

    /// Whoever was called is there at once.
    fn start_called(&mut self, at: i64) {
        let called = self.hall.fold.counters.values().find(|it| it.state == rules::CounterState::Calling);
        let Some((counter, ticket)) = called.map(|it| (it.id.clone(), it.ticket.unwrap())) else {
            return;
        };
        let issued_at = self.hall.ticket(ticket).unwrap().issued_at;
        self.waits.insert(ticket, (self.hall.fold.time.unwrap() - issued_at).num_microseconds().unwrap());
        let keeps = self.keeps[&ticket];
        let number = counter.as_str().parse().unwrap();
        self.ends.push(Reverse((at + keeps, number)));
        self.ask(Command::Start(Start { counter }), at, None);
    }

    fn finish_until(&mut self, until: i64) {
        while let Some(Reverse((at, counter))) = self.ends.peek().copied().filter(|it| it.0.0 <= until) {
            self.ends.pop();
            self.ask(Command::Finish(Finish { counter: counter.to_string().as_str().into() }), at, None);
        }
    }

    /// A visitor comes; the promise is what their slip would say.
    fn comes(&mut self, visitor: Visitor, promises: bool) {
        self.finish_until(visitor.comes);
        let queue = QueueId::from("a");
        let yardsticks = [
            yardstick::last_to_enter(&self.hall, &queue),
            yardstick::position_by_mean(&self.hall, &queue),
            yardstick::mean_of_last(&self.hall, &queue),
        ];
        let mut issue = kit::plain_issue("a");
        issue.priority = (visitor.class == 0 && self.two_classes()).then(|| "first".into());
        let ticket = self.ask(Command::Issue(issue), visitor.comes, Some(visitor.keeps));
        if !promises {
            return;
        }
        let waits = self.hall.ticket(ticket).is_some_and(|it| it.state == TicketState::Waiting);
        let now = kit::morning() + Duration::microseconds(visitor.comes);
        let forecast =
            if waits { forecast::interval_of_ticket(&self.hall, ticket, now).unwrap() } else { Interval::default() };
        self.promises.push(Promise { ticket, class: visitor.class, comes: visitor.comes, forecast, yardsticks });
    }

    fn two_classes(&self) -> bool {
        self.promises.iter().any(|it| it.class == 1) || self.hall.setup.hall.name == "two"
    }
}

#[test]
fn a_hall_gives_each_visitor_the_wait_of_the_reference() {
    for (at, case) in CASES.iter().enumerate() {
        let all: Vec<Visitor> = visitors(case, 0xca11_0001 + at as u64).take(VISITORS_HALL).collect();
        let mut expected = vec![0; all.len()];
        reference(case.counters, all.iter().copied(), |number, _, wait| expected[number] = wait);
        let driven = drive(case, &all, false);
        let given: Vec<i64> = driven.waits.values().copied().collect();
        assert_eq!(given.len(), expected.len());
        let wrong = given.iter().zip(&expected).position(|(given, expected)| given != expected);
        assert_eq!(wrong, None, "{}: the first visitor with another wait", case.name);
    }
}

fn drive(case: &'static Case, all: &[Visitor], promises: bool) -> Driven {
    let mut driven = Driven::new(case);
    if case.per_minute.len() > 1 {
        let mut setup = (*driven.hall.setup).clone();
        setup.hall.name = "two".into();
        driven.hall.setup = setup.into();
    }
    for visitor in all {
        driven.comes(*visitor, promises);
    }
    driven.finish_until(i64::MAX);
    driven
}

#[test]
fn the_forecast_beats_every_yardstick() {
    for (at, case) in CASES.iter().enumerate() {
        let all: Vec<Visitor> = visitors(case, 0xf0ca_0001 + at as u64).take(VISITORS_HALL).collect();
        let driven = drive(case, &all, true);
        let mut score = Score::default();
        for promise in driven.promises.iter().skip(WARM_UP) {
            let waited_s = (driven.waits[&promise.ticket] as f64 / 1e6).round() as u32;
            let plain = |it: Option<u32>| {
                let it = it.unwrap_or(0);
                Interval { p10_s: it, p50_s: it, p90_s: it }
            };
            score.forecast.add(promise.forecast, waited_s);
            score.last_to_enter.add(plain(promise.yardsticks[0]), waited_s);
            score.position_by_mean.add(plain(promise.yardsticks[1]), waited_s);
            score.mean_of_last.add(plain(promise.yardsticks[2]), waited_s);
            assert!(promise.comes >= 0);
        }
        score.print(case.name);
        score.check(case.name);
    }
}

impl Score {
    fn all(&self) -> [(&str, &Errors); 4] {
        [
            ("forecast", &self.forecast),
            ("last to enter", &self.last_to_enter),
            ("position x mean", &self.position_by_mean),
            ("mean of last", &self.mean_of_last),
        ]
    }

    fn print(&self, case: &str) {
        let minutes = |it: &Errors| (f64::from(it.median_s().unwrap()) / 60.0, it.mean_s().unwrap() / 60.0);
        let told = self.all().map(|(name, it)| format!("{name} {:.2} ({:.2})", minutes(it).0, minutes(it).1));
        let inside = 100.0 * self.forecast.inside_80().unwrap();
        println!("{case:<26} median (mean) error, min: {}; inside the 80 % interval: {inside:.1} %", told.join(", "));
    }

    /// Where most find a free counter, several are right in the middle; then the mean decides.
    fn check(&self, case: &str) {
        let figures = |it: &Errors| (it.median_s().unwrap(), it.mean_s().unwrap());
        let (median, mean) = figures(&self.forecast);
        for (name, other) in &self.all()[1..] {
            assert!(median <= figures(other).0, "{case}: {name} has the smaller median error");
            assert!(mean < figures(other).1, "{case}: {name} has the smaller mean error");
        }
        // Eight of ten, and those who need not wait at all are always inside.
        assert!(self.forecast.inside_80().unwrap() > 0.75, "{case}: the interval promises too much");
    }
}
