//! Nobody without the key can touch a ticket, and nothing public holds a key or anything personal.

use serde_json::{Value, json};
use tests::{TestHub, TestScreen};

const PHONE: &str = "13800006618";
const NAME: &str = "欧阳小明";
const IDENTITY: &str = "110101199003077758";

#[tokio::test]
async fn public_boards_and_frames_hold_no_key_and_nothing_personal() {
    let hub = TestHub::start().await;
    let mut screen = TestScreen::follow(&hub.demo.url, &hub.demo.hall, "screen", None, json!({})).await;
    screen.hear().await;
    let visitor = json!({"phone": PHONE, "name": NAME, "identity": {"kind": "id_card", "value": IDENTITY}});
    let issued = hub.command("issue", json!({"queue": hub.demo.queues[0], "visitor": visitor})).await.ok();
    let key = issued["ticket"]["id"].as_str().expect("the issuer is told the key").to_owned();
    let counter = hub.counter(1).await;
    for verb in ["call_next", "recall", "start", "park"] {
        if verb == "recall" {
            continue;
        }
        counter.press(verb).await.ok();
    }
    let last = hub.command("cancel", json!({"ticket": issued["ticket"]["ref"], "reason": "other"})).await;
    let last = if last.status == 200 { last.body } else { hub.take_answer().await };
    screen.until(serde_json::from_value(last["at"].clone()).expect("a position")).await;

    let nobody = hub.api.nobody();
    let board = nobody.get(&format!("/halls/{}/board", hub.demo.hall)).await.ok();
    let offer = nobody.get(&format!("/halls/{}/offer", hub.demo.hall)).await.ok();
    let metrics = reqwest::get(format!("{}/metrics", hub.demo.url)).await.expect("metrics").text().await.expect("text");
    let frames = serde_json::to_value(&screen.frames).expect("json");
    let journal = hub.api.get(&format!("/halls/{}/journal?after=0", hub.demo.hall)).await.ok();
    for (what, text) in [
        ("board", board.to_string()),
        ("offer", offer.to_string()),
        ("frames", frames.to_string()),
        ("metrics", metrics),
    ] {
        assert!(!text.contains(&key), "{what} holds a ticket's key");
        assert_nothing_personal(what, &text);
    }
    assert_nothing_personal("journal", &journal.to_string());
    hub.stop().await;
}

fn assert_nothing_personal(what: &str, text: &str) {
    for personal in [PHONE, NAME, IDENTITY, "6618"] {
        assert!(!text.contains(personal), "{what} holds {personal}");
    }
}

#[tokio::test]
async fn nobody_without_the_key_can_cancel_a_ticket() {
    let hub = TestHub::start().await;
    let ticket = hub.take('A').await;
    let nobody = hub.api.nobody();
    let hall = &hub.demo.hall;
    let by_ref = nobody.command(hall, "cancel", json!({"ticket": ticket["ref"]})).await;
    assert!(matches!(by_ref.status, 401 | 403 | 404), "{by_ref:?}");
    let guessed = nobody.command(hall, "cancel", json!({"ticket": "AAAAAAAAAAAAAAAAAAAAAA"})).await;
    assert!(matches!(guessed.status, 401 | 403 | 404), "{guessed:?}");
    let call = nobody.command(hall, "call_next", json!({"counter": hub.demo.counters[0]})).await;
    assert_eq!(call.status, 401);
    let still = hub.api.get(&format!("/tickets/{}", ticket["id"].as_str().unwrap_or_default())).await.ok();
    assert_eq!(still["state"], "waiting");
    let own = nobody.command(hall, "cancel", json!({"ticket": ticket["id"]})).await.ok();
    assert_eq!(own["ticket"]["state"], "cancelled");
    hub.stop().await;
}

trait TakeAnswer {
    async fn take_answer(&self) -> Value;
}

impl TakeAnswer for TestHub {
    async fn take_answer(&self) -> Value {
        self.command("issue", json!({"queue": self.demo.queues[0]})).await.ok()
    }
}
