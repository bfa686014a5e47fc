//! What is really heard: the player as a program, sound devices by name, and what comes out of them, measured.
//!
//! In real time, beside a sound server of the tests' own: `tests/scripts/with-sound.sh cargo nextest run
//! --run-ignored only -E 'binary(sound)'`.

#![expect(clippy::unwrap_used, reason = "what fails in a test fails the test")]

#[path = "../kit/mod.rs"]
#[expect(dead_code, reason = "each target uses its part of the kit")]
mod kit;
mod stage;

use std::process::Command;
use std::time::Duration;

use kit::{FakeHub, aloud, called, called_at, tone};
use serde_json::{Value, json};
use stage::{Alone, Capture, MS, Player, Sink, alsa, loudness, own, peak, spans, step_around, strength};

async fn hub(sinks: &[&Sink], sounds: &[(&str, f32, f32)]) -> FakeHub {
    let names: Vec<_> = sinks.iter().map(|it| it.name.as_str()).collect();
    hub_of(&names, sounds).await
}

async fn hub_of(names: &[&str], sounds: &[(&str, f32, f32)]) -> FakeHub {
    let hub = FakeHub::start(own(names)).await;
    let sounds = sounds.iter().map(|(key, hz, seconds)| (format!("{key}-place"), tone(*hz, *seconds)));
    hub.told.lock().sounds = sounds.collect();
    hub
}

/// A player whose sounds are all here.
async fn ready(hub: &FakeHub, sinks: &[&Sink], more: &[&str]) -> Player {
    let player = Player::start(hub, sinks, more).await;
    fetched(hub, &player).await;
    player
}

async fn fetched(hub: &FakeHub, player: &Player) {
    let all = hub.told.lock().sounds.len();
    let folder = player.folder.path().join("phrases");
    let kept = move || std::fs::read_dir(&folder).map_or(0, |it| it.flatten().count());
    hub.until("all sounds are here", |_| (kept() == all).then_some(())).await;
}

fn near(found: usize, wanted: usize, by: usize) -> bool {
    found.abs_diff(wanted) <= by
}

#[tokio::test]
#[ignore = "real time: tests/scripts/with-sound.sh"]
async fn two_zones_call_at_once_and_neither_hears_the_other() {
    let (a, b) = (Sink::new("two_a"), Sink::new("two_b"));
    let hub = hub(&[&a, &b], &[("a", 440.0, 1.0), ("b", 1_100.0, 1.0)]).await;
    let _player = ready(&hub, &[&a, &b], &[]).await;
    let (in_a, in_b) = (a.listen(), b.listen());
    in_a.pass(0.3).await;
    in_b.pass(0.3).await;
    hub.frame(called(1, &["two_a"], &aloud(&["a-place"], &json!({}))));
    hub.frame(called(2, &["two_b"], &aloud(&["b-place"], &json!({}))));
    let heard_a = in_a.until_silent(0, 500).await;
    let heard_b = in_b.until_silent(0, 500).await;
    for (own, other, heard, name) in [(440.0, 1_100.0, &heard_a, "a"), (1_100.0, 440.0, &heard_b, "b")] {
        let [(from, to)] = spans(heard, own, 30)[..] else { panic!("one call in {name}: {:?}", spans(heard, own, 30)) };
        assert!(near(to - from, 1_000, 15), "all of it, once: {from} to {to} ms");
        let said = &heard[(from + 50) * MS..(to - 50) * MS];
        let (mine, leak) = (strength(said, own), strength(said, other));
        assert!(leak < 0.01 * mine, "{leak} of {mine} in {name} is the other's");
        assert!((0.16..0.2).contains(&mine), "{mine}");
    }
    let begun = hub.until("both begin", |it| (it.began.len() == 2).then(|| it.began.clone())).await;
    let at =
        |n: usize| begun[n].1["began"]["begins"].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert!((at(0) - at(1)).abs() < chrono::TimeDelta::milliseconds(100), "at the same time: {begun:?}");
}

