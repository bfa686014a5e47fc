//! What the benches share: the flush rate of this disk, percentiles, one JSON line.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Times of a 4 KiB append with `fdatasync`, one at a time, in this folder: what one flush costs here.
pub fn flushes(folder: &Path, count: usize) -> Vec<Duration> {
    let mut file = std::fs::File::create(folder.join("flush")).expect("a file");
    let page = [7_u8; 4_096];
    (0..count)
        .map(|_| {
            let begun = Instant::now();
            file.write_all(&page).expect("room on the disk");
            file.sync_data().expect("a flush");
            begun.elapsed()
        })
        .collect()
}

/// The value below which this share of the times lies.
pub fn percentile(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    let index = ((times.len() as f64 - 1.0) * share).round() as usize;
    times.get(index).copied().unwrap_or_default()
}

/// Milliseconds with three digits.
pub fn ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

/// p50, p90 and p99 in milliseconds.
pub fn spread(times: &mut [Duration]) -> Value {
    json!({"p50_ms": ms(percentile(times, 0.5)), "p90_ms": ms(percentile(times, 0.9)), "p99_ms": ms(percentile(times, 0.99))})
}

/// The middle of several runs.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Resident memory of a process, bytes.
pub fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("a Linux machine");
    let line = status.lines().find(|it| it.starts_with("VmRSS:")).expect("its memory");
    line.split_whitespace().nth(1).and_then(|it| it.parse::<u64>().ok()).expect("a number") * 1_024
}

/// An address nobody listens on.
pub fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").to_string()
}

/// Prints the result.
#[expect(clippy::print_stdout, reason = "this is what a bench is for")]
pub fn say(result: &Value) {
    println!("{result}");
}

/// A runtime for a bench.
pub fn run(bench: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(bench);
}
