//! What fits and what does not, field by field.

use hall::setup::{Class, CounterSetup, Department, Queue, Zone};
use hall::{Fold, Setup};
use serde_json::{Value, json};

use super::{Fields, HallFile, change_hall, check, must_fit, put, remove};
use crate::error::Wrong;

fn hall() -> Setup {
    let setup = json!({
        "hall": {"id": "h1", "name": "政务大厅", "time_zone": "Asia/Shanghai"},
        "zones": [{"id": "z1", "name": "一层"}],
        "departments": [{"id": "d1", "name": "不动产"}],
        "classes": [{"id": "elder", "name": "老人"}],
        "queues": [
            {"id": "a", "prefix": "A", "name": "登记", "department": "d1", "zones": ["z1"]},
            {"id": "b", "prefix": "B", "name": "咨询"},
        ],
        "counters": [{"id": "c1", "label": "1", "zone": "z1", "queues": [{"queue": "a"}]}],
    });
    serde_json::from_value(setup).unwrap()
}

fn queue(more: Value) -> Queue {
    let mut row = json!({"id": "a", "prefix": "A", "name": "登记"});
    row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(row).unwrap()
}

/// The fields that do not fit; each says why by a code, so that a page can say it in any language.
fn found(setup: &Setup) -> Vec<String> {
    let all = check(setup);
    assert!(all.iter().all(|it| it.code != Wrong::Other), "{all:?}");
    all.into_iter().map(|it| it.field).collect()
}

#[test]
fn a_sound_hall_fits() {
    assert_eq!(check(&hall()), []);
}

#[test]
fn every_field_of_a_queue_has_its_limits() {
    for (field, more) in [
        ("prefix", json!({"prefix": "I"})),
        ("prefix", json!({"prefix": "O"})),
        ("prefix", json!({"prefix": "a"})),
        ("prefix", json!({"prefix": ""})),
        ("prefix", json!({"prefix": "ABC"})),
        ("prefix", json!({"prefix": "B"})),
        ("name", json!({"name": ""})),
        ("name", json!({"name": "字".repeat(61)})),
        ("name_en", json!({"name_en": "line\nbreak"})),
        ("short", json!({"short": "六个汉字太长"})),
        ("department", json!({"department": "d9"})),
        ("zones[1]", json!({"zones": ["z1", "z9"]})),
        ("floor", json!({"floor": ""})),
        ("matters[0]", json!({"matters": [""]})),
        ("first_number", json!({"first_number": 9001})),
        ("recalls", json!({"recalls": 21})),
        ("recall_gap_s", json!({"recall_gap_s": 601})),
        ("no_show_after_s", json!({"no_show_after_s": 3601})),
        ("call_timeout_s", json!({"call_timeout_s": 9})),
        ("return_within_s", json!({"return_within_s": 86401})),
        ("returns", json!({"returns": 21})),
        ("return_place", json!({"return_place": {"after": 0}})),
        ("defer_places", json!({"defer_places": 0})),
        ("deferrals", json!({"deferrals": 21})),
        ("mix", json!({"mix": 101})),
        ("wait_bound_s", json!({"wait_bound_s": 59})),
        ("late_s", json!({"late_s": 59})),
        ("wrap_up_s", json!({"wrap_up_s": 3601})),
        ("service_s", json!({"service_s": 9})),
        ("quota", json!({"quota": 100_001})),
        ("appointment_quota", json!({"quota": 5, "appointment_quota": 6})),
        ("open_per_visitor", json!({"open_per_visitor": 0})),
    ] {
        let mut setup = hall();
        put(&mut setup, queue(more.clone()));
        let own = found(&setup).into_iter().filter(|it| it != "queues.b.prefix").collect::<Vec<_>>();
        assert_eq!(own, [format!("queues.a.{field}")], "{more}");
    }
}

#[test]
fn hours_are_sane() {
    let period = |from: &str, until: &str| json!({"days": ["Mon", "Tue"], "from": from, "until": until});
    let with = |more: Value| {
        let mut it = period("09:00:00", "12:00:00");
        it.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        it
    };
    let morning = period("09:00:00", "12:00:00");
    for (field, periods) in [
        ("[0].days", json!([with(json!({"days": []}))])),
        ("[0].until", json!([period("12:00:00", "09:00:00")])),
        ("[0].until", json!([period("09:00:00", "09:00:00")])),
        ("[0].take_until", json!([with(json!({"take_from": "10:00:00", "take_until": "09:30:00"}))])),
        ("[0].take_until", json!([with(json!({"take_until": "12:30:00"}))])),
        ("[0].take_from", json!([with(json!({"take_from": "12:00:00"}))])),
        ("[1].from", json!([morning, period("11:59:00", "17:00:00")])),
    ] {
        let mut setup = hall();
        put(&mut setup, queue(json!({"hours": {"periods": periods}})));
        assert_eq!(found(&setup), [format!("queues.a.hours.periods{field}")], "{periods}");
    }
    for good in [
        json!([morning, period("13:30:00", "00:00:00")]),
        json!([morning, {"days": ["Sat"], "from": "08:00:00", "until": "13:00:00"}]),
        json!([with(json!({"take_from": "08:30:00", "take_until": "11:50:00"}))]),
        json!([]),
    ] {
        let mut setup = hall();
        put(&mut setup, queue(json!({"hours": {"periods": good}})));
        assert_eq!(check(&setup), []);
    }
}

