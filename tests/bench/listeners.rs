//! 2,000 idle listeners: resident bytes each; and a hub at rest: its memory, and from start to first answer.
//!
//! Goals: <= 5 kB a listener; first answer in under a second; at rest below 60 MB.
//! `cargo bench -p tests --bench listeners`

#[expect(dead_code, reason = "each bench uses its part of the kit")]
mod kit;

use std::time::{Duration, Instant};

use serde_json::json;
use tests::{HubProcess, TestScreen};

const RUNS: usize = 3;
const LISTENERS: usize = 2_000;

fn main() {
    kit::run(bench());
}

async fn bench() {
    let (mut bytes, mut starts, mut rests) = (Vec::new(), Vec::new(), Vec::new());
    for run in 1..=RUNS {
        let data = tempfile::tempdir_in(".").expect("a folder on a real disk");
        let begun = Instant::now();
        let hub = HubProcess::start(data.path(), &kit::free_address()).await;
        let started = begun.elapsed();
        tokio::time::sleep(Duration::from_secs(2)).await;
        let rest = kit::resident(hub.id());
        // Warm the allocator and the code with some listeners that leave again.
        drop(listen(&hub, 50).await);
        tokio::time::sleep(Duration::from_secs(1)).await;
        let before = kit::resident(hub.id());
        let listeners = listen(&hub, LISTENERS).await;
        tokio::time::sleep(Duration::from_secs(2)).await;
        let each = (kit::resident(hub.id()) - before) as f64 / LISTENERS as f64;
        drop(listeners);
        bytes.push(each);
        starts.push(kit::ms(started));
        rests.push(rest as f64 / 1e6);
        kit::say(
            &json!({"bench": "listeners", "run": run, "bytes_each": each.round(), "start_ms": kit::ms(started), "rest_mb": rest as f64 / 1e6}),
        );
    }
    let (bytes, start, rest) = (kit::median(bytes), kit::median(starts), kit::median(rests));
    let met = bytes <= 5_000.0 && start < 1_000.0 && rest < 60.0;
    kit::say(
        &json!({"bench": "listeners", "median": {"bytes_each": bytes, "start_ms": start, "rest_mb": rest}, "met": met}),
    );
}

async fn listen(hub: &HubProcess, count: usize) -> Vec<TestScreen> {
    let mut listeners = Vec::with_capacity(count);
    for _ in 0..count {
        let mut screen = TestScreen::follow(&hub.demo.url, &hub.demo.hall, "screen", None, json!({})).await;
        while screen.board.is_none() {
            screen.hear().await.expect("a board");
        }
        screen.board = None;
        listeners.push(screen);
    }
    listeners
}
