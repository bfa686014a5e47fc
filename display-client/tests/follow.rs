//! The player beside a hub that misbehaves: it resumes, comes back, stays away when told, and keeps what it fetched.

#![expect(clippy::unwrap_used, reason = "what fails in a test fails the test")]

#[expect(dead_code, reason = "each target uses its part of the kit")]
mod kit;

use std::sync::Arc;
use std::time::Duration;

use audio::mixer::Format;
use audio::speaker::{Null, Output};
use display_client::config::{Config, Music};
use display_client::hub::{Hub, Pass, Trouble};
use display_client::link::{Ended, Link, News};
use display_client::player::{self, Stopped};
use display_client::{choose_tls, hub, pair};
use kit::{FakeHub, TOKEN, aloud, called, tone};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use wire::Heard;

fn pass() -> Pass {
    Pass { player: "p".into(), token: TOKEN.into() }
}

fn own() -> Value {
    json!({"id": "p", "hall": "h", "time_zone": "UTC", "speakers":
        [{"id": "a", "name": "", "zones": ["east"], "output": "device", "device": "spk_a", "kind": "hall"}]})
}

/// The next frame's number.
async fn frame(news: &mut mpsc::Receiver<News>) -> i64 {
    let next = async {
        loop {
            if let News::Heard(heard) = news.recv().await.expect("the link goes on")
                && let Heard::Frame { at, .. } = *heard
            {
                return at.seq;
            }
        }
    };
    tokio::time::timeout(kit::WITHIN, next).await.expect("a frame in time")
}

#[tokio::test]
async fn a_link_resumes_where_it_was_after_a_close_and_after_a_death() {
    choose_tls();
    let hub = FakeHub::start(own()).await;
    let (tell, mut news) = mpsc::channel(100);
    let tasks = TaskTracker::new();
    tasks.spawn(Link::new(&hub.url, pass(), "h").run(tell));
    let hello = hub.hello(1).await;
    assert_eq!(hello["hello"]["face"], "player");
    assert_eq!((hello["hello"]["token"].as_str(), &hello["hello"]["follow"][0]["at"]), (Some(TOKEN), &Value::Null));
    hub.frame(called(1, &[], &aloud(&[], &json!({}))));
    assert_eq!(frame(&mut news).await, 1);
    hub.close(4000);
    hub.frame(called(2, &[], &aloud(&[], &json!({}))));
    assert_eq!(hub.hello(2).await["hello"]["follow"][0]["at"], json!({"epoch": 1, "seq": 1}));
    assert_eq!(frame(&mut news).await, 2, "what it missed, and nothing twice");
    let hub = hub.die_and_come_back(Duration::from_millis(200)).await;
    hub.frame(called(3, &[], &aloud(&[], &json!({}))));
    assert_eq!(hub.hello(3).await["hello"]["follow"][0]["at"]["seq"], 2);
    assert_eq!(frame(&mut news).await, 3);
}

#[tokio::test]
async fn a_link_that_is_not_wanted_stays_away_and_says_why() {
    choose_tls();
    for code in [4500, 4501, 4502, 4503, 4504] {
        let hub = FakeHub::start(own()).await;
        let (tell, _news) = mpsc::channel(100);
        let running = TaskTracker::new().spawn(Link::new(&hub.url, pass(), "h").run(tell));
        hub.hello(1).await;
        hub.close(code);
        let ended = tokio::time::timeout(kit::WITHIN, running).await.unwrap().unwrap();
        assert_eq!(ended, Ended::NotWanted(code, "said so".into()));
    }
}

/// A whole player with a speaker that nobody hears.
struct Running {
    hub: FakeHub,
    folder: tempfile::TempDir,
    stop: CancellationToken,
    running: tokio::task::JoinHandle<Result<(), Stopped>>,
}

async fn running(sounds: &[(&str, f32)], folder: tempfile::TempDir) -> Running {
    choose_tls();
    let hub = FakeHub::start(own()).await;
    hub.told.lock().sounds = sounds.iter().map(|(key, hz)| ((*key).to_owned(), tone(*hz, 0.3))).collect();
    let config = Config {
        hub: hub.url.clone(),
        folder: folder.path().into(),
        token_file: folder.path().join("player.json"),
        shelf_bytes: 1_000_000,
        music: Music::default(),
    };
    let stop = CancellationToken::new();
    let stopping = stop.clone();
    let outputs = |_: &hub::Speaker| -> Box<dyn Output> { Box::new(Null(Format { rate: 48_000, channels: 1 })) };
    let running =
        TaskTracker::new().spawn(async move { player::run(&config, pass(), Box::new(outputs), stopping).await });
    hub.hello(1).await;
    hub.until("a report", |it| it.reports.iter().any(|it| it["speakers"][0]["state"] == "ok").then_some(())).await;
    Running { hub, folder, stop, running }
}

