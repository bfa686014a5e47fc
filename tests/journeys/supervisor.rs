//! A supervisor sets right what staff left behind: at their counters, with their tickets, in the whole hall.

use serde_json::json;
use tests::{Api, TestCounter, TestHub};

async fn token(hub: &TestHub, scope: &str) -> Api {
    let asked = json!({"name": scope, "scopes": [scope], "hall": hub.demo.hall});
    let made = hub.api.post("/tokens", &asked).await.ok();
    hub.api.with_token(made["token"].as_str().expect("a token"))
}

#[tokio::test]
async fn a_supervisor_finishes_moves_opens_closes_and_freezes_for_others() {
    let hub = TestHub::start().await;
    let hall = hub.demo.hall.clone();
    let (wang, li, chief) = (token(&hub, "staff").await, token(&hub, "staff").await, token(&hub, "supervisor").await);
    let at = |api: &Api, number: usize| TestCounter::new(api.clone(), &hall, &hub.demo.counters[number - 1]);
    hub.take('A').await;
    hub.take('A').await;
    at(&wang, 1).press("open_counter").await.ok();
    at(&wang, 1).press("call_next").await.ok();
    at(&wang, 1).press("start").await.ok();

    assert_eq!(at(&li, 1).press("finish").await.code(), "not_yours", "colleagues leave it alone");
    assert_eq!(at(&chief, 1).press("finish").await.ok()["ticket"]["state"], "done");
    at(&wang, 1).press("call_next").await.ok();
    let moved =
        at(&chief, 1).press_with("transfer", json!({"queue": hub.demo.queues[1], "reason": "other"})).await.ok();
    assert_eq!((&moved["ticket"]["state"], &moved["ticket"]["number"]), (&json!("waiting"), &json!("A002")));

    // Opens a counter for somebody by name, and closes the one that was left open.
    let people = hub.api.get("/people").await.ok();
    let people = people["rows"].as_array().expect("people").clone();
    let staff = people.iter().find(|it| it["login"] == "staff").expect("the demo's staff")["id"].clone();
    let opened = at(&chief, 2).press_with("open_counter", json!({"staff": staff})).await.ok();
    assert_eq!(opened["counter"]["state"], "open");
    let nobody = at(&chief, 3).press_with("open_counter", json!({"staff": "somebody"})).await;
    assert_eq!((nobody.status, &nobody.body["errors"][0]["code"]), (422, &json!("no_such")), "{nobody:?}");
    assert_eq!(at(&wang, 2).press("call_next").await.code(), "not_yours");
    assert_eq!(at(&chief, 1).press("close_counter").await.ok()["counter"]["state"], "closed");

    chief.command(&hall, "freeze_queue", json!({"queue": hub.demo.queues[1]})).await.ok();
    assert_eq!(at(&chief, 2).press("call_next").await.code(), "nobody_waiting", "a stopped queue is not called");
    chief.command(&hall, "thaw_queue", json!({"queue": hub.demo.queues[1]})).await.ok();
    assert_eq!(at(&chief, 2).press("call_next").await.ok()["ticket"]["number"], "A002");
    hub.stop().await;
}

#[tokio::test]
async fn a_supervisor_sees_who_may_serve_in_the_hall_and_staff_do_not() {
    let hub = TestHub::start().await;
    let hall = hub.demo.hall.clone();
    let (staff, chief) = (token(&hub, "staff").await, token(&hub, "supervisor").await);
    let elsewhere = json!({"login": "away", "name": "远", "staff_no": "0909", "password": "harbour-lantern-52",
        "roles": [{"role": "auditor", "hall": null}]});
    hub.api.post("/people", &elsewhere).await.ok();
    let path = format!("/halls/{hall}/staff");
    let told = chief.get(&path).await.ok();
    let rows = told["rows"].as_array().expect("rows");
    let numbers: Vec<_> = rows.iter().map(|it| it["staff_no"].as_str().expect("a number")).collect();
    assert!(numbers.is_sorted() && numbers.len() >= 3, "{numbers:?}");
    assert!(!numbers.contains(&"0909"), "an auditor serves nobody");
    assert!(rows.iter().all(|it| it["id"].is_string() && it["name"].is_string() && it.get("login").is_none()));
    assert_eq!(staff.get(&path).await.status, 403);
    assert_eq!(hub.api.nobody().get(&path).await.status, 401);
    assert_eq!(hub.api.get("/halls/none/staff").await.status, 404);
    hub.stop().await;
}

#[tokio::test]
async fn why_a_ticket_is_next_is_told_to_those_who_ask() {
    let hub = TestHub::start().await;
    let counter = hub.counter(1).await;
    for priority in [None, None, Some("elder")] {
        let issue = json!({"queue": hub.demo.queues[0], "channel": "counter", "priority": priority});
        hub.command("issue", issue).await.ok();
    }
    let path = format!("/halls/{}/explain?counter={}", hub.demo.hall, counter.id);
    let told = hub.api.get(&path).await.ok().to_string();
    assert!(told.find("A003") < told.find("A001"), "the class first: {told}");
    assert_eq!(hub.api.nobody().get(&path).await.status, 401);
    assert_eq!(counter.press("call_next").await.ok()["ticket"]["number"], "A003");
    hub.stop().await;
}
