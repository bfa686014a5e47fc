//! 2,000 idle listeners: resident bytes each, and how fast they connect; and a hub at rest: its memory, and from
//! start to first answer.
//!
//! Goals: <= 5 kB a listener; first answer in under a second; at rest below 60 MB.
//! `cargo build --release -p hub && cargo bench -p tests --bench listeners`

#[expect(dead_code, reason = "each bench uses its part of the kit")]
mod kit;

use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use futures_util::stream;
use serde_json::json;
use tests::{Api, HubProcess, TestScreen};

const RUNS: usize = 3;
const LISTENERS: usize = 2_000;
/// Listeners that come at the same moment.
const AT_ONCE: usize = 16;
/// Tickets that wait, so that the board every listener is sent is as large as on an ordinary day.
const WAITING: usize = 100;

fn main() {
    kit::run(bench());
}

async fn bench() {
    let (mut bytes, mut rates, mut starts, mut rests) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for run in 1..=RUNS {
        let data = tempfile::tempdir_in(".").expect("a folder on a real disk");
        let begun = Instant::now();
        let hub = HubProcess::start(data.path(), &kit::free_address()).await;
        let started = begun.elapsed();
        tokio::time::sleep(Duration::from_secs(2)).await;
        let rest = kit::resident(hub.id());
        fill(&hub).await;
        // Warm the allocator and the code with some listeners that leave again.
        drop(listen(&hub, 50).await);
        tokio::time::sleep(Duration::from_secs(1)).await;
        let before = kit::resident(hub.id());
        let begun = Instant::now();
        let listeners = listen(&hub, LISTENERS).await;
        let rate = LISTENERS as f64 / begun.elapsed().as_secs_f64();
        tokio::time::sleep(Duration::from_secs(2)).await;
        let each = (kit::resident(hub.id()) as f64 - before as f64) / LISTENERS as f64;
        drop(listeners);
        bytes.push(each);
        rates.push(rate);
        starts.push(kit::ms(started));
        rests.push(rest as f64 / 1e6);
        kit::say(&json!({
            "bench": "listeners", "run": run, "bytes_each": each.round(), "connects_per_second": rate.round(),
            "start_ms": kit::ms(started), "rest_mb": rest as f64 / 1e6,
        }));
    }
    let (bytes, rate, start, rest) = (kit::median(bytes), kit::median(rates), kit::median(starts), kit::median(rests));
    let met = bytes <= 5_000.0 && start < 1_000.0 && rest < 60.0;
    kit::say(&json!({
        "bench": "listeners", "median": {"bytes_each": bytes.round(), "connects_per_second": rate.round(), "start_ms": start, "rest_mb": rest},
        "met": met,
    }));
}

async fn fill(hub: &HubProcess) {
    let api = Api::new(&hub.demo.url, Some(&hub.demo.token));
    for n in 0..WAITING {
        let queue = &hub.demo.queues[n % hub.demo.queues.len()];
        api.command(&hub.demo.hall, "issue", json!({"queue": queue})).await.ok();
    }
}

async fn listen(hub: &HubProcess, count: usize) -> Vec<TestScreen> {
    let one = async || {
        let mut screen = TestScreen::follow(&hub.demo.url, &hub.demo.hall, "screen", None, json!({})).await;
        while screen.board.is_none() {
            screen.hear().await.expect("a board");
        }
        screen.board = None;
        screen
    };
    stream::iter(0..count).map(|_| one()).buffer_unordered(AT_ONCE).collect().await
}
