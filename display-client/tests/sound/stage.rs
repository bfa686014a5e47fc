//! Speakers that can be listened to: null sinks of a private sound server, captured while the real player plays.

use std::io::Read as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use serde_json::{Value, json};

use crate::kit::{FakeHub, TOKEN, WITHIN};

/// Frames a second, everywhere here.
pub const RATE: usize = 48_000;
/// Frames a millisecond.
pub const MS: usize = RATE / 1_000;

/// A speaker of the sound server.
pub struct Sink {
    /// Its name, as ALSA and the server know it.
    pub name: String,
    module: Option<String>,
}

/// A speaker with a sound server of its own: where a server has others, it moves what a lost one played to them.
pub struct Alone {
    /// The speaker.
    pub name: String,
    folder: tempfile::TempDir,
    server: Option<Child>,
}

impl Alone {
    /// Plugs it in.
    pub async fn new(name: &str) -> Self {
        assert!(std::env::var_os("HALLCAST_SOUND").is_some(), "run this with tests/scripts/with-sound.sh");
        let mut alone = Self { name: name.to_owned(), folder: tempfile::tempdir().unwrap(), server: None };
        alone.plug().await;
        alone
    }

    /// Where its server listens.
    fn socket(&self) -> String {
        format!("unix:{}/native", self.folder.path().display())
    }

