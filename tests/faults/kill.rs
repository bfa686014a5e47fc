//! 64 racing clients, 20,000 commands, the process killed three times in between:
//! no duplicate number, no double call, no lost answer. On both databases.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hub::simulate::Ledger;
use serde_json::{Value, json};
use tests::{Api, Demo, HubProcess, postgres};
use tokio::sync::Mutex;

const CLIENTS: usize = 64;
const KILLS: u64 = 3;
/// Commands on SQLite.
const COMMANDS: u64 = 20_000;
/// Commands on PostgreSQL, where one hot row is slower.
const COMMANDS_POSTGRES: u64 = 4_000;
/// Answered commands that are asked once more at the end.
const ASKED_AGAIN: usize = 400;

/// A command that was answered with yes.
#[derive(Clone, Debug)]
struct Told {
    key: String,
    verb: &'static str,
    fields: Value,
    answer: Value,
}

/// What all clients share.
struct Race {
    api: Api,
    demo: Demo,
    commands: u64,
    /// Commands that were begun.
    begun: AtomicU64,
    /// Requests that got no answer, because the hub had been killed.
    interrupted: AtomicU64,
    told: Mutex<Vec<Told>>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_killed_three_times_under_64_racing_clients_loses_and_repeats_nothing() {
    kill_three_times(None, COMMANDS).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stdout, reason = "a test that did not run says so")]
async fn a_hub_over_postgresql_killed_three_times_loses_and_repeats_nothing() {
    match postgres::new_database().await {
        Some(url) => kill_three_times(Some(&url), COMMANDS_POSTGRES).await,
        None => println!("there is no PostgreSQL here: this did not run"),
    }
}

async fn kill_three_times(database: Option<&str>, commands: u64) {
    let data = tempfile::tempdir().expect("a folder");
    let listen = free_address();
    let mut hub = HubProcess::start_over(data.path(), &listen, database).await;
    let demo = hub.demo.clone();
    let api = Api::new(&demo.url, Some(&demo.token));
    for counter in &demo.counters {
        api.command(&demo.hall, "open_counter", json!({"counter": counter})).await.ok();
    }
    let (begun, interrupted, told) = (AtomicU64::new(0), AtomicU64::new(0), Mutex::default());
    let race = Arc::new(Race { api, demo, commands, begun, interrupted, told });
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..CLIENTS {
        clients.spawn(press(client, race.clone()));
    }
    for kill in 1..=KILLS {
        while race.begun.load(Ordering::Relaxed) < commands * kill / (KILLS + 1) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let before = race.interrupted.load(Ordering::Relaxed);
        hub.kill();
        hub = HubProcess::start_over(data.path(), &listen, database).await;
        let cut_off = race.interrupted.load(Ordering::Relaxed) - before;
        assert!(cut_off > 0, "kill {kill} met nobody under way");
    }
    while let Some(ended) = clients.join_next().await {
        ended.expect("a client ends well");
    }
    assert!(race.begun.load(Ordering::Relaxed) >= commands);

    let entries = journal(&race.api, &race.demo.hall).await;
    let told = race.told.lock().await;
    let ledger = Ledger::check(&entries).expect("the journal keeps its promises: no gap, no number and no call twice");
    no_answer_is_lost(&told, &entries);
    every_number_was_told_once(&told, &entries, ledger.issued);
    answers_stay_what_they_were(&race, &told).await;
    drop(hub);
}