#[tokio::test]
#[ignore = "real time: tests/scripts/with-sound.sh"]
async fn chime_words_repeats_gaps_and_the_next_call_stand_where_they_should() {
    let sink = Sink::new("order");
    let hub = hub(&[&sink], &[("a", 997.0, 0.6), ("b", 1_500.0, 0.5), ("c", 2_000.0, 0.5)]).await;
    let _player = ready(&hub, &[&sink], &[]).await;
    let capture = sink.listen();
    capture.pass(0.3).await;
    let mut first = aloud(&["a-place", "b-place"], &json!({"chime": true, "repeat": 2, "gap_ms": 700}));
    first["say"][0]["parts"][0]["pause_ms"] = json!(100);
    hub.frame(called(1, &["order"], &first));
    hub.frame(called(2, &["order"], &aloud(&["c-place"], &json!({}))));
    let heard = capture.until_silent(0, 1_200).await;
    let start = heard.iter().position(|it| it.abs() > 0.002).unwrap() / MS;
    let (high, low) = (&heard[(start + 20) * MS..(start + 300) * MS], &heard[(start + 400) * MS..(start + 800) * MS]);
    assert!(strength(high, 659.26) > 3.0 * strength(high, 523.25), "the first tone of the chime");
    assert!(strength(low, 523.25) > 1.5 * strength(low, 659.26), "and the second");
    let (a, b, c) = (spans(&heard, 997.0, 30), spans(&heard, 1_500.0, 30), spans(&heard, 2_000.0, 30));
    let wanted_a = [(960, 1_560), (2_860, 3_460)];
    let wanted_b = [(1_660, 2_160), (3_560, 4_060)];
    let wanted_c = [(4_660, 5_160)];
    for (found, wanted, by) in [(&a, &wanted_a[..], 20), (&b, &wanted_b, 20), (&c, &wanted_c, 120)] {
        assert_eq!(found.len(), wanted.len(), "{found:?} from {start}, wanted {wanted:?}");
        for (one, it) in found.iter().zip(wanted) {
            let all_right = near(one.0 - start, it.0, by) && near(one.1 - one.0, it.1 - it.0, 20);
            assert!(all_right, "{found:?} from {start}, wanted {wanted:?}");
        }
    }
    assert!(peak(&heard) < 0.5, "nothing clips: {}", peak(&heard));
    for (from, to) in a.iter().chain(&b).chain(&c) {
        // The ends are found to 5 ms: whatever is a step within the edge would be one here.
        let steps =
            [from * MS, to * MS].map(|at| (at - 15 * MS..at + 15 * MS).step_by(MS).map(|at| step_around(&heard, at)));
        let worst = steps.into_iter().flatten().fold(0.0, f32::max);
        // A sine of 2 kHz at this loudness moves 0.046 a sample by itself.
        assert!(worst < 0.055, "a step of {worst} at {from} or {to} ms is a click");
    }
    let speech = &heard[a[0].0 * MS..a[0].1 * MS];
    let loud = loudness(speech);
    assert!((-19.0..=-17.0).contains(&loud), "{loud} LUFS");
}

#[tokio::test]
#[ignore = "real time: tests/scripts/with-sound.sh"]
async fn music_goes_down_before_the_chime_and_comes_back() {
    let sink = Sink::new("duck");
    let hub = hub(&[&sink], &[("a", 997.0, 1.0)]).await;
    let folder = tempfile::tempdir().unwrap();
    let music = folder.path().join("music.wav");
    std::fs::write(&music, tone(2_500.0, 4.0)).unwrap();
    let player = ready(&hub, &[&sink], &["--music", music.to_str().unwrap()]).await;
    let capture = sink.listen();
    capture.pass(1.5).await;
    hub.frame(called(1, &["duck"], &aloud(&["a-place"], &json!({"chime": true}))));
    capture.pass(4.5).await;
    let heard = capture.since(0);
    let [(from, to)] = spans(&heard, 997.0, 120)[..] else { panic!("one call: {:?}", spans(&heard, 997.0, 120)) };
    let music = |from: usize, to: usize| strength(&heard[from * MS..to * MS], 2_500.0);
    let chime = from - 960;
    let full = music(chime - 900, chime - 250);
    // Music of -18 LUFS is played 12 dB softer.
    assert!((0.03..0.06).contains(&full), "{full}");
    assert!(music(chime + 10, to) < 0.12 * full, "20 dB down under chime and speech");
    let half = music(chime - 90, chime - 60);
    assert!((0.3..0.8).contains(&(half / full)), "on its way down before the chime: {}", half / full);
    assert!(music(to + 450, to + 900) > 0.95 * full, "back after 400 ms");
    assert!(music(to + 80, to + 160) < 0.6 * full, "and not at once");
    drop(player);
}

