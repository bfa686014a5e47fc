//! From the press of call-next over HTTP to the first sample on a sound device, with the chime: through the real hub and
//! the real player, captured from a sound server of the bench's own.
//!
//! Each call is heard to its end, in both languages: about eight minutes. Goal: p95 <= 300 ms.
//! `tests/scripts/with-sound.sh cargo bench -p tests --bench press_to_sound`

#[expect(dead_code, reason = "each bench uses its part of the kit")]
mod kit;

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;
use tests::{Api, HubProcess, TestCounter};

const PRESSES: usize = 50;
/// The speaker's device and its id.
const DEVICE: &str = "press_to_sound";
/// Louder than this is sound: a thousandth of full scale.
const HEARD: i16 = 33;
/// A call has ended when nothing was heard for so long; two sentences are nearer to each other.
const SILENT: Duration = Duration::from_millis(1_500);
/// A press that is not heard by then is not heard.
const WITHIN: Duration = Duration::from_secs(20);
/// Bytes of the capture that are read at once: 10 ms.
const READ_BYTES: usize = 960;

fn main() {
    if std::env::var_os("HALLCAST_SOUND").is_none() {
        kit::say(&json!({"bench": "press_to_sound", "skipped": "run it with tests/scripts/with-sound.sh"}));
        return;
    }
    kit::run(bench());
}

/// When something was heard first since it was asked, and last.
#[derive(Default)]
struct Heard {
    first: Option<Instant>,
    last: Option<Instant>,
}

/// A program that ends with the bench.
struct Ends(Child);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Listens to the device. What is heard is as old as the capture is slow: the times are never too short.
fn listen(heard: &Arc<Mutex<Heard>>) -> Ends {
    let mut parec = Command::new("parec")
        .args(["-d", &format!("{DEVICE}.monitor"), "--raw", "--format=s16le", "--rate=48000", "--channels=1"])
        .arg("--latency-msec=10")
        .stdout(Stdio::piped())
        .spawn()
        .expect("parec runs");
    let (mut from, heard) = (parec.stdout.take().expect("its output"), Arc::clone(heard));
    std::thread::spawn(move || {
        let mut bytes = [0; READ_BYTES];
        while let Ok(()) = from.read_exact(&mut bytes) {
            let loud = bytes.chunks(2).any(|it| i16::from_le_bytes([it[0], it[1]]).saturating_abs() > HEARD);
            if loud {
                let mut heard = heard.lock().expect("nobody panics here");
                let now = Instant::now();
                heard.first.get_or_insert(now);
                heard.last = Some(now);
            }
        }
    });
    Ends(parec)
}

/// The `display-client` that was built beside this bench.
fn player() -> PathBuf {
    let program = tests::program().with_file_name("display-client");
    assert!(program.exists(), "{} is not there: build it first", program.display());
    program
}

/// Gives the demo's first screen a speaker on the device, and starts its player.
async fn speak(api: &Api, hub: &HubProcess, folder: &Path) -> Ends {
    let said = Command::new("pactl")
        .args(["load-module", "module-null-sink", &format!("sink_name={DEVICE}"), "rate=48000", "channels=2"])
        .stdout(Stdio::null())
        .status();
    assert!(said.expect("pactl runs").success(), "the sound server takes a speaker");
    let it = hub.demo.players.iter().find(|it| it.face == "screen").expect("the demo has a screen");
    let row = json!({"id": DEVICE, "name": DEVICE, "player": it.id, "output": "device", "device": DEVICE});
    api.put(&format!("/halls/{}/speakers/{DEVICE}", hub.demo.hall), &row).await.ok();
    let alsa = folder.join("asound.conf");
    let text = format!("</usr/share/alsa/alsa.conf>\npcm.{DEVICE} {{ type pulse device {DEVICE} }}\n");
    std::fs::write(&alsa, text).expect("a file");
    let pass = json!({"player": it.id, "token": it.token}).to_string();
    std::fs::write(folder.join("player.json"), pass).expect("a file");
    let started = Command::new(player())
        .args(["--hub", &hub.demo.url, "--folder"])
        .arg(folder)
        .env("ALSA_CONFIG_PATH", alsa)
        .env("RUST_LOG", "error")
        .spawn();
    Ends(started.expect("the player starts"))
}

async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < WITHIN, "it never happened: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn bench() {
    let data = tempfile::tempdir_in(".").expect("a folder on a real disk");
    let folder = tempfile::tempdir().expect("a folder");
    let hub = HubProcess::start(data.path(), &kit::free_address()).await;
    let api = Api::new(&hub.demo.url, Some(&hub.demo.token));
    let _player = speak(&api, &hub, folder.path()).await;
    // What is called before it listens is never said: by its version, which its first report tells, its device is open.
    let players = || async { api.get("/players").await.ok()["rows"].as_array().cloned().unwrap_or_default() };
    let begun = Instant::now();
    while !players().await.iter().any(|it| it["face"] == "screen" && it["online"] == true && !it["version"].is_null()) {
        assert!(begun.elapsed() < WITHIN, "the player never reported");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let heard: Arc<Mutex<Heard>> = Arc::default();
    let _capture = listen(&heard);
    let counter = TestCounter::new(api.clone(), &hub.demo.hall, &hub.demo.counters[0]);
    counter.press("open_counter").await.ok();
    let (mut times, mut answers) = (Vec::new(), Vec::new());
    // The first press finds everything cold; it is not counted.
    for press in 0..=PRESSES {
        api.command(&hub.demo.hall, "issue", json!({"queue": hub.demo.queues[0]})).await.ok();
        let quiet = || heard.lock().expect("whole").last.is_none_or(|it: Instant| it.elapsed() > SILENT);
        until("silence", quiet).await;
        heard.lock().expect("whole").first = None;
        let begun = Instant::now();
        counter.press("call_next").await.ok();
        answers.push(begun.elapsed());
        until("a sound", || heard.lock().expect("whole").first.is_some()).await;
        if let (Some(first), true) = (heard.lock().expect("whole").first, press > 0) {
            times.push(first - begun);
        }
        // Served at once: the sentence is said to its end, and not a second time.
        counter.press("start").await.ok();
        counter.press("finish").await.ok();
    }
    let (p50, p95) = (kit::ms(kit::percentile(&mut times, 0.5)), kit::ms(kit::percentile(&mut times, 0.95)));
    let most = kit::ms(kit::percentile(&mut times, 1.0));
    let answer = kit::spread(&mut answers);
    kit::say(&json!({"bench": "press_to_sound", "presses": times.len(), "p50_ms": p50, "p95_ms": p95, "max_ms": most,
        "answer": answer, "goal_p95_ms": 300.0, "met": p95 <= 300.0}));
}
