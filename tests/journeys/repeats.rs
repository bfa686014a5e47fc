//! Every move, sent twice with one key: it happens once, and both get the same answer.

use serde_json::{Value, json};
use tests::TestHub;

/// The moves of a counter's day, in an order in which each of them is possible.
fn day(hub: &TestHub, ticket: &Value) -> Vec<(&'static str, Value)> {
    let counter = || json!({"counter": hub.demo.counters[0]});
    let with = |mut fields: Value, name: &str, value: Value| {
        fields[name] = value;
        fields
    };
    let its = || json!({"ticket": ticket});
    let other = || json!(hub.demo.queues[1]);
    vec![
        ("open_counter", counter()),
        ("issue", json!({"queue": hub.demo.queues[0]})),
        ("call_next", counter()),
        ("undo", counter()),
        ("call_ticket", with(counter(), "ticket", ticket.clone())),
        ("start", counter()),
        ("park", counter()),
        ("unpark", its()),
        ("defer", its()),
        ("reprioritise", json!({"ticket": ticket, "priority": "elder", "reason": "other"})),
        ("transfer", json!({"ticket": ticket, "queue": other()})),
        ("call_ticket", with(counter(), "ticket", ticket.clone())),
        ("recall", counter()),
        ("no_show", counter()),
        ("return", its()),
        ("call_ticket", with(counter(), "ticket", ticket.clone())),
        ("start", counter()),
        ("finish", counter()),
        ("pause_counter", with(counter(), "reason", json!("break"))),
        ("resume_counter", counter()),
        ("freeze_queue", json!({"queue": other()})),
        ("thaw_queue", json!({"queue": other()})),
        ("set_mode", json!({"mode": "manual"})),
        ("announce", json!({"zones": [], "text": "请注意"})),
        ("cancel", json!({"ticket": ticket.as_i64().expect("a ref") + 2})),
        ("close_counter", counter()),
        ("close_day", json!({})),
        ("open_day", json!({})),
    ]
}

#[tokio::test]
async fn every_move_with_its_key_happens_once_however_often_it_is_sent() {
    let hub = TestHub::start().await;
    let hall = hub.demo.hall.clone();
    let ticket = hub.take('A').await["ref"].clone();
    for (step, (verb, fields)) in day(&hub, &ticket).into_iter().enumerate() {
        let key = format!("press-{step}");
        let send = || hub.api.command_with_key(&hall, verb, fields.clone(), &key);
        let first = send().await.expect("an answer").ok();
        let again = send().await.expect("an answer").ok();
        assert_eq!(again, first, "{verb}, the second time");
        let board = hub.api.get(&format!("/halls/{hall}/board")).await.ok();
        assert_eq!(board["at"], first["at"], "{verb} was written once");
    }
    let board = async || hub.api.get(&format!("/halls/{hall}/board")).await.ok();
    let withdraw = json!({"announcement": board().await["notices"][0]["id"]});
    let send = async |key| hub.api.command_with_key(&hall, "withdraw", withdraw.clone(), key).await.expect("an answer");
    let first = send("withdraw").await.ok();
    assert_eq!(send("withdraw").await.ok(), first);
    let anew = send("another-press").await;
    assert_eq!((anew.status, anew.code()), (404, "no_such"), "{anew:?}");
    let board = board().await;
    assert_eq!((&board["at"], &board["notices"]), (&first["at"], &json!([])));
    hub.stop().await;
}