#[tokio::test]
async fn sounds_are_here_before_the_call_and_its_beginning_is_told() {
    let it = running(
        &[("t-7", 300.0), ("name-7", 500.0), ("a-place", 400.0), ("b-place", 400.0), ("c-place", 400.0)],
        tempfile::tempdir().unwrap(),
    )
    .await;
    it.hub.until("places are fetched, page by page", |it| (it.fetched.len() == 3).then_some(())).await;
    it.hub.frame(
        json!({"issued": {"ticket": {"ref": 7, "number": "A007", "queue": "q", "state": "waiting", "zones": ["east"],
        "order": 7}, "zones": ["east"]}}),
    );
    it.hub.until("and the ticket's", |it| (it.fetched.len() == 5).then_some(())).await;
    let files = || std::fs::read_dir(it.folder.path().join("phrases")).unwrap().count();
    it.hub.until("they are kept", |_| (files() == 4).then_some(())).await;
    assert!(!it.folder.path().join("phrases/name-7.wav").exists(), "no name of a visitor on a disk");
    it.hub.frame(called(7, &["east"], &aloud(&["t-7", "name-7", "a-place"], &json!({"chime": true}))));
    let (came, began) = it.hub.until("it begins", |it| it.began.first().cloned()).await;
    assert_eq!(
        (&began["hall"], &began["began"]["speaker"], &began["began"]["ticket"]),
        (&json!("h"), &json!("a"), &json!(7))
    );
    let time = |name: &str| began["began"][name].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert!((came - time("begins")).abs() < chrono::TimeDelta::milliseconds(500), "{began} at {came}");
    let length = (time("ends") - time("begins")).num_milliseconds();
    assert!((1_855..=1_865).contains(&length), "chime and three sounds: {length} ms");
    let spoken = |it: &kit::Told| it.reports.last().filter(|it| it["speakers"][0]["spoken"] == 1).cloned();
    let report = it.hub.until("it is counted", spoken).await;
    assert_eq!(report["version"], env!("CARGO_PKG_VERSION"));
    assert!(report["clock_offset_ms"].as_i64().unwrap().abs() < 500, "{report}");
    // What is still on its way at a call goes twice rather than late; what has been said is all here.
    let fetched = it.hub.told.lock().fetched.len();
    it.hub.frame(called(7, &["east"], &aloud(&["t-7", "name-7", "a-place"], &json!({"chime": true}))));
    it.hub.until("it is said again", |it| (it.began.len() == 2).then_some(())).await;
    assert_eq!(it.hub.told.lock().fetched.len(), fetched, "nothing is fetched at the call");
    it.stop.cancel();
    assert!(it.running.await.unwrap().is_ok());
}

#[tokio::test]
async fn after_a_restart_the_shelf_is_full_and_old_calls_are_not_said() {
    let it = running(&[("t-7", 300.0), ("a-place", 400.0)], tempfile::tempdir().unwrap()).await;
    it.hub.frame(called(7, &["east"], &aloud(&["t-7", "a-place"], &json!({}))));
    it.hub.until("it begins", |it| it.began.first().cloned()).await;
    it.stop.cancel();
    it.running.await.unwrap().unwrap();
    let Running { hub, folder: _folder, stop, running } = running(&[], folder_again(it.folder)).await;
    hub.frame(kit::called_at(
        7,
        &["east"],
        &aloud(&["t-7"], &json!({"stale_s": 5})),
        kit::now() - Duration::from_secs(6),
    ));
    hub.frame(called(8, &["east"], &aloud(&["t-7", "a-place"], &json!({}))));
    let (_, began) = hub.until("it begins", |it| it.began.first().cloned()).await;
    assert_eq!(began["began"]["ticket"], 8, "the old one is not said");
    assert_eq!(hub.told.lock().fetched, [""; 0], "all of it was on the shelf");
    stop.cancel();
    running.await.unwrap().unwrap();
}

fn folder_again(folder: tempfile::TempDir) -> tempfile::TempDir {
    std::fs::remove_file(folder.path().join("player.json")).ok();
    folder
}

#[tokio::test]
async fn a_call_that_comes_while_the_hub_was_away_is_said_once_when_it_is_fresh() {
    let it = running(&[("t-7", 300.0)], tempfile::tempdir().unwrap()).await;
    it.hub.close(4000);
    it.hub.frame(called(7, &["east"], &aloud(&["t-7"], &json!({}))));
    it.hub.until("it begins", |it| it.began.first().cloned()).await;
    let hub = it.hub.die_and_come_back(Duration::from_millis(100)).await;
    hub.frame(called(8, &["east"], &aloud(&["t-7"], &json!({}))));
    hub.until("the next begins", |it| it.began.iter().any(|(_, it)| it["began"]["ticket"] == 8).then_some(())).await;
    assert_eq!(hub.told.lock().began.len(), 2, "nothing twice");
}

#[tokio::test]
async fn a_player_whose_token_is_not_good_any_more_stops() {
    choose_tls();
    let hub = FakeHub::start(own()).await;
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        hub: hub.url.clone(),
        folder: folder.path().into(),
        token_file: folder.path().join("player.json"),
        shelf_bytes: 1_000,
        music: Music::default(),
    };
    let outputs = |_: &hub::Speaker| -> Box<dyn Output> { Box::new(Null(Format { rate: 48_000, channels: 1 })) };
    let bad = Pass { token: "another".into(), ..pass() };
    let stopped = player::run(&config, bad, Box::new(outputs), CancellationToken::new()).await;
    assert!(matches!(stopped, Err(Stopped::Trouble(Trouble::Refused))), "{stopped:?}");
}

#[tokio::test]
async fn pairing_shows_the_code_and_waits_for_the_token() {
    choose_tls();
    let hub = FakeHub::start(own()).await;
    hub.told.lock().pairing =
        vec![json!({"state": "approved", "player": "p", "token": TOKEN, "url": "http://127.0.0.1/screen/p"})];
    let shown = Arc::new(parking_lot::Mutex::new(Vec::new()));
    let show = Arc::clone(&shown);
    let asked = Hub::new(&hub.url, None).unwrap();
    let got = pair::pair(&asked, move |line| show.lock().push(line.to_owned())).await.unwrap();
    assert!(got == pass());
    assert!(shown.lock()[0].contains("K7M 2P9"), "{:?}", shown.lock());
    hub.told.lock().pairing = vec![json!({"state": "refused"})];
    assert!(matches!(pair::pair(&asked, |_| {}).await, Err(Trouble::Refused)));
}