/// Every yes stands in the journal as what it said, and no entry answered two of them.
fn no_answer_is_lost(told: &[Told], entries: &[hall::Entry]) {
    let mut answered = BTreeMap::new();
    for it in told {
        let seq = it.answer["at"]["seq"].as_i64().expect("a position");
        let entry = entries.get(seq as usize - 1).unwrap_or_else(|| panic!("{} at {seq} is lost", it.verb));
        assert_eq!(entry.seq, seq);
        if let Some(other) = answered.insert(seq, &it.key) {
            panic!("entry {seq} was the answer to {other} and to {}", it.key);
        }
        let event = serde_json::to_value(&entry.event).expect("an event");
        let (kind, event) = event.as_object().and_then(|it| it.iter().next()).expect("one kind");
        let ticket = &it.answer["ticket"];
        let is_it = match it.verb {
            "issue" => kind == "issued" && event["number"] == ticket["number"] && ticket["ref"] == seq,
            "call_next" => kind == "called" && is_at(event, it),
            "start" => kind == "started" && is_at(event, it),
            "finish" => kind == "finished" && is_at(event, it),
            other => panic!("nobody asked {other}"),
        };
        assert!(is_it, "{} was answered {}, but entry {seq} is {kind} {event}", it.verb, it.answer);
    }
    for verb in ["issue", "call_next", "start", "finish"] {
        assert!(told.iter().any(|it| it.verb == verb), "nobody was told yes to {verb}");
    }
}

fn is_at(event: &Value, told: &Told) -> bool {
    event["ticket"] == told.answer["ticket"]["ref"] && event["counter"] == told.fields["counter"]
}

/// Keys and numbers are one to one, over all kills.
fn every_number_was_told_once(told: &[Told], entries: &[hall::Entry], count: u64) {
    let issued: BTreeSet<_> =
        entries
            .iter()
            .filter_map(|it| {
                if let hall::event::Event::Issued(issued) = &it.event { Some(issued.number.clone()) } else { None }
            })
            .collect();
    assert_eq!(issued.len() as u64, count, "numbers are unique");
    let numbers = told.iter().filter(|it| it.verb == "issue").map(|it| it.answer["ticket"]["number"].as_str());
    let numbers: Vec<String> = numbers.map(|it| it.expect("a number").to_owned()).collect();
    let given: BTreeSet<_> = numbers.iter().cloned().collect();
    assert_eq!(given.len(), numbers.len(), "two keys were told the same number");
    assert_eq!(issued, given, "every number was told to whoever asked for it, and to nobody else");
}

/// Who asks again with the same key hears the same, whichever process had answered.
async fn answers_stay_what_they_were(race: &Race, told: &[Told]) {
    let every = (told.len() / ASKED_AGAIN).max(1);
    for it in told.iter().step_by(every) {
        let again = race.api.command_with_key(&race.demo.hall, it.verb, it.fields.clone(), &it.key).await;
        assert_eq!(again.expect("an answer").ok(), it.answer, "{} with {}", it.verb, it.key);
    }
}

/// One client: takes tickets, and drives its counter through whatever the hall answers.
async fn press(client: usize, race: Arc<Race>) {
    let counter = &race.demo.counters[client % race.demo.counters.len()];
    for turn in 0_u64.. {
        if race.begun.fetch_add(1, Ordering::Relaxed) >= race.commands {
            return;
        }
        let key = format!("{client}-{turn}");
        let queue = &race.demo.queues[(client + turn as usize) % race.demo.queues.len()];
        let (verb, fields) = match turn % 4 {
            0 => ("issue", json!({"queue": queue})),
            1 => ("call_next", json!({"counter": counter})),
            2 => ("start", json!({"counter": counter})),
            _ => ("finish", json!({"counter": counter})),
        };
        if let Some(answer) = until_answered(&race, verb, &fields, &key).await {
            race.told.lock().await.push(Told { key, verb, fields, answer });
        }
    }
}

/// Repeats with the same key until the hub answers yes or no; none if no.
async fn until_answered(race: &Race, verb: &str, fields: &Value, key: &str) -> Option<Value> {
    loop {
        match race.api.command_with_key(&race.demo.hall, verb, fields.clone(), key).await {
            Ok(said) if said.status == 200 => return Some(said.body),
            Ok(said) if said.status == 409 => return None,
            Ok(said) => assert_eq!(said.status, 503, "{verb}: {}", said.body),
            Err(_) => drop(race.interrupted.fetch_add(1, Ordering::Relaxed)),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
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