#[tokio::test]
#[ignore = "real time: tests/scripts/with-sound.sh"]
async fn loudness_follows_the_time_of_the_day_down_to_the_floor() {
    let sink = Sink::new("level");
    let hub = hub(&[&sink], &[("a", 997.0, 0.7)]).await;
    let _player = ready(&hub, &[&sink], &[]).await;
    let at = |seconds: u64| (kit::now() + Duration::from_secs(seconds)).format("%H:%M:%S").to_string();
    let changes = kit::now();
    let levels =
        json!([{"from": at(4), "until": at(8), "gain_db": -9.0}, {"from": at(8), "until": at(600), "gain_db": -60.0}]);
    hub.told.lock().own["speakers"][0]["levels"] = levels;
    hub.frame(
        json!({"configured": {"revision": 2, "time": changes, "queues": [], "counters": [], "hall": kit::hall()}}),
    );
    let capture = sink.listen();
    let mut heard = Vec::new();
    for (n, after) in [1, 5, 9].into_iter().enumerate() {
        hub.until("the time comes", |_| (kit::now() > changes + Duration::from_secs(after)).then_some(())).await;
        let from = capture.now();
        hub.frame(called(n as i64, &["level"], &aloud(&["a-place"], &json!({}))));
        let some = capture.until_silent(from, 300).await;
        let start = some.iter().position(|it| it.abs() > 0.002).unwrap();
        heard.push(20.0 * strength(&some[start + 100 * MS..start + 500 * MS], 997.0).log10());
    }
    let (softer, floor) = (heard[0] - heard[1], heard[0] - heard[2]);
    assert!((softer - 9.0).abs() < 0.3, "{softer} dB softer: {heard:?}");
    assert!((floor - 24.0).abs() < 0.5, "{floor} dB softer, never inaudible: {heard:?}");
}

/// How long what began is, milliseconds.
fn length((_, it): &(chrono::DateTime<chrono::Utc>, Value)) -> i64 {
    let time = |name: &str| it["began"][name].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    (time("ends") - time("begins")).num_milliseconds()
}

#[tokio::test]
#[ignore = "real time: tests/scripts/with-sound.sh"]
async fn a_device_that_is_unplugged_is_told_and_speaks_again_when_it_is_back() {
    let (mut a, b) = (Alone::new("gone_a").await, Sink::new("gone_b"));
    let hub = hub_of(&["gone_a", "gone_b"], &[("a", 997.0, 2.0)]).await;
    let player = Player::beside(&hub, &a, &b).await;
    fetched(&hub, &player).await;
    let in_b = b.listen();
    hub.frame(called(1, &["gone_a"], &aloud(&["a-place"], &json!({}))));
    hub.until("it begins", |it| it.began.first().cloned()).await;
    a.pull();
    let state = |it: &Value, name: &str| {
        let all = it["speakers"].as_array().unwrap();
        all.iter().find(|it| it["id"] == name).unwrap()["state"].clone()
    };
    hub.until("it is gone", |it| (state(it.reports.last()?, "gone_a") == "gone").then_some(())).await;
    hub.frame(called(2, &["gone_b"], &aloud(&["a-place"], &json!({}))));
    in_b.until_silent(0, 300).await;
    a.plug().await;
    let in_a = a.listen();
    let heard = in_a.until_silent(0, 500).await;
    let [(from, to)] = spans(&heard, 997.0, 30)[..] else { panic!("{:?}", spans(&heard, 997.0, 30)) };
    // It begins about when the test begins to listen to the new device; how much it says is told.
    assert!(to - from > 1_500, "{from} to {to} ms");
    let lengths =
        hub.told.lock().began.iter().filter(|(_, it)| it["began"]["ticket"] == 1).map(length).collect::<Vec<_>>();
    assert_eq!(lengths, [2_000; 2], "from its start, both times");
    hub.until("it is back", |it| (state(it.reports.last()?, "gone_a") == "ok").then_some(())).await;
}

