//! What stands beside a ticket: notes and the visitor, for staff only.

use serde_json::json;
use tests::{TestHub, has_word};

#[tokio::test]
async fn a_note_reaches_the_next_counter_and_a_name_only_who_called() {
    let hub = TestHub::start().await;
    let hall = &hub.demo.hall;
    let visitor = json!({"phone": "13812346618", "name": "李小明"});
    let taken = hub.command("issue", json!({"queue": hub.demo.queues[0], "visitor": visitor})).await.ok();
    let id = taken["ticket"]["id"].as_str().unwrap_or_default().to_owned();
    let path = format!("/tickets/{id}/beside");

    let waiting = hub.api.get(&path).await.ok();
    assert_eq!(waiting["phone_tail"], "6618");
    assert!(waiting["name"].is_null(), "nobody knows a name before the call");
    assert_eq!(hub.api.nobody().get(&path).await.status, 401, "the visitor's key is not enough");

    let counter = &hub.demo.counters[0];
    hub.command("open_counter", json!({"counter": counter})).await.ok();
    hub.command("call_next", json!({"counter": counter})).await.ok();
    assert_eq!(hub.api.get(&path).await.ok()["name"], "李小明");
    hub.command("start", json!({"counter": counter})).await.ok();
    let moved = json!({"counter": counter, "queue": hub.demo.queues[1], "note": "带了复印件"});
    hub.command("transfer", moved).await.ok();

    let beside = hub.api.get(&path).await.ok();
    assert_eq!(beside["notes"][0]["text"], "带了复印件");
    assert!(beside["name"].is_null());
    let board = hub.api.get(&format!("/halls/{hall}/board")).await.ok().to_string();
    assert!(!board.contains("复印件") && !has_word(&board, "6618"), "nothing of it is on a board");
    hub.stop().await;
}
