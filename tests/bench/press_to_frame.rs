//! From the press of call-next over HTTP to the frame on a listening socket, over a real disk.
//!
//! Goal: p50 <= 2 flushes + 1 ms. `cargo bench -p tests --bench press_to_frame`

#[expect(dead_code, reason = "each bench uses its part of the kit")]
mod kit;

use std::time::Instant;

use serde_json::json;
use tests::{Api, HubProcess, TestCounter, TestScreen};
use wire::Frame;

const RUNS: usize = 3;
const PRESSES: usize = 200;

fn main() {
    kit::run(bench());
}

async fn bench() {
    let mut middles = Vec::new();
    let mut flush_middles = Vec::new();
    for run in 1..=RUNS {
        let data = tempfile::tempdir_in(".").expect("a folder on a real disk");
        let mut flushes = kit::flushes(data.path(), PRESSES);
        let hub = HubProcess::start(data.path(), &kit::free_address()).await;
        let api = Api::new(&hub.demo.url, Some(&hub.demo.token));
        let mut screen = TestScreen::follow(&hub.demo.url, &hub.demo.hall, "screen", None, json!({})).await;
        let counter = TestCounter::new(api.clone(), &hub.demo.hall, &hub.demo.counters[0]);
        counter.press("open_counter").await.ok();
        let mut times = Vec::new();
        for _ in 0..PRESSES {
            api.command(&hub.demo.hall, "issue", json!({"queue": hub.demo.queues[0]})).await.ok();
            screen.frame(|it| matches!(it, Frame::Issued(_))).await;
            let begun = Instant::now();
            let press = counter.press("call_next");
            let heard = screen.frame(|it| matches!(it, Frame::Called(_)));
            let (said, time) = tokio::join!(press, async {
                heard.await;
                begun.elapsed()
            });
            said.ok();
            times.push(time);
            counter.press("start").await.ok();
            counter.press("finish").await.ok();
        }
        middles.push(kit::ms(kit::percentile(&mut times, 0.5)));
        flush_middles.push(kit::ms(kit::percentile(&mut flushes, 0.5)));
        let goal = 2.0 * kit::ms(kit::percentile(&mut flushes, 0.5)) + 1.0;
        let (press, flush) = (kit::spread(&mut times), kit::spread(&mut flushes));
        kit::say(&json!({"bench": "press_to_frame", "run": run, "press": press, "flush": flush, "goal_p50_ms": goal}));
    }
    let (press, flush) = (kit::median(middles), kit::median(flush_middles));
    let goal = 2.0 * flush + 1.0;
    kit::say(
        &json!({"bench": "press_to_frame", "median_p50_ms": press, "flush_p50_ms": flush, "goal_p50_ms": goal, "met": press <= goal}),
    );
}
