//! What the hub counts of itself, for `/metrics`. Names, units and sentences stand here and nowhere else.
//!
//! Figures never hold anything personal: no ids of tickets, people or tokens, and no hall's name as a label.

use std::sync::OnceLock;

use metrics::{Counter, Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Bounds of histograms of seconds.
const SECONDS: [f64; 10] = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0];
/// Bounds of histograms of counts.
const COUNTS: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
/// Bounds of histograms of bytes.
const BYTES: [f64; 7] = [1e3, 4e3, 16e3, 64e3, 128e3, 256e3, 512e3];

const COMMANDS: &str = "hallcast_commands_total";
const REFUSALS: &str = "hallcast_refusals_total";
const GROUP_SIZE: &str = "hallcast_group_commands";
const COMMIT_SECONDS: &str = "hallcast_commit_seconds";
const LINE_DEPTH: &str = "hallcast_line_commands";
const OTHER_WRITES: &str = "hallcast_other_writes_waiting";
const OTHER_WRITE_SECONDS: &str = "hallcast_other_write_seconds";
const LISTENERS: &str = "hallcast_listeners";
const CLOSES: &str = "hallcast_closes_total";
const FRAMES: &str = "hallcast_frames_sent_total";
const ENTRIES: &str = "hallcast_entries_encoded_total";
const BOARDS: &str = "hallcast_boards_sent_total";
const BOARD_BYTES: &str = "hallcast_board_bytes";
const HALLS: &str = "hallcast_halls_followed";
const RECENT_BYTES: &str = "hallcast_recent_bytes";
const FEED_BEHIND: &str = "hallcast_feed_queue_full_total";
const FEED_READS: &str = "hallcast_feed_journal_reads_total";
const DELIVERIES: &str = "hallcast_deliveries_total";
const SPOKEN: &str = "hallcast_announcements_spoken_total";
const NOT_SPOKEN: &str = "hallcast_announcements_dropped_total";
const ALERTS: &str = "hallcast_alerts_raised_total";
const ALERTS_OVER: &str = "hallcast_alerts_closed_total";

/// The figures as Prometheus reads them.
pub fn render() -> String {
    recorder().map(PrometheusHandle::render).unwrap_or_default()
}

/// Starts counting; the figures are those of the process.
pub fn start() {
    recorder();
}

fn recorder() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let install = || {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &SECONDS)
            .and_then(|it| it.set_buckets_for_metric(Matcher::Full(GROUP_SIZE.into()), &COUNTS))
            .and_then(|it| it.set_buckets_for_metric(Matcher::Full(BOARD_BYTES.into()), &BYTES));
        let handle = builder.ok()?.install_recorder().ok();
        describe();
        handle
    };
    HANDLE.get_or_init(install).as_ref()
}

fn describe() {
    describe_counter!(COMMANDS, Unit::Count, "Commands answered, by verb");
    describe_counter!(REFUSALS, Unit::Count, "Commands refused, by code");
    describe_histogram!(GROUP_SIZE, Unit::Count, "Commands that shared a transaction");
    describe_histogram!(COMMIT_SECONDS, Unit::Seconds, "From the begin of a transaction to its commit");
    describe_gauge!(LINE_DEPTH, Unit::Count, "Commands that wait to be decided");
    describe_gauge!(OTHER_WRITES, Unit::Count, "Writes besides commands that wait for SQLite's pen");
    describe_histogram!(OTHER_WRITE_SECONDS, Unit::Seconds, "How long a write besides commands held SQLite's pen");
    describe_gauge!(LISTENERS, Unit::Count, "Open sockets");
    describe_counter!(CLOSES, Unit::Count, "Sockets that were closed, by code");
    describe_counter!(FRAMES, Unit::Count, "Frames sent to listeners");
    describe_counter!(ENTRIES, Unit::Count, "Entries encoded for listeners");
    describe_counter!(BOARDS, Unit::Count, "Boards sent to listeners");
    describe_histogram!(BOARD_BYTES, Unit::Bytes, "Size of boards");
    describe_gauge!(HALLS, Unit::Count, "Halls that somebody follows");
    describe_gauge!(RECENT_BYTES, Unit::Bytes, "Recent frames kept");
    describe_counter!(
        FEED_BEHIND,
        Unit::Count,
        "Commits that did not fit into a hall's queue and were read from the journal"
    );
    describe_counter!(FEED_READS, Unit::Count, "Times the feed read the journal because of a gap");
    describe_counter!(DELIVERIES, Unit::Count, "Tries to carry a delivery, by channel and outcome");
    describe_counter!(SPOKEN, Unit::Count, "Announcements that speakers have said");
    describe_counter!(NOT_SPOKEN, Unit::Count, "Announcements that speakers have not said, by reason");
    describe_counter!(ALERTS, Unit::Count, "Alerts raised, by kind");
    describe_counter!(ALERTS_OVER, Unit::Count, "Alerts closed because it was over by itself, by kind");
}

