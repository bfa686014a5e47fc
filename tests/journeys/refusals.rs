//! Every command in the wrong state, and by those who may not: refused in words, and nothing written.

use serde_json::{Value, json};
use tests::{Api, TestHub};

async fn position(hub: &TestHub) -> Value {
    hub.api.get(&format!("/halls/{}/board", hub.demo.hall)).await.ok()["at"].clone()
}

async fn token(hub: &TestHub, scope: &str) -> Api {
    let asked = json!({"name": scope, "scopes": [scope], "hall": hub.demo.hall});
    let made = hub.api.post("/tokens", &asked).await.ok();
    hub.api.with_token(made["token"].as_str().expect("a token"))
}

#[tokio::test]
async fn every_command_in_the_wrong_state_is_refused_and_says_what_to_do() {
    let hub = TestHub::start().await;
    let hall = hub.demo.hall.clone();
    let (free, paused, serving) = (hub.counter(1).await, hub.counter(3).await, hub.counter(4).await);
    let closed = hub.demo.counters[1].clone();
    hub.take('A').await;
    serving.press("call_next").await.ok();
    serving.press("start").await.ok();
    paused.press_with("pause_counter", json!({"reason": "break"})).await.ok();
    let waiting = hub.take('B').await["ref"].clone();
    let gone = hub.take('B').await["ref"].clone();
    hub.command("cancel", json!({"ticket": gone})).await.ok();
    hub.command("freeze_queue", json!({"queue": hub.demo.queues[3]})).await.ok();
    let before = position(&hub).await;

    let (free, paused, serving) = (&free.id, &paused.id, &serving.id);
    let refused = [
        ("issue", json!({"queue": hub.demo.queues[3]}), "queue_frozen"),
        ("check_in", json!({"ticket": waiting}), "wrong_state"),
        ("call_next", json!({"counter": closed}), "counter_closed"),
        ("call_next", json!({"counter": paused}), "counter_closed"),
        ("call_next", json!({"counter": serving}), "counter_busy"),
        ("call_ticket", json!({"counter": free, "ticket": gone}), "wrong_state"),
        ("recall", json!({"counter": serving}), "wrong_state"),
        ("start", json!({"counter": free}), "wrong_state"),
        ("start", json!({"counter": serving}), "wrong_state"),
        ("finish", json!({"counter": free}), "wrong_state"),
        ("no_show", json!({"counter": serving}), "wrong_state"),
        ("park", json!({"counter": free}), "wrong_state"),
        ("unpark", json!({"ticket": waiting}), "wrong_state"),
        ("transfer", json!({"ticket": gone, "queue": hub.demo.queues[0]}), "wrong_state"),
        ("transfer", json!({"ticket": waiting, "to_counter": closed}), "counter_closed"),
        ("defer", json!({"ticket": gone}), "wrong_state"),
        ("defer", json!({"ticket": waiting}), "nobody_behind"),
        ("return", json!({"ticket": waiting}), "wrong_state"),
        ("cancel", json!({"ticket": gone}), "wrong_state"),
        ("reprioritise", json!({"ticket": gone, "priority": "elder", "reason": "other"}), "wrong_state"),
        ("undo", json!({"counter": closed}), "too_late"),
        ("open_counter", json!({"counter": free}), "wrong_state"),
        ("pause_counter", json!({"counter": paused, "reason": "busy"}), "wrong_state"),
        ("pause_counter", json!({"counter": serving, "reason": "busy"}), "counter_busy"),
        ("resume_counter", json!({"counter": free}), "wrong_state"),
        ("close_counter", json!({"counter": closed}), "wrong_state"),
        ("close_counter", json!({"counter": serving}), "counter_busy"),
        ("freeze_queue", json!({"queue": hub.demo.queues[3]}), "wrong_state"),
        ("thaw_queue", json!({"queue": hub.demo.queues[0]}), "wrong_state"),
        ("open_day", json!({}), "wrong_state"),
        ("call_next", json!({"counter": free, "expect": {"seq": 0}}), "stale"),
    ];
    for (verb, fields, code) in refused {
        let said = hub.api.command(&hall, verb, fields.clone()).await;
        assert_eq!((said.status, said.code()), (409, code), "{verb} {fields}: {said:?}");
        assert_eq!(said.headers["content-type"], "application/problem+json", "{verb}");
        assert_eq!(said.body["at"], before, "{verb} tells where the hall stands");
        let detail = said.body["detail"].as_str().unwrap_or_default();
        assert!(detail.chars().count() > 15 && !detail.contains('_'), "{verb} {fields}: {detail:?} is no sentence");
    }
    assert_eq!(position(&hub).await, before, "nothing was written");

    hub.command("close_day", json!({})).await.ok();
    let before = position(&hub).await;
    for (verb, fields, code) in
        [("close_day", json!({}), "wrong_state"), ("issue", json!({"queue": hub.demo.queues[0]}), "day_closed")]
    {
        let said = hub.api.command(&hall, verb, fields).await;
        assert_eq!((said.status, said.code()), (409, code), "{verb}: {said:?}");
    }
    assert_eq!(position(&hub).await, before, "nothing was written");
    hub.stop().await;
}

