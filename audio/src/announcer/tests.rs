//! The announcer with a speaker of the test's own, which says each thing in a fixed time.

use std::time::Duration;

use proptest::prelude::*;

use super::*;

fn s(seconds: f64) -> Moment {
    Duration::from_secs_f64(seconds)
}

fn call(ticket: i64, at: f64) -> Saying<i64> {
    Saying {
        rank: Rank::Call,
        about: About::Ticket { ticket, counter: "c1".into() },
        due: s(at),
        fresh_until: s(at + 30.0),
        times: 1,
        gap: s(0.8),
        chime: true,
        content: ticket,
    }
}

fn said_by_hand(rank: Rank, id: i64, at: f64) -> Saying<i64> {
    Saying { rank, about: About::Announcement(id.to_string()), ..call(id, at) }
}

fn begun(order: Option<Order<i64>>) -> Option<i64> {
    match order? {
        Order::Begin(saying) => Some(saying.content),
        Order::Stop(stop) => panic!("nothing is to be stopped: {stop:?}"),
    }
}

/// All that is said from `now` on, each in one second.
fn rest(announcer: &mut Announcer<i64>, mut now: f64) -> Vec<i64> {
    let mut said = Vec::new();
    while announcer.waiting() > 0 || announcer.is_speaking() {
        if let Some(one) = begun(announcer.next(s(now), |_| true)) {
            said.push(one);
            announcer.ended(s(now + 1.0), 1);
        }
        now += 1.0;
    }
    said
}

#[test]
fn who_came_first_is_said_first_and_broadcasts_go_before_calls() {
    let mut announcer = Announcer::default();
    for saying in [call(1, 0.0), call(2, 0.0), said_by_hand(Rank::Broadcast, 3, 0.0), call(4, 0.0)] {
        push(&mut announcer, saying);
    }
    assert_eq!(rest(&mut announcer, 0.0), [3, 1, 2, 4]);
    assert_eq!(announcer.tally(), Tally { said: 4, ..Tally::default() });
}

#[test]
fn nothing_begins_while_something_is_said_nor_right_on_its_heels() {
    let mut announcer = Announcer::default();
    push(&mut announcer, call(1, 0.0));
    push(&mut announcer, call(2, 0.0));
    assert_eq!(begun(announcer.next(s(0.0), |_| true)), Some(1));
    assert_eq!(announcer.next(s(2.0), |_| true), None);
    announcer.ended(s(3.0), 1);
    assert_eq!(announcer.next(s(3.0), |_| true), None, "two calls are heard as two");
    assert_eq!(begun(announcer.next(s(3.0) + BETWEEN, |_| true)), Some(2));
}

#[test]
fn it_waits_for_its_time_and_for_its_sounds() {
    let mut announcer = Announcer::default();
    push(&mut announcer, call(1, 5.0));
    assert_eq!(announcer.next(s(4.99), |_| true), None);
    assert_eq!(announcer.next(s(5.0), |_| false), None);
    assert_eq!(begun(announcer.next(s(5.1), |_| true)), Some(1));
}

#[test]
fn equal_calls_that_wait_are_one_and_keep_the_first_place() {
    let mut announcer = Announcer::default();
    for saying in [call(1, 0.0), call(2, 0.0), Saying { content: 10, fresh_until: s(50.0), ..call(1, 20.0) }] {
        push(&mut announcer, saying);
    }
    assert_eq!(rest(&mut announcer, 20.0), [10, 2]);
    assert_eq!(announcer.tally(), Tally { said: 2, merged: 1, ..Tally::default() });
}

#[test]
fn a_call_that_is_repeated_while_it_is_said_is_said_again() {
    let mut announcer = Announcer::default();
    push(&mut announcer, call(1, 0.0));
    announcer.next(s(0.0), |_| true);
    push(&mut announcer, call(1, 1.0));
    announcer.ended(s(2.0), 1);
    assert_eq!(rest(&mut announcer, 3.0), [1]);
}

#[test]
fn a_ticket_called_elsewhere_is_not_sent_to_the_first_counter_any_more() {
    let mut announcer = Announcer::default();
    push(&mut announcer, call(1, 0.0));
    push(&mut announcer, call(2, 0.0));
    let about = About::Ticket { ticket: 1, counter: "c2".into() };
    push(&mut announcer, Saying { about, content: 12, ..call(1, 0.0) });
    assert_eq!(rest(&mut announcer, 0.0), [2, 12]);
    assert_eq!(announcer.tally().withdrawn, 1);
}

#[test]
fn what_is_stale_is_dropped_and_counted() {
    let mut announcer = Announcer::default();
    push(&mut announcer, call(1, 0.0));
    push(&mut announcer, call(2, 10.0));
    assert_eq!(begun(announcer.next(s(30.001), |_| true)), Some(2));
    assert_eq!(announcer.tally().stale, 1);
}

