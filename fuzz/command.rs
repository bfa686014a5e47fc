//! The body of a command, from anybody: it is understood or refused, never a panic. What is
//! understood is asked of a hall, line by line, and the hall keeps its promises.

#![no_main]

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use hall::{Ask, By, Hall, Reach, Setup};
use hub::http::commands::parse;
use libfuzzer_sys::fuzz_target;

/// Commands of one input; more only make it slow.
const COMMANDS_MAX: usize = 64;

/// A hall with queues `A` and `B` and counters `1` and `2`, the second one automatic.
fn hall() -> Hall {
    let setup: Setup = serde_json::from_value(serde_json::json!({
        "hall": {"id": "h", "name": "大厅", "time_zone": "Asia/Shanghai"},
        "queues": [{"id": "A", "prefix": "A", "name": "甲"}, {"id": "B", "prefix": "B", "name": "乙"}],
        "counters": [
            {"id": "1", "label": "1", "queues": [{"queue": "A"}, {"queue": "B"}]},
            {"id": "2", "label": "2", "queues": [{"queue": "B"}, {"queue": "A"}], "mode": "automatic"},
        ],
    }))
    .expect("a setup");
    Hall::new(Arc::new(setup))
}

fn keeps_its_promises(hall: &Hall) {
    let mut numbers = BTreeSet::new();
    let mut counters = BTreeSet::new();
    for ticket in hall.open_tickets() {
        assert!(numbers.insert(ticket.number.clone()), "{} stands twice", ticket.number);
        let at_counter = hall.fold.counters.values().find(|it| it.ticket == Some(ticket.reference));
        if let Some(counter) = at_counter {
            assert!(counters.insert(counter.id.clone()), "two tickets at {}", counter.id);
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let mut hall = hall();
    let mut now = DateTime::from_timestamp(1_795_482_000, 0).expect("a time");
    for (line, key) in data.split(|byte| *byte == b'\n').take(COMMANDS_MAX).zip(0_u32..) {
        // An empty line is a pause.
        if line.is_empty() {
            now += TimeDelta::minutes(7);
            continue;
        }
        let Ok(parsed) = parse(line) else { continue };
        let ask = Ask {
            command: parsed.command,
            by: By::Token("t".into()),
            reach: Reach::Hall,
            expect: parsed.expect,
            fresh_id: format!("{key:022}").into(),
            promised: None,
        };
        if let Ok(decision) = hall.decide(&ask, now) {
            for entry in &decision.entries {
                hall.apply(entry);
            }
            keeps_its_promises(&hall);
        }
    }
});