#[test]
fn nothing_points_at_what_is_not_there_and_nothing_is_there_twice() {
    let mut setup = hall();
    setup.zones.push(setup.zones[0].clone());
    setup.classes[0].id = "a class".into();
    setup.counters[0].zone = Some("z9".into());
    let served = setup.counters[0].queues[0].clone();
    setup.counters[0].queues.push(served);
    setup.counters[0].queues[0].queue = "x".into();
    setup.counters.push(CounterSetup { id: "c2".into(), ..setup.counters[0].clone() });
    let all = found(&setup);
    for field in
        ["zones.z1.id", "classes.a class.id", "counters.c1.zone", "counters.c1.queues[0].queue", "counters.c2.label"]
    {
        assert!(all.iter().any(|it| it == field), "{field} is not in {all:?}");
    }
}

#[test]
fn the_hall_itself_has_limits() {
    for (field, value) in [
        ("name", json!("")),
        ("cutover_hour", json!(24)),
        ("undo_s", json!(301)),
        ("idle_alert_s", json!(10)),
        ("open_per_visitor", json!(0)),
        ("counter_word", json!("一二三四五六七八九十一二三")),
        ("missed_hint", json!("x".repeat(201))),
        ("ticker[1]", json!(["good", ""])),
        ("reasons[0].id", json!([{"id": "", "name": "x"}])),
        ("reasons[1].id", json!([{"id": "x", "name": "x"}, {"id": "x", "name": "y"}])),
    ] {
        let mut setup = hall();
        let name = field.split('[').next().unwrap();
        change_hall(&mut setup.hall, fields(&json!({ name: value }).to_string())).unwrap();
        assert_eq!(found(&setup), [format!("hall.{field}")]);
    }
}

fn fields(text: &str) -> Fields {
    serde_json::from_str(text).unwrap()
}

#[test]
fn fields_that_are_not_sent_stay() {
    let mut setup = hall();
    setup.hall.ticker = vec!["请保管好随身物品".into()];
    let before = setup.hall.clone();
    change_hall(&mut setup.hall, fields(r#"{"mode": "automatic", "open_per_visitor": 3}"#)).unwrap();
    assert_eq!(setup.hall.mode, hall::setup::Mode::Automatic);
    assert_eq!(setup.hall.ticker, before.ticker);
    change_hall(&mut setup.hall, fields(r#"{"mode": "manual", "open_per_visitor": null}"#)).unwrap();
    assert_eq!(setup.hall, before);
    for bad in [r#"{"mode": "fast"}"#, r#"{"colour": 1}"#, r#"{"name": null}"#, r#"{"time_zone": "Mars"}"#] {
        assert!(change_hall(&mut setup.hall, fields(bad)).is_err(), "{bad}");
    }
    assert!(serde_json::from_str::<Fields>(r#"{"name": "a", "name": "b"}"#).is_err());
}

#[test]
fn what_is_in_use_stays_and_says_by_what() {
    let mut setup = hall();
    let fold = Fold::default();
    let why = |done: Result<(), crate::Error>| done.unwrap_err().to_string();
    assert!(why(remove::<Zone>(&mut setup, &fold, "z1")).contains("1 queue and 1 counter"));
    assert!(why(remove::<Department>(&mut setup, &fold, "d1")).contains("1 queue"));
    assert!(why(remove::<Queue>(&mut setup, &fold, "a")).contains("1 counter"));
    assert_eq!(why(remove::<Queue>(&mut setup, &fold, "x")), "there is no such queue");
    remove::<CounterSetup>(&mut setup, &fold, "c1").unwrap();
    remove::<Queue>(&mut setup, &fold, "a").unwrap();
    remove::<Zone>(&mut setup, &fold, "z1").unwrap();
    remove::<Department>(&mut setup, &fold, "d1").unwrap();
    remove::<Class>(&mut setup, &fold, "elder").unwrap();
    assert_eq!(check(&setup), []);
}

#[test]
fn fields_of_the_row_that_is_written_are_named_as_sent() {
    let mut setup = hall();
    setup.counters[0].label = String::new();
    let said = must_fit(&setup, "queues.a").unwrap_err().to_string();
    assert!(said.contains("counters.c1.label"), "{said}");
    put(&mut setup, queue(json!({"prefix": "I"})));
    let said = must_fit(&setup, "queues.a").unwrap_err().to_string();
    assert!(said.contains("fit: prefix:") && !said.contains("counters"), "{said}");
}

#[test]
fn a_hall_goes_through_a_file_unchanged() {
    let text = serde_json::to_string(&HallFile::of(hall())).unwrap();
    let read = || serde_json::from_str::<HallFile>(&text).unwrap();
    assert_eq!(read().into_setup(None).unwrap(), hall());
    assert_eq!(read().into_setup(Some("h2".into())).unwrap().hall.id, "h2".into());
    assert!(read().into_setup(Some("no id".into())).is_err());
    let newer = text.replace("\"version\":1", "\"version\":2");
    let why = serde_json::from_str::<HallFile>(&newer).unwrap().into_setup(None).unwrap_err();
    assert!(why.to_string().contains("version"), "{why}");
}
