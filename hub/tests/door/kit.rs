//! A database for one test, hubs over it, and short ways to ask a hall.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use hall::moves::{CallNext, Finish, Issue, OpenCounter, Start};
use hall::ticket::{Channel, Language};
use hall::{By, Command, Entry, Hall, HallId, Reach, Setup};
use hub::clock::Clock;
use hub::halls::{Answer, Asked, IdempotencyKey};
use hub::store::{Db, journal};
use hub::{Config, Error, Hub, Server};

/// Where a throw-away PostgreSQL is, if there is one.
const POSTGRES: &str = "HALLCAST_TEST_POSTGRES";

/// Who gives the commands of these tests: no random id can hold it by chance.
pub const DESK: &str = "the-front-desk";

/// Data that outlives the hubs over it.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub url: Option<String>,
}

/// A hub that runs, on a clock that stands.
pub struct Node {
    pub hub: Hub,
    pub clock: Clock,
    server: Server,
    _folder: Option<tempfile::TempDir>,
}

/// A Monday, ten in the morning in Hangzhou.
pub fn start() -> DateTime<Utc> {
    "2026-03-02T02:00:00Z".parse().unwrap()
}

/// The hall of every test.
pub fn h1() -> HallId {
    "h1".into()
}

/// Runs a test on SQLite, and on PostgreSQL where there is one.
pub async fn on_both(test: impl AsyncFn(Place)) {
    test(Place::new(None).await).await;
    match std::env::var(POSTGRES) {
        Ok(server) => test(Place::new(Some(&server)).await).await,
        Err(_) => println!("{POSTGRES} is not set: this ran on SQLite only"),
    }
}

/// Runs a test on PostgreSQL only.
pub async fn on_postgres(test: impl AsyncFn(Place)) {
    match std::env::var(POSTGRES) {
        Ok(server) => test(Place::new(Some(&server)).await).await,
        Err(_) => println!("{POSTGRES} is not set: this did not run"),
    }
}

impl Place {
    pub async fn new(server: Option<&str>) -> Self {
        let url = match server {
            None => None,
            Some(server) => {
                let name = format!("door_{}", hub::chance::row_id());
                let pool = sqlx::PgPool::connect(server).await.unwrap();
                let text = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
                sqlx::query(text).execute(&pool).await.unwrap();
                pool.close().await;
                Some(format!("{}/{name}", server.rsplit_once('/').unwrap().0))
            }
        };
        Self { folder: tempfile::tempdir().unwrap(), url }
    }

    /// A hub over this data, at a time.
    pub async fn node_at(&self, at: DateTime<Utc>) -> Node {
        // Several hubs over one PostgreSQL have a folder each, with the same keys.
        let own = self.url.as_ref().map(|_| tempfile::tempdir().unwrap());
        let path = own.as_ref().map_or(self.folder.path(), |it| it.path()).to_owned();
        if own.is_some() {
            let keys = self.folder.path().join("keys");
            hub::crypt::Keys::open(self.folder.path(), None).unwrap();
            std::fs::copy(keys, path.join("keys")).unwrap();
        }
        let clock = Clock::set_to(at);
        let config = Config { database: self.url.clone(), flush: false, ..Config::local(path) };
        let server = Server::bind(config, clock.clone()).await.unwrap();
        Node { hub: server.hub().clone(), clock, server, _folder: own }
    }

    pub async fn node(&self) -> Node {
        self.node_at(start()).await
    }

    /// A hub with the hall `h1`: queues A and B, counters 1 to 6 for both, its day open.
    pub async fn with_hall(&self) -> Node {
        let node = self.node().await;
        node.hub.halls.create(setup("h1"), None, By::Hub).await.unwrap();
        node
    }

    pub fn is_postgres(&self) -> bool {
        self.url.is_some()
    }
}