/// A command was answered, or refused with a code.
pub fn command(verb: &'static str, refused: Option<String>) {
    counter!(COMMANDS, "verb" => verb).increment(1);
    if let Some(code) = refused {
        counter!(REFUSALS, "code" => code).increment(1);
    }
}

/// Commands were committed together.
pub fn group(commands: usize, seconds: f64) {
    #[expect(clippy::cast_precision_loss, reason = "a group is small")]
    histogram!(GROUP_SIZE).record(commands as f64);
    histogram!(COMMIT_SECONDS).record(seconds);
}

/// So many commands wait.
pub fn line_depth(commands: usize) {
    set(LINE_DEPTH, commands);
}

/// So many writes besides commands wait.
pub fn other_writes_waiting(writes: usize) {
    set(OTHER_WRITES, writes);
}

/// A write besides commands held the pen.
pub fn other_write(seconds: f64) {
    histogram!(OTHER_WRITE_SECONDS).record(seconds);
}

/// A socket was opened.
pub fn listener_came() {
    gauge!(LISTENERS).increment(1.0);
}

/// A socket was closed, by us with a code or by the listener.
pub fn listener_went(code: u16) {
    gauge!(LISTENERS).decrement(1.0);
    counter!(CLOSES, "code" => code.to_string()).increment(1);
}

/// Somebody was not let in.
pub fn listener_refused(code: u16) {
    counter!(CLOSES, "code" => code.to_string()).increment(1);
}

/// Frames went out to one listener.
pub fn frames_sent(frames: usize) {
    // Looked up once: this is counted for every listener of every frame.
    static SENT: OnceLock<Counter> = OnceLock::new();
    SENT.get_or_init(|| counter!(FRAMES)).increment(frames as u64);
}

/// Entries were encoded, once for all listeners.
pub fn entries_encoded(entries: usize) {
    counter!(ENTRIES).increment(entries as u64);
}

/// A board went out to one listener.
pub fn board_sent() {
    counter!(BOARDS).increment(1);
}

/// A board was encoded.
pub fn board_made(bytes: usize) {
    #[expect(clippy::cast_precision_loss, reason = "a board is small")]
    histogram!(BOARD_BYTES).record(bytes as f64);
}

/// A hall is followed, or no longer.
pub fn halls_followed(more: i32) {
    gauge!(HALLS).increment(f64::from(more));
}

/// Bytes of recent frames.
pub fn recent_bytes(bytes: usize) {
    set(RECENT_BYTES, bytes);
}

/// A commit did not fit into a hall's queue.
pub fn feed_fell_behind() {
    counter!(FEED_BEHIND).increment(1);
}

/// The feed read the journal.
pub fn feed_read_journal() {
    counter!(FEED_READS).increment(1);
}

/// A delivery was tried.
pub fn delivery(channel: &str, outcome: &'static str) {
    counter!(DELIVERIES, "channel" => channel.to_owned(), "outcome" => outcome).increment(1);
}

/// Speakers have said so much more.
pub fn spoken(more: u64) {
    counter!(SPOKEN).increment(more);
}

/// Speakers have not said so much more.
pub fn not_spoken(reason: &'static str, more: u64) {
    counter!(NOT_SPOKEN, "reason" => reason).increment(more);
}

/// An alert was raised.
pub fn alert_raised(kind: &'static str) {
    counter!(ALERTS, "kind" => kind).increment(1);
}

/// What an alert was raised for is over.
pub fn alert_over(kind: &'static str) {
    counter!(ALERTS_OVER, "kind" => kind).increment(1);
}

fn set(name: &'static str, value: usize) {
    #[expect(clippy::cast_precision_loss, reason = "figures are far below 2^52")]
    gauge!(name).set(value as f64);
}
