//! What is promised to whoever takes a ticket: what each thing that is known of a hall does to it.

extern crate hall as rules;
#[expect(dead_code, reason = "each test file uses another part of the kit")]
mod kit;

use chrono::Duration;
use kit::*;
use rules::forecast::{self, Interval};
use rules::{Ask, ClassId, Event, QueueId, Ticket};

const PROMISED: Interval = Interval { p10_s: 60, p50_s: 120, p90_s: 300 };

/// What is promised to whoever takes a ticket of queue `a` now.
fn promised(scene: &Scene, class: Option<&str>) -> Interval {
    let all = forecast::of_classes(&scene.hall, scene.now);
    all[&(QueueId::from("a"), class.map(ClassId::from))]
}

/// One counter serves queue `a`; somebody comes to it free and is called after so many seconds, so many times.
fn greeted_after(seconds: i64, times: usize) -> Scene {
    let mut hall = one_counter();
    for _ in 0..times {
        hall.after_s(30).must(issue("a")).after_s(seconds).must(call_next(1)).must(start(1));
        hall.after_s(100).must(finish(1));
    }
    hall
}

fn one_counter() -> Scene {
    given([queue("a"), counter(1, &["a"]), counter(2, &[]), counter(3, &[])])
}

/// A ticket of queue `a` is taken with a promise.
fn issue_promised(scene: &mut Scene, change: impl Fn(&mut rules::moves::Issue)) -> std::sync::Arc<Ticket> {
    let mut issue = plain_issue("a");
    change(&mut issue);
    let by = rules::By::Token("kiosk".into());
    let ask = Ask {
        command: rules::Command::Issue(issue),
        by,
        reach: rules::Reach::Hall,
        expect: None,
        fresh_id: format!("promised-{}", scene.hall.fold.seq).into(),
        promised: Some(PROMISED),
    };
    let decision = scene.hall.decide(&ask, scene.now).expect("given");
    scene.hall = decision.hall;
    scene.entries.extend(decision.entries.iter().cloned());
    let seq = decision.entries[decision.answer.expect("a ticket")].seq;
    scene.hall.ticket(rules::TicketRef(seq)).expect("it waits").clone()
}

#[test]
fn who_comes_to_a_free_counter_is_promised_what_its_staff_take_to_call() {
    let (quick, slow) = (greeted_after(2, 20), greeted_after(50, 20));
    assert!(promised(&quick, None).p90_s <= 5, "{:?}", promised(&quick, None));
    let slow = promised(&slow, None);
    assert!(slow.p10_s <= 50 && 50 <= slow.p90_s && slow.p50_s >= 40, "{slow:?}");
}

#[test]
fn who_has_waited_at_a_free_counter_is_promised_the_rest() {
    let mut hall = greeted_after(50, 20);
    hall.after_s(30).must(issue("a")).after_s(30);
    let reference = hall.hall.waiting_in(&"a".into()).next().expect("one waits").reference;
    let rest = forecast::interval_of_ticket(&hall.hall, reference, hall.now).expect("it is served");
    assert_eq!(rest.p50_s, 20);
}

#[test]
fn where_the_hub_assigns_a_free_counter_is_promised_at_once() {
    let hall = given([automatic(), queue("a"), counter(1, &["a"]), counter(2, &[]), counter(3, &[])]);
    assert_eq!(promised(&hall, None), Interval::default());
}

#[test]
fn a_pause_that_was_taken_back_is_not_learnt() {
    let mut hall = one_counter();
    hall.must(issue("a")).after_s(9).must(call_next(1));
    let greetings = |it: &Scene| it.hall.queue_fold(&"a".into()).map(|it| it.greetings.clone());
    assert_eq!(greetings(&hall), Some([9].into()));
    hall.must(undo(1));
    assert_eq!(greetings(&hall), Some([].into()));
}

#[test]
fn an_elder_is_promised_the_wait_of_an_elder() {
    let mut parts = vec![class("elder"), queue("a").with(|it| it.mix = 3), counter(1, &["a"]), counter(2, &[])];
    parts.push(counter(3, &[]));
    parts.extend((0..12).map(|_| asked(issue("a"))));
    let mut hall = given(parts);
    hall.must(call_next(1)).must(start(1));
    let (plain, elder) = (promised(&hall, None), promised(&hall, Some("elder")));
    assert!(elder.p90_s < plain.p10_s, "elder {elder:?}, others {plain:?}");
    let alone = forecast::of_queues(&hall.hall, hall.now)[&QueueId::from("a")];
    assert!(alone.p50_s.abs_diff(plain.p50_s) < plain.p50_s / 20, "asking for others changes nobody's turn: {alone:?}");
}

#[test]
fn who_is_not_there_is_promised_nothing() {
    let from_afar = |it: &mut rules::moves::Issue| it.channel = rules::ticket::Channel::Phone;
    let mut hall = given([queue("a").with(|it| it.check_in = true)]);
    assert_eq!(issue_promised(&mut hall, from_afar).promised, None);
    assert_eq!(issue_promised(&mut hall, |_| {}).promised, Some(PROMISED));
    let mut hall = given([queue("a")]);
    assert_eq!(issue_promised(&mut hall, from_afar).promised, Some(PROMISED), "called like any other");
}

#[test]
fn a_queue_whose_calls_come_late_promises_more_until_they_do_not() {
    let mut hall = one_counter();
    let mut stretch = vec![0];
    for wait_s in [400, 400, 100, 100] {
        issue_promised(&mut hall, |_| {});
        hall.after_s(wait_s).must(call_next(1)).must(start(1)).must(finish(1));
        stretch.push(hall.hall.queue_fold(&"a".into()).expect("used").stretch.above);
    }
    assert_eq!(stretch, [0, 90, 180, 170, 160]);
}

#[test]
fn a_promise_is_kept_or_broken_once() {
    let mut hall = one_counter();
    let ticket = issue_promised(&mut hall, |_| {});
    hall.after_s(400).must(call_next(1));
    let stretch = |it: &Scene| it.hall.queue_fold(&"a".into()).expect("used").stretch.above;
    assert_eq!((stretch(&hall), hall.ticket("A001").promised), (90, None));
    hall.must(undo(1));
    assert_eq!((stretch(&hall), hall.ticket("A001").promised), (0, Some(PROMISED)), "the call was none");
    hall.must(call_next(1)).must(no_show(1)).must(come_back("A001")).after_s(9_000).must(call_next(1));
    assert_eq!(stretch(&hall), 90, "the way back was not promised");
    assert!(hall.hall.ticket(ticket.reference).is_some());
}

#[test]
fn journals_from_before_promises_are_read() {
    let mut hall = one_counter();
    hall.must(issue("a"));
    let issued = hall.entries.iter().find(|it| matches!(it.event, Event::Issued(_))).expect("one was issued");
    let text = serde_json::to_string(issued).expect("text");
    assert!(!text.contains("promised"), "none is written where none was made: {text}");
    assert_eq!(serde_json::from_str::<rules::Entry>(&text).expect("read"), *issued);
    assert_eq!(hall.now - issued.time, Duration::zero());
}