/// A hall with queues A and B, and counters 1 to 6 for both.
pub fn setup(id: &str) -> Setup {
    let queue =
        |id: &str| serde_json::json!({"id": id, "prefix": id, "name": id, "recall_gap_s": 0, "open_per_visitor": 1});
    let counter = |id: u32| serde_json::json!({"id": id.to_string(), "label": id.to_string(), "queues": [{"queue": "A"}, {"queue": "B"}]});
    serde_json::from_value(serde_json::json!({
        "hall": {"id": id, "name": "大厅", "time_zone": "Asia/Shanghai"},
        "queues": [queue("A"), queue("B")],
        "counters": (1..=6).map(counter).collect::<Vec<_>>(),
    }))
    .unwrap()
}

impl Node {
    /// Ends what the hub does by itself; it still answers.
    pub async fn rest(&self) {
        self.hub.stop.cancel();
        self.hub.tasks.close();
        self.hub.tasks.wait().await;
    }

    /// Ends the hub as SIGTERM does.
    pub async fn end(self) {
        self.hub.stop.cancel();
        self.server.run().await.unwrap();
    }

    pub fn db(&self) -> &Db {
        &self.hub.db
    }

    pub async fn ask(&self, asked: Asked) -> Result<Answer, Error> {
        self.hub.halls.submit(&h1(), asked).await
    }

    pub async fn issue(&self, queue: &str) -> Answer {
        self.ask(issue(queue)).await.unwrap()
    }

    pub async fn hall(&self) -> Arc<Hall> {
        self.hub.halls.seen(&h1()).await.unwrap().hall
    }

    /// The whole journal, which must have no gap.
    pub async fn journal(&self) -> Vec<Entry> {
        let entries = journal::read(self.db(), &h1(), 0, 1_000_000).await.unwrap();
        for (at, entry) in entries.iter().enumerate() {
            assert_eq!(entry.seq, at as i64 + 1, "the journal has a gap");
        }
        for two in entries.windows(2) {
            assert!(two[0].time <= two[1].time, "time goes back at {}", two[1].seq);
        }
        entries
    }

    /// Runs one statement on the database, past the door.
    pub async fn sql(&self, text: &'static str) -> u64 {
        match self.db() {
            Db::Sqlite { write, .. } => sqlx::query(text).execute(write).await.unwrap().rows_affected(),
            Db::Postgres(pool) => sqlx::query(text).execute(pool).await.unwrap().rows_affected(),
        }
    }

    /// Counts rows.
    pub async fn count(&self, text: &'static str) -> i64 {
        match self.db() {
            Db::Sqlite { read, .. } => sqlx::query_scalar(text).fetch_one(read).await.unwrap(),
            Db::Postgres(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
        }
    }
}

/// A program with every scope.
pub fn asked(command: Command) -> Asked {
    Asked::plain(command, By::Token(DESK.into()), Reach::Hall)
}

pub fn issue(queue: &str) -> Asked {
    asked(Command::Issue(Issue {
        queue: queue.into(),
        channel: Channel::Api,
        priority: None,
        language: Language::Zh,
        route: Vec::new(),
        visitor: None,
        pick_up: None,
    }))
}

pub fn open_counter(id: &str) -> Asked {
    asked(Command::OpenCounter(OpenCounter { counter: id.into(), staff: None }))
}

pub fn call_next(id: &str) -> Asked {
    asked(Command::CallNext(CallNext { counter: id.into() }))
}

pub fn start_at(id: &str) -> Asked {
    asked(Command::Start(Start { counter: id.into() }))
}

pub fn finish_at(id: &str) -> Asked {
    asked(Command::Finish(Finish { counter: id.into() }))
}

pub fn with_key(mut asked: Asked, key: &str, body: &str) -> Asked {
    asked.key = Some(IdempotencyKey { scope: "t1 POST /p".into(), key: key.into(), body_hash: body.into() });
    asked
}

/// The code of a problem.
pub fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().problem().code
}
