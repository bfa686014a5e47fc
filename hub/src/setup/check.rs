//! Whether a whole setup fits: names, limits, and nothing that points at what is not there.

use std::collections::BTreeSet;

use hall::Setup;
use hall::setup::{CounterSetup, HallSetup, Queue};

use super::limits::{FLOOR_CHARS_MAX, Findings, LABEL_CHARS_MAX, LINE_CHARS_MAX};
use super::{queue, speech};
use crate::error::{FieldError, Wrong};

/// Longest word after a label, characters.
const WORD_CHARS_MAX: usize = 12;
/// Lines of a ticker.
const TICKER_LINES_MAX: usize = 20;
/// Reasons of a hall.
const REASONS_MAX: usize = 100;
/// Days of a calendar that are not as their weekday says.
const CALENDAR_DAYS_MAX: usize = 1_000;
/// A day, seconds.
pub(super) const DAY_S: u32 = 86_400;
/// Longest time for an undo, seconds.
const UNDO_S_MAX: u32 = 300;

/// Everything that does not fit, as `queues.ID.field`.
pub fn check(setup: &Setup) -> Vec<FieldError> {
    let mut found = Findings::default();
    hall_fits(&mut found, &setup.hall);
    zones_and_owners_fit(&mut found, setup);
    found.ids("classes", setup.classes.iter().map(|it| it.id.as_str()));
    for class in &setup.classes {
        found.names(&class.name, &class.name_en, &format!("classes.{}", class.id));
    }
    found.ids("queues", setup.queues.iter().map(|it| it.id.as_str()));
    for it in &setup.queues {
        let same = |other: &&Queue| other.prefix == it.prefix && other.id != it.id && !other.pick_up;
        let free = it.pick_up || !setup.queues.iter().any(|other| same(&other));
        let why = "is the prefix of another queue; choose another letter";
        found.must(free, format!("queues.{}.prefix", it.id), Wrong::PrefixTaken.why(why));
        queue::fits(&mut found, setup, it);
    }
    counters_fit(&mut found, setup);
    speech::speakers_fit(&mut found, setup);
    found.0
}

fn hall_fits(found: &mut Findings, it: &HallSetup) {
    found.id(it.id.as_str(), "hall.id");
    found.names(&it.name, &it.name_en, "hall");
    found.number(it.cutover_hour, 0..=23, "hall.cutover_hour");
    found.number(it.undo_s, 0..=UNDO_S_MAX, "hall.undo_s");
    found.number_if(it.open_per_visitor, 1..=100, "hall.open_per_visitor");
    found.number(it.idle_alert_s, 60..=DAY_S, "hall.idle_alert_s");
    for (field, word) in [("hall.counter_word", &it.counter_word), ("hall.counter_word_en", &it.counter_word_en)] {
        found.text(word, 0..=WORD_CHARS_MAX, field);
    }
    for (field, hint) in [
        ("hall.missed_hint", &it.missed_hint),
        ("hall.missed_hint_en", &it.missed_hint_en),
        ("hall.slip_hint", &it.slip_hint),
        ("hall.slip_hint_en", &it.slip_hint_en),
    ] {
        found.text(hint, 0..=LINE_CHARS_MAX, field);
    }
    speech::speech_fits(found, &it.speech, "hall.speech");
    speech::pronunciations_fit(found, &it.pronunciations);
    found.at_most(it.ticker.len(), TICKER_LINES_MAX, "hall.ticker");
    for (n, line) in it.ticker.iter().enumerate() {
        found.text(line, 1..=LINE_CHARS_MAX, format!("hall.ticker[{n}]"));
    }
    found.at_most(it.calendar.len(), CALENDAR_DAYS_MAX, "hall.calendar");
    found.at_most(it.reasons.len(), REASONS_MAX, "hall.reasons");
    let mut seen = BTreeSet::new();
    for (n, reason) in it.reasons.iter().enumerate() {
        found.id(reason.id.as_str(), format!("hall.reasons[{n}].id"));
        found.must(seen.insert(&reason.id), format!("hall.reasons[{n}].id"), Wrong::Twice.why("is there twice"));
        found.names(&reason.name, &reason.name_en, &format!("hall.reasons[{n}]"));
    }
}

fn zones_and_owners_fit(found: &mut Findings, setup: &Setup) {
    found.ids("zones", setup.zones.iter().map(|it| it.id.as_str()));
    for it in &setup.zones {
        let path = format!("zones.{}", it.id);
        found.names(&it.name, &it.name_en, &path);
        floor_fits(found, it.floor.as_deref(), &path);
    }
    found.ids("departments", setup.departments.iter().map(|it| it.id.as_str()));
    for it in &setup.departments {
        let path = format!("departments.{}", it.id);
        found.names(&it.name, &it.name_en, &path);
        floor_fits(found, it.floor.as_deref(), &path);
    }
}

pub(super) fn floor_fits(found: &mut Findings, floor: Option<&str>, path: &str) {
    if let Some(floor) = floor {
        found.text(floor, 1..=FLOOR_CHARS_MAX, format!("{path}.floor"));
    }
}

fn counters_fit(found: &mut Findings, setup: &Setup) {
    found.ids("counters", setup.counters.iter().map(|it| it.id.as_str()));
    for it in &setup.counters {
        let path = format!("counters.{}", it.id);
        found.text(&it.label, 1..=LABEL_CHARS_MAX, format!("{path}.label"));
        let same = |other: &CounterSetup| other.label.trim() == it.label.trim() && other.id != it.id;
        let taken = setup.counters.iter().any(same);
        found.must(!taken, format!("{path}.label"), Wrong::LabelTaken.why("is on another counter's sign"));
        for (field, text) in
            [("label_en", &it.label_en), ("direction", &it.direction), ("direction_en", &it.direction_en)]
        {
            found.text(text, 0..=hall::setup::NAME_CHARS_MAX, format!("{path}.{field}"));
        }
        if let Some(zone) = &it.zone {
            let known = setup.zones.iter().any(|other| other.id == *zone);
            found.known(known, format!("{path}.zone"), "zone", zone);
        }
        served_fits(found, setup, it, &path);
    }
}

fn served_fits(found: &mut Findings, setup: &Setup, counter: &CounterSetup, path: &str) {
    let mut seen = BTreeSet::new();
    for (n, served) in counter.queues.iter().enumerate() {
        let path = format!("{path}.queues[{n}]");
        let known = setup.queue(&served.queue).is_some();
        found.known(known, format!("{path}.queue"), "queue", &served.queue);
        found.must(seen.insert(&served.queue), format!("{path}.queue"), Wrong::Twice.why("is there twice"));
        found.number_if(served.first_when_wait_s, 1..=DAY_S, format!("{path}.first_when_wait_s"));
        found.number_if(served.only_when_wait_s, 1..=DAY_S, format!("{path}.only_when_wait_s"));
    }
}
