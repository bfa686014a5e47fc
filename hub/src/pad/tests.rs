//! A bridge between pads that are simulated and a door that is simulated: what is sent, what comes back.

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use parking_lot::Mutex;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::{Options, Pads};

/// The door as the bridge sees it: remembers commands, and answers `call_next` once for each key.
#[derive(Default)]
struct Seen {
    commands: Vec<(String, Value)>,
    /// Times the door still answers 503 before it works.
    busy: usize,
}

type Shared = Arc<Mutex<Seen>>;

async fn commands(
    State(seen): State<Shared>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> (StatusCode, Json<Value>) {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    if header("authorization") != "Bearer secret" {
        return (StatusCode::UNAUTHORIZED, Json(json!({"code": "unknown"})));
    }
    let mut seen = seen.lock();
    seen.commands.push((header("idempotency-key"), body.clone()));
    if seen.busy > 0 {
        seen.busy -= 1;
        return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({"code": "busy"})));
    }
    match body["do"].as_str() {
        Some("call_next") if body["counter"] == "c-three" => {
            (StatusCode::OK, Json(json!({"ticket": {"number": "A001"}, "counter": {"state": "calling"}})))
        }
        Some("call_next") => (StatusCode::CONFLICT, Json(json!({"code": "nobody_waiting"}))),
        _ => (StatusCode::OK, Json(json!({"ticket": null, "counter": {"state": "open"}}))),
    }
}

async fn board() -> Json<Value> {
    Json(json!({
        "counters": [
            {"id": "c-three", "label": "3", "state": "calling", "ticket": 17},
            {"id": "4", "label": "综合", "state": "open", "ticket": null},
        ],
        "tickets": [{"ref": 17, "number": "A001"}, {"ref": 21, "number": "B002"}],
    }))
}

/// Runs a pad beside a door and a bridge, until the pad has heard its answers.
async fn beside<F>(seen: &Shared, token: &str, device: Option<PathBuf>, pad: impl FnOnce(SocketAddr) -> F) -> F::Output
where
    F: Future,
{
    let door = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let hub = format!("http://{}", door.local_addr().expect("an address"));
    let app = Router::new()
        .route("/api/v1/halls/demo/board", get(board))
        .route("/api/v1/halls/demo/commands", post(commands))
        .with_state(Arc::clone(seen));
    let folder = tempfile::tempdir().expect("a folder");
    let token_file = folder.path().join("token");
    std::fs::write(&token_file, format!("{token}\n")).expect("a token");
    let options = Options {
        hub,
        hall: "demo".into(),
        token_file,
        device,
        baud: 9600,
        listen: Some(([127, 0, 0, 1], 0).into()),
        keyboard: false,
    };
    let pads = Pads::bind(options).await.expect("a bridge");
    let address = pads.address().expect("an address");
    tokio::select! {
        heard = pad(address) => heard,
        () = pads.run(CancellationToken::new()) => panic!("the bridge ended"),
        ended = axum::serve(door, app).into_future() => panic!("the door ended: {ended:?}"),
    }
}

/// A pad on TCP: its lines go out one by one, each answer is waited for.
async fn pad_says(seen: &Shared, token: &str, lines: &[&str]) -> Vec<String> {
    let pad = |address| async move {
        let (from, mut to) = TcpStream::connect(address).await.expect("a connection").into_split();
        let mut from = BufReader::new(from).lines();
        let mut answers = Vec::new();
        for line in lines {
            to.write_all(line.as_bytes()).await.expect("sent");
            answers.push(from.next_line().await.expect("read").expect("an answer"));
        }
        answers
    };
    beside(seen, token, None, pad).await
}

#[tokio::test]
async fn a_press_becomes_a_command_and_its_answer_a_line() {
    let seen = Shared::default();
    let lines = ["C3 NEXT\r\n", "c3 call b002\n", "4 NEXT #7\r", "4 PAUSE break\n", "4 RESUME\n", "C3 STATE\n"];
    let answers = pad_says(&seen, "secret", &lines).await;
    let expected = [
        "C3 OK A001 calling",
        "c3 OK - open",
        "4 NO nobody_waiting - #7",
        "4 OK - open",
        "4 OK - open",
        "C3 OK A001 calling",
    ];
    assert_eq!(answers, expected);
    let commands: Vec<Value> = seen.lock().commands.iter().map(|(_, command)| command.clone()).collect();
    let sent = [
        json!({"do": "call_next", "counter": "c-three"}),
        json!({"do": "call_ticket", "counter": "c-three", "ticket": 21}),
        json!({"do": "call_next", "counter": "4"}),
        json!({"do": "pause_counter", "counter": "4", "reason": "break"}),
        json!({"do": "resume_counter", "counter": "4"}),
    ];
    assert_eq!(commands, sent);
}

