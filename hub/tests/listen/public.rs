//! Any day of a hall, told to each cut and part: the fold of what was told is the board, and nothing is told too much.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Duration, TimeZone, Utc};
use hall::hall::Touched;
use hall::{Ask, By, Command, Entry, Event, Hall, Reach, Setup, TicketState};
use proptest::prelude::*;
use serde_json::{Value, json};
use wire::frame::AnyFrame;
use wire::{At, Board, Part};

use hub::public::{Around, Cut, Said, board, frame, scope};

/// An entry, what it touched, and the hall after it.
pub struct Told {
    pub entry: Entry,
    pub touched: Touched,
    pub hall: Hall,
}

/// One thing that somebody tries; what does not fit the hall is refused and changes nothing.
#[derive(Clone, Debug)]
pub struct Try {
    pub verb: usize,
    pub a: usize,
    pub b: usize,
    pub seconds: i64,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = (0..28_usize, 0..8_usize, 0..8_usize, 0..40_i64);
    let one = one.prop_map(|(verb, a, b, seconds)| Try { verb, a, b, seconds });
    prop::collection::vec(one, 1..120)
}

fn setup(zones_moved: bool) -> Setup {
    let east = if zones_moved { "west" } else { "east" };
    serde_json::from_value(json!({
        "hall": {"id": "h", "name": "大厅", "time_zone": "Asia/Shanghai", "undo_s": 60,
                 "reasons": [{"id": "documents", "name": "缺材料"}, {"id": "left", "name": "离开"}, {"id": "age", "name": "年长"}]},
        "zones": [{"id": "east", "name": "东区"}, {"id": "west", "name": "西区"}],
        "classes": [{"id": "elder", "name": "老人"}],
        "queues": [
            {"id": "a", "prefix": "A", "name": "户政", "zones": [east], "recall_gap_s": 0, "return_within_s": 90},
            {"id": "b", "prefix": "B", "name": if zones_moved { "税务二" } else { "税务" }, "zones": ["west"],
             "recall_gap_s": 0, "park_at_counter": true},
            {"id": "c", "prefix": "C", "name": "社保", "recall_gap_s": 0, "closing": "carry_over"},
        ],
        "counters": [
            {"id": "1", "label": if zones_moved { "11" } else { "1" }, "zone": "east", "queues": [{"queue": "a"}]},
            {"id": "2", "label": "2", "zone": "west", "queues": [{"queue": "b"}, {"queue": "a"}]},
            {"id": "3", "label": "3", "queues": [{"queue": "a"}, {"queue": "b"}, {"queue": "c"}]},
            {"id": "4", "label": "4", "zone": "east", "queues": [{"queue": "b"}]},
        ],
    }))
    .unwrap()
}

fn command(hall: &Hall, it: &Try) -> Value {
    let counter = ["1", "2", "3", "4"][it.a % 4];
    let queue = ["a", "b", "c"][it.b % 3];
    let tickets: Vec<_> = hall.fold.tickets.values().map(|it| it.reference.0).collect();
    let ticket = tickets.get((it.a * 8 + it.b) % tickets.len().max(1)).copied().unwrap_or(1);
    let parked = hall.fold.tickets.values().find(|it| it.state == TicketState::Parked);
    let parked = parked.map_or(ticket, |it| it.reference.0);
    match it.verb {
        0..=3 => json!({"do": "issue", "queue": queue, "priority": (it.a == 7).then_some("elder")}),
        4 => json!({"do": "issue", "queue": "a", "route": ["a", "b", "c"]}),
        5..=8 => json!({"do": "call_next", "counter": counter}),
        9 => json!({"do": "call_ticket", "counter": counter, "ticket": ticket}),
        10 => json!({"do": "recall", "counter": counter}),
        11 => json!({"do": "start", "counter": counter}),
        12 | 13 => json!({"do": "finish", "counter": counter}),
        14 | 15 => json!({"do": "no_show", "counter": counter}),
        16 => json!({"do": "park", "counter": counter, "reason": "documents"}),
        17 => json!({"do": "unpark", "ticket": parked}),
        18 => json!({"do": "transfer", "counter": counter, "queue": queue, "place": "head"}),
        19 => json!({"do": "transfer", "ticket": ticket, "to_counter": counter}),
        20 => json!({"do": "defer", "ticket": ticket}),
        21 => json!({"do": "return", "ticket": ticket}),
        22 => json!({"do": "cancel", "ticket": ticket, "reason": "left"}),
        23 | 24 => json!({"do": "undo", "counter": counter}),
        25 if it.b < 3 => json!({"do": "pause_counter", "counter": counter, "reason": "away"}),
        25 if it.b < 6 => json!({"do": "resume_counter", "counter": counter}),
        25 => json!({"do": "close_counter", "counter": counter}),
        26 if it.b == 0 => json!({"do": "close_day"}),
        26 if it.b == 1 => json!({"do": "open_day"}),
        26 if it.b == 2 => json!({"do": "freeze_queue", "queue": queue}),
        26 if it.b == 3 => json!({"do": "thaw_queue", "queue": queue}),
        26 if it.b == 4 => {
            json!({"do": "set_mode", "mode": (!it.a.is_multiple_of(4)).then_some("automatic"), "queue": queue})
        }
        26 if it.b == 5 => json!({"do": "reprioritise", "ticket": ticket, "priority": "elder", "reason": "age"}),
        26 if !hall.fold.notices.is_empty() => json!({"do": "withdraw", "announcement": "n1"}),
        26 => {
            json!({"do": "announce", "id": "n1", "zones": if it.a < 4 { vec![] } else { vec!["west"] }, "ttl_s": 300})
        }
        _ => json!({"do": "open_counter", "counter": counter}),
    }
}