#[tokio::test]
#[ignore = "real time: tests/scripts/with-sound.sh"]
async fn a_full_disk_is_told_keeps_no_half_file_and_silences_nothing() {
    let sink = Sink::new("full");
    let hub = hub(&[&sink], &[("a", 997.0, 1.0)]).await;
    let player = Player::without_room(&hub, &sink).await;
    let told = |it: &Value| {
        let speaker = it["speakers"][0].clone();
        speaker["detail"].as_str().filter(|it| it.contains("played from memory")).map(|_| speaker["state"].clone())
    };
    assert_eq!(hub.until("the disk is told of", |it| told(it.reports.last()?)).await, "ok", "it can be heard");
    let capture = sink.listen();
    capture.pass(0.2).await;
    hub.frame(called(1, &["full"], &aloud(&["a-place"], &json!({}))));
    let heard = capture.until_silent(0, 500).await;
    let [(from, to)] = spans(&heard, 997.0, 30)[..] else { panic!("{:?}", spans(&heard, 997.0, 30)) };
    assert!(near(to - from, 1_000, 15), "{from} to {to} ms");
    let kept = std::fs::read_dir(player.folder.path().join("phrases")).unwrap().count();
    assert_eq!(kept, 0, "neither the sound nor a piece of it");
}

#[tokio::test]
#[ignore = "real time: tests/scripts/with-sound.sh"]
async fn after_a_death_of_the_hub_only_fresh_calls_are_heard() {
    let sink = Sink::new("death");
    let hub = hub(&[&sink], &[("a", 997.0, 0.5), ("b", 1_500.0, 0.5), ("c", 2_000.0, 0.5)]).await;
    let _player = ready(&hub, &[&sink], &[]).await;
    let capture = sink.listen();
    hub.frame(called(1, &["death"], &aloud(&["a-place"], &json!({}))));
    capture.until_silent(0, 300).await;
    let hub = hub.die_and_come_back(Duration::from_millis(500)).await;
    // What the hub did not get rid of while it was away: one too old, one still fresh.
    capture.pass(2.5).await;
    let before = kit::now() - Duration::from_secs(3);
    hub.frame(called_at(2, &["death"], &aloud(&["b-place"], &json!({"stale_s": 2})), before));
    hub.frame(called_at(3, &["death"], &aloud(&["c-place"], &json!({"stale_s": 30})), before));
    hub.until("the fresh one begins", |it| (it.began.len() == 2).then_some(())).await;
    capture.pass(1.5).await;
    let heard = capture.since(0);
    let counts = [997.0, 1_500.0, 2_000.0].map(|hz| spans(&heard, hz, 30).len());
    assert_eq!(counts, [1, 0, 1], "the old one is not heard, and nothing twice");
    let dropped = |it: &kit::Told| it.reports.last().map(|it| it["speakers"][0]["dropped"]["stale"].clone());
    hub.until("it is counted", |it| (dropped(it) == Some(json!(1))).then_some(())).await;
}

#[tokio::test]
#[ignore = "real time: tests/scripts/with-sound.sh"]
async fn an_emergency_is_heard_at_the_next_join_and_the_call_again_from_its_start() {
    let sink = Sink::new("fire");
    let hub = hub(&[&sink], &[("a", 997.0, 0.8), ("b", 1_500.0, 0.8), ("fire", 2_500.0, 1.0)]).await;
    let _player = ready(&hub, &[&sink], &[]).await;
    let capture = sink.listen();
    capture.pass(0.2).await;
    hub.frame(called(1, &["fire"], &aloud(&["a-place", "b-place"], &json!({}))));
    capture.wait("the call begins", |it| (peak(it) > 0.1).then_some(())).await;
    hub.frame(
        json!({"announced": {"id": "x", "text": "x", "clip": null, "zones": [], "speakers": [], "language": null,
        "repeat": 1, "time": kit::now(), "until": kit::now() + Duration::from_secs(60), "emergency": true,
        "aloud": aloud(&["fire-place"], &json!({}))}}),
    );
    let heard = capture.until_silent(0, 1_000).await;
    let (a, b, fire) = (spans(&heard, 997.0, 30), spans(&heard, 1_500.0, 30), spans(&heard, 2_500.0, 30));
    assert_eq!((a.len(), b.len(), fire.len()), (2, 1, 1), "{a:?} {b:?} {fire:?}");
    assert!(near(a[0].1 - a[0].0, 800, 20), "the word is said to its end: {a:?}");
    assert!(fire[0].0 - a[0].1 < 100, "and then it is heard at once: {a:?} {fire:?}");
    assert!(a[1].0 > fire[0].1 && near(b[0].0, a[1].1, 25), "{a:?} {b:?} {fire:?}");
}