#[test]
fn what_comes_stale_is_never_waiting() {
    let mut announcer = Announcer::default();
    announcer.push(call(1, 0.0), s(31.0));
    assert_eq!((announcer.waiting(), announcer.tally().stale), (0, 1));
}

#[test]
fn an_emergency_stops_a_call_at_its_next_join_and_the_call_is_said_again_from_its_start() {
    let mut announcer = Announcer::default();
    push(&mut announcer, Saying { times: 2, ..call(1, 0.0) });
    push(&mut announcer, call(2, 0.0));
    announcer.next(s(0.0), |_| true);
    push(&mut announcer, said_by_hand(Rank::Emergency, 9, 1.0));
    assert_eq!(announcer.next(s(1.0), |_| true), Some(Order::Stop(Stop::Join)));
    assert_eq!(announcer.next(s(1.1), |_| true), None, "it is told once");
    announcer.ended(s(1.5), 0);
    assert_eq!(begun(announcer.next(s(1.5), |_| true)), Some(9), "an emergency does not wait for a pause");
    announcer.ended(s(6.5), 1);
    let again = announcer.next(s(7.5), |_| true);
    assert!(matches!(&again, Some(Order::Begin(it)) if it.content == 1 && it.times == 2), "{again:?}");
    announcer.ended(s(9.0), 2);
    assert_eq!(rest(&mut announcer, 10.0), [2]);
    assert_eq!(announcer.tally(), Tally { said: 3, ..Tally::default() });
}

#[test]
fn what_an_emergency_interrupted_for_too_long_is_dropped() {
    let mut announcer = Announcer::default();
    push(&mut announcer, call(1, 0.0));
    announcer.next(s(0.0), |_| true);
    push(&mut announcer, said_by_hand(Rank::Emergency, 9, 1.0));
    announcer.next(s(1.0), |_| true);
    announcer.ended(s(1.5), 0);
    announcer.next(s(1.5), |_| true);
    announcer.ended(s(40.0), 1);
    assert_eq!(announcer.next(s(41.0), |_| true), None);
    assert_eq!(announcer.tally(), Tally { said: 1, stale: 1, ..Tally::default() });
}

#[test]
fn an_emergency_does_not_interrupt_another() {
    let mut announcer = Announcer::default();
    push(&mut announcer, said_by_hand(Rank::Emergency, 8, 0.0));
    announcer.next(s(0.0), |_| true);
    push(&mut announcer, said_by_hand(Rank::Emergency, 9, 1.0));
    assert_eq!(announcer.next(s(1.0), |_| true), None);
}

#[test]
fn what_is_withdrawn_leaves_the_queue_and_stops_being_said() {
    let mut announcer = Announcer::default();
    push(&mut announcer, said_by_hand(Rank::Broadcast, 1, 0.0));
    push(&mut announcer, said_by_hand(Rank::Broadcast, 2, 0.0));
    announcer.next(s(0.0), |_| true);
    announcer.withdraw(|it| matches!(it, About::Announcement(_)));
    assert_eq!(announcer.next(s(0.5), |_| true), Some(Order::Stop(Stop::Join)));
    announcer.ended(s(1.0), 0);
    assert_eq!(rest(&mut announcer, 2.0), [0; 0]);
    assert_eq!(announcer.tally(), Tally { withdrawn: 2, ..Tally::default() });
}

#[test]
fn a_ticket_that_is_served_is_not_said_a_second_time_but_its_sentence_is_ended() {
    let mut announcer = Announcer::default();
    push(&mut announcer, Saying { times: 3, ..call(1, 0.0) });
    announcer.next(s(0.0), |_| true);
    announcer.withdraw(|it| matches!(it, About::Ticket { ticket: 1, .. }));
    assert_eq!(announcer.next(s(0.5), |_| true), Some(Order::Stop(Stop::Time)));
    announcer.ended(s(2.0), 1);
    assert_eq!(rest(&mut announcer, 3.0), [0; 0]);
    assert_eq!(announcer.tally(), Tally { said: 1, ..Tally::default() });
}

#[test]
fn what_has_no_sound_is_counted_and_the_next_is_said() {
    let mut announcer = Announcer::default();
    push(&mut announcer, call(1, 0.0));
    push(&mut announcer, call(2, 0.0));
    announcer.next(s(0.0), |_| true);
    announcer.mute();
    assert_eq!(begun(announcer.next(s(0.0), |_| true)), Some(2));
    assert_eq!(announcer.tally().mute, 1);
}