/// What came of the tries: a journal, told entry by entry.
pub fn day(tries: &[Try]) -> Vec<Told> {
    let mut hall = Hall::new(Arc::new(setup(false)));
    let mut now = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
    let mut told = Vec::new();
    let opens = ["1", "2", "3", "4"].map(|it| json!({"do": "open_counter", "counter": it}));
    let make = |hall: &mut Hall, now: DateTime<Utc>, told: &mut Vec<Told>, command: Value, n: usize| {
        let ask = Ask {
            command: serde_json::from_value::<Command>(command).unwrap(),
            by: By::Person(format!("staff-{n}")),
            reach: Reach::Hall,
            expect: None,
            fresh_id: format!("secret-key-{}", told.len()).as_str().into(),
            promised: None,
        };
        let Ok(decision) = hall.decide(&ask, now) else { return };
        take(hall, told, decision.entries);
    };
    for (n, open) in opens.into_iter().enumerate() {
        make(&mut hall, now, &mut told, open, n);
    }
    for it in tries {
        now += Duration::seconds(it.seconds);
        if it.verb == 27 && it.b == 7 {
            hall.setup = Arc::new(setup(it.a % 2 == 0));
            let event = Event::Configured { revision: hall.fold.revision + 1 };
            let time = hall.fold.time.map_or(now, |last| last.max(now));
            let entry = Entry { seq: hall.fold.seq + 1, time, by: By::Hub, event };
            take(&mut hall, &mut told, vec![entry]);
            continue;
        }
        let command = command(&hall, it);
        make(&mut hall, now, &mut told, command, it.a % 4);
    }
    told
}

fn take(hall: &mut Hall, told: &mut Vec<Told>, entries: Vec<Entry>) {
    for entry in entries {
        let touched = hall.apply(&entry);
        told.push(Told { entry, touched, hall: hall.clone() });
    }
}

pub fn around() -> Around {
    let said = Said { text: Some("请注意".into()), clip: None };
    Around {
        site: "中心".into(),
        words: [("n1".into(), said)].into(),
        staff_no: [("staff-0".to_owned(), "0815".to_owned())].into(),
        ..Around::default()
    }
}

pub fn scratch(it: &Told, cut: Cut, part: &Part) -> Board {
    let at = At { epoch: 7, seq: it.entry.seq };
    board(&it.hall, at, &around(), cut, part, it.entry.time)
}

/// Without what only the time of day decides.
pub fn timeless(mut board: Board) -> Board {
    board.queues.iter_mut().for_each(|it| it.state.clear());
    board
}

pub fn parts() -> Vec<Part> {
    let part = |zones: &[&str], counters: &[&str]| Part {
        zones: zones.iter().map(ToString::to_string).collect(),
        counters: counters.iter().map(ToString::to_string).collect(),
    };
    vec![part(&[], &[]), part(&["east"], &[]), part(&["west"], &[]), part(&[], &["3"]), part(&["east"], &["2"])]
}

