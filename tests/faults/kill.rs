//! 64 racing clients, 20,000 commands, the process killed three times in between:
//! no duplicate number, no double call, no lost answer.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hall::event::Event;
use hub::simulate::Ledger;
use serde_json::{Value, json};
use tests::{Api, Demo, HubProcess};
use tokio::sync::Mutex;

const CLIENTS: usize = 64;
const COMMANDS: u64 = 20_000;
const KILLS: u64 = 3;

/// What a client was told, to be found again in the journal.
#[derive(Default)]
struct Told {
    /// Numbers given, by the key that asked for them.
    numbers: BTreeMap<String, String>,
    /// `(seq, verb)` of every answered command.
    answers: Vec<(i64, &'static str)>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_killed_three_times_under_64_racing_clients_loses_and_repeats_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    let listen = free_address();
    let mut hub = HubProcess::start(data.path(), &listen).await;
    let demo = hub.demo.clone();
    let api = Api::new(&demo.url, Some(&demo.token));
    for counter in &demo.counters {
        api.command(&demo.hall, "open_counter", json!({"counter": counter})).await.ok();
    }

    let done = Arc::new(AtomicU64::new(0));
    let told = Arc::new(Mutex::new(Told::default()));
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..CLIENTS {
        clients.spawn(press(client, api.clone(), demo.clone(), done.clone(), told.clone()));
    }
    for kill in 1..=KILLS {
        while done.load(Ordering::Relaxed) < COMMANDS * kill / (KILLS + 1) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        hub.kill();
        hub = HubProcess::start(data.path(), &listen).await;
    }
    while let Some(ended) = clients.join_next().await {
        ended.expect("a client ends well");
    }

    let entries = journal(&api, &demo.hall).await;
    let ledger = Ledger::check(&entries).expect("the journal keeps its promises");
    let told = told.lock().await;
    for (seq, verb) in &told.answers {
        let entry = entries.get(*seq as usize - 1).unwrap_or_else(|| panic!("the answer to {verb} at {seq} is lost"));
        assert_eq!(entry.seq, *seq);
    }
    let issued: BTreeSet<_> = entries
        .iter()
        .filter_map(|it| if let Event::Issued(issued) = &it.event { Some(issued.number.clone()) } else { None })
        .collect();
    assert_eq!(issued.len() as u64, ledger.issued, "numbers are unique");
    let given: BTreeSet<_> = told.numbers.values().cloned().collect();
    assert_eq!(given.len(), told.numbers.len(), "two keys were told the same number");
    assert_eq!(issued, given, "every number was told exactly to those who asked");
}

/// One client: takes tickets, and drives its counter through whatever the hall answers.
async fn press(client: usize, api: Api, demo: Demo, done: Arc<AtomicU64>, told: Arc<Mutex<Told>>) {
    let counter = &demo.counters[client % demo.counters.len()];
    for turn in 0_u64.. {
        if done.fetch_add(1, Ordering::Relaxed) >= COMMANDS {
            return;
        }
        let key = format!("{client}-{turn}");
        let queue = &demo.queues[(client + turn as usize) % demo.queues.len()];
        let (verb, fields) = match turn % 4 {
            0 => ("issue", json!({"queue": queue})),
            1 => ("call_next", json!({"counter": counter})),
            2 => ("start", json!({"counter": counter})),
            _ => ("finish", json!({"counter": counter})),
        };
        let said = until_answered(&api, &demo.hall, verb, &fields, &key).await;
        if said["at"]["seq"].is_i64() && said["code"].is_null() {
            let mut told = told.lock().await;
            told.answers.push((said["at"]["seq"].as_i64().unwrap_or_default(), verb));
            if verb == "issue" {
                let number = said["ticket"]["number"].as_str().expect("a number").to_owned();
                told.numbers.insert(key, number);
            }
        }
    }
}

/// Repeats with the same key until the hub answers yes or no.
async fn until_answered(api: &Api, hall: &str, verb: &str, fields: &Value, key: &str) -> Value {
    loop {
        match api.command_with_key(hall, verb, fields.clone(), key).await {
            Ok(said) if said.status != 503 => {
                assert!(said.status == 200 || said.status == 409, "{verb}: {} {}", said.status, said.body);
                return said.body;
            }
            _ => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn journal(api: &Api, hall: &str) -> Vec<hall::Entry> {
    let mut entries: Vec<hall::Entry> = Vec::new();
    loop {
        let after = entries.last().map_or(0, |it| it.seq);
        let rows = api.get(&format!("/halls/{hall}/journal?after={after}&limit=500")).await.ok()["rows"].clone();
        let rows: Vec<Value> = serde_json::from_value(rows).expect("rows");
        if rows.is_empty() {
            return entries;
        }
        for row in rows {
            entries.push(hall::Entry {
                seq: row["at"]["seq"].as_i64().expect("a position"),
                time: serde_json::from_value(row["time"].clone()).expect("a time"),
                by: serde_json::from_value(row["by"].clone()).expect("somebody"),
                event: serde_json::from_value(row["event"].clone()).expect("an event"),
            });
        }
    }
}

fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").to_string()
}
