//! What happens in the hall reaches every face as news of its own kind, and the phone of the visitor it concerns.

use serde_json::{Value, json};
use tests::{TestHub, TestScreen};
use wire::{At, Frame, Heard};

fn at(said: &Value) -> At {
    serde_json::from_value(said["at"].clone()).expect("a position")
}

#[tokio::test]
async fn missed_and_moved_numbers_and_counters_states_are_news_of_their_own() {
    let hub = TestHub::start().await;
    let (base, hall) = (hub.demo.url.clone(), hub.demo.hall.clone());
    let (one, two) = (hub.counter(1).await, hub.counter(2).await);
    let mut screen = TestScreen::follow(&base, &hall, "screen", None, json!({})).await;
    let mut strip = TestScreen::follow(&base, &hall, "strip", None, json!({"counters": [one.id]})).await;
    let mut wall = TestScreen::follow(&base, &hall, "wall", Some(&hub.demo.token), json!({})).await;
    hub.take('A').await;
    hub.take('A').await;
    one.press("call_next").await.ok();
    one.press("no_show").await.ok();
    two.press("call_next").await.ok();
    two.press_with("transfer", json!({"queue": hub.demo.queues[1], "reason": "other"})).await.ok();
    let paused = one.press_with("pause_counter", json!({"reason": "away"})).await.ok();

    for listener in [&mut screen, &mut wall] {
        let board = listener.until(at(&paused)).await.clone();
        assert_eq!(board.missed.iter().map(|it| it.number.as_str()).collect::<Vec<_>>(), ["A001"]);
        let kinds: Vec<_> = listener.frames.iter().map(|(_, it)| kind(it)).collect();
        for wanted in ["called", "no_show", "transferred", "counter"] {
            assert!(kinds.iter().any(|it| it == wanted), "{wanted} in {kinds:?}");
        }
        let moved = board.tickets.iter().find(|it| it.number == "A002").expect("it waits");
        assert_eq!((moved.queue.as_str(), moved.state.as_str()), (hub.demo.queues[1].as_str(), "waiting"));
    }
    // The strip says that its counter is paused, and why; it hears nothing of the other counter.
    let board = strip.until(at(&paused)).await;
    let counter = board.counters.iter().find(|it| it.id == one.id).expect("its counter");
    assert_eq!((counter.state.as_str(), counter.reason.as_deref()), ("paused", Some("away")));
    assert!(strip.frames.iter().all(|(_, it)| kind(it) != "transferred"));
    let resumed = one.press("resume_counter").await.ok();
    let board = strip.until(at(&resumed)).await;
    assert_eq!(board.counters.iter().find(|it| it.id == one.id).expect("its counter").state, "open");
    hub.stop().await;
}

#[tokio::test]
async fn who_is_at_which_counter_and_what_they_do_is_seen_at_once_by_supervisors_only() {
    let hub = TestHub::start().await;
    let (base, hall) = (hub.demo.url.clone(), hub.demo.hall.clone());
    let mut wall = TestScreen::follow(&base, &hall, "wall", Some(&hub.demo.token), json!({})).await;
    let mut screen = TestScreen::follow(&base, &hall, "screen", None, json!({})).await;
    let people = hub.api.get("/people").await.ok();
    let people = people["rows"].as_array().expect("people").clone();
    let staff = people.iter().find(|it| it["login"] == "staff").expect("the demo's staff");
    let open = json!({"counter": hub.demo.counters[4], "staff": staff["id"]});
    let mut last = hub.command("open_counter", open).await.ok();
    hub.take('A').await;
    for (verb, state) in
        [("call_next", "calling"), ("start", "serving"), ("finish", "open"), ("close_counter", "closed")]
    {
        let board = wall.until(at(&last)).await;
        let counter = board.counters.iter().find(|it| it.id == hub.demo.counters[4]).expect("the counter");
        assert_eq!(json!(counter.staff.as_ref().map(|it| &it.id)), staff["id"]);
        last = hub.command(verb, json!({"counter": hub.demo.counters[4]})).await.ok();
        let board = wall.until(at(&last)).await;
        let counter = board.counters.iter().find(|it| it.id == hub.demo.counters[4]).expect("the counter");
        assert_eq!(counter.state, state, "after {verb}");
        let public = screen.until(at(&last)).await;
        let counter = public.counters.iter().find(|it| it.id == hub.demo.counters[4]).expect("the counter");
        assert_eq!((counter.state.as_str(), counter.staff.is_none()), (state, true));
    }
    hub.stop().await;
}

