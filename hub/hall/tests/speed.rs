//! How long the rules take; figures for people, by hand: nothing here passes or fails by the clock.
//!
//! `cargo nextest run -p hall --test speed --run-ignored only --no-capture`
#![expect(clippy::print_stdout, reason = "the figures are read by people")]

extern crate hall as rules;
#[expect(dead_code, reason = "each test file uses another part of the kit")]
mod kit;

use chrono::{DateTime, Utc};
use kit::*;
use rules::moves::{CallNext, Command, Finish};
use rules::{Ask, By, Decision, Hall, Reach, forecast};

/// A hall with twenty counters, four queues, and so many who wait, one in eight with a class.
fn full(waiting: usize) -> Hall {
    let mut parts: Vec<Given> = ["a", "b", "c", "d"].map(queue).into();
    parts.push(class("elder"));
    parts.extend((1..=20).map(|number| counter(number, &["a", "b", "c", "d"])));
    let mut scene = given(parts);
    for number in 0..waiting {
        let queue = ["a", "b", "c", "d"][number % 4];
        scene.after_s(3);
        scene.must(if number % 8 == 0 { issue_as(queue, "elder") } else { issue(queue) });
    }
    for counter in 2..=20 {
        scene
            .must(call_next(counter))
            .must(start(counter))
            .after_s(20)
            .must(finish(counter))
            .must(call_next(counter))
            .must(start(counter));
    }
    scene.hall
}

/// Time this thread has spent on a processor so far, microseconds: other work on the machine does not count.
fn cpu_us() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells");
    told.split(' ').next().and_then(|it| it.parse::<f64>().ok()).expect("nanoseconds") / 1e3
}

/// Microseconds each of so many rounds takes.
fn each_us(rounds: u32, mut round: impl FnMut()) -> f64 {
    let before = cpu_us();
    (0..rounds).for_each(|_| round());
    (cpu_us() - before) / f64::from(rounds)
}

fn decided(hall: &Hall, command: Command, now: DateTime<Utc>) -> Decision {
    let by = By::Token("t".into());
    let ask = Ask { command, by, reach: Reach::Hall, expect: None, fresh_id: "fresh".into(), promised: None };
    hall.decide(&ask, now).expect("done")
}

#[test]
#[ignore = "prints times"]
fn decisions_and_forecasts() {
    for waiting in [200, 1_000, 4_900] {
        let hall = full(waiting);
        let now = hall.fold.time.expect("a used hall") + chrono::Duration::seconds(1);
        let counter = || "2".into();
        let free = decided(&hall, Command::Finish(Finish { counter: counter() }), now).hall;
        let times = [
            (&hall, Command::Issue(plain_issue("a"))),
            (&free, Command::CallNext(CallNext { counter: counter() })),
            (&hall, Command::Finish(Finish { counter: counter() })),
        ]
        .map(|(hall, command)| each_us(2_000, || drop(decided(hall, command.clone(), now))));
        let due = each_us(200, || assert!(hall.due_at().is_some()));
        let one = each_us(20, || assert!(forecast::interval_of_queue(&hall, &"a".into(), now).is_some()));
        let all = each_us(20, || assert!(!forecast::of_queues(&hall, now).is_empty()));
        let (one, all) = (one / 1e3, all / 1e3);
        println!(
            "{waiting} waiting: issue {:.1}, call next {:.1}, finish {:.1}, due at {due:.1} microseconds; forecast of a queue {one:.2}, of all {all:.2} milliseconds",
            times[0], times[1], times[2]
        );
    }
}
