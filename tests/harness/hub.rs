//! A hub in this process, on a free port, with a data folder of its own.
//!
//! Beside a throw-away PostgreSQL each test has its store by its name, the same at every run, so that half of all
//! journeys go over each; `HALLCAST_TEST_STORE=sqlite` or `postgresql` sends all of them over one.

use std::path::Path;
use std::time::Duration;

use hub::clock::Clock;
use hub::{Config, Server};
use serde::Deserialize;
use tempfile::TempDir;

use crate::api::Api;
use crate::counter::TestCounter;
use crate::postgres;

/// How long a hub has to write its demo.json.
const READY_WITHIN: Duration = Duration::from_secs(20);

/// What a demo hub writes for those who connect.
#[derive(Clone, Debug, Deserialize)]
pub struct Demo {
    /// Its address.
    pub url: String,
    /// The demo hall.
    pub hall: String,
    /// Its queues, A to D.
    pub queues: Vec<String>,
    /// Its counters, 1 to 6.
    pub counters: Vec<String>,
    /// A token with every scope.
    pub token: String,
    /// People who can log in.
    pub users: Vec<DemoUser>,
    /// Players that are paired already.
    pub players: Vec<DemoPlayer>,
}

/// A person of the demo hall.
#[derive(Clone, Debug, Deserialize)]
pub struct DemoUser {
    /// Login.
    pub login: String,
    /// Password.
    pub password: String,
    /// Role.
    pub role: String,
}

/// A player of the demo hall.
#[derive(Clone, Debug, Deserialize)]
pub struct DemoPlayer {
    /// Id.
    pub id: String,
    /// Face.
    pub face: String,
    /// Its page.
    pub url: String,
    /// Its token.
    pub token: String,
}

impl Demo {
    /// Reads `DIR/demo.json`, waiting until the hub has written it.
    pub async fn read(data: &Path) -> Self {
        let file = data.join("demo.json");
        let waiting = async {
            loop {
                if let Ok(text) = std::fs::read(&file) {
                    return serde_json::from_slice(&text).expect("demo.json is whole");
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(READY_WITHIN, waiting).await.expect("the hub writes demo.json")
    }
}

/// A hub in this process with the demo hall.
pub struct TestHub {
    /// What it wrote for those who connect.
    pub demo: Demo,
    /// A program with every scope.
    pub api: Api,
    hub: hub::Hub,
    running: tokio::task::JoinHandle<Result<(), hub::Error>>,
    data: TempDir,
    database: Option<String>,
}

/// A database of its own on the PostgreSQL server, or none where this test goes over SQLite.
async fn database() -> Option<String> {
    let on_server = match std::env::var("HALLCAST_TEST_STORE").as_deref() {
        Ok("sqlite") => false,
        Ok("postgresql") => true,
        Ok(other) => panic!("HALLCAST_TEST_STORE is `{other}`: sqlite or postgresql"),
        Err(_) => std::thread::current().name().is_some_and(|test| test.len() % 2 == 0),
    };
    if on_server { postgres::new_database().await } else { None }
}

impl TestHub {
    /// Starts a hub with the demo hall and the system's clock.
    pub async fn start() -> Self {
        Self::start_at(Clock::System).await
    }

    /// The same with a clock that the test moves.
    pub async fn start_at(clock: Clock) -> Self {
        Self::open(tempfile::tempdir().expect("a folder"), database().await, clock).await
    }

    async fn open(data: TempDir, database: Option<String>, clock: Clock) -> Self {
        let _ = std::fs::remove_file(data.path().join("demo.json"));
        let config = Config { demo: true, database: database.clone(), ..Config::local(data.path().to_owned()) };
        let server = Server::bind(config, clock).await.expect("the hub starts");
        let hub = server.hub().clone();
        #[expect(clippy::disallowed_methods, reason = "a test is not the hub: nobody waits for this task but `stop`")]
        let running = tokio::spawn(server.run());
        let demo = Demo::read(data.path()).await;
        let api = Api::new(&demo.url, Some(&demo.token));
        Self { demo, api, hub, running, data, database }
    }

    /// Ends it cleanly and starts it again over the same data.
    pub async fn restart(self) -> Self {
        let (clock, database) = (self.hub.clock.clone(), self.database.clone());
        let data = self.end().await;
        Self::open(data, database, clock).await
    }

    /// Ends it cleanly.
    pub async fn stop(self) {
        self.end().await;
    }

    async fn end(self) -> TempDir {
        self.hub.stop.cancel();
        self.running.await.expect("the hub's task ends").expect("the hub ends cleanly");
        self.data
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// The clock it was started with.
    pub fn clock(&self) -> &Clock {
        &self.hub.clock
    }

    /// A command to the demo hall by the program with every scope.
    pub async fn command(&self, verb: &str, fields: serde_json::Value) -> crate::Said {
        self.api.command(&self.demo.hall, verb, fields).await
    }

    /// A visitor takes a ticket of the queue with this prefix (`A` to `D`).
    pub async fn take(&self, prefix: char) -> serde_json::Value {
        let queue = &self.demo.queues[prefix as usize - 'A' as usize];
        self.command("issue", serde_json::json!({"queue": queue, "channel": "kiosk"})).await.ok()["ticket"].clone()
    }

    /// A member of staff at counter `number` (1 to 6), opened.
    pub async fn counter(&self, number: usize) -> TestCounter {
        let counter = TestCounter::new(self.api.clone(), &self.demo.hall, &self.demo.counters[number - 1]);
        counter.press("open_counter").await.ok();
        counter
    }
}
