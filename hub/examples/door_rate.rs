//! How fast the door is: durable commands a second of one hall with 1, 8 and 64 clients inside this process,
//! beside the disk's single-commit rate. `cargo run --release -p hub --example door_rate [SECONDS]`

use std::time::{Duration, Instant};

use hall::{By, Reach};
use hub::clock::Clock;
use hub::halls::{Asked, IdempotencyKey};
use hub::{Config, Server};

#[expect(clippy::print_stdout, reason = "a figure is what this is for")]
fn say(line: &str) {
    println!("{line}");
}

fn ask(body: serde_json::Value) -> Asked {
    Asked::plain(serde_json::from_value(body).expect("a command"), By::Token("bench".into()), Reach::Hall)
}

#[tokio::main]
async fn main() {
    let seconds: u64 = std::env::args().nth(1).and_then(|it| it.parse().ok()).unwrap_or(4);
    let folder = tempfile::tempdir_in(".").expect("a folder on a real disk");
    let single = single_commits(folder.path(), seconds).await;
    say(&format!("single commits: {single:.0}/s"));
    let database = std::env::var("HALLCAST_TEST_POSTGRES").ok().filter(|_| std::env::args().nth(2).is_some());
    let config = Config { database, ..Config::local(folder.path().to_owned()) };
    let server = Server::bind(config, Clock::System).await.expect("a hub");
    let hub = server.hub().clone();
    let counters: Vec<_> = (1..=64)
        .map(|id| serde_json::json!({"id": id.to_string(), "label": id.to_string(), "queues": [{"queue": "A"}]}))
        .collect();
    let setup = serde_json::json!({
        "hall": {"id": "h", "name": "h", "time_zone": "Asia/Shanghai"},
        "queues": [{"id": "A", "prefix": "A", "name": "A"}], "counters": counters,
    });
    hub.halls.create(serde_json::from_value(setup).expect("a setup"), None, By::Hub).await.expect("a hall");
    let hall: hall::HallId = "h".into();
    for clients in [1, 8, 64] {
        let begun = Instant::now();
        let mut tasks = tokio::task::JoinSet::new();
        for client in 1..=clients {
            let (hub, hall) = (hub.clone(), hall.clone());
            tasks.spawn(async move {
                let mut times = Vec::new();
                let _ = hub
                    .halls
                    .submit(&hall, ask(serde_json::json!({"do": "open_counter", "counter": client.to_string()})))
                    .await;
                for round in 0_u64.. {
                    if begun.elapsed() > Duration::from_secs(seconds) {
                        break;
                    }
                    let body = match round % 4 {
                        0 => serde_json::json!({"do": "issue", "queue": "A"}),
                        1 => serde_json::json!({"do": "call_next", "counter": client.to_string()}),
                        2 => serde_json::json!({"do": "start", "counter": client.to_string()}),
                        _ => serde_json::json!({"do": "finish", "counter": client.to_string()}),
                    };
                    let mut asked = ask(body);
                    asked.key = Some(IdempotencyKey {
                        scope: format!("{clients} {client}"),
                        key: round.to_string(),
                        body_hash: "x".into(),
                    });
                    let pressed = Instant::now();
                    match hub.halls.submit(&hall, asked).await {
                        Ok(_) => times.push(pressed.elapsed()),
                        Err(cause) => say(&format!("{client} {round}: {cause:?}")),
                    }
                }
                times
            });
        }
        let mut times: Vec<Duration> = tasks.join_all().await.into_iter().flatten().collect();
        let rate = times.len() as f64 / begun.elapsed().as_secs_f64();
        times.sort();
        let at = |share: f64| times[(times.len() as f64 * share) as usize].as_secs_f64() * 1000.0;
        say(&format!(
            "{clients} clients: {rate:.0}/s = {:.1} x single; p50 {:.2} ms, p99 {:.2} ms (flush {:.2} ms)",
            rate / single,
            at(0.5),
            at(0.99),
            1000.0 / single
        ));
    }
    hub.stop.cancel();
    server.run().await.expect("a clean end");
}

async fn single_commits(folder: &std::path::Path, seconds: u64) -> f64 {
    use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
    let options = SqliteConnectOptions::new()
        .filename(folder.join("single.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("a database");
    sqlx::query("CREATE TABLE entry (n BIGINT, what TEXT)").execute(&pool).await.expect("a table");
    let (begun, mut count) = (Instant::now(), 0_i64);
    while begun.elapsed() < Duration::from_secs(seconds) {
        let row = sqlx::query("INSERT INTO entry VALUES ($1, $2)").bind(count).bind("x".repeat(200));
        row.execute(&pool).await.expect("a row");
        count += 1;
    }
    count as f64 / begun.elapsed().as_secs_f64()
}