#[tokio::test]
async fn a_line_that_means_nothing_reaches_nobody() {
    let seen = Shared::default();
    let long = format!("C3 {}\n", "X".repeat(100));
    let lines = ["hello\n", "C3 SING\n", "C9 NEXT\n", "C3 CALL Z999\n", &long];
    let answers = pad_says(&seen, "secret", &lines).await;
    let expected = [
        "hello ERR bad_line",
        "C3 ERR unknown_key",
        "C9 ERR no_such_counter",
        "C3 ERR no_such_ticket",
        "? ERR too_long",
    ];
    assert_eq!(answers, expected);
    assert!(seen.lock().commands.is_empty());
}

#[tokio::test]
async fn a_press_that_is_repeated_keeps_its_key_and_the_next_gets_another() {
    let seen = Shared::default();
    pad_says(&seen, "secret", &["C3 NEXT #1\n", "C3 NEXT #1\n", "C3 NEXT #2\n"]).await;
    let keys: Vec<String> = seen.lock().commands.iter().map(|(key, _)| key.clone()).collect();
    assert!(keys[0].len() >= 20 && keys[0] == keys[1] && keys[1] != keys[2], "{keys:?}");
}

#[tokio::test]
async fn a_hub_that_is_busy_is_asked_again_with_the_same_key() {
    let seen = Shared::default();
    seen.lock().busy = 2;
    assert_eq!(pad_says(&seen, "secret", &["C3 NEXT\n"]).await, ["C3 OK A001 calling"]);
    let commands = seen.lock().commands.clone();
    assert_eq!(commands.len(), 3);
    assert!(commands.iter().all(|command| *command == commands[0]));
}

#[tokio::test]
async fn a_hub_that_stays_busy_is_said_to_be_away() {
    let seen = Shared::default();
    seen.lock().busy = 3;
    assert_eq!(pad_says(&seen, "secret", &["C3 NEXT #5\n"]).await, ["C3 ERR hub_away #5"]);
}

#[tokio::test]
async fn a_token_that_is_not_good_is_said_so() {
    let seen = Shared::default();
    assert_eq!(pad_says(&seen, "stolen", &["C3 NEXT\n"]).await, ["C3 ERR not_allowed"]);
    assert!(seen.lock().commands.is_empty());
}

/// A pad on a serial line: the far end of a pseudo-terminal, read and written as a device is.
#[tokio::test]
async fn a_serial_line_with_two_pads_is_answered() {
    let far = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo-terminal");
    grantpt(&far).expect("granted");
    unlockpt(&far).expect("unlocked");
    let name = ptsname(&far, Vec::new()).expect("a name").into_string().expect("ASCII");
    // A real line echoes nothing; hold the near end open so that the setting stays.
    let near = std::fs::File::open(&name).expect("the near end");
    let set = std::process::Command::new("stty").args(["-F", &name, "raw", "-echo"]).status();
    assert!(set.expect("stty runs").success());
    let talk = move || {
        let mut far = std::fs::File::from(far);
        far.write_all(b"C3 NEXT #1\r\n4 NEXT #1\r\n").expect("sent");
        let mut heard = String::new();
        while heard.lines().count() < 2 || !heard.ends_with('\n') {
            let mut bytes = [0; 64];
            let count = far.read(&mut bytes).expect("read");
            heard.push_str(std::str::from_utf8(&bytes[..count]).expect("ASCII"));
        }
        heard
    };
    let seen = Shared::default();
    let pad = |_| async { tokio::task::spawn_blocking(talk).await.expect("the pad ends") };
    let heard = beside(&seen, "secret", Some(name.into()), pad).await;
    drop(near);
    assert_eq!(heard, "C3 OK A001 calling #1\r\n4 NO nobody_waiting - #1\r\n");
}