    /// Plugs it in again.
    pub async fn plug(&mut self) {
        let folder = self.folder.path();
        let socket = folder.join("native");
        let _ = std::fs::remove_file(&socket);
        let listen =
            format!("module-native-protocol-unix socket={} auth-anonymous=1 auth-cookie-enabled=0", socket.display());
        let sink = format!("module-null-sink sink_name={} rate=48000 channels=2 format=s16le", self.name);
        let server = Command::new("pulseaudio")
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"])
            .args(["--high-priority=yes", "--realtime=yes", "--log-level=error", "-L", &sink, "-L", &listen])
            .env("PULSE_RUNTIME_PATH", folder)
            .env("PULSE_STATE_PATH", folder)
            .env_remove("PULSE_SERVER")
            .stderr(Stdio::null())
            .spawn();
        self.server = Some(server.expect("pulseaudio starts"));
        let waiting = async {
            while !socket.exists() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(WITHIN, waiting).await.expect("the sound server listens");
    }

    /// Pulls it out.
    pub fn pull(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }

    /// Listens from now on.
    pub fn listen(&self) -> Capture {
        capture(&self.name, Some(&self.socket()))
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        self.pull();
    }
}

fn pactl(arguments: &[&str]) -> String {
    let said = Command::new("pactl").args(arguments).output().expect("pactl runs: tests/scripts/with-sound.sh");
    assert!(said.status.success(), "pactl {arguments:?}: {}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8_lossy(&said.stdout).trim().to_owned()
}

impl Sink {
    /// Plugs it in.
    pub fn new(name: &str) -> Self {
        assert!(std::env::var_os("HALLCAST_SOUND").is_some(), "run this with tests/scripts/with-sound.sh");
        let mut sink = Self { name: name.to_owned(), module: None };
        sink.plug();
        sink
    }

    fn plug(&mut self) {
        let name = format!("sink_name={}", self.name);
        self.module =
            Some(pactl(&["load-module", "module-null-sink", &name, "rate=48000", "channels=2", "format=s16le"]));
    }

    fn pull(&mut self) {
        if let Some(module) = self.module.take() {
            pactl(&["unload-module", &module]);
        }
    }

    /// Listens from now on.
    pub fn listen(&self) -> Capture {
        capture(&self.name, None)
    }
}

fn capture(name: &str, server: Option<&str>) -> Capture {
    let device = format!("{name}.monitor");
    let mut process = Command::new("parec")
        .args(server.iter().flat_map(|it| ["-s", it]))
        .args(["-d", &device, "--raw", "--format=s16le", "--rate=48000", "--channels=1", "--latency-msec=20"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("parec runs");
    let mut from = process.stdout.take().unwrap();
    let samples = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&samples);
    std::thread::spawn(move || {
        let (mut bytes, mut odd) = ([0; 4_096], Vec::new());
        while let Ok(count) = from.read(&mut bytes)
            && count > 0
        {
            odd.extend_from_slice(&bytes[..count]);
            let whole = odd.len() / 2 * 2;
            let more = odd[..whole].chunks(2).map(|it| f32::from(i16::from_le_bytes([it[0], it[1]])) / 32_768.0);
            heard.lock().extend(more);
            odd.drain(..whole);
        }
    });
    Capture { process, samples }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.pull();
    }
}

/// What is heard on a speaker.
pub struct Capture {
    process: Child,
    samples: Arc<Mutex<Vec<f32>>>,
}

impl Capture {
    /// Samples heard so far.
    pub fn now(&self) -> usize {
        self.samples.lock().len()
    }

    /// Waits until so many seconds more were heard.
    pub async fn pass(&self, seconds: f64) {
        let until = self.now() + (seconds * RATE as f64) as usize;
        self.wait("time passes", |it| (it.len() >= until).then_some(())).await;
    }

    /// Waits until something is heard.
    pub async fn wait<T>(&self, what: &str, is_so: impl Fn(&[f32]) -> Option<T>) -> T {
        let waiting = async {
            loop {
                if let Some(so) = is_so(&self.samples.lock()) {
                    return so;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let patience = WITHIN * 3;
        tokio::time::timeout(patience, waiting).await.unwrap_or_else(|_| panic!("it was never heard: {what}"))
    }

    /// Waits until it has been silent for so long after a sound, and gives all of it.
    pub async fn until_silent(&self, from: usize, ms: usize) -> Vec<f32> {
        let silent = |it: &[f32]| {
            let last = it[from.min(it.len())..].iter().rposition(|it| it.abs() > 0.002)?;
            (it.len() > from + last + ms * MS).then(|| it[from..].to_vec())
        };
        self.wait("silence after a sound", silent).await
    }

    /// Everything heard from a sample on.
    pub fn since(&self, from: usize) -> Vec<f32> {
        self.samples.lock()[from..].to_vec()
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The real player, beside a hub.
pub struct Player {
    process: Child,
    /// Its data.
    pub folder: tempfile::TempDir,
}

impl Player {
    /// Starts it for these speakers, and waits until they are open.
    pub async fn start(hub: &FakeHub, sinks: &[&Sink], more: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let conf = alsa(&folder, sinks, &[]);
        Self::with(hub, program(), folder, conf, sinks.len(), more).await
    }

    /// The same on a disk that takes the first 8 kB of a file and then fails, as a full one does.
    pub async fn without_room(hub: &FakeHub, sink: &Sink) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let conf = alsa(&folder, &[sink], &[]);
        let mut full = Command::new("sh");
        // Blocks of 512 bytes; the signal that comes with the error would end the program.
        full.args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_display-client")]);
        Self::with(hub, full, folder, conf, 1, &[]).await
    }

    /// The same for a speaker that is alone, and one that is not.
    pub async fn beside(hub: &FakeHub, alone: &Alone, sink: &Sink) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let conf = alsa(&folder, &[sink], &[alone]);
        Self::with(hub, program(), folder, conf, 2, &[]).await
    }

    async fn with(
        hub: &FakeHub,
        mut program: Command,
        folder: tempfile::TempDir,
        conf: PathBuf,
        count: usize,
        more: &[&str],
    ) -> Self {
        let pass = json!({"player": "p", "token": TOKEN}).to_string();
        std::fs::write(folder.path().join("player.json"), pass).unwrap();
        let process = program
            .args(["--hub", &hub.url, "--folder"])
            .arg(folder.path())
            .args(more)
            .env("ALSA_CONFIG_PATH", conf)
            .env("RUST_LOG", std::env::var("RUST_LOG").unwrap_or("warn".into()))
            .spawn()
            .unwrap();
        let player = Self { process, folder };
        let open = |it: &Value| {
            let speakers = it["speakers"].as_array().unwrap();
            speakers.len() == count && speakers.iter().all(|it| it["state"] == "ok")
        };
        hub.hello(1).await;
        hub.until("the speakers open", |it| open(it.reports.last()?).then_some(())).await;
        player
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_display-client"))
}

impl Drop for Player {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A file that tells ALSA about these speakers, and about nothing else.
pub fn alsa(folder: &tempfile::TempDir, sinks: &[&Sink], alone: &[&Alone]) -> PathBuf {
    let mut text = "</usr/share/alsa/alsa.conf>\n".to_owned();
    for Sink { name, .. } in sinks {
        text += &format!("pcm.{name} {{ type pulse device {name} hint {{ show on description \"{name}\" }} }}\n");
    }
    for it in alone {
        let (name, server) = (&it.name, it.socket());
        text += &format!("pcm.{name} {{ type pulse device {name} server \"{server}\" hint {{ show on }} }}\n");
    }
    let path = folder.path().join("asound.conf");
    std::fs::write(&path, text).unwrap();
    path
}

/// A player with one speaker a sink: the speaker of sink `x` is `x`, in the zone `x`.
pub fn own(names: &[&str]) -> Value {
    let speaker = |it: &&str| {
        json!({"id": it, "name": it, "zones": [it], "output": "device", "device": it, "kind": "hall",
            "gain_db": 0.0, "levels": [], "floor_db": -24.0})
    };
    json!({"id": "p", "hall": "h", "time_zone": "UTC", "speakers": names.iter().map(speaker).collect::<Vec<_>>()})
}

/// How strong a frequency is: the amplitude of its sine.
pub fn strength(samples: &[f32], hz: f32) -> f32 {
    let (mut sin, mut cos) = (0.0_f64, 0.0_f64);
    for (n, sample) in samples.iter().enumerate() {
        let phase = std::f64::consts::TAU * f64::from(hz) * n as f64 / RATE as f64;
        sin += f64::from(*sample) * phase.sin();
        cos += f64::from(*sample) * phase.cos();
    }
    (2.0 * sin.hypot(cos) / samples.len().max(1) as f64) as f32
}

/// Where a frequency begins and ends, milliseconds, looked at every 5 ms in windows of 20: silences shorter than
/// `bridge_ms` are bridged.
pub fn spans(samples: &[f32], hz: f32, bridge_ms: usize) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for at in (0..samples.len().saturating_sub(20 * MS)).step_by(5 * MS) {
        if strength(&samples[at..at + 20 * MS], hz) < 0.08 {
            continue;
        }
        // A window that is half full stands for its middle.
        let ms = at / MS + 10;
        match spans.last_mut() {
            Some(last) if ms <= last.1 + bridge_ms => last.1 = ms,
            _ => spans.push((ms, ms)),
        }
    }
    spans
}

/// The loudest sample.
pub fn peak(samples: &[f32]) -> f32 {
    samples.iter().fold(0.0, |most, it| most.max(it.abs()))
}

/// The largest step around a place, 2 ms to each side.
pub fn step_around(samples: &[f32], at: usize) -> f32 {
    let around = &samples[at.saturating_sub(2 * MS)..(at + 2 * MS).min(samples.len())];
    around.windows(2).map(|it| (it[1] - it[0]).abs()).fold(0.0, f32::max)
}

/// How loud it is by EBU R 128, LUFS.
pub fn loudness(samples: &[f32]) -> f64 {
    let mut meter = ebur128::EbuR128::new(1, RATE as u32, ebur128::Mode::I).unwrap();
    meter.add_frames_f32(samples).unwrap();
    meter.loudness_global().unwrap()
}