#[tokio::test]
async fn no_command_is_done_for_those_who_may_not_ask_for_it() {
    let hub = TestHub::start().await;
    let hall = hub.demo.hall.clone();
    let ticket = hub.take('A').await["ref"].clone();
    let counter = hub.counter(1).await.id;
    let queue = hub.demo.queues[0].clone();
    let before = position(&hub).await;
    let (kiosk, staff) = (token(&hub, "kiosk").await, token(&hub, "staff").await);
    let strangers = [token(&hub, "auditor").await, token(&hub, "player").await, token(&hub, "editor").await];
    for verb in hub::http::commands::VERBS {
        let fields = match *verb {
            "issue" | "freeze_queue" | "thaw_queue" => json!({"queue": queue}),
            "check_in" | "unpark" | "defer" | "return" | "cancel" => json!({"ticket": ticket}),
            "transfer" => json!({"ticket": ticket, "queue": hub.demo.queues[1]}),
            "reprioritise" => json!({"ticket": ticket, "priority": "elder", "reason": "other"}),
            "call_ticket" => json!({"counter": counter, "ticket": ticket}),
            "pause_counter" => json!({"counter": counter, "reason": "busy"}),
            "set_mode" => json!({"mode": "automatic"}),
            "announce" => json!({"zones": [], "text": "hello"}),
            "withdraw" => json!({"announcement": "n"}),
            "open_day" | "close_day" => json!({}),
            _ => json!({"counter": counter}),
        };
        let nobody = hub.api.nobody().command(&hall, verb, fields.clone()).await;
        assert_eq!(nobody.status, 401, "{verb} by nobody: {nobody:?}");
        for stranger in &strangers {
            let said = stranger.command(&hall, verb, fields.clone()).await;
            assert!(matches!(said.status, 401 | 403), "{verb} by a stranger: {said:?}");
            assert_eq!(said.headers["content-type"], "application/problem+json", "{verb}");
        }
        if !matches!(*verb, "issue" | "check_in") {
            let said = kiosk.command(&hall, verb, fields.clone()).await;
            assert!(matches!(said.status, 401 | 403), "{verb} by a kiosk: {said:?}");
        }
        let for_supervisors =
            ["freeze_queue", "thaw_queue", "set_mode", "open_day", "close_day", "announce", "withdraw"];
        if for_supervisors.contains(verb) {
            assert_eq!(staff.command(&hall, verb, fields).await.status, 403, "{verb} by staff");
        }
    }
    assert_eq!(position(&hub).await, before, "nothing was written");
    hub.stop().await;
}