#[test]
fn a_full_queue_drops_the_last_call_never_an_emergency() {
    let mut announcer = Announcer::default();
    for ticket in 0..=WAITING_MAX as i64 {
        push(&mut announcer, call(ticket, 0.0));
    }
    push(&mut announcer, said_by_hand(Rank::Emergency, -1, 0.0));
    assert_eq!((announcer.waiting(), announcer.tally().full), (WAITING_MAX, 2));
    assert_eq!(begun(announcer.next(s(0.0), |_| true)), Some(-1));
}

#[test]
fn two_hundred_calls_in_a_minute_are_said_one_by_one_or_counted() {
    let mut announcer = Announcer::default();
    let (mut begins, mut busy_until, mut pushed) = (Vec::new(), 0.0, 0);
    for tick in 0..6_000 {
        let now = f64::from(tick) * 0.02;
        if now < 60.0 && now >= f64::from(pushed) * 0.3 {
            push(&mut announcer, call(i64::from(pushed), now));
            pushed += 1;
        }
        if announcer.is_speaking() && now >= busy_until {
            announcer.ended(s(now), 1);
        }
        if let Some(ticket) = begun(announcer.next(s(now), |_| true)) {
            assert!(now >= busy_until, "two at once at {now}");
            assert!(now <= ticket as f64 * 0.3 + 30.02, "{ticket} begins stale at {now}");
            begins.push(ticket);
            busy_until = now + 5.0;
        }
    }
    assert!(begins.is_sorted());
    let tally = announcer.tally();
    assert_eq!(tally.said + tally.dropped(), 200);
    assert!(tally.said >= 15 && tally.stale >= 150, "{tally:?}");
}

/// Something that happens to an announcer.
#[derive(Clone, Debug)]
enum Happens {
    Push { rank: Rank, id: i64, times: u32, lasts: u32, fresh: u32 },
    Withdraw(i64),
    Passes(u32),
}

fn happens() -> impl Strategy<Value = Happens> {
    let rank = prop_oneof![6 => Just(Rank::Call), 2 => Just(Rank::Broadcast), 1 => Just(Rank::Emergency)];
    prop_oneof![
        4 => (rank, 0..30_i64, 1..4_u32, 500..6_000_u32, 0..30_000_u32)
            .prop_map(|(rank, id, times, lasts, fresh)| Happens::Push { rank, id, times, lasts, fresh }),
        1 => (0..30_i64).prop_map(Happens::Withdraw),
        4 => (1..8_000_u32).prop_map(Happens::Passes),
    ]
}

/// A speaker that says what it is told: each time lasts, and joins come every 400 ms.
#[derive(Default)]
struct Mouth {
    now_ms: u32,
    /// Begun, length of a time, times.
    saying: Option<(u32, u32, u32)>,
    stop: Option<Stop>,
    begun: Vec<(Rank, i64, u32)>,
}

const JOIN_MS: u32 = 400;
type Content = (i64, u32, u32);

/// Something comes when it is due.
fn push<T: Clone>(announcer: &mut Announcer<T>, saying: Saying<T>) {
    let now = saying.due;
    announcer.push(saying, now);
}

impl Mouth {
    fn at(&self) -> Moment {
        Duration::from_millis(self.now_ms.into())
    }

    fn obey(&mut self, announcer: &mut Announcer<Content>) {
        let before: Vec<_> =
            announcer.waiting.iter().map(|it| (it.saying.rank, it.arrival, it.saying.content.0)).collect();
        match announcer.next(self.at(), |_| true) {
            Some(Order::Begin(saying)) => {
                assert!(self.saying.is_none(), "two at once");
                assert!(self.at() <= saying.fresh_until, "stale");
                let (id, lasts, arrived) = saying.content;
                let fresher = announcer.waiting.iter().find(|it| it.saying.rank > saying.rank);
                assert!(fresher.is_none(), "{fresher:?} goes before it; there were {before:?}");
                self.saying = Some((self.now_ms, lasts, saying.times));
                self.begun.push((saying.rank, id, arrived));
            }
            Some(Order::Stop(stop)) => self.stop = Some(stop),
            None => {}
        }
    }

    fn pass(&mut self, announcer: &mut Announcer<Content>, ms: u32) {
        for _ in 0..ms / 20 {
            self.now_ms += 20;
            if let Some((begun, lasts, times)) = self.saying {
                let (spoken, joined) = (self.now_ms - begun, (self.now_ms - begun) % JOIN_MS < 20);
                let (whole, ends_one) = (spoken / lasts, spoken % lasts < 20);
                let stops = match self.stop {
                    Some(Stop::Join) => joined,
                    Some(Stop::Time) => ends_one && whole > 0,
                    None => false,
                };
                if whole >= times || stops {
                    announcer.ended(self.at(), whole.min(times));
                    (self.saying, self.stop) = (None, None);
                }
            }
            self.obey(announcer);
        }
    }
}

