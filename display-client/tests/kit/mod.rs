//! A small hub for tests: one hall, one player, a socket that says what the test says, and sounds that are tones.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

/// How long something may take before a test gives up.
pub const WITHIN: Duration = Duration::from_secs(20);
/// The token of the player.
pub const TOKEN: &str = "a token";

/// What it was told and asked, and what it says.
#[derive(Default)]
pub struct Told {
    /// First messages on the socket.
    pub hellos: Vec<Value>,
    /// Bodies of `POST …/voice`, and when they came.
    pub began: Vec<(DateTime<Utc>, Value)>,
    /// Bodies of `POST …/report`.
    pub reports: Vec<Value>,
    /// Keys that were fetched.
    pub fetched: Vec<String>,
    /// What `GET /players/{id}` answers.
    pub own: Value,
    /// Sounds by key.
    pub sounds: BTreeMap<String, Vec<u8>>,
    /// Frames so far.
    pub frames: Vec<Value>,
    /// Wanted states of pairings, the next answer first.
    pub pairing: Vec<Value>,
}

/// See the module.
pub struct FakeHub {
    /// Its address.
    pub url: String,
    /// What it was told.
    pub told: Arc<Mutex<Told>>,
    say: broadcast::Sender<Say>,
    stop: CancellationToken,
}

#[derive(Clone)]
enum Say {
    Frame(usize),
    Text(String),
    Close(u16),
}

#[derive(Clone)]
struct Shared {
    told: Arc<Mutex<Told>>,
    say: broadcast::Sender<Say>,
    stop: CancellationToken,
}

/// Now, as the hub says it.
#[expect(clippy::disallowed_methods, reason = "a test's hub has the system's clock")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

impl FakeHub {
    /// Starts on a free port.
    pub async fn start(own: Value) -> Self {
        let told = Arc::new(Mutex::new(Told { own, ..Told::default() }));
        Self::at("127.0.0.1:0", told).await
    }

