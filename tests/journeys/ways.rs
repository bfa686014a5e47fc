//! Ways through a hall that are not straight: several stages in several zones, from afar, by order number, and
//! a hall that is set up anew while people wait.

use serde_json::{Value, json};
use tests::{TestHub, TestScreen};
use wire::At;

fn at(said: &Value) -> At {
    serde_json::from_value(said["at"].clone()).expect("a position")
}

async fn queue(hub: &TestHub, id: &str, fields: Value) {
    let mut row = json!({"prefix": id, "name": format!("队列{id}")});
    row.as_object_mut().expect("a row").extend(fields.as_object().cloned().unwrap_or_default());
    hub.api.put(&format!("/halls/{}/queues/{id}", hub.demo.hall), &row).await.ok();
}

async fn serves(hub: &TestHub, counter: usize, zone: &str, queues: &[&str]) {
    let served: Vec<_> = queues.iter().map(|it| json!({"queue": it})).collect();
    let row = json!({"label": counter.to_string(), "zone": zone, "queues": served});
    hub.api.put(&format!("/halls/{}/counters/{}", hub.demo.hall, hub.demo.counters[counter - 1]), &row).await.ok();
}

fn has(board: &wire::Board, number: &str) -> bool {
    board.tickets.iter().any(|it| it.number == number)
}

#[tokio::test]
async fn a_patient_goes_from_one_waiting_area_to_the_next_with_one_number() {
    let hub = TestHub::start().await;
    queue(&hub, "R", json!({"zones": ["east"]})).await;
    queue(&hub, "H", json!({"zones": ["west"]})).await;
    serves(&hub, 1, "east", &["R"]).await;
    serves(&hub, 6, "west", &["H"]).await;
    let (base, hall) = (hub.demo.url.clone(), hub.demo.hall.clone());
    let mut east = TestScreen::follow(&base, &hall, "screen", None, json!({"zones": ["east"]})).await;
    let mut west = TestScreen::follow(&base, &hall, "screen", None, json!({"zones": ["west"]})).await;

    let taken = hub.command("issue", json!({"queue": "R", "route": ["R", "H"], "channel": "kiosk"})).await.ok();
    assert_eq!(taken["ticket"]["number"], "R001");
    assert_eq!(taken["ticket"]["stage"]["index"], 1);
    assert!(has(east.until(at(&taken)).await, "R001"));
    let (registration, room) = (hub.counter(1).await, hub.counter(6).await);
    registration.press("call_next").await.ok();
    registration.press("start").await.ok();
    let on = registration.press("finish").await.ok();
    assert_eq!((&on["ticket"]["queue"], &on["ticket"]["stage"]["index"]), (&json!("H"), &json!(2)));

    assert!(!has(east.until(at(&on)).await, "R001"), "the first area shows it no longer");
    assert!(has(west.until(at(&on)).await, "R001"), "the second does");
    let called = room.press("call_next").await.ok();
    assert_eq!(called["ticket"]["number"], "R001");
    assert_eq!(west.until(at(&called)).await.calls[0].number, "R001");
    let elsewhere = hub.command("issue", json!({"queue": "R"})).await.ok();
    assert!(east.until(at(&elsewhere)).await.calls.iter().all(|it| it.counter == registration.id));
    hub.stop().await;
}

#[tokio::test]
async fn a_ticket_from_afar_waits_for_its_check_in_where_the_queue_asks_for_one() {
    let hub = TestHub::start().await;
    queue(&hub, "F", json!({"check_in": true})).await;
    serves(&hub, 1, "east", &["F"]).await;
    let counter = hub.counter(1).await;
    let taken = hub.command("issue", json!({"queue": "F", "channel": "phone"})).await.ok();
    let key = json!({"ticket": taken["ticket"]["id"]});
    assert_eq!(counter.press("call_next").await.code(), "nobody_waiting");
    hub.api.nobody().command(&hub.demo.hall, "check_in", key).await.ok();
    assert_eq!(counter.press("call_next").await.ok()["ticket"]["number"], "F001");
    hub.stop().await;
}

#[tokio::test]
async fn medicine_is_called_by_the_number_of_its_order() {
    let hub = TestHub::start().await;
    queue(&hub, "M", json!({"pick_up": true})).await;
    serves(&hub, 1, "east", &["M"]).await;
    let counter = hub.counter(1).await;
    let mut screen = TestScreen::follow(&hub.demo.url, &hub.demo.hall, "screen", None, json!({})).await;
    let ready = hub.command("issue", json!({"queue": "M", "pick_up": "20871"})).await.ok();
    assert_eq!(ready["ticket"]["number"], "20871");
    let called = counter.press("call_next").await.ok();
    assert_eq!(screen.until(at(&called)).await.calls[0].number, "20871");
    hub.stop().await;
}

#[tokio::test]
async fn counters_get_other_queues_while_the_hall_runs_and_who_waits_follows_at_once() {
    let hub = TestHub::start().await;
    for number in 1..=6 {
        serves(&hub, number, "east", &["A"]).await;
    }
    let mut wall = TestScreen::follow(&hub.demo.url, &hub.demo.hall, "wall", Some(&hub.demo.token), json!({})).await;
    hub.take('D').await;
    let counter = hub.counter(2).await;
    assert_eq!(counter.press("call_next").await.code(), "nobody_waiting", "no counter serves it yet");
    serves(&hub, 2, "east", &["D", "A"]).await;
    let called = counter.press("call_next").await.ok();
    assert_eq!(called["ticket"]["number"], "D001");
    let board = wall.until(at(&called)).await;
    let shown = board.counters.iter().find(|it| it.id == counter.id).expect("the counter");
    assert_eq!((shown.queues.join(" "), shown.state.as_str()), ("D A".to_owned(), "calling"));
    hub.stop().await;
}

#[tokio::test]
async fn halls_of_one_hub_have_their_own_line_day_and_numbers() {
    let hub = TestHub::start().await;
    let exported = hub.api.get(&format!("/halls/{}/export", hub.demo.hall)).await.ok();
    hub.api.post("/halls/import?as=second", &exported).await.ok();
    let first = hub.take('A').await;
    let second = hub.api.command("second", "issue", json!({"queue": hub.demo.queues[0]})).await.ok();
    assert_eq!((&first["number"], &second["ticket"]["number"]), (&json!("A001"), &json!("A001")));
    hub.api.command("second", "close_day", json!({})).await.ok();
    assert_eq!(hub.take('A').await["number"], "A002");
    assert_eq!(hub.api.command("second", "issue", json!({"queue": hub.demo.queues[0]})).await.code(), "day_closed");
    hub.stop().await;
}
