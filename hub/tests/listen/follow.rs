//! Boards, frames and positions: nothing is missed, nothing comes twice, nothing goes back.

use std::collections::BTreeSet;
use std::time::Duration;

use hub::people::Scope;
use hub::socket::Pace;
use hub::store::journal;
use serde_json::{Value, json};
use sqlx::Connection as _;
use wire::At;

use super::kit::{House, pace};

/// The kinds of the next so many frames, which must come in order.
async fn kinds(listener: &mut super::kit::Listener, many: usize) -> Vec<String> {
    let (mut kinds, mut last) = (Vec::new(), 0);
    for _ in 0..many {
        let (seq, kind, _) = listener.frame().await;
        assert!(seq > last, "{kind} goes back from {last} to {seq}");
        last = seq;
        kinds.push(kind);
    }
    kinds
}

#[tokio::test]
async fn what_happens_is_told_in_order() {
    let house = House::open().await;
    let mut screen = house.screen(None).await;
    assert_eq!(screen.board().await["tickets"], json!([]));
    house.issue("a").await;
    house.ask(json!({"do": "call_next", "counter": "1"})).await;
    let (_, kind, issued) = screen.frame().await;
    assert_eq!((kind.as_str(), &issued["ticket"]["number"]), ("issued", &json!("A001")));
    let (seq, kind, called) = screen.frame().await;
    assert_eq!(kind, "called");
    assert_eq!(called["ticket"]["state"], "called");
    assert_eq!(called["counter"]["label"], "1");
    assert_eq!(called["zones"], json!(["east"]));
    assert_eq!(called["times"], 1);
    assert!(called["speak_at"].is_string());
    assert_eq!(called["because"], Value::Null, "only staff learns why");
    assert_eq!(seq, house.position().await.seq);
}

#[tokio::test]
async fn who_comes_back_gets_what_was_missed_and_nothing_else() {
    let house = House::open().await;
    let mut screen = house.screen(None).await;
    let at: At = serde_json::from_value(screen.board().await["at"].clone()).unwrap();
    for _ in 0..5 {
        house.issue("a").await;
    }
    assert_eq!(kinds(&mut screen, 5).await, ["issued"; 5]);
    let mut back = house.screen(Some(At { seq: at.seq + 2, ..at })).await;
    assert_eq!(kinds(&mut back, 3).await, ["issued"; 3]);
    let mut here = house.screen(Some(house.position().await)).await;
    assert!(here.is_quiet().await, "who missed nothing hears nothing");
    house.issue("b").await;
    assert_eq!(kinds(&mut here, 1).await, ["issued"]);
    assert_eq!(kinds(&mut back, 1).await, ["issued"]);
}

#[tokio::test]
async fn an_old_position_is_answered_from_the_journal_also_after_a_restart() {
    let house = House::open().await;
    let begun = house.position().await;
    for _ in 0..120 {
        house.issue("a").await;
    }
    let house = house.again(async |_| {}).await;
    let mut back = house.screen(Some(begun)).await;
    assert_eq!(kinds(&mut back, 120).await, vec!["issued"; 120]);
    house.ask(json!({"do": "call_next", "counter": "1"})).await;
    assert_eq!(kinds(&mut back, 1).await, ["called"]);
    let mut older = house.screen(Some(At { seq: begun.seq - 1, ..begun })).await;
    assert_eq!(older.frame().await.1, "counter");
}

#[tokio::test]
async fn a_position_more_than_a_thousand_entries_old_is_answered_with_a_board() {
    let house = House::open().await;
    let begun = house.position().await;
    let token = house.token(Scope::Staff).await.token;
    house.issue("a").await;
    house.ask(json!({"do": "call_next", "counter": "1"})).await;
    for _ in 0..1_000 {
        house.ask(json!({"do": "recall", "counter": "1"})).await;
    }
    let at = |at: At| json!({"at": at});
    let mut far = house.face("wall", Some(&token), at(begun)).await;
    assert_eq!(far.board().await["at"]["seq"], begun.seq + 1_002);
    let mut near = house.face("wall", Some(&token), at(At { seq: begun.seq + 2, ..begun })).await;
    let kinds = kinds(&mut near, 1_000).await;
    assert_eq!(kinds, vec!["recalled"; 1_000]);
}

