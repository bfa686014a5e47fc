//! Nobody without the key can touch a ticket, and nothing public holds a key or anything personal.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{TestHub, TestScreen, has_word};
use wire::At;

const PHONE: &str = "13800006618";
const NAME: &str = "欧阳小明";
const IDENTITY: &str = "110101199003077758";
const NOTE: &str = "请带户口本原件";

/// Every kind of frame there is.
#[rustfmt::skip]
const KINDS: [&str; 22] = [
    "announced", "called", "cancelled", "checked_in", "configured", "counter", "day", "deferred", "finished", "issued",
    "no_show", "parked", "queue", "recalled", "reprioritised", "returned", "started", "transferred", "undone",
    "unparked", "unserved", "withdrawn",
];

fn at(said: &Value) -> At {
    serde_json::from_value(said["at"].clone()).expect("a position")
}

/// A visitor who has told everything takes a ticket.
async fn issue(hub: &TestHub, phone: &str) -> Value {
    let visitor = json!({"phone": phone, "name": NAME, "identity": {"kind": "id_card", "value": IDENTITY}});
    let wish = json!({"queue": hub.demo.queues[0], "visitor": visitor, "channel": "phone", "note": NOTE});
    hub.command("issue", wish).await.ok()["ticket"].clone()
}

/// Everything that can happen to a ticket and a hall happens; the keys of the tickets, and the last answer.
async fn a_full_day(hub: &TestHub) -> (Vec<String>, Value) {
    let [one, two] = [hub.counter(1).await, hub.counter(2).await];
    let first = issue(hub, PHONE).await;
    let second = issue(hub, PHONE).await;
    let ticket = |fields: Value| {
        let mut whole = json!({"ticket": first["id"]});
        whole.as_object_mut().expect("fields").extend(fields.as_object().cloned().unwrap_or_default());
        whole
    };
    hub.command("check_in", ticket(json!({}))).await.ok();
    hub.command("reprioritise", ticket(json!({"priority": "elder", "reason": "other", "note": NOTE}))).await.ok();
    hub.command("defer", ticket(json!({}))).await.ok();
    let call = || one.press_with("call_ticket", ticket(json!({})));
    call().await.ok();
    one.press("undo").await.ok();
    call().await.ok();
    one.press("recall").await.ok();
    one.press("start").await.ok();
    one.press_with("park", json!({"note": NOTE})).await.ok();
    hub.command("unpark", ticket(json!({}))).await.ok();
    call().await.ok();
    one.press("start").await.ok();
    one.press_with("transfer", json!({"queue": hub.demo.queues[1], "then": "back", "reason": "other"})).await.ok();
    two.press_with("call_ticket", ticket(json!({}))).await.ok();
    two.press("start").await.ok();
    two.press("finish").await.ok();
    call().await.ok();
    one.press("no_show").await.ok();
    hub.command("return", ticket(json!({}))).await.ok();
    hub.command("cancel", json!({"ticket": second["id"], "reason": "other", "note": NOTE})).await.ok();
    hub.command("announce", json!({"zones": [], "text": "大厅将于五点关闭"})).await.ok();
    let board = hub.api.get(&format!("/halls/{}/board", hub.demo.hall)).await.ok();
    hub.command("withdraw", json!({"announcement": board["notices"][0]["id"]})).await.ok();
    hub.command("freeze_queue", json!({"queue": hub.demo.queues[3], "note": NOTE})).await.ok();
    hub.command("set_mode", json!({"mode": "mixed"})).await.ok();
    one.press_with("pause_counter", json!({"reason": "away", "note": NOTE})).await.ok();
    hub.api.patch(&format!("/halls/{}/setup", hub.demo.hall), &json!({"slip_hint": "请留意屏幕"})).await.ok();
    hub.command("close_day", json!({})).await.ok();
    hub.command("open_day", json!({})).await.ok();
    let third = issue(hub, PHONE).await;
    one.press("resume_counter").await.ok();
    let last = one.press("call_next").await.ok();
    let keys = [first, second, third].map(|it| it["id"].as_str().expect("the issuer is told the key").to_owned());
    (keys.to_vec(), last)
}