/// A listener that joins after `from` entries and follows to the end: at each frame its board is the hall's.
fn follow(told: &[Told], from: usize, cut: Cut, part: &Part) {
    let mut held = scratch(&told[from], cut, part);
    for it in &told[from + 1..] {
        let Some(frame) = frame(&it.entry, &it.touched, &it.hall, &around(), cut) else {
            continue;
        };
        if !part.hears(&scope(&it.entry, &it.touched, &it.hall)) {
            continue;
        }
        let text = serde_json::to_string(&frame).unwrap();
        let heard: AnyFrame = serde_json::from_str(&text).unwrap();
        assert!(matches!(heard, AnyFrame::Known(_)), "{text}");
        held.apply_any(At { epoch: 7, seq: it.entry.seq }, &heard);
        held.cut(part);
        let mut wanted = scratch(it, cut, part);
        if matches!(it.entry.event, Event::Configured { .. }) && !part.is_whole() {
            held = wanted.clone();
        }
        if !part.is_whole() {
            // A part may remember calls that the whole hall has forgotten.
            assert_eq!(held.calls.get(..wanted.calls.len()), Some(&wanted.calls[..]), "{part:?} {text}");
            wanted.calls = held.calls.clone();
        }
        assert_eq!(timeless(held.clone()), timeless(wanted), "{cut:?} {part:?} from {from}: {text}");
    }
    let end = told.last().unwrap();
    let mut wanted = scratch(end, cut, part);
    let last = end.entry.time;
    held.forget(last);
    held.at = wanted.at;
    wanted.calls.clone_from(&held.calls);
    assert_eq!(timeless(held), timeless(wanted), "{cut:?} {part:?}: nothing that concerns it was left out");
}

/// A listener that comes back: what it missed is told from the journal, when the hall stands at its end already.
fn come_back(told: &[Told], from: usize, cut: Cut, part: &Part) {
    let end = told.last().unwrap();
    let mut held = scratch(&told[from], cut, part);
    for it in &told[from + 1..] {
        let Some(frame) = frame(&it.entry, &it.touched, &end.hall, &around(), cut) else {
            continue;
        };
        if part.hears(&scope(&it.entry, &it.touched, &end.hall)) {
            held.apply(At { epoch: 7, seq: it.entry.seq }, &frame);
            held.cut(part);
        }
    }
    let mut wanted = scratch(end, cut, part);
    held.forget(end.entry.time);
    held.at = wanted.at;
    assert_eq!(held.calls.get(..wanted.calls.len()), Some(&wanted.calls[..]), "{cut:?} {part:?} from {from}");
    wanted.calls.clone_from(&held.calls);
    assert_eq!(timeless(held), timeless(wanted), "{cut:?} {part:?} from {from}");
}

