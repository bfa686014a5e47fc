//! Bad input is normal: a problem document that says what to do, no panic, nothing written.

use serde_json::{Value, json};
use tests::{Said, TestHub};

/// A problem document with its five members, and never a status of failure.
fn assert_problem(said: &Said, what: &str) {
    assert!((400..500).contains(&said.status), "{what}: {said:?}");
    assert_eq!(said.headers["content-type"], "application/problem+json", "{what}");
    for member in ["type", "title", "status", "detail", "code"] {
        assert!(!said.body[member].is_null(), "{what}: no {member} in {}", said.body);
    }
    assert_eq!(said.body["status"], said.status, "{what}");
}

async fn position(hub: &TestHub) -> Value {
    hub.api.get(&format!("/halls/{}/board", hub.demo.hall)).await.ok()["at"].clone()
}

#[tokio::test]
async fn every_wrong_command_body_is_answered_with_a_problem_and_writes_nothing() {
    let hub = TestHub::start().await;
    let before = position(&hub).await;
    let (queue, counter) = (hub.demo.queues[0].clone(), hub.demo.counters[0].clone());
    let long = "x".repeat(5_000);
    let wrong = [
        json!({}),
        json!({"do": 7}),
        json!({"do": "dance"}),
        json!({"do": "issue"}),
        json!({"do": "issue", "queue": null}),
        json!({"do": "issue", "queue": ["A"]}),
        json!({"do": "issue", "queue": "no such queue"}),
        json!({"do": "issue", "queue": long}),
        json!({"do": "issue", "queue": queue, "colour": "red"}),
        json!({"do": "issue", "queue": queue, "channel": "pigeon"}),
        json!({"do": "issue", "queue": queue, "priority": "no such class"}),
        json!({"do": "issue", "queue": queue, "language": "tlh"}),
        json!({"do": "issue", "queue": queue, "route": "A"}),
        json!({"do": "issue", "queue": queue, "route": [queue, "no such queue"]}),
        json!({"do": "issue", "queue": queue, "visitor": {"phone": "not a phone"}}),
        json!({"do": "issue", "queue": queue, "visitor": {"identity": {"kind": "moon_card", "value": "1"}}}),
        json!({"do": "issue", "queue": queue, "visitor": {"name": long}}),
        json!({"do": "call_next"}),
        json!({"do": "call_next", "counter": 3.5}),
        json!({"do": "call_next", "counter": "no such counter"}),
        json!({"do": "call_ticket", "counter": counter, "ticket": -1}),
        json!({"do": "park", "counter": counter, "until": "tomorrow"}),
        json!({"do": "pause_counter", "counter": counter}),
        json!({"do": "set_mode", "mode": "magic"}),
        json!({"do": "set_mode"}),
        json!({"do": "set_mode", "mode": null, "queue": queue, "counter": counter}),
        json!({"do": "withdraw"}),
        json!({"do": "announce", "zones": [], "text": "x".repeat(501)}),
        json!({"do": "announce", "zones": [], "text": "hello", "repeat": 6}),
        json!({"do": "announce", "zones": [], "text": "hello", "ttl_s": 3601}),
        json!({"do": "announce", "zones": ["no such zone"], "text": "hello"}),
        json!({"do": "check_in"}),
        json!({"do": "issue", "queue": queue, "expect": {"seq": "now"}}),
        json!({"do": "issue", "queue": queue, "note": "n".repeat(201)}),
    ];
    for body in wrong {
        let said = hub.api.post(&format!("/halls/{}/commands", hub.demo.hall), &body).await;
        assert_problem(&said, &body.to_string().chars().take(120).collect::<String>());
    }
    assert_eq!(position(&hub).await, before, "nothing was written");
    hub.stop().await;
}

