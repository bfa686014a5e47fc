//! Durable commands a second on one hall, with 1, 8 and 64 racing clients, beside the disk's single-commit rate.
//!
//! Goals: with 64 clients >= 5 x the single-commit rate, with 8 >= 3 x; p50 <= 3 flushes, p99 <= 10 flushes.
//! `cargo bench -p tests --bench commands`

#[expect(dead_code, reason = "each bench uses its part of the kit")]
mod kit;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tests::{Api, HubProcess};

const RUNS: usize = 3;
const PER_CLIENT_S: u64 = 5;

fn main() {
    kit::run(bench());
}

async fn bench() {
    let mut ratios: [Vec<f64>; 3] = [Vec::new(), Vec::new(), Vec::new()];
    for run in 1..=RUNS {
        let data = tempfile::tempdir_in(".").expect("a folder on a real disk");
        let single = single_commits(data.path()).await;
        let mut flushes = kit::flushes(data.path(), 300);
        let hub = HubProcess::start(data.path(), &kit::free_address()).await;
        for (index, clients) in [1, 8, 64].into_iter().enumerate() {
            let (rate, mut times) = race(&hub, clients).await;
            ratios[index].push(rate / single);
            let flush_p50 = kit::ms(kit::percentile(&mut flushes, 0.5));
            kit::say(&json!({
                "bench": "commands", "run": run, "clients": clients, "per_second": rate.round(), "single_commits_per_second": single.round(),
                "times_single": (rate / single * 10.0).round() / 10.0, "answer": kit::spread(&mut times), "flush_p50_ms": flush_p50,
            }));
        }
    }
    let [one, eight, many] = ratios.map(kit::median);
    kit::say(
        &json!({"bench": "commands", "median_times_single": {"1": one, "8": eight, "64": many}, "met": eight >= 3.0 && many >= 5.0}),
    );
}

/// One-row commits a second: SQLite, WAL, synchronous=FULL, one after the other.
async fn single_commits(folder: &std::path::Path) -> f64 {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("single.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("a database");
    sqlx::query("CREATE TABLE row (n BIGINT, what TEXT)").execute(&pool).await.expect("a table");
    let begun = Instant::now();
    let mut count = 0_i64;
    while begun.elapsed() < Duration::from_secs(3) {
        sqlx::query("INSERT INTO row VALUES ($1, $2)")
            .bind(count)
            .bind("x".repeat(200))
            .execute(&pool)
            .await
            .expect("a row");
        count += 1;
    }
    count as f64 / begun.elapsed().as_secs_f64()
}

/// So many clients taking tickets and serving them as fast as the hub answers.
async fn race(hub: &HubProcess, clients: usize) -> (f64, Vec<Duration>) {
    let demo = Arc::new(hub.demo.clone());
    let answered = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let mut racing = tokio::task::JoinSet::new();
    for client in 0..clients {
        let (demo, answered) = (demo.clone(), answered.clone());
        racing.spawn(async move {
            let api = Api::new(&demo.url, Some(&demo.token));
            let counter = demo.counters[client % demo.counters.len()].clone();
            api.command(&demo.hall, "open_counter", json!({"counter": counter})).await;
            let mut times = Vec::new();
            for turn in 0.. {
                if begun.elapsed() > Duration::from_secs(PER_CLIENT_S) {
                    break;
                }
                let (verb, fields): (_, Value) = match (client < demo.counters.len(), turn % 4) {
                    (true, 1) => ("call_next", json!({"counter": counter})),
                    (true, 2) => ("start", json!({"counter": counter})),
                    (true, 3) => ("finish", json!({"counter": counter})),
                    // Beyond the counters, visitors: a ticket is taken and given up again.
                    _ => ("issue", json!({"queue": demo.queues[client % demo.queues.len()]})),
                };
                let pressed = Instant::now();
                let said = api.command(&demo.hall, verb, fields).await;
                times.push(pressed.elapsed());
                if said.status == 200 {
                    answered.fetch_add(1, Ordering::Relaxed);
                }
                if verb == "issue" && client >= demo.counters.len() && said.status == 200 {
                    let pressed = Instant::now();
                    let ticket = said.body["ticket"]["ref"].clone();
                    if api.command(&demo.hall, "cancel", json!({"ticket": ticket, "reason": "other"})).await.status
                        == 200
                    {
                        answered.fetch_add(1, Ordering::Relaxed);
                    }
                    times.push(pressed.elapsed());
                }
            }
            times
        });
    }
    let mut times = Vec::new();
    while let Some(of_one) = racing.join_next().await {
        times.extend(of_one.expect("a client ends well"));
    }
    (answered.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64(), times)
}