/// Every name and every text in a document.
fn words<'a>(value: &'a Value, names: &mut BTreeSet<&'a str>, texts: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            names.insert(name);
            words(value, names, texts);
        }),
        Value::Array(all) => all.iter().for_each(|it| words(it, names, texts)),
        Value::String(text) => drop(texts.insert(text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Fields of the staff cut; none of them may stand in the public one.
const STAFF_ONLY: [&str; 18] = [
    "because",
    "staff",
    "staff_no",
    "channel",
    "language",
    "issued_at",
    "waiting_since",
    "called_at",
    "spoken_at",
    "started_at",
    "served_s",
    "parked_at",
    "appointment",
    "present",
    "returned",
    "visitor",
    "candidates",
    "modes",
];

fn tells_nothing_personal(value: &Value) {
    let (mut names, mut texts) = (BTreeSet::new(), BTreeSet::new());
    // The names on top are kinds of frames, or parts of the board.
    value.as_object().into_iter().flat_map(|it| it.values()).for_each(|it| words(it, &mut names, &mut texts));
    let announced = value.get("announced").is_some();
    for name in STAFF_ONLY.iter().filter(|it| !(announced && **it == "language")) {
        assert!(!names.contains(name), "{name} in {value}");
    }
    for text in texts {
        assert!(!text.contains("secret-key") && !text.contains("staff-"), "{text} in {value}");
    }
    let tickets = value.get("tickets").and_then(Value::as_array).into_iter().flatten();
    let touched = value.as_object().into_iter().flat_map(|it| it.values()).filter_map(|it| it.get("ticket"));
    for ticket in tickets.chain(touched) {
        assert!(ticket.get("id").is_none(), "a key in {ticket}");
    }
}

#[test]
fn a_call_taken_back_and_made_again_later_does_not_mix_up_the_calls_of_who_comes_back() {
    let [one, two, four] = [0, 1, 3];
    // Three wait; the first is called and taken back, two others are called, one of them finished by mistake.
    let issued = [(0, 0, 0), (0, 0, 1), (0, 0, 1)];
    let moves =
        [(5, one, 0), (23, one, 0), (5, four, 0), (5, two, 0), (11, two, 0), (12, two, 0), (23, two, 0), (5, one, 0)];
    let all = issued.into_iter().chain(moves);
    let told = day(&all.map(|(verb, a, b)| Try { verb, a, b, seconds: 1 }).collect::<Vec<_>>());
    assert_eq!(told.len(), 4 + 3 + 8, "nothing was refused");
    for from in 0..told.len() {
        come_back(&told, from, Cut::Public, &Part::default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_fold_of_frames_is_the_board_from_any_position(tries in tries(), from in 0..60_usize) {
        let told = day(&tries);
        for part in parts() {
            for cut in [Cut::Public, Cut::Staff] {
                follow(&told, 0, cut, &part);
                follow(&told, from % told.len(), cut, &part);
            }
        }
    }

    #[test]
    fn who_comes_back_is_told_the_way_to_the_board_of_today(tries in tries(), from in 0..60_usize) {
        let told = day(&tries);
        // A part that hears of a new setup gets a board in place.
        let steady = told.iter().all(|it| !matches!(it.entry.event, Event::Configured { .. }));
        for part in parts().iter().filter(|it| steady || it.is_whole()) {
            for cut in [Cut::Public, Cut::Staff] {
                come_back(&told, from % told.len(), cut, part);
            }
        }
    }

    #[test]
    fn the_public_cut_tells_nothing_personal(tries in tries()) {
        for it in day(&tries) {
            if let Some(frame) = frame(&it.entry, &it.touched, &it.hall, &around(), Cut::Public) {
                tells_nothing_personal(&serde_json::to_value(frame).unwrap());
            }
            tells_nothing_personal(&serde_json::to_value(scratch(&it, Cut::Public, &Part::default())).unwrap());
        }
    }

    #[test]
    fn the_staff_cut_has_a_frame_for_every_entry(tries in tries()) {
        for it in day(&tries) {
            prop_assert!(frame(&it.entry, &it.touched, &it.hall, &around(), Cut::Staff).is_some());
        }
    }

    #[test]
    fn kinds_that_are_not_known_yet_fold_all_the_same(tries in tries()) {
        let told = day(&tries);
        let part = Part::default();
        let mut held = scratch(&told[0], Cut::Staff, &part);
        for it in &told[1..] {
            let frame = frame(&it.entry, &it.touched, &it.hall, &around(), Cut::Staff).unwrap();
            let mut value = serde_json::to_value(frame).unwrap();
            if it.touched.ticket.is_some() || it.touched.counter.is_some() {
                let body = value.as_object_mut().unwrap().values_mut().next().unwrap().take();
                value = json!({"from_tomorrow": body});
            }
            held.apply_any(At { epoch: 7, seq: it.entry.seq }, &serde_json::from_value(value).unwrap());
            let wanted = scratch(it, Cut::Staff, &part);
            prop_assert_eq!(&held.tickets, &wanted.tickets);
            prop_assert_eq!(&held.counters, &wanted.counters);
            prop_assert_eq!(&held.missed, &wanted.missed);
            prop_assert_eq!(timeless(held.clone()).queues, timeless(wanted).queues);
        }
    }
}

#[test]
fn the_tries_reach_every_kind_of_entry() {
    let mut kinds = BTreeSet::new();
    let mut next = chance(1);
    for _ in 0..60 {
        let one = |_| Try { verb: next(28), a: next(8), b: next(8), seconds: 7 };
        let tries: Vec<_> = (0..120).map(one).collect();
        for it in day(&tries) {
            let value = serde_json::to_value(&it.entry.event).unwrap();
            kinds.extend(value.as_object().unwrap().keys().cloned());
        }
    }
    let all = [
        "announced",
        "called",
        "cancelled",
        "configured",
        "counter",
        "day",
        "deferred",
        "finished",
        "issued",
        "mode",
        "no_show",
        "parked",
        "queue",
        "recalled",
        "reprioritised",
        "returned",
        "started",
        "transferred",
        "undone",
        "unparked",
        "unserved",
        "withdrawn",
    ];
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), all);
}

/// Numbers that look random and are the same each time.
pub fn chance(mut seed: u64) -> impl FnMut(u64) -> usize {
    move |most| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((seed >> 33) % most).unwrap()
    }
}
