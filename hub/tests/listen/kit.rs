//! A hub on a free port with one hall, somebody who asks it for things, and listeners on real sockets.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use hall::{By, HallId, Reach, Setup};
use hub::clock::Clock;
use hub::halls::{Answer, Asked};
use hub::people::Scope;
use hub::people::credentials::{self, NewToken};
use hub::socket::Pace;
use hub::{Config, Error, Hub, Server};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderValue, Request};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use wire::At;

/// Nothing here takes longer, unless something is wrong.
pub const SOON: Duration = Duration::from_secs(20);

/// The hub's address, hall and folder; it can be stopped and started again.
pub struct House {
    pub hub: Hub,
    pub address: String,
    config: Config,
    running: JoinHandle<Result<(), Error>>,
    _folder: tempfile::TempDir,
}

/// Times short enough for tests; a beat only where one is tested.
pub fn pace() -> Pace {
    Pace {
        heartbeat: Duration::from_secs(600),
        hello_within: SOON,
        drain_within: Duration::from_millis(800),
        live_every: Duration::from_secs(600),
        mine_every: Duration::from_millis(200),
    }
}

pub fn setup() -> Setup {
    serde_json::from_value(json!({
        "hall": {"id": "h", "name": "大厅", "name_en": "Hall", "time_zone": "Asia/Shanghai"},
        "zones": [{"id": "east", "name": "东区"}, {"id": "west", "name": "西区"}],
        "queues": [
            {"id": "a", "prefix": "A", "name": "户政", "zones": ["east"], "recall_gap_s": 0, "recalls": 1000000},
            {"id": "b", "prefix": "B", "name": "税务", "zones": ["west"], "recall_gap_s": 0, "recalls": 1000000},
        ],
        "counters": [
            {"id": "1", "label": "1", "zone": "east", "queues": [{"queue": "a"}]},
            {"id": "2", "label": "2", "zone": "west", "queues": [{"queue": "b"}]},
        ],
    }))
    .unwrap()
}

impl House {
    /// A hub with the hall `h`, its day open and its counters 1 and 2 open.
    pub async fn open() -> Self {
        Self::at(pace()).await
    }

    pub async fn at(pace: Pace) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config { flush: false, pace, ..Config::local(folder.path().to_owned()) };
        let house = Self::start(config, folder).await;
        house.hub.halls.create(setup(), None, By::Hub).await.unwrap();
        house.ask(json!({"do": "open_counter", "counter": "1"})).await;
        house.ask(json!({"do": "open_counter", "counter": "2"})).await;
        house
    }

    async fn start(config: Config, folder: tempfile::TempDir) -> Self {
        let server = Server::bind(config.clone(), Clock::System).await.unwrap();
        let (hub, address) = (server.hub().clone(), server.address().to_string());
        #[expect(clippy::disallowed_methods, reason = "a test is not the hub")]
        let running = tokio::spawn(server.run());
        Self { hub, address, config, running, _folder: folder }
    }

    /// The same hub, stopped and started again; in between, `change` may do what it likes to its data.
    pub async fn again(self, change: impl AsyncFnOnce(&std::path::Path)) -> Self {
        self.hub.stop.cancel();
        self.running.await.unwrap().unwrap();
        drop(self.hub);
        change(self._folder.path()).await;
        Self::start(self.config, self._folder).await
    }

    pub fn hall() -> HallId {
        "h".into()
    }

    /// Asks the hall; it must not refuse.
    pub async fn ask(&self, command: Value) -> Answer {
        self.try_ask(command).await.unwrap()
    }

    pub async fn try_ask(&self, command: Value) -> Result<Answer, Error> {
        let asked = Asked::plain(serde_json::from_value(command).unwrap(), By::Token("test".into()), Reach::Hall);
        self.hub.halls.submit(&Self::hall(), asked).await
    }

    /// A ticket of a queue; answers its key.
    pub async fn issue(&self, queue: &str) -> String {
        self.ask(json!({"do": "issue", "queue": queue})).await.ticket.unwrap().id.unwrap()
    }

    /// Where the hall stands.
    pub async fn position(&self) -> At {
        let seen = self.hub.halls.seen(&Self::hall()).await.unwrap();
        At { epoch: seen.epoch, seq: seen.seq }
    }

    /// Changes the setup.
    pub async fn configure(&self, change: impl FnOnce(&mut Setup)) {
        let change = |setup: &mut Setup, _: &hall::Fold| {
            change(setup);
            Ok(())
        };
        self.hub.halls.configure(&Self::hall(), By::Hub, None, change).await.unwrap();
    }

    /// A token with one scope: its id and what its holder sends.
    pub async fn token(&self, scope: Scope) -> credentials::Made {
        let new = NewToken { name: "test".into(), scopes: vec![scope], hall: None };
        credentials::make_unasked(&self.hub.db, "test", new, self.hub.clock.now()).await.unwrap()
    }

    pub fn request(&self) -> Request<()> {
        let mut request = format!("ws://{}/api/v1/socket", self.address).into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("hallcast.v1"));
        request
    }

    pub async fn connect(&self) -> Listener {
        Listener::open(self.request()).await
    }

    /// Somebody who has said hello.
    pub async fn hello(&self, hello: Value) -> Listener {
        let mut listener = self.connect().await;
        listener.say(&json!({"hello": hello}).to_string()).await;
        listener
    }

    /// A screen of the whole hall, or from a position on.
    pub async fn screen(&self, at: Option<At>) -> Listener {
        let mut listener = self.hello(json!({"face": "screen", "follow": [{"hall": "h", "at": at}]})).await;
        assert!(listener.next().await["welcome"].is_object());
        listener
    }

    /// The same with more about what it follows.
    pub async fn face(&self, face: &str, token: Option<&str>, mut follow: Value) -> Listener {
        follow["hall"] = "h".into();
        let mut hello = json!({"face": face, "follow": [follow]});
        if let Some(token) = token {
            hello["token"] = token.into();
        }
        let mut listener = self.hello(hello).await;
        assert!(listener.next().await["welcome"].is_object());
        listener
    }
}

