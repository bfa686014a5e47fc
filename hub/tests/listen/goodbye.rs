//! Beats and good-byes: who is silent, slow, revoked or in the way of a restart is let go with its code.

use std::time::Duration;

use hub::people::Scope;
use hub::people::credentials;
use hub::socket::Pace;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::kit::{House, pace};

fn beating() -> Pace {
    Pace { heartbeat: Duration::from_millis(200), ..pace() }
}

/// A listener by hand, which answers nothing by itself.
async fn bare(house: &House, receive_bytes: u32) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(receive_bytes).unwrap();
    let mut stream = socket.connect(house.address.parse().unwrap()).await.unwrap();
    let request = format!(
        "GET /api/v1/socket HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         Sec-WebSocket-Protocol: hallcast.v1\r\n\r\n",
        house.address
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        answer.push(stream.read_u8().await.unwrap());
    }
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "{answer}");
    assert!(answer.to_lowercase().contains("sec-websocket-protocol: hallcast.v1"), "{answer}");
    let hello = json!({"hello": {"face": "screen", "follow": [{"hall": "h"}]}}).to_string();
    let mut frame = vec![0x81, 0x80 | u8::try_from(hello.len()).unwrap(), 0, 0, 0, 0];
    frame.extend(hello.as_bytes());
    stream.write_all(&frame).await.unwrap();
    stream
}

/// The code of the close frame at the end of everything that was sent; what was sent may end anywhere.
fn last_code(bytes: &[u8]) -> Option<u16> {
    let (mut rest, mut code) = (bytes, None);
    while let [kind, length, after @ ..] = rest {
        let (length, words) = match length {
            126 => after.split_first_chunk().map(|(it, words)| (usize::from(u16::from_be_bytes(*it)), words))?,
            127 => after.split_first_chunk().map(|(it, words)| (u64::from_be_bytes(*it) as usize, words))?,
            short => (usize::from(*short), after),
        };
        let words = words.split_at_checked(length)?;
        if *kind == 0x88 {
            code = words.0.first_chunk().map(|it| u16::from_be_bytes(*it));
        }
        rest = words.1;
    }
    code
}

#[test]
fn the_end_of_what_was_sent_may_be_cut_anywhere() {
    let sent = [&[0x82, 126, 0, 3, 1, 2, 3][..], &[0x88, 2, 0x0f, 0xa1]].concat();
    assert_eq!(last_code(&sent), Some(4001));
    for end in 0..sent.len() {
        assert_eq!(last_code(&sent[..end]), None);
    }
}

#[tokio::test]
async fn beats_come_with_a_ping_and_say_how_far_the_hall_is() {
    let house = House::at(beating()).await;
    let mut screen = house.screen(None).await;
    screen.board().await;
    house.issue("a").await;
    screen.frame().await;
    let mut pings = 0;
    let mut beats = 0;
    while beats < 4 {
        let heard = screen.any().await.unwrap();
        if let Message::Text(text) = &heard
            && text.contains("\"beat\"")
        {
            beats += 1;
            let beat: Value = serde_json::from_str(text).unwrap();
            assert_eq!(beat["beat"]["at"]["h"], json!(house.position().await));
            assert!(beat["beat"]["now"].is_string());
            assert_eq!(pings, beats, "a ping with each beat");
        }
        if matches!(heard, Message::Ping(_)) {
            pings += 1;
        }
    }
}

#[tokio::test]
async fn who_answers_no_ping_is_let_go_after_two_beats() {
    let house = House::at(beating()).await;
    let begun = std::time::Instant::now();
    let mut silent = bare(&house, 65_536).await;
    let mut bytes = Vec::new();
    tokio::time::timeout(Duration::from_secs(10), silent.read_to_end(&mut bytes)).await.unwrap().unwrap();
    assert_eq!(last_code(&bytes), Some(4002));
    assert!(begun.elapsed() >= Duration::from_millis(600), "not before the third beat");
}

#[tokio::test]
async fn who_takes_nothing_is_too_slow_and_the_others_do_not_notice() {
    let house = House::open().await;
    let mut slow = bare(&house, 4_096).await;
    let mut quick = house.screen(None).await;
    quick.board().await;
    house.issue("a").await;
    house.ask(json!({"do": "call_next", "counter": "1"})).await;
    quick.frame().await;
    quick.frame().await;
    while house.hub.roster.len() == 2 {
        house.ask(json!({"do": "recall", "counter": "1"})).await;
        assert_eq!(quick.frame().await.1, "recalled");
    }
    // It may read what the network still held; our good-bye may be among it, or the end alone.
    let mut bytes = Vec::new();
    let _ = slow.read_to_end(&mut bytes).await;
    assert!(matches!(last_code(&bytes), Some(4001) | None), "{:?}", last_code(&bytes));
    house.ask(json!({"do": "recall", "counter": "1"})).await;
    assert_eq!(quick.frame().await.1, "recalled");
}

#[tokio::test]
async fn at_a_restart_everybody_is_told_to_come_back() {
    let house = House::open().await;
    let mut screens = Vec::new();
    for _ in 0..20 {
        let mut screen = house.screen(None).await;
        screen.board().await;
        screens.push(screen);
    }
    let again = house.again(async |_| {});
    let told = async {
        for screen in &mut screens {
            assert_eq!(screen.close_code().await, 4000);
        }
    };
    let (house, ()) = tokio::join!(again, told);
    assert!(house.hub.roster.is_empty());
}

#[tokio::test]
async fn a_revoked_token_is_let_go_at_once_and_others_stay() {
    let house = House::open().await;
    let (kept, revoked) = (house.token(Scope::Staff).await, house.token(Scope::Staff).await);
    let mut stays = house.face("wall", Some(&kept.token), json!({})).await;
    let mut goes = house.face("wall", Some(&revoked.token), json!({})).await;
    let token = house.token(Scope::Administrator).await.token;
    let administrator = hub::people::Caller::by_token(&house.hub, &token).await.unwrap();
    credentials::revoke(&house.hub, &administrator, &revoked.id).await.unwrap();
    assert_eq!(goes.close_code().await, 4501);
    let mut back = house.hello(json!({"token": revoked.token, "face": "wall", "follow": [{"hall": "h"}]})).await;
    assert_eq!(back.close_code().await, 4501);
    stays.board().await;
    house.issue("a").await;
    stays.frame().await;
}

#[tokio::test]
async fn a_hall_that_is_taken_out_has_no_listeners() {
    let house = House::open().await;
    let mut screen = house.screen(None).await;
    screen.board().await;
    house.hub.halls.remove(&House::hall()).await.unwrap();
    assert_eq!(screen.close_code().await, 4502);
}

#[tokio::test]
async fn a_listener_that_goes_is_answered_and_forgotten() {
    let house = House::open().await;
    let mut screen = house.screen(None).await;
    screen.board().await;
    assert_eq!(house.hub.roster.len(), 1);
    screen.send(Message::Close(Some(CloseFrame { code: 1000.into(), reason: "bye".into() }))).await;
    assert_eq!(screen.close_code().await, 1000);
    while !house.hub.roster.is_empty() || !house.hub.feed.followed().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_ping_is_answered() {
    let house = House::open().await;
    let mut screen = house.screen(None).await;
    screen.board().await;
    screen.send(Message::Ping(b"are you there".to_vec().into())).await;
    loop {
        match screen.any().await {
            Some(Message::Pong(payload)) => break assert_eq!(&payload[..], b"are you there"),
            Some(_) => {}
            None => panic!("a pong"),
        }
    }
}