#[tokio::test]
async fn public_boards_and_frames_hold_no_key_and_nothing_personal() {
    let hub = TestHub::start().await;
    let (base, hall) = (hub.demo.url.clone(), hub.demo.hall.clone());
    let (player, other) = (hub.demo.players[0].token.clone(), hub.take('C').await);
    let mut faces = Vec::new();
    for (face, token, part) in [
        ("screen", None, json!({})),
        ("screen", None, json!({"zones": ["east"]})),
        ("strip", None, json!({"counters": [hub.demo.counters[0]]})),
        ("kiosk", None, json!({})),
        ("rating", Some(player.as_str()), json!({})),
        ("player", Some(player.as_str()), json!({})),
    ] {
        let mut listener = TestScreen::follow(&base, &hall, face, token, part.clone()).await;
        while listener.board.is_none() {
            listener.hear().await.expect("the board");
        }
        faces.push((format!("{face} {part}"), listener));
    }
    let mut phone = TestScreen::follow(&base, &hall, "ticket", None, json!({"ticket": other["id"]})).await;

    let (keys, last) = a_full_day(&hub).await;
    for (_, listener) in &mut faces {
        listener.until(at(&last)).await;
    }
    let kinds: BTreeSet<String> = faces[0].1.frames.iter().map(|(_, it)| kind(it)).collect();
    assert_eq!(kinds, KINDS.map(str::to_owned).into(), "a screen heard of everything");
    // Somebody else's phone, after it is called itself.
    hub.counter(3).await.press_with("call_ticket", json!({"ticket": other["ref"]})).await;
    phone.hear().await;
    // One that comes now, and one that comes back to the beginning.
    for follow in [json!({}), json!({"at": {"epoch": at(&last).epoch, "seq": 0}})] {
        let mut late = TestScreen::follow(&base, &hall, "screen", None, follow.clone()).await;
        while late.board.is_none() && late.frames.last().is_none_or(|(it, _)| it.seq < at(&last).seq) {
            late.hear().await.expect("what was missed");
        }
        faces.push((format!("late screen {follow}"), late));
    }
    faces.push(("another phone".into(), phone));

    let mut public: Vec<(String, String)> = Vec::new();
    for (what, listener) in faces {
        public.extend(listener.texts.into_iter().map(|text| (what.clone(), text)));
    }
    let player = format!("/players/{}", hub.demo.players[0].id);
    let (board, offer) = (format!("/halls/{hall}/board"), format!("/halls/{hall}/offer"));
    let (part, strip) = (format!("{board}?zones=east"), format!("{board}?counters={}", hub.demo.counters[0]));
    for path in [&board, &part, &strip, &offer, &player, &"/about".to_owned(), &"/health".to_owned()] {
        public.push((path.clone(), hub.api.nobody().get(path).await.ok().to_string()));
    }
    let metrics = reqwest::get(format!("{base}/metrics")).await.expect("metrics").text().await.expect("text");
    public.push(("/metrics".into(), metrics));
    let other_key = other["id"].as_str().expect("its key");
    for (what, text) in &public {
        for key in keys.iter().map(String::as_str).chain([other_key]) {
            assert!(!text.contains(key), "{what} holds a ticket's key: {text}");
        }
        assert_nothing_personal(what, text);
    }
    let journal = hub.api.get(&format!("/halls/{hall}/journal?after=0&limit=500")).await.ok();
    assert!(journal["rows"].as_array().is_some_and(|it| it.len() > 30), "the journal is read whole");
    assert_nothing_personal("the journal", &journal.to_string());
    hub.stop().await;
}

fn assert_nothing_personal(what: &str, text: &str) {
    for personal in [PHONE, NAME, IDENTITY, NOTE] {
        assert!(!text.contains(personal), "{what} holds {personal}: {text}");
    }
    assert!(!has_word(text, "6618"), "{what} holds the end of a phone number: {text}");
}

fn kind(frame: &wire::Frame) -> String {
    let told = serde_json::to_value(frame).expect("a frame");
    told.as_object().and_then(|it| it.keys().next().cloned()).unwrap_or_default()
}

#[tokio::test]
async fn nobody_without_the_key_can_cancel_a_ticket() {
    let hub = TestHub::start().await;
    let ticket = hub.take('A').await;
    let nobody = hub.api.nobody();
    let hall = &hub.demo.hall;
    for verb in ["cancel", "defer", "check_in"] {
        let by_ref = nobody.command(hall, verb, json!({"ticket": ticket["ref"]})).await;
        assert_eq!(by_ref.status, 401, "{verb}: {by_ref:?}");
        let guessed = nobody.command(hall, verb, json!({"ticket": "AAAAAAAAAAAAAAAAAAAAAA"})).await;
        assert_eq!(guessed.status, 404, "{verb}: {guessed:?}");
    }
    let still = hub.api.get(&format!("/tickets/{}", ticket["id"].as_str().unwrap_or_default())).await.ok();
    assert_eq!(still["state"], "waiting");
    let own = nobody.command(hall, "cancel", json!({"ticket": ticket["id"]})).await.ok();
    assert_eq!(own["ticket"]["state"], "cancelled");
    hub.stop().await;
}
