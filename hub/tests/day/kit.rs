//! A hall on a clock that the test moves, on SQLite and on PostgreSQL.

use std::time::Duration;

use chrono::{DateTime, Utc};
use hall::{By, Command, HallId, Reach};
use hub::clock::Clock;
use hub::halls::{Answer, Asked};
use hub::{Config, Error, Hub, Server};
use serde_json::{Value, json};

/// Where a throw-away PostgreSQL is, if there is one.
const POSTGRES: &str = "HALLCAST_TEST_POSTGRES";

/// A hall at work.
pub struct Place {
    pub hub: Hub,
    pub clock: Clock,
    server: Server,
    _folder: tempfile::TempDir,
}

/// A Monday, ten in the morning in Hangzhou.
pub fn morning() -> DateTime<Utc> {
    "2026-03-02T02:00:00Z".parse().unwrap()
}

pub fn h() -> HallId {
    "h".into()
}

/// Runs a test on SQLite, and on PostgreSQL where there is one.
pub async fn on_both(test: impl AsyncFn(&Place)) {
    for server in [None, std::env::var(POSTGRES).ok()] {
        if server.is_none() && std::env::var(POSTGRES).is_err() {
            println!("{POSTGRES} is not set: this ran on SQLite only");
        }
        let place = Place::new(server.as_deref()).await;
        test(&place).await;
        place.end().await;
        if server.is_none() && std::env::var(POSTGRES).is_err() {
            break;
        }
    }
}

fn setup() -> Value {
    let queue = |id: &str, name: &str, name_en: &str| {
        json!({"id": id, "prefix": id, "name": name, "name_en": name_en, "zones": ["east"], "department": "d",
               "late_s": 900, "recall_gap_s": 0})
    };
    let counter =
        |id: u32| json!({"id": id.to_string(), "label": id.to_string(), "queues": [{"queue": "A"}, {"queue": "B"}]});
    json!({
        "hall": {"id": "h", "name": "一楼综合大厅", "name_en": "Hall 1", "time_zone": "Asia/Shanghai",
                 "missed_hint": "过号请到 1 号窗口恢复", "missed_hint_en": "Missed? Go to counter 1"},
        "zones": [{"id": "east", "name": "东区", "name_en": "East", "floor": "1F"}],
        "departments": [{"id": "d", "name": "公安局", "name_en": "Public security"}],
        "classes": [{"id": "elder", "name": "老年优先", "name_en": "Seniors first"}],
        "queues": [queue("A", "综合受理", "General services"), queue("B", "社会保险", "Social insurance")],
        "counters": (1..=4).map(counter).collect::<Vec<_>>(),
    })
}

impl Place {
    async fn new(server: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut database = None;
        if let Some(server) = server {
            let name = format!("day_{}", hub::chance::row_id());
            let pool = sqlx::PgPool::connect(server).await.unwrap();
            sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&pool).await.unwrap();
            pool.close().await;
            database = Some(format!("{}/{name}", server.rsplit_once('/').unwrap().0));
        }
        let clock = Clock::set_to(morning());
        let config = Config { database, flush: false, ..Config::local(folder.path().to_owned()) };
        let server = Server::bind(config, clock.clone()).await.unwrap();
        let hub = server.hub().clone();
        hub.halls.create(serde_json::from_value(setup()).unwrap(), None, By::Hub).await.unwrap();
        Self { hub, clock, server, _folder: folder }
    }

    async fn end(self) {
        self.hub.stop.cancel();
        self.server.run().await.unwrap();
    }

    /// Time passes.
    pub fn minutes(&self, minutes: u64) {
        self.clock.advance(Duration::from_secs(60 * minutes));
    }

    pub async fn try_ask(&self, by: By, command: Value) -> Result<Answer, Error> {
        let command: Command = serde_json::from_value(command).unwrap();
        self.hub.halls.submit(&h(), Asked::plain(command, by, Reach::Hall)).await
    }

    /// A command by a program with every scope.
    pub async fn ask(&self, command: Value) -> Answer {
        self.try_ask(By::Token("t".into()), command).await.unwrap()
    }

    /// A verb at a counter by a member of staff.
    pub async fn press(&self, person: &str, verb: &str, counter: &str) -> Answer {
        self.try_ask(By::Person(person.into()), json!({"do": verb, "counter": counter})).await.unwrap()
    }

    /// A ticket of a queue: its key.
    pub async fn take(&self, queue: &str) -> String {
        self.ask(json!({"do": "issue", "queue": queue})).await.ticket.unwrap().id.unwrap()
    }
}