#[tokio::test]
async fn what_is_not_even_json_is_answered_with_a_problem() {
    let hub = TestHub::start().await;
    let path = format!("/halls/{}/commands", hub.demo.hall);
    let duplicate = format!(r#"{{"do":"issue","queue":"{0}","queue":"{0}"}}"#, hub.demo.queues[0]);
    let deep = "[".repeat(20_000);
    for (kind, body, status) in [
        ("application/json", String::new(), 400),
        ("application/json", "{".to_owned(), 400),
        ("application/json", "nonsense".to_owned(), 400),
        ("application/json", deep, 400),
        ("application/json", duplicate, 422),
        ("application/json", format!("\"{}\"", "x".repeat(100_000)), 413),
        ("text/plain", "{}".to_owned(), 415),
        ("application/xml", "<do/>".to_owned(), 415),
    ] {
        let what = format!("{kind} {}", body.chars().take(40).collect::<String>());
        let said = hub.api.post_raw(&path, kind, body).await;
        assert_eq!(said.status, status, "{what}: {said:?}");
        assert_problem(&said, &what);
    }
    hub.stop().await;
}

#[tokio::test]
async fn a_key_that_is_no_key_is_named_and_its_command_not_done() {
    let hub = TestHub::start().await;
    let before = position(&hub).await;
    for key in ["", "two words", "键", &"k".repeat(201)] {
        let fields = json!({"queue": hub.demo.queues[0]});
        let said = hub.api.command_with_key(&hub.demo.hall, "issue", fields, key).await.expect("an answer");
        assert_problem(&said, key);
        assert_eq!((said.status, &said.body["errors"][0]["field"]), (422, &json!("Idempotency-Key")), "{key}");
    }
    assert_eq!(position(&hub).await, before, "nothing was written");
    hub.stop().await;
}

#[tokio::test]
async fn unknown_addresses_methods_and_halls_are_answered_with_a_problem() {
    let hub = TestHub::start().await;
    let board = format!("/halls/{}/board", hub.demo.hall);
    for (said, status) in [
        (hub.api.get("/nowhere").await, 404),
        (hub.api.delete(&board).await, 405),
        (hub.api.get("/halls/nowhere/board").await, 404),
        (hub.api.get("/tickets/AAAAAAAAAAAAAAAAAAAAAA").await, 404),
        (hub.api.get(&format!("/halls/{}/journal?after=minus", hub.demo.hall)).await, 400),
        (hub.api.command("nowhere", "open_day", json!({})).await, 404),
    ] {
        assert!(said.status == status || (status == 400 && said.status == 422), "{said:?}");
        assert_problem(&said, "address");
    }
    hub.stop().await;
}

#[tokio::test]
async fn without_a_permission_nothing_is_read() {
    let hub = TestHub::start().await;
    for token in [None, Some("wrong"), Some("")] {
        let api = token.map_or(hub.api.nobody(), |it| hub.api.with_token(it));
        for path in [
            "/people",
            "/tokens",
            "/audit",
            &format!("/halls/{}/journal?after=0", hub.demo.hall),
            &format!("/halls/{}/setup", hub.demo.hall),
        ] {
            let said = api.get(path).await;
            assert!(matches!(said.status, 401 | 403), "{path} with {token:?}: {said:?}");
            assert_problem(&said, path);
        }
    }
    hub.stop().await;
}

/// A program that sends head and body apart, and keeps its connection, as many HTTP libraries do.
#[tokio::test]
async fn a_refused_body_does_not_cost_the_connection() {
    use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
    let hub = TestHub::start().await;
    let address = hub.api.base().strip_prefix("http://").unwrap_or_default().to_owned();
    let mut line = BufReader::new(tokio::net::TcpStream::connect(&address).await.expect("a connection"));
    let commands = format!("/api/v1/halls/{}/commands", hub.demo.hall);
    for (path, kind, status) in [
        (commands.as_str(), "text/plain", 415),
        ("/api/v1/nowhere", "application/json", 404),
        ("/api/v1/health", "application/json", 405),
        (commands.as_str(), "application/json", 401),
    ] {
        let head =
            format!("POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: {kind}\r\ncontent-length: 17\r\n\r\n");
        line.write_all(head.as_bytes()).await.expect("the head is sent");
        line.write_all(br#"{"do":"open_day"}"#).await.expect("the body is sent");
        let mut first = String::new();
        line.read_line(&mut first).await.expect("an answer");
        assert!(first.contains(&status.to_string()), "{path} {kind}: {first:?}");
        let mut length = 0;
        loop {
            let mut header = String::new();
            line.read_line(&mut header).await.expect("a header");
            if header == "\r\n" {
                break;
            }
            if let Some(it) = header.strip_prefix("content-length: ") {
                length = it.trim().parse().expect("a length");
            }
        }
        line.read_exact(&mut vec![0; length]).await.expect("the whole answer");
    }
    hub.stop().await;
}

#[tokio::test]
async fn a_person_who_mistypes_an_address_gets_a_page_and_a_program_a_problem() {
    let hub = TestHub::start().await;
    let address = format!("{}/kisok", hub.api.base());
    let browser = reqwest::Client::new().get(&address).header("accept", "text/html,*/*;q=0.8");
    let page = browser.send().await.expect("an answer");
    // Without built pages the hub says 503 and how to build them.
    assert!(matches!(page.status().as_u16(), 404 | 503), "{page:?}");
    assert!(page.headers()["content-type"].to_str().is_ok_and(|it| it.starts_with("text/")), "{page:?}");
    let program = reqwest::get(&address).await.expect("an answer");
    assert_eq!(program.status().as_u16(), 404);
    assert_eq!(program.headers()["content-type"], "application/problem+json");
    hub.stop().await;
}

#[tokio::test]
async fn what_a_hall_finds_wrong_with_a_field_has_a_code_and_its_limits() {
    let hub = TestHub::start().await;
    let queue = hub.demo.queues[0].clone();
    let none = Value::Null;
    for (body, field, code, min, max) in [
        (json!({"do": "issue", "queue": queue, "priority": "king"}), "priority", "no_such", &none, &none),
        (json!({"do": "issue", "queue": queue, "route": vec![&queue; 21]}), "route", "at_most", &none, &json!(20)),
        (json!({"do": "issue", "queue": queue, "pick_up": "7"}), "pick_up", "not_wanted", &none, &none),
        (json!({"do": "announce", "zones": [], "text": "x", "repeat": 6}), "repeat", "range", &json!(1), &json!(5)),
        (json!({"do": "announce", "zones": ["z"], "text": "x"}), "zones", "no_such", &none, &none),
        (json!({"do": "check_in"}), "ticket", "one_of", &none, &none),
    ] {
        let said = hub.api.post(&format!("/halls/{}/commands", hub.demo.hall), &body).await;
        let error = &said.body["errors"][0];
        assert_eq!((&error["field"], &error["code"]), (&json!(field), &json!(code)), "{body}: {said:?}");
        assert_eq!((&error["min"], &error["max"]), (min, max), "{body}: {said:?}");
    }
    hub.stop().await;
}