    async fn at(address: &str, told: Arc<Mutex<Told>>) -> Self {
        let listening = async {
            loop {
                match tokio::net::TcpListener::bind(address).await {
                    Ok(listener) => return listener,
                    Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            }
        };
        let listener = tokio::time::timeout(WITHIN, listening).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (say, _) = broadcast::channel(1_024);
        let stop = CancellationToken::new();
        let shared = Shared { told: Arc::clone(&told), say: say.clone(), stop: stop.clone() };
        let routes = Router::new()
            .route("/api/v1/socket", get(socket))
            .route("/api/v1/players/{id}", get(own_player))
            .route("/api/v1/players/{id}/voice", post(voice))
            .route("/api/v1/players/{id}/report", post(report))
            .route("/api/v1/halls/{hall}/phrases", get(phrases))
            .route("/api/v1/halls/{hall}/phrases/{key}", get(phrase))
            .route("/api/v1/pairings", post(begin_pairing))
            .route("/api/v1/pairings/mine", get(my_pairing))
            .with_state(shared);
        let stopped = stop.clone();
        #[expect(clippy::disallowed_methods, reason = "a test's hub ends with the test")]
        tokio::spawn(async move {
            tokio::select! {
                served = axum::serve(listener, routes).into_future() => served.unwrap(),
                () = stopped.cancelled() => {}
            }
        });
        Self { url, told, say, stop }
    }

    /// Dies without a word, and comes back at the same address with what it knows.
    pub async fn die_and_come_back(self, after: Duration) -> Self {
        let (address, told) = (self.url.trim_start_matches("http://").to_owned(), Arc::clone(&self.told));
        self.stop.cancel();
        drop(self);
        tokio::time::sleep(after).await;
        Self::at(&address, told).await
    }

    /// Says something that stands in the journal.
    pub fn frame(&self, frame: Value) {
        let mut told = self.told.lock();
        told.frames.push(frame);
        let _ = self.say.send(Say::Frame(told.frames.len()));
    }

    /// Says something that does not.
    pub fn text(&self, text: &Value) {
        let _ = self.say.send(Say::Text(text.to_string()));
    }

    /// Closes every socket with a code.
    pub fn close(&self, code: u16) {
        let _ = self.say.send(Say::Close(code));
    }

    /// Waits until something is so.
    pub async fn until<T>(&self, what: &str, mut is_so: impl FnMut(&Told) -> Option<T>) -> T {
        let waiting = async {
            loop {
                if let Some(so) = is_so(&self.told.lock()) {
                    return so;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(WITHIN, waiting).await.unwrap_or_else(|_| panic!("it never happened: {what}"))
    }

    /// Waits until so many sockets have said hello.
    pub async fn hello(&self, count: usize) -> Value {
        self.until("a hello", |it| it.hellos.get(count - 1).cloned()).await
    }
}

impl Drop for FakeHub {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn socket(State(shared): State<Shared>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.protocols(["hallcast.v1"]).on_upgrade(move |socket| talk(shared, socket))
}

async fn talk(shared: Shared, mut socket: WebSocket) {
    let mut say = shared.say.subscribe();
    let Some(Ok(Message::Text(first))) = socket.recv().await else { return };
    let hello: Value = serde_json::from_str(&first).unwrap();
    let mut at = hello["hello"]["follow"][0]["at"]["seq"].as_i64().map(|it| it as usize);
    let welcome = json!({"welcome": {"now": now(), "heartbeat_s": 2, "retry": {"min_s": 0.02, "max_s": 0.1}}});
    if socket.send(Message::text(welcome.to_string())).await.is_err() {
        return;
    }
    let here = {
        let mut told = shared.told.lock();
        told.hellos.push(hello);
        told.frames.len()
    };
    if at.is_none() {
        let board = json!({"hall": "h", "board": board(here)});
        let _ = socket.send(Message::text(board.to_string())).await;
        at = Some(here);
    }
    let mut beat = tokio::time::interval(Duration::from_secs(2));
    loop {
        let behind: Vec<_> = {
            let told = shared.told.lock();
            let from = at.unwrap_or(0);
            told.frames[from..].iter().cloned().enumerate().map(|(n, it)| (from + n + 1, it)).collect()
        };
        for (seq, frame) in behind {
            let text = json!({"hall": "h", "at": {"epoch": 1, "seq": seq}, "frame": frame}).to_string();
            if socket.send(Message::text(text)).await.is_err() {
                return;
            }
            at = Some(seq);
        }
        let next = tokio::select! {
            next = say.recv() => next,
            heard = socket.recv() => match heard { Some(Ok(_)) => continue, _ => return },
            () = shared.stop.cancelled() => return,
            _ = beat.tick() => Ok(Say::Text(json!({"beat": {"now": now(), "at": {}}}).to_string())),
        };
        match next {
            Ok(Say::Frame(_)) => {}
            Ok(Say::Text(text)) => drop(socket.send(Message::text(text)).await),
            Ok(Say::Close(code)) => {
                let _ = socket.send(Message::Close(Some(CloseFrame { code, reason: "said so".into() }))).await;
                return;
            }
            Err(_) => return,
        }
    }
}

fn board(seq: usize) -> Value {
    json!({"at": {"epoch": 1, "seq": seq}, "hall": hall(), "day": null, "queues": [], "tickets": [],
        "counters": [], "calls": [], "missed": [], "notices": []})
}

/// Names and words of the hall.
pub fn hall() -> Value {
    json!({"id": "h", "name": "", "name_en": "", "site": "", "site_en": "", "time_zone": "UTC", "counter_word": "",
        "counter_word_en": "", "missed_hint": "", "missed_hint_en": "", "ticker": [], "undo_s": 0, "reasons": [],
        "classes": []})
}

fn is_known(headers: &HeaderMap) -> bool {
    headers.get("authorization").is_some_and(|it| it.to_str().unwrap() == format!("Bearer {TOKEN}"))
}

async fn own_player(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    if is_known(&headers) {
        Json(shared.told.lock().own.clone()).into_response()
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

async fn voice(State(shared): State<Shared>, Json(body): Json<Value>) -> StatusCode {
    shared.told.lock().began.push((now(), body));
    StatusCode::NO_CONTENT
}

async fn report(State(shared): State<Shared>, Json(body): Json<Value>) -> StatusCode {
    shared.told.lock().reports.push(body);
    StatusCode::NO_CONTENT
}

/// Sounds whose key ends with the ticket, or those of places: two a page.
async fn phrases(State(shared): State<Shared>, Query(asked): Query<BTreeMap<String, String>>) -> Json<Value> {
    let told = shared.told.lock();
    let ending = asked.get("ticket").map_or("-place".into(), |it| format!("-{it}"));
    let keys: Vec<_> = told.sounds.keys().filter(|it| it.ends_with(&ending)).collect();
    let from = asked.get("after").map_or(0, |it| it.parse().unwrap());
    let rows: Vec<_> = keys.iter().skip(from).take(2).map(|it| json!({"key": it, "bytes": 1})).collect();
    let next = (from + 2 < keys.len()).then(|| (from + 2).to_string());
    Json(json!({"rows": rows, "next": next}))
}

async fn phrase(State(shared): State<Shared>, Path((_, key)): Path<(String, String)>) -> Response {
    let mut told = shared.told.lock();
    told.fetched.push(key.clone());
    match told.sounds.get(&key) {
        Some(bytes) if key.starts_with("name-") => ([("cache-control", "no-store")], bytes.clone()).into_response(),
        Some(bytes) => bytes.clone().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn begin_pairing() -> (StatusCode, Json<Value>) {
    (StatusCode::CREATED, Json(json!({"code": "K7M2P9", "secret": "s", "expires_at": now()})))
}

async fn my_pairing(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    if headers.get("x-pairing-secret").is_none_or(|it| it != "s") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut told = shared.told.lock();
    let next = if told.pairing.is_empty() { json!({"state": "waiting"}) } else { told.pairing.remove(0) };
    Json(next).into_response()
}

/// A WAV file of a tone at -18 LUFS, 24 kHz.
pub fn tone(hz: f32, seconds: f32) -> Vec<u8> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 24_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut file = hound::WavWriter::new(&mut bytes, spec).unwrap();
    for n in 0..(seconds * 24_000.0) as usize {
        let sample = 0.1786 * (std::f32::consts::TAU * hz * n as f32 / 24_000.0).sin();
        file.write_sample((sample * 32_767.0).round() as i16).unwrap();
    }
    file.finalize().unwrap();
    bytes.into_inner()
}

/// A call of a ticket now, with these sounds.
pub fn called(ticket: i64, zones: &[&str], aloud: &Value) -> Value {
    called_at(ticket, zones, aloud, now())
}

/// The same with its time.
pub fn called_at(ticket: i64, zones: &[&str], aloud: &Value, at: DateTime<Utc>) -> Value {
    json!({"called": {"ticket": {"ref": ticket, "number": format!("A{ticket:03}"), "queue": "q", "state": "called",
        "counter": "c1", "zones": zones, "order": ticket}, "zones": zones, "times": 1, "speak_at": at, "aloud": aloud}})
}

/// How something is said: a sentence of these sounds.
pub fn aloud(keys: &[&str], more: &Value) -> Value {
    let parts: Vec<_> = keys.iter().map(|it| json!({"key": it})).collect();
    let say = json!([{"language": "zh", "text": "x", "parts": parts}]);
    let mut it = json!({"say": say, "repeat": 1, "gap_ms": 500, "chime": false, "stale_s": 30});
    it.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    it
}