/// A socket's other end.
pub struct Listener {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Listener {
    pub async fn open(request: Request<()>) -> Self {
        let (socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        Self { socket }
    }

    pub async fn say(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    pub async fn send(&mut self, message: Message) {
        self.socket.send(message).await.unwrap();
    }

    /// The next message of any kind; none when the connection is over.
    pub async fn any(&mut self) -> Option<Message> {
        let next = tokio::time::timeout(SOON, self.socket.next()).await;
        next.expect("the hub says something in time")?.ok()
    }

    /// The next text, live figures left out.
    pub async fn next(&mut self) -> Value {
        loop {
            let value = self.text().await;
            if value["live"].is_null() {
                return value;
            }
        }
    }

    /// The next text.
    pub async fn text(&mut self) -> Value {
        loop {
            match self.any().await {
                Some(Message::Text(text)) => return serde_json::from_str(&text).unwrap(),
                Some(Message::Ping(_) | Message::Pong(_)) => {}
                other => panic!("a text, not {other:?}"),
            }
        }
    }

    /// Reads up to the board.
    pub async fn board(&mut self) -> Value {
        let board = self.next().await;
        assert!(board["board"].is_object(), "{board}");
        board["board"].clone()
    }

    /// The next frame: its number, its kind and what it says.
    pub async fn frame(&mut self) -> (i64, String, Value) {
        let said = self.next().await;
        let (kind, body) =
            said["frame"].as_object().unwrap_or_else(|| panic!("a frame, not {said}")).iter().next().unwrap();
        (said["at"]["seq"].as_i64().unwrap(), kind.clone(), body.clone())
    }

    /// Whether nothing but live figures and beats comes for a moment.
    pub async fn is_quiet(&mut self) -> bool {
        tokio::time::timeout(Duration::from_millis(300), self.next()).await.is_err()
    }

    /// The code with which the hub closes, whatever it said before.
    pub async fn close_code(&mut self) -> u16 {
        loop {
            match self.any().await {
                Some(Message::Close(Some(close))) => return close.code.into(),
                Some(Message::Close(None)) => return 1005,
                Some(_) => {}
                None => return 1006,
            }
        }
    }
}