#[tokio::test]
async fn another_epoch_is_answered_with_a_board() {
    let house = House::open().await;
    let at = house.position().await;
    let mut screen = house.screen(Some(At { epoch: at.epoch + 1, ..at })).await;
    assert_eq!(screen.board().await["at"], json!(at));
    let house = house
        .again(async |data| {
            let file = format!("sqlite://{}", data.join("hallcast.db").display());
            let mut db = sqlx::SqliteConnection::connect(&file).await.unwrap();
            sqlx::query("UPDATE halls SET epoch = epoch + 100").execute(&mut db).await.unwrap();
        })
        .await;
    let mut back = house.screen(Some(at)).await;
    assert_eq!(back.board().await["at"]["epoch"], at.epoch + 100);
}

#[tokio::test]
async fn a_position_from_the_future_is_answered_with_a_board() {
    let house = House::open().await;
    let at = house.position().await;
    let mut screen = house.screen(Some(At { seq: at.seq + 500, ..at })).await;
    assert_eq!(screen.board().await["at"], json!(at));
    let mut screen = house.screen(Some(At { epoch: -1, seq: -9 })).await;
    screen.board().await;
}

#[tokio::test]
async fn zones_hear_what_is_theirs_and_what_is_everybodys() {
    let house = House::open().await;
    house.issue("a").await;
    house.issue("b").await;
    let mut east = house.face("screen", None, json!({"zones": ["east"]})).await;
    let board = east.board().await;
    let ids = |list: &Value| list.as_array().unwrap().iter().map(|it| it["id"].clone()).collect::<Vec<_>>();
    assert_eq!((ids(&board["queues"]), ids(&board["counters"])), (vec![json!("a")], vec![json!("1")]));
    assert_eq!(board["tickets"].as_array().unwrap().len(), 1);
    house.ask(json!({"do": "call_next", "counter": "2"})).await;
    house.ask(json!({"do": "call_next", "counter": "1"})).await;
    let (_, kind, called) = east.frame().await;
    assert_eq!((kind.as_str(), &called["counter"]["id"]), ("called", &json!("1")), "the call in the west is skipped");
    house.ask(json!({"do": "transfer", "counter": "1", "queue": "b"})).await;
    let (_, kind, moved) = east.frame().await;
    assert_eq!((kind.as_str(), &moved["ticket"]["queue"]), ("transferred", &json!("b")), "told where it was");
    assert_eq!(moved["zones"], json!(["west", "east"]));
    house.ask(json!({"do": "close_day"})).await;
    let mut heard = BTreeSet::new();
    loop {
        let (_, kind, _) = east.frame().await;
        let done = kind == "day";
        heard.insert(kind);
        if done {
            break;
        }
    }
    assert!(heard.contains("day"));
}

#[tokio::test]
async fn counters_hear_what_happens_at_them() {
    let house = House::open().await;
    house.issue("a").await;
    house.issue("b").await;
    let mut strip = house.face("strip", None, json!({"counters": ["2"]})).await;
    let board = strip.board().await;
    assert_eq!(board["counters"].as_array().unwrap().len(), 1);
    assert_eq!(board["queues"][0]["id"], "b");
    house.ask(json!({"do": "call_next", "counter": "1"})).await;
    house.ask(json!({"do": "call_next", "counter": "2"})).await;
    let (_, kind, called) = strip.frame().await;
    assert_eq!((kind.as_str(), &called["counter"]["id"]), ("called", &json!("2")));
    house.ask(json!({"do": "announce", "zones": ["east"]})).await;
    house.ask(json!({"do": "announce", "zones": ["west"]})).await;
    let (_, _, said) = strip.frame().await;
    assert_eq!(said["zones"], json!(["west"]), "words for where the counter stands");
    house.ask(json!({"do": "withdraw", "announcement": said["id"]})).await;
    let (_, kind, gone) = strip.frame().await;
    assert_eq!((kind.as_str(), &gone["id"], &gone["zones"]), ("withdrawn", &said["id"], &json!(["west"])));
}

#[tokio::test]
async fn a_part_gets_a_new_board_when_the_setup_changes() {
    let house = House::open().await;
    house.issue("a").await;
    let mut west = house.face("screen", None, json!({"zones": ["west"]})).await;
    assert_eq!(west.board().await["tickets"], json!([]));
    house.configure(|setup| setup.queues[0].zones = vec!["west".into()]).await;
    assert_eq!(west.frame().await.1, "configured");
    let board = west.board().await;
    assert_eq!(board["tickets"][0]["number"], "A001", "the line has moved here");
    assert_eq!(board["at"], json!(house.position().await));
}

