//! Reading once: boards, explanations, journals, tickets, figures, and the descriptions of it all.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use hub::people::Scope;
use serde_json::{Value, json};
use sqlx::Connection as _;
use tower::ServiceExt as _;

use super::kit::House;

/// Asks without a socket: the same router, in memory.
async fn get(house: &House, address: &str, token: Option<&str>) -> (StatusCode, Value) {
    let mut request = Request::get(address);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let app = hub::http::router(house.hub.clone());
    let answer = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = answer.status();
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 22).await.unwrap();
    let value = serde_json::from_slice(&bytes).unwrap_or_else(|_| String::from_utf8(bytes.to_vec()).unwrap().into());
    (status, value)
}

async fn read(house: &House, path: &str, token: Option<&str>) -> Value {
    let (status, value) = get(house, &format!("/api/v1{path}"), token).await;
    assert_eq!(status, StatusCode::OK, "{path}: {value}");
    value
}

async fn refused(house: &House, path: &str, token: Option<&str>) -> (u16, String) {
    let (status, value) = get(house, &format!("/api/v1{path}"), token).await;
    assert_eq!(value["status"], status.as_u16(), "{path}: {value}");
    (status.as_u16(), value["code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn the_board_is_the_one_the_socket_sends() {
    let house = House::open().await;
    house.issue("a").await;
    house.ask(json!({"do": "call_next", "counter": "1"})).await;
    let mut screen = house.screen(None).await;
    let heard = screen.board().await;
    let mut board = read(&house, "/halls/h/board", None).await;
    for (one, other) in board["queues"].as_array_mut().unwrap().iter_mut().zip(heard["queues"].as_array().unwrap()) {
        one["estimate"] = other["estimate"].clone();
    }
    assert_eq!(board, heard);
}

#[tokio::test]
async fn staff_get_their_own_cut_and_everybody_can_ask_for_a_part() {
    let house = House::open().await;
    let id = house.issue("a").await;
    let (staff, player) = (house.token(Scope::Staff).await.token, house.token(Scope::Player).await.token);
    assert_eq!(read(&house, "/halls/h/board", Some(&staff)).await["tickets"][0]["id"], json!(id));
    let public = read(&house, "/halls/h/board?cut=public", Some(&staff)).await;
    assert_eq!(public["tickets"][0]["id"], Value::Null);
    assert_eq!(read(&house, "/halls/h/board", Some(&player)).await["tickets"][0]["id"], Value::Null);
    assert_eq!(read(&house, "/halls/h/board?zones=west", None).await["tickets"], json!([]));
    assert_eq!(read(&house, "/halls/h/board?counters=1,2", None).await["counters"].as_array().unwrap().len(), 2);
    assert_eq!(refused(&house, "/halls/h/board?cut=staff", None).await, (401, "not_known".into()));
    assert_eq!(refused(&house, "/halls/h/board?cut=staff", Some(&player)).await, (403, "not_allowed".into()));
    assert_eq!(refused(&house, "/halls/nowhere/board", None).await, (404, "no_such".into()));
    assert_eq!(refused(&house, "/halls/h/board?colour=red", None).await, (422, "bad_input".into()));
    house.configure(|setup| setup.hall.public_board = false).await;
    assert_eq!(refused(&house, "/halls/h/board", None).await, (401, "not_known".into()));
    read(&house, "/halls/h/board", Some(&player)).await;
}

#[tokio::test]
async fn staff_see_who_moves_tickets_in_the_hall_and_where_it_is_another() {
    let house = House::open().await;
    let staff = house.token(Scope::Staff).await.token;
    let board = async || read(&house, "/halls/h/board", Some(&staff)).await;
    let none = json!({"hall": false, "queues": [], "counters": []});
    assert_eq!(board().await["modes"], json!({"hall": "manual", "queues": {}, "counters": {}, "set": none}));
    house.ask(json!({"do": "set_mode", "mode": "automatic", "queue": "b"})).await;
    house.ask(json!({"do": "set_mode", "mode": "mixed", "counter": "1"})).await;
    house.ask(json!({"do": "set_mode", "mode": "automatic"})).await;
    let set = json!({"hall": true, "queues": ["b"], "counters": ["1"]});
    let modes = json!({"hall": "automatic", "queues": {"b": "automatic"}, "counters": {"1": "mixed"}, "set": set});
    assert_eq!(board().await["modes"], modes);
    let part = read(&house, "/halls/h/board?zones=west", Some(&staff)).await;
    let set = json!({"hall": true, "queues": ["b"], "counters": []});
    assert_eq!(part["modes"], json!({"hall": "automatic", "queues": {"b": "automatic"}, "counters": {}, "set": set}));
    assert_eq!(read(&house, "/halls/h/board", None).await["modes"], Value::Null);
}

#[tokio::test]
async fn what_was_set_is_taken_back_and_the_setup_is_told_again() {
    let house = House::open().await;
    house.configure(|setup| setup.queues[0].mode = Some(hall::setup::Mode::Automatic)).await;
    let staff = house.token(Scope::Staff).await.token;
    let modes = async || read(&house, "/halls/h/board", Some(&staff)).await["modes"].clone();
    let before = modes().await;
    assert_eq!((&before["queues"], &before["set"]["queues"]), (&json!({"a": "automatic"}), &json!([])));
    for named in [json!({"queue": "a"}), json!({"counter": "1"}), json!({})] {
        let set = |mode: Value| {
            let mut command = named.clone();
            (command["do"], command["mode"]) = (json!("set_mode"), mode);
            house.ask(command)
        };
        set(json!("mixed")).await;
        assert_ne!(modes().await, before, "{named}");
        set(Value::Null).await;
        assert_eq!(modes().await, before, "{named}");
    }
}

#[tokio::test]
async fn boards_list_an_announcement_until_it_is_withdrawn() {
    let house = House::open().await;
    house.ask(json!({"do": "announce", "zones": []})).await;
    house.ask(json!({"do": "announce", "zones": ["east"]})).await;
    let notices = async || read(&house, "/halls/h/board", None).await["notices"].clone();
    let shown = notices().await;
    house.ask(json!({"do": "withdraw", "announcement": shown[0]["id"]})).await;
    assert_eq!(notices().await, json!([shown[1]]));
}

#[tokio::test]
async fn an_explanation_names_the_candidates_and_the_rule() {
    let house = House::open().await;
    let staff = house.token(Scope::Staff).await.token;
    let empty = read(&house, "/halls/h/explain?counter=1", Some(&staff)).await;
    assert_eq!((&empty["rule"], &empty["candidates"]), (&Value::Null, &json!([])));
    house.issue("a").await;
    house.issue("a").await;
    let explained = read(&house, "/halls/h/explain?counter=1", Some(&staff)).await;
    assert_eq!(explained["rule"], "order");
    let numbers: Vec<_> = explained["candidates"].as_array().unwrap().iter().map(|it| &it["number"]).collect();
    assert_eq!(numbers, ["A001", "A002"]);
    assert_eq!(explained["at"], json!(house.position().await));
    assert_eq!(refused(&house, "/halls/h/explain?counter=9", Some(&staff)).await, (404, "no_such".into()));
    assert_eq!(refused(&house, "/halls/h/explain", Some(&staff)).await, (422, "bad_input".into()));
    assert_eq!(refused(&house, "/halls/h/explain?counter=1", None).await, (401, "not_known".into()));
}

#[tokio::test]
async fn a_journal_is_read_page_by_page_by_those_who_may() {
    let house = House::open().await;
    let (auditor, staff) = (house.token(Scope::Auditor).await.token, house.token(Scope::Staff).await.token);
    for _ in 0..4 {
        house.issue("a").await;
    }
    let mut after = "0".to_owned();
    let mut seqs = Vec::new();
    loop {
        let page = read(&house, &format!("/halls/h/journal?after={after}&limit=3"), Some(&auditor)).await;
        seqs.extend(page["rows"].as_array().unwrap().iter().map(|it| it["at"]["seq"].as_i64().unwrap()));
        match page["next"].as_str() {
            Some(next) => after = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(seqs, (1..=house.position().await.seq).collect::<Vec<_>>());
    let page = read(&house, "/halls/h/journal", Some(&auditor)).await;
    assert_eq!(page["rows"][0]["event"], json!({"configured": {"revision": 1}}));
    assert_eq!(page["rows"][0]["by"], "hub");
    assert_eq!(refused(&house, "/halls/h/journal", Some(&staff)).await, (403, "not_allowed".into()));
    assert_eq!(refused(&house, "/halls/h/journal?limit=501", Some(&auditor)).await, (422, "bad_input".into()));
    assert_eq!(refused(&house, "/halls/nowhere/journal", Some(&auditor)).await, (404, "no_such".into()));
}

#[tokio::test]
async fn archived_entries_are_gone() {
    let house = House::open().await;
    let house = house
        .again(async |data| {
            let file = format!("sqlite://{}", data.join("hallcast.db").display());
            let mut db = sqlx::SqliteConnection::connect(&file).await.unwrap();
            sqlx::query("UPDATE halls SET archived_seq = 2").execute(&mut db).await.unwrap();
        })
        .await;
    let auditor = house.token(Scope::Auditor).await.token;
    let (status, _) = refused(&house, "/halls/h/journal?after=1", Some(&auditor)).await;
    assert_eq!(status, 410);
    assert_eq!(read(&house, "/halls/h/journal?after=2", Some(&auditor)).await["rows"][0]["at"]["seq"], 3);
}

#[tokio::test]
async fn whoever_has_the_key_reads_the_ticket() {
    let house = House::open().await;
    house.issue("a").await;
    let id = house.issue("a").await;
    let ticket = read(&house, &format!("/tickets/{id}"), None).await;
    assert_eq!((&ticket["number"], &ticket["ahead"], &ticket["state"]), (&json!("A002"), &json!(1), &json!("waiting")));
    assert_eq!((&ticket["hall"], &ticket["queue_name"]), (&json!("h"), &json!("户政")));
    assert!(ticket["estimate"]["p90_s"].is_number());
    assert!(ticket["url"].as_str().unwrap().ends_with(&format!("/t/{id}")));
    house.ask(json!({"do": "call_ticket", "counter": "1", "ticket": id})).await;
    let called = read(&house, &format!("/tickets/{id}"), None).await;
    assert_eq!((&called["state"], &called["counter_label"]), (&json!("called"), &json!("1")));
    assert_eq!(called["calls"], json!([]), "nobody else is called");
    for verb in ["start", "finish"] {
        house.ask(json!({"do": verb, "counter": "1"})).await;
    }
    house.ask(json!({"do": "close_day"})).await;
    let done = read(&house, &format!("/tickets/{id}"), None).await;
    assert_eq!((&done["state"], &done["ahead"]), (&json!("done"), &Value::Null));
    assert_eq!(refused(&house, "/tickets/made-up", None).await, (404, "no_such".into()));
}

#[tokio::test]
async fn a_read_waits_for_who_has_just_written() {
    let house = House::open().await;
    let seq = house.position().await.seq;
    read(&house, &format!("/halls/h/board?at_least={seq}"), None).await;
    let soon = async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        house.ask(json!({"do": "recall", "counter": "1"})).await
    };
    house.issue("a").await;
    house.ask(json!({"do": "call_next", "counter": "1"})).await;
    let path = format!("/halls/h/board?zones=east&at_least={}", seq + 3);
    let (board, _) = tokio::join!(read(&house, &path, None), soon);
    assert_eq!(board["at"]["seq"], seq + 3);
    assert_eq!(board["counters"].as_array().unwrap().len(), 1, "the rest of the address is not lost");
    let (status, _) = refused(&house, &format!("/halls/h/board?at_least={}", seq + 99), None).await;
    assert_eq!(status, 503);
    assert_eq!(refused(&house, "/halls/h/board?at_least=soon", None).await, (422, "bad_input".into()));
    let id = house.issue("b").await;
    read(&house, &format!("/tickets/{id}?at_least={}", seq + 4), None).await;
}

#[tokio::test]
async fn figures_count_and_name_nobody() {
    let house = House::open().await;
    let mut screen = house.screen(None).await;
    screen.board().await;
    let id = house.issue("a").await;
    house.try_ask(json!({"do": "call_next", "counter": "2"})).await.unwrap_err();
    screen.frame().await;
    for address in ["/metrics", "/api/v1/metrics"] {
        let (status, text) = get(&house, address, None).await;
        let text = text.as_str().unwrap();
        assert_eq!(status, StatusCode::OK);
        for figure in [
            "hallcast_commands_total{verb=\"issue\"}",
            "hallcast_refusals_total{code=\"nobody_waiting\"}",
            "hallcast_listeners 1",
            "hallcast_frames_sent_total",
            "hallcast_commit_seconds_bucket",
        ] {
            assert!(text.contains(figure), "{figure} in {text}");
        }
        assert!(!text.contains(&id) && !text.contains("A001"), "nothing personal");
    }
}

#[tokio::test]
async fn everything_is_described() {
    let house = House::open().await;
    let (_, openapi) = get(&house, "/api/openapi.json", None).await;
    let paths = openapi["paths"].as_object().unwrap();
    for path in [
        "/api/v1/socket",
        "/api/v1/halls/{hall}/board",
        "/api/v1/halls/{hall}/explain",
        "/api/v1/halls/{hall}/journal",
        "/api/v1/halls/{hall}/commands",
        "/api/v1/tickets/{id}",
    ] {
        assert!(paths.contains_key(path), "{path}");
    }
    let parameters = paths["/api/v1/halls/{hall}/board"]["get"]["parameters"].to_string();
    assert!(parameters.contains("at_least"), "{parameters}");
    for shape in ["First", "Heard", "Frame", "Board", "Ticket", "Counter"] {
        assert!(openapi["components"]["schemas"][shape].is_object(), "{shape}");
    }
    let (_, asyncapi) = get(&house, "/api/asyncapi.json", None).await;
    assert_eq!(asyncapi["asyncapi"], "3.0.0");
}
