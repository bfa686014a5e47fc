//! A visitor takes a ticket, staff press next, and every face shows it in the same moment.

use serde_json::{Value, json};
use tests::{TestHub, TestScreen};
use wire::{At, Frame};

fn at(said: &Value) -> At {
    serde_json::from_value(said["at"].clone()).expect("a position")
}

#[tokio::test]
async fn a_call_reaches_screen_strip_wall_and_phone() {
    let hub = TestHub::start().await;
    let ticket = hub.take('A').await;
    let (base, hall) = (hub.demo.url.clone(), hub.demo.hall.clone());
    let counter = hub.counter(3).await;
    let mut screen = TestScreen::follow(&base, &hall, "screen", None, json!({})).await;
    let mut strip = TestScreen::follow(&base, &hall, "strip", None, json!({"counters": [counter.id]})).await;
    let mut wall = TestScreen::follow(&base, &hall, "wall", Some(&hub.demo.token), json!({})).await;
    let mut phone = TestScreen::follow(&base, &hall, "ticket", None, json!({"ticket": ticket["id"]})).await;

    let said = counter.press("call_next").await.ok();
    assert_eq!(said["ticket"]["number"], "A001");
    for listener in [&mut screen, &mut strip, &mut wall] {
        let board = listener.until(at(&said)).await;
        assert_eq!(board.calls[0].number, "A001");
        assert_eq!(board.calls[0].counter, counter.id);
        let on_board = board.counters.iter().find(|it| it.id == counter.id).expect("the counter");
        assert_eq!(on_board.state, "calling");
    }
    loop {
        if let Some(wire::Heard::Mine { mine, .. }) = phone.hear().await
            && mine.state == "called"
        {
            assert_eq!((mine.number.as_str(), mine.counter.as_deref()), ("A001", Some("3")));
            break;
        }
    }
    hub.stop().await;
}

#[tokio::test]
async fn a_listener_that_comes_back_hears_each_missed_frame_once_also_after_a_restart() {
    let hub = TestHub::start().await;
    let mut screen = TestScreen::follow(&hub.demo.url, &hub.demo.hall, "screen", None, json!({})).await;
    let first = hub.command("issue", json!({"queue": hub.demo.queues[0]})).await.ok();
    let seen = screen.until(at(&first)).await.clone();
    drop(screen);
    let counter = hub.counter(1).await;
    counter.serve_one().await;
    let last = hub.command("issue", json!({"queue": hub.demo.queues[1]})).await.ok();

    let hub = hub.restart().await;
    let mut back = TestScreen::follow(
        &hub.demo.url,
        &hub.demo.hall,
        "screen",
        None,
        json!({"at": {"epoch": seen.at.epoch, "seq": seen.at.seq}}),
    )
    .await;
    back.board = Some(seen.clone());
    let board = back.until(at(&last)).await.clone();
    let heard: Vec<i64> = back.frames.iter().map(|(at, _)| at.seq).collect();
    let expected: Vec<i64> = (seen.at.seq + 1..=at(&last).seq).collect();
    assert_eq!(heard, expected);

    let mut fresh = TestScreen::follow(&hub.demo.url, &hub.demo.hall, "screen", None, json!({})).await;
    let whole = fresh.until(at(&last)).await;
    assert_eq!(board.tickets, whole.tickets);
    assert_eq!(board.counters, whole.counters);
    assert_eq!(board.calls, whole.calls);
    hub.stop().await;
}

#[tokio::test]
async fn an_undone_call_is_taken_back_on_every_screen() {
    let hub = TestHub::start().await;
    let ticket = hub.take('D').await;
    let counter = hub.counter(2).await;
    let called = counter.press("call_next").await.ok();
    let mut screen = TestScreen::follow(&hub.demo.url, &hub.demo.hall, "screen", None, json!({})).await;
    screen.until(at(&called)).await;
    counter.press("undo").await.ok();
    let (_, frame) = screen.frame(|it| matches!(it, Frame::Undone(_))).await;
    let Frame::Undone(undone) = frame else { unreachable!("asked for it") };
    assert_eq!(undone.undoes, at(&called).seq);
    assert_eq!(undone.touch.ticket.expect("the ticket").state, "waiting");
    let board = screen.board.expect("a board");
    assert!(board.calls.iter().all(|it| json!(it.reference) != ticket["ref"]), "the call is gone from the list");
    hub.stop().await;
}