#[tokio::test]
async fn staff_see_keys_and_times_and_why_and_hear_every_command() {
    let house = House::open().await;
    let token = house.token(Scope::Staff).await.token;
    let mut counter = house.face("counter", Some(&token), json!({})).await;
    counter.board().await;
    let id = house.issue("a").await;
    let (_, _, issued) = counter.frame().await;
    assert_eq!(issued["ticket"]["id"], json!(id));
    assert!(issued["ticket"]["issued_at"].is_string());
    house.ask(json!({"do": "call_next", "counter": "1"})).await;
    let (_, _, called) = counter.frame().await;
    assert!(called["because"]["rule"].is_string());
    assert_eq!(called["counter"]["staff"]["id"], "test");
    for command in [
        json!({"do": "recall", "counter": "1"}),
        json!({"do": "set_mode", "mode": "mixed"}),
        json!({"do": "set_mode", "mode": "manual", "counter": "1"}),
        json!({"do": "set_mode", "mode": null, "counter": "1"}),
        json!({"do": "freeze_queue", "queue": "b"}),
    ] {
        let answer = house.ask(command.clone()).await;
        assert_eq!(counter.frame().await.0, answer.at.seq, "{command}");
    }
}

/// Many change the hall at once while listeners come and go; each hears every number once, in order, and only what
/// the journal holds by then.
#[tokio::test(flavor = "multi_thread")]
async fn under_load_nothing_is_missed_doubled_or_told_too_early() {
    let house = House::open().await;
    for (queue, counter) in [("a", "1"), ("b", "2")] {
        house.issue(queue).await;
        house.ask(json!({"do": "call_next", "counter": counter})).await;
    }
    let begun = house.position().await;
    let token = house.token(Scope::Supervisor).await.token;
    let work = async {
        let one = |counter: &'static str| {
            let house = &house;
            async move {
                for _ in 0..150 {
                    house.ask(json!({"do": "recall", "counter": counter})).await;
                }
            }
        };
        tokio::join!(one("1"), one("2"), one("1"), one("2"));
        house.position().await.seq
    };
    let listener = |n: i64| {
        let (house, token) = (&house, &token);
        async move {
            let mut at = begun;
            let mut heard = Vec::new();
            while heard.len() < 600 {
                let mut wall = house.face("wall", Some(token), json!({"at": at})).await;
                // Stays for some frames, then leaves and comes back where it was.
                for _ in 0..(20 + n * 37) {
                    if heard.len() == 600 {
                        break;
                    }
                    let (seq, _, _) = wall.frame().await;
                    let held = journal::read(&house.hub.db, &House::hall(), seq - 1, 1).await.unwrap();
                    assert_eq!(held.len(), 1, "{seq} is told but not written");
                    heard.push(seq);
                    at.seq = seq;
                }
            }
            heard
        }
    };
    let (last, a, b, c) = tokio::join!(work, listener(0), listener(1), listener(2));
    let all: Vec<_> = (begun.seq + 1..=last).collect();
    assert_eq!(all.len(), 600);
    for heard in [a, b, c] {
        assert_eq!(heard, all);
    }
}

#[tokio::test]
async fn figures_that_change_by_themselves_are_told_when_they_change() {
    let house = House::at(Pace { live_every: Duration::from_millis(100), ..pace() }).await;
    let mut screen = house.screen(None).await;
    screen.board().await;
    let live = screen.text().await;
    assert_eq!(live["live"]["queues"], json!({"a": "open", "b": "open"}));
    assert!(live["live"]["estimates"]["a"]["p90_s"].is_number());
    assert_eq!(live["live"]["players"], json!({}), "players are for staff");
    house.ask(json!({"do": "freeze_queue", "queue": "b"})).await;
    loop {
        let said = screen.text().await;
        if said["live"]["queues"]["b"] == "frozen" {
            break;
        }
    }
}

#[tokio::test]
async fn a_wall_over_many_halls_hears_counts() {
    let house = House::open().await;
    let token = house.token(Scope::Auditor).await.token;
    house.issue("a").await;
    let mut wall = house.face("wall", Some(&token), json!({"cut": "summary"})).await;
    let first = wall.next().await;
    assert_eq!((&first["summary"]["waiting"], &first["summary"]["counters_open"]), (&json!(1), &json!(2)));
    house.issue("a").await;
    house.issue("b").await;
    loop {
        let said = wall.next().await;
        if said["summary"]["waiting"] == 3 {
            break;
        }
    }
}