#[tokio::test]
#[ignore = "real time: tests/scripts/with-sound.sh"]
async fn two_hundred_calls_are_heard_one_by_one_or_counted() {
    const CALLS: i64 = 200;
    const STALE_S: u32 = 4;
    let sink = Sink::new("flood");
    let hub = hub(&[&sink], &[("a", 997.0, 0.2)]).await;
    let _player = ready(&hub, &[&sink], &[]).await;
    let capture = sink.listen();
    capture.pass(0.2).await;
    for ticket in 0..CALLS {
        hub.frame(called(ticket, &["flood"], &aloud(&["a-place"], &json!({"stale_s": STALE_S}))));
        capture.pass(0.06).await;
    }
    let total = |it: &Value| {
        let it = &it["speakers"][0];
        let dropped = it["dropped"].as_object().unwrap().values().map(|it| it.as_i64().unwrap()).sum::<i64>();
        (it["spoken"].as_i64().unwrap(), dropped)
    };
    let all = |it: &kit::Told| it.reports.last().map(total).filter(|it| it.0 + it.1 == CALLS);
    let (spoken, dropped) = hub.until("all are said or counted", all).await;
    let heard = capture.until_silent(0, 1_000).await;
    let spans = spans(&heard, 997.0, 30);
    assert_eq!(spans.len() as i64, spoken, "{dropped} were dropped");
    assert!(spoken >= 15 && dropped >= 150, "{spoken} said, {dropped} dropped");
    for two in spans.windows(2) {
        assert!(two[1].0 - two[0].1 >= 500, "no overlap, and a pause: {two:?}");
        assert!(near(two[0].1 - two[0].0, 200, 20), "whole: {two:?}");
    }
    for (came, it) in &hub.told.lock().began {
        let begun: chrono::DateTime<chrono::Utc> = it["began"]["begins"].as_str().unwrap().parse().unwrap();
        assert!((*came - begun).abs() < chrono::TimeDelta::milliseconds(500));
    }
    let last = (spans.last().unwrap().0 - spans[0].0) as f64 / 1_000.0;
    assert!(last < CALLS as f64 * 0.07 + f64::from(STALE_S) + 1.0, "nothing begins after its time: {last} s");
}

#[tokio::test]
#[ignore = "real time: tests/scripts/with-sound.sh"]
async fn a_check_is_heard_on_the_named_device_and_a_wrong_name_lists_them() {
    let (sink, other) = (Sink::new("check"), Sink::new("check_not"));
    let folder = tempfile::tempdir().unwrap();
    let conf = alsa(&folder, &[&sink, &other], &[]);
    let check = |name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_display-client"));
        command.args(["--check", name]).env("ALSA_CONFIG_PATH", &conf).output().unwrap()
    };
    let (here, there): (Capture, Capture) = (sink.listen(), other.listen());
    here.pass(0.2).await;
    assert!(check("check").status.success());
    let heard = here.until_silent(0, 200).await;
    let tone = &heard[heard.len() - 1_000 * MS..heard.len() - 300 * MS];
    assert!(strength(tone, 440.0) > 0.15, "{}", strength(tone, 440.0));
    let loud = loudness(tone);
    assert!((-19.0..=-17.0).contains(&loud), "as loud as speech: {loud} LUFS");
    assert!(peak(&there.since(0)) < 1e-3, "and nowhere else");
    for wrong in ["nobody", "default"] {
        let said = check(wrong);
        let text = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(!said.status.success() && text.contains("  check\n"), "{text}");
    }
}