proptest! {
    #[test]
    fn whatever_happens_nothing_overlaps_or_is_stale_and_everything_is_accounted_for(
        story in prop::collection::vec(happens(), 1..60)
    ) {
        let (mut announcer, mut mouth, mut pushed) = (Announcer::default(), Mouth::default(), 0_u64);
        for one in story {
            match one {
                Happens::Push { rank, id, times, lasts, fresh } => {
                    pushed += 1;
                    let about = match rank {
                        Rank::Call => About::Ticket { ticket: id, counter: (times % 2).to_string() },
                        Rank::Broadcast | Rank::Emergency => About::Announcement(format!("{rank:?}{id}")),
                    };
                    let (due, fresh_until) = (mouth.at(), mouth.at() + Duration::from_millis(fresh.into()));
                    let content = (id, lasts, mouth.now_ms);
                    push(&mut announcer, Saying { rank, about, due, fresh_until, times, gap: s(0.0), chime: true, content });
                    mouth.obey(&mut announcer);
                }
                Happens::Withdraw(id) => {
                    announcer.withdraw(|it| match it {
                        About::Ticket { ticket, .. } => *ticket == id,
                        About::Announcement(name) => name.ends_with(&id.to_string()),
                        About::Test => false,
                    });
                    mouth.obey(&mut announcer);
                }
                Happens::Passes(ms) => mouth.pass(&mut announcer, ms),
            }
            let tally = announcer.tally();
            let here = announcer.waiting.iter().filter(|it| !it.heard).count() as u64
                + u64::from(announcer.speaking.as_ref().is_some_and(|it| !it.entry.heard));
            prop_assert_eq!(pushed, tally.said + tally.dropped() + here);
        }
        mouth.pass(&mut announcer, 400_000);
        let tally = announcer.tally();
        prop_assert_eq!(pushed, tally.said + tally.dropped());
        prop_assert!(announcer.waiting() == 0 && !announcer.is_speaking());
    }

    #[test]
    fn without_interruptions_calls_are_said_in_the_order_they_came(gaps in prop::collection::vec(0..4_000_u32, 1..40)) {
        let (mut announcer, mut mouth) = (Announcer::default(), Mouth::default());
        for (n, gap) in gaps.iter().enumerate() {
            let saying = call(n as i64, f64::from(mouth.now_ms) / 1_000.0);
            let content = (n as i64, 2_000, mouth.now_ms);
            let Saying { rank, about, due, fresh_until, times, gap: between, chime, .. } = saying;
            push(&mut announcer, Saying { rank, about, due, fresh_until, times, gap: between, chime, content });
            mouth.obey(&mut announcer);
            mouth.pass(&mut announcer, *gap);
        }
        mouth.pass(&mut announcer, 200_000);
        prop_assert!(mouth.begun.is_sorted_by_key(|it| it.1), "{:?}", mouth.begun);
    }
}

#[test]
fn what_is_still_being_made_holds_up_its_own_rank_and_interrupts_nobody() {
    let mut announcer = Announcer::default();
    push(&mut announcer, call(1, 0.0));
    push(&mut announcer, said_by_hand(Rank::Emergency, 2, 0.0));
    push(&mut announcer, said_by_hand(Rank::Emergency, 3, 0.0));
    let without = |lacking: i64| move |it: &i64| *it != lacking;
    assert_eq!(begun(announcer.next(s(0.0), without(2))), Some(1), "the other emergency keeps its place");
    assert_eq!(announcer.next(s(1.0), without(2)), None, "and the call is said to its end");
    assert_eq!(announcer.next(s(2.0), |_| true), Some(Order::Stop(Stop::Join)));
    announcer.ended(s(2.5), 0);
    assert_eq!(begun(announcer.next(s(2.5), |_| true)), Some(2));
}

#[test]
fn what_breaks_off_is_begun_anew_a_few_times_and_an_emergency_as_long_as_it_is_fresh() {
    let mut announcer = Announcer::default();
    push(&mut announcer, call(1, 0.0));
    for at in 0..=ANEW_MAX {
        let at = f64::from(at) * 2.0;
        assert_eq!(begun(announcer.next(s(at), |_| true)), Some(1));
        announcer.broke_off(s(at + 1.0));
    }
    assert_eq!(announcer.next(s(10.0), |_| true), None);
    assert_eq!(announcer.tally(), Tally { broken: 1, ..Tally::default() });
    push(&mut announcer, said_by_hand(Rank::Emergency, 2, 10.0));
    for at in [10.0, 15.0, 20.0, 25.0] {
        assert_eq!(begun(announcer.next(s(at), |_| true)), Some(2));
        announcer.broke_off(s(at + 1.0));
    }
    assert_eq!(announcer.next(s(41.0), |_| true), None);
    assert_eq!(announcer.tally(), Tally { broken: 1, stale: 1, ..Tally::default() });
}
