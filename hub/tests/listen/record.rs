//! Records frames with the boards they must fold to, for everybody who keeps a board: `hub/wire` and the pages
//! replay the same files. Recorded anew by hand only, when the fold itself has changed:
//! `cargo test -p hub --test listen record -- --ignored`

use std::fmt::Write as _;

use hall::Event;
use hub::public::{Cut, frame, scope};
use serde_json::{Value, json};
use wire::{At, Part};

use super::public::{Told, Try, around, chance, day, parts, scratch};

/// What is recorded: file, seed, cut, part, and the name under which kinds travel that are not known yet.
const FILES: [(&str, u64, Cut, usize, Option<&str>); 6] = [
    ("screen.jsonl", 11, Cut::Public, 0, None),
    ("wall.jsonl", 12, Cut::Staff, 0, None),
    ("east.jsonl", 13, Cut::Public, 1, None),
    ("strip.jsonl", 24, Cut::Public, 3, None),
    ("corner.jsonl", 15, Cut::Staff, 4, None),
    ("tomorrow.jsonl", 16, Cut::Public, 0, Some("from_tomorrow")),
];
/// Things that are tried in each, and frames between two boards that are compared.
const TRIES: usize = 180;
const COMPARE_EVERY: usize = 12;

/// Touches of these kinds fold without their kind being known.
fn folds_unknown(it: &Told) -> bool {
    let calls = matches!(it.entry.event, Event::Called { .. } | Event::Recalled { .. } | Event::Unparked { .. });
    let undone = matches!(it.entry.event, Event::Undone { .. });
    it.touched.ticket.is_some() && !calls && !undone
}

fn record(seed: u64, cut: Cut, part: &Part, unknown: Option<&str>) -> String {
    let mut next = chance(seed);
    let tries: Vec<_> = (0..TRIES)
        .map(|_| Try { verb: next(28), a: next(8), b: next(8), seconds: i64::try_from(next(40)).unwrap() })
        .collect();
    let told = day(&tries);
    let mut lines = String::new();
    let mut write = |line: Value| writeln!(lines, "{line}").unwrap();
    write(json!({"part": {"zones": part.zones, "counters": part.counters}}));
    let mut held = scratch(&told[0], cut, part);
    write(json!({"hall": "h", "board": held}));
    let mut since = 0;
    for it in &told[1..] {
        let Some(frame) = frame(&it.entry, &it.touched, &it.hall, &around(), cut) else { continue };
        if !part.hears(&scope(&it.entry, &it.touched, &it.hall)) {
            continue;
        }
        let at = At { epoch: 7, seq: it.entry.seq };
        let mut value = serde_json::to_value(&frame).unwrap();
        if let Some(kind) = unknown.filter(|_| folds_unknown(it)) {
            let body = value.as_object_mut().unwrap().values_mut().next().unwrap().take();
            value = json!({kind: body});
        }
        write(json!({"hall": "h", "at": at, "frame": value}));
        held.apply(at, &frame);
        held.cut(part);
        if matches!(it.entry.event, Event::Configured { .. }) && !part.is_whole() {
            held = scratch(it, cut, part);
            write(json!({"hall": "h", "board": held}));
        }
        since += 1;
        if since % COMPARE_EVERY == 0 {
            write(json!({"expect": held}));
        }
    }
    write(json!({"expect": held}));
    lines
}

#[test]
#[ignore = "writes the recorded frames anew"]
fn frames_are_recorded() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("wire/tests/frames");
    for (file, seed, cut, part, unknown) in FILES {
        std::fs::write(folder.join(file), record(seed, cut, &parts()[part], unknown)).unwrap();
    }
}
