//! Staff press a pad instead of the page: the same moves, the same refusals, on every screen.

use std::process::Stdio;

use serde_json::json;
use tests::{Api, TestHub, TestPads, TestScreen};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::Command;
use wire::Frame;

/// A token with these scopes, for the bridge.
async fn bridge_token(hub: &TestHub, scopes: &[&str]) -> Api {
    let asked = json!({"name": "call pads", "scopes": scopes, "hall": hub.demo.hall});
    let made = hub.api.post("/tokens", &asked).await.ok();
    hub.api.with_token(made["token"].as_str().expect("a token"))
}

#[tokio::test]
async fn a_press_on_a_pad_is_a_press_on_the_page() {
    let hub = TestHub::start().await;
    let pads = TestPads::beside(&bridge_token(&hub, &["staff"]).await, &hub.demo.hall).await;
    let mut pad = pads.pad("C2").await;
    let mut screen = TestScreen::follow(&hub.demo.url, &hub.demo.hall, "screen", None, json!({})).await;
    hub.take('A').await;
    hub.take('B').await;

    assert_eq!(pad.press("NEXT").await, "NO counter_closed -");
    assert_eq!(pad.press("OPEN").await, "OK - open");
    assert_eq!(pad.press("NEXT").await, "OK A001 calling");
    let (_, frame) = screen.frame(|frame| matches!(frame, Frame::Called { .. })).await;
    assert!(serde_json::to_string(&frame).expect("JSON").contains("A001"));
    assert_eq!(pad.press("NEXT").await, "NO counter_busy A001");
    assert_eq!(pad.press("START").await, "OK A001 serving");
    assert_eq!(pad.press("FINISH").await, "OK A001 open");
    assert_eq!(pad.press("CALL B001").await, "OK B001 calling");
    assert_eq!(pad.press("STATE").await, "OK B001 calling");
    assert_eq!(pad.press("NOSHOW").await, "OK B001 open");
    assert_eq!(pad.press("PAUSE BREAK").await, "OK - paused");
    assert_eq!(pad.press("RESUME").await, "OK - open");
    assert_eq!(pad.press("CLOSE").await, "OK - closed");
    assert_eq!(pads.pad("C9").await.press("NEXT").await, "ERR no_such_counter");
    pads.stop().await;
    hub.stop().await;
}

#[tokio::test]
async fn a_terminal_is_a_pad_for_trying_things_out() {
    let hub = TestHub::start().await;
    hub.take('A').await;
    let folder = tempfile::tempdir().expect("a folder");
    let token = folder.path().join("token");
    let bridge = bridge_token(&hub, &["staff"]).await;
    std::fs::write(&token, bridge.token().expect("a token")).expect("the token is written");
    let mut pad = Command::new(tests::program())
        .args(["pad", "--hub", &hub.demo.url, "--hall", &hub.demo.hall, "--keyboard", "--token-file"])
        .arg(&token)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("the bridge starts");
    let mut keys = pad.stdin.take().expect("its keyboard");
    let mut answers = BufReader::new(pad.stdout.take().expect("what it prints")).lines();
    for (press, answer) in
        [("C3 OPEN", "C3 OK - open"), ("C3 NEXT", "C3 OK A001 calling"), ("C3 FLY", "C3 ERR unknown_key")]
    {
        keys.write_all(format!("{press}\n").as_bytes()).await.expect("it is typed");
        assert_eq!(answers.next_line().await.expect("an answer").as_deref(), Some(answer));
    }
    drop(keys);
    assert!(pad.wait().await.expect("it ends with its input").success());
    hub.stop().await;
}

#[tokio::test]
async fn a_press_that_is_sent_twice_calls_one_visitor() {
    let hub = TestHub::start().await;
    let pads = TestPads::beside(&bridge_token(&hub, &["staff"]).await, &hub.demo.hall).await;
    let mut pad = pads.pad("1").await;
    hub.take('A').await;
    hub.take('A').await;
    pad.press("OPEN").await;
    assert_eq!(pad.press("NEXT").await, "OK A001 calling");
    assert_eq!(pad.press_again("NEXT").await, "OK A001 calling");
    pads.stop().await;
    hub.stop().await;
}

#[tokio::test]
async fn a_pad_beside_a_page_needs_the_reach_of_a_supervisor() {
    let hub = TestHub::start().await;
    let people = hub.api.get("/people").await.ok();
    let people = people["rows"].as_array().or(people.as_array()).expect("people").clone();
    let counter = hub.demo.counters[0].clone();
    let opened = hub.command("open_counter", json!({"counter": counter, "staff": people[0]["id"]})).await;
    opened.ok();
    hub.take('A').await;

    let small = TestPads::beside(&bridge_token(&hub, &["staff"]).await, &hub.demo.hall).await;
    assert_eq!(small.pad("C1").await.press("NEXT").await, "NO not_yours -");
    let large = TestPads::beside(&bridge_token(&hub, &["supervisor"]).await, &hub.demo.hall).await;
    assert_eq!(large.pad("C1").await.press("NEXT").await, "OK A001 calling");
    small.stop().await;
    large.stop().await;
    hub.stop().await;
}