#[tokio::test]
async fn a_phone_sees_how_many_are_ahead_that_it_was_moved_and_that_it_is_called() {
    let hub = TestHub::start().await;
    hub.take('A').await;
    let ticket = hub.take('A').await;
    let (id, key) = (ticket["id"].clone(), ticket["id"].as_str().expect("the key").to_owned());
    let mut phone = TestScreen::follow(&hub.demo.url, &hub.demo.hall, "ticket", None, json!({"ticket": id})).await;
    assert_eq!(mine(&mut phone, |it| it.ahead == Some(1)).await.state, "waiting");

    let moved = json!({"ticket": ticket["ref"], "queue": hub.demo.queues[2], "reason": "other"});
    hub.command("transfer", moved).await.ok();
    assert_eq!(mine(&mut phone, |it| it.ahead == Some(0)).await.number, "A002");
    let page = hub.api.nobody().get(&format!("/tickets/{key}")).await.ok();
    assert_eq!((&page["queue"], &page["ahead"]), (&json!(hub.demo.queues[2]), &json!(0)));

    let counter = hub.counter(6).await;
    counter.press_with("call_ticket", json!({"ticket": ticket["ref"]})).await.ok();
    assert_eq!(mine(&mut phone, |it| it.state == "called").await.counter.as_deref(), Some("6"));
    hub.stop().await;
}

#[tokio::test]
async fn a_phone_is_told_of_emergencies_where_it_waits_until_they_are_withdrawn() {
    let hub = TestHub::start().await;
    let setup = hub.api.get(&format!("/halls/{}/setup", hub.demo.hall)).await.ok();
    let mut queue = setup["queues"][0].clone();
    queue["zones"] = json!(["east"]);
    hub.api.put(&format!("/halls/{}/queues/{}", hub.demo.hall, hub.demo.queues[0]), &queue).await.ok();
    let id = hub.take('A').await["id"].clone();
    let mut phone = TestScreen::follow(&hub.demo.url, &hub.demo.hall, "ticket", None, json!({"ticket": id})).await;
    assert_eq!(mine(&mut phone, |_| true).await.notices, []);
    for (zones, text, emergency) in [
        (json!([]), "请保持安静", false),
        (json!(["west"]), "西侧着火", true),
        (json!(["east"]), "请从东门离开", true),
        (json!([]), "请不要乘电梯", true),
    ] {
        hub.command("announce", json!({"zones": zones, "text": text, "emergency": emergency})).await.ok();
    }
    let told = mine(&mut phone, |it| it.notices.len() == 2).await.notices;
    assert_eq!(told.iter().filter_map(|it| it.text.as_deref()).collect::<Vec<_>>(), ["请从东门离开", "请不要乘电梯"]);
    hub.command("withdraw", json!({"announcement": told[0].id})).await.ok();
    let told = mine(&mut phone, |it| it.notices.len() == 1).await.notices;
    assert_eq!(told[0].text.as_deref(), Some("请不要乘电梯"));
    hub.stop().await;
}

/// Listens until the phone shows what is wanted.
async fn mine(phone: &mut TestScreen, wanted: impl Fn(&wire::heard::Mine) -> bool) -> wire::heard::Mine {
    loop {
        if let Some(Heard::Mine { mine, .. }) = phone.hear().await
            && wanted(&mine)
        {
            return mine;
        }
    }
}

fn kind(frame: &Frame) -> String {
    let told = serde_json::to_value(frame).expect("a frame");
    told.as_object().and_then(|it| it.keys().next().cloned()).unwrap_or_default()
}
