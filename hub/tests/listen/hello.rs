//! Who may listen, and what a hello must be.

use std::time::Duration;

use hub::people::Scope;
use hub::socket::Pace;
use serde_json::json;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::kit::{House, Listener, pace};

#[tokio::test]
async fn the_hub_answers_with_welcome_and_the_board() {
    let house = House::open().await;
    let mut screen = house.hello(json!({"face": "screen", "follow": [{"hall": "h"}]})).await;
    let welcome = screen.next().await;
    assert_eq!(welcome["welcome"]["heartbeat_s"], 600);
    assert!(welcome["welcome"]["retry"]["max_s"].as_f64() <= Some(10.0));
    let said = screen.next().await;
    assert_eq!(said["hall"], "h");
    assert_eq!(said["board"]["at"], json!(house.position().await));
    assert_eq!(said["board"]["hall"]["name"], "大厅");
}

#[tokio::test]
async fn bad_hellos_of_every_kind_are_closed_with_4500() {
    let house = House::open().await;
    for hello in [
        "",
        "hello",
        "{\"hello\": {}}",
        "[1, 2, 3]",
        "null",
        "{\"hello\": {\"face\": \"mirror\", \"follow\": [{\"hall\": \"h\"}]}}",
        "{\"hello\": {\"face\": \"screen\", \"follow\": []}}",
        "{\"hello\": {\"face\": \"screen\", \"follow\": [{\"hall\": \"h\"}], \"colour\": \"red\"}}",
        "{\"hello\": {\"face\": \"screen\", \"follow\": [{\"hall\": \"h\"}, {\"hall\": \"h\"}]}}",
        "{\"hello\": {\"face\": \"screen\", \"follow\": [{\"hall\": \"h\", \"at\": 7}]}}",
    ] {
        let mut listener = house.connect().await;
        listener.say(hello).await;
        assert_eq!(listener.close_code().await, 4500, "{hello}");
    }
    let mut listener = house.connect().await;
    listener.send(Message::binary(b"{\"hello\": {}}".to_vec())).await;
    assert_eq!(listener.close_code().await, 4500, "not a text");
    let mut listener = house.connect().await;
    listener.say(&"x".repeat(16 * 1024 + 1)).await;
    assert_eq!(listener.close_code().await, 4500, "too large");
}

#[tokio::test]
async fn hello_is_said_once() {
    let house = House::open().await;
    let mut screen = house.screen(None).await;
    screen.board().await;
    screen.say("{\"hello\": {\"face\": \"screen\", \"follow\": [{\"hall\": \"h\"}]}}").await;
    assert_eq!(screen.close_code().await, 4500);
}

#[tokio::test]
async fn who_says_nothing_is_let_go_and_may_come_back() {
    let house = House::at(Pace { hello_within: Duration::from_millis(300), ..pace() }).await;
    assert_eq!(house.connect().await.close_code().await, 4002);
    let mut chatty = house.connect().await;
    chatty.send(Message::Ping(vec![1, 2].into())).await;
    assert_eq!(chatty.any().await, Some(Message::Pong(vec![1, 2].into())));
    assert_eq!(chatty.close_code().await, 4002, "a ping is no hello");
}

#[tokio::test]
async fn another_version_is_told_so() {
    let house = House::open().await;
    let mut request = house.request();
    request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("hallcast.v2"));
    assert_eq!(Listener::open(request).await.close_code().await, 4504);
}

#[tokio::test]
async fn there_must_be_such_a_hall_and_ticket() {
    let house = House::open().await;
    let mut lost = house.hello(json!({"face": "screen", "follow": [{"hall": "nowhere"}]})).await;
    assert_eq!(lost.close_code().await, 4502);
    let mut lost = house.hello(json!({"face": "ticket", "follow": [{"hall": "h", "ticket": "nobody's"}]})).await;
    assert_eq!(lost.close_code().await, 4502);
}

#[tokio::test]
async fn more_than_64_halls_are_too_many() {
    let house = House::open().await;
    let follow: Vec<_> = (0..65).map(|n| json!({"hall": format!("h{n}")})).collect();
    let mut listener = house.hello(json!({"face": "screen", "follow": follow})).await;
    assert_eq!(listener.close_code().await, 4503);
}

#[tokio::test]
async fn screens_strips_and_kiosks_need_no_token_where_the_hall_allows_it() {
    let house = House::open().await;
    for face in ["screen", "strip", "kiosk"] {
        house.face(face, None, json!({})).await.board().await;
    }
    house.configure(|setup| setup.hall.public_board = false).await;
    for face in ["screen", "strip", "kiosk"] {
        let mut listener = house.hello(json!({"face": face, "follow": [{"hall": "h"}]})).await;
        assert_eq!(listener.close_code().await, 4501, "{face}");
    }
    let token = house.token(Scope::Player).await.token;
    house.face("screen", Some(&token), json!({})).await.board().await;
}

#[tokio::test]
async fn counters_and_walls_need_a_token_of_staff_and_pads_one_of_a_player() {
    let house = House::open().await;
    let (staff, player) = (house.token(Scope::Staff).await.token, house.token(Scope::Player).await.token);
    for (face, token, good) in [
        ("counter", None, false),
        ("wall", None, false),
        ("counter", Some(&player), false),
        ("wall", Some(&player), false),
        ("counter", Some(&staff), true),
        ("wall", Some(&staff), true),
        ("rating", None, false),
        ("player", None, false),
        ("rating", Some(&player), true),
        ("player", Some(&player), true),
    ] {
        let mut hello = json!({"face": face, "follow": [{"hall": "h"}]});
        if let Some(token) = token {
            hello["token"] = token.as_str().into();
        }
        let mut listener = house.hello(hello).await;
        if good {
            listener.next().await;
            listener.board().await;
        } else {
            assert_eq!(listener.close_code().await, 4501, "{face} {token:?}");
        }
    }
    let mut unknown = house.hello(json!({"token": "made up", "face": "screen", "follow": [{"hall": "h"}]})).await;
    assert_eq!(unknown.close_code().await, 4501, "a token that is not known is refused even where none is needed");
}

#[tokio::test]
async fn a_page_of_another_site_may_not_use_our_session() {
    let house = House::open().await;
    let mut request = house.request();
    request.headers_mut().insert("origin", HeaderValue::from_static("https://elsewhere.example"));
    let mut anybody = Listener::open(request.clone()).await;
    anybody.say("{\"hello\": {\"face\": \"screen\", \"follow\": [{\"hall\": \"h\"}]}}").await;
    assert!(anybody.next().await["welcome"].is_object(), "without a session nothing of it is used");
    request.headers_mut().insert("cookie", HeaderValue::from_static("hallcast_session=something"));
    match tokio_tungstenite::connect_async(request).await {
        Err(Error::Http(answer)) => assert_eq!(answer.status(), 403),
        other => panic!("refused at the upgrade, not {other:?}"),
    }
}

#[tokio::test]
async fn what_is_no_websocket_gets_a_problem_document() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let house = House::open().await;
    let mut stream = tokio::net::TcpStream::connect(&house.address).await.unwrap();
    let request = format!("GET /api/v1/socket HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", house.address);
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 426"), "{answer}");
    assert!(answer.contains("application/problem+json"), "{answer}");
}
