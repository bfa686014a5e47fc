//! A fold that missed something must be found, whatever it missed.

use wire::board::{Call, DayFace, Missed, Notice};
use wire::{Counter, Queue, Ticket};

use super::*;

fn board() -> Board {
    Board {
        queues: vec![Queue { id: "a".into(), waiting: 1, ..Queue::default() }],
        tickets: vec![Ticket { reference: 3, state: "waiting".into(), ..Ticket::default() }],
        counters: vec![Counter { id: "1".into(), ..Counter::default() }],
        calls: vec![call(2), call(1)],
        ..Board::default()
    }
}

fn call(reference: i64) -> Call {
    Call {
        reference,
        number: "A001".into(),
        queue: "a".into(),
        counter: "1".into(),
        label: "1".into(),
        zones: Vec::new(),
        at: DateTime::UNIX_EPOCH,
        times: 1,
        seq: reference,
    }
}

fn seen(ours: &Board, handed: &Board, part: &Part) -> String {
    let what = differs(ours, handed, part, DateTime::UNIX_EPOCH).unwrap_or_default();
    what.split(':').next().unwrap_or_default().to_owned()
}

#[test]
fn every_part_of_a_board_is_compared() {
    let missed = Missed {
        reference: 3,
        number: "A003".into(),
        queue: "a".into(),
        counter: None,
        zones: Vec::new(),
        since: DateTime::UNIX_EPOCH,
        until: None,
    };
    let until = DateTime::UNIX_EPOCH + chrono::TimeDelta::hours(1);
    let notice = Notice { id: "n".into(), text: None, zones: Vec::new(), until, emergency: false };
    type Change<'a> = (&'a str, &'a dyn Fn(&mut Board));
    let changes: [Change<'_>; 8] = [
        ("hall", &|it| it.hall.name = "厅".into()),
        ("day", &|it| it.day = Some(DayFace { date: "2026-11-24".into(), open: true })),
        ("queues", &|it| it.queues[0].waiting = 2),
        ("tickets", &|it| it.tickets[0].state = "called".into()),
        ("counters", &|it| it.counters.clear()),
        ("calls", &|it| it.calls.truncate(1)),
        ("missed", &|it| it.missed.push(missed.clone())),
        ("notices", &|it| it.notices.push(notice.clone())),
    ];
    for (what, change) in changes {
        let mut ours = board();
        change(&mut ours);
        assert_eq!(seen(&ours, &board(), &Part::default()), what);
        assert_eq!(seen(&board(), &ours, &Part::default()), what);
    }
    assert_eq!(seen(&board(), &board(), &Part::default()), "");
}

#[test]
fn a_part_may_remember_more_calls_but_no_other_ones() {
    let part = Part { zones: vec!["z1".into()], ..Part::default() };
    let mut handed = board();
    handed.calls.pop();
    assert_eq!(seen(&board(), &handed, &part), "");
    assert_eq!(seen(&handed, &board(), &part), "calls");
    handed.calls[0].times = 2;
    assert_eq!(seen(&board(), &handed, &part), "calls");
}

#[test]
fn what_only_the_time_of_day_decides_is_left_out() {
    let mut handed = board();
    handed.queues[0].state = "noon".into();
    handed.queues[0].estimate = Some(wire::Estimate { p50_s: 1, p90_s: 2 });
    assert_eq!(seen(&board(), &handed, &Part::default()), "");
}

#[tokio::test]
async fn a_frame_that_comes_twice_or_before_its_board_is_found() {
    let frame = |seq: i64| {
        let day = serde_json::json!({"day": {"date": "2026-11-24", "open": true, "new": true, "time": "2026-11-24T00:00:00Z"}});
        let text = serde_json::json!({"hall": "h", "at": {"epoch": 1, "seq": seq}, "frame": day});
        Bytes::from(text.to_string())
    };
    let mut screen = Screen::new(Cut::Public, Part::default());
    assert!(screen.fold(&frame(5)).is_err_and(|it| it.contains("before a board")));
    screen.board = Some(Board { at: At { epoch: 1, seq: 4 }, ..Board::default() });
    assert_eq!(screen.fold(&frame(5)), Ok(()));
    assert!(screen.fold(&frame(5)).is_err_and(|it| it.contains("got the frame of")));
    assert_eq!(screen.frames, 1);
}
