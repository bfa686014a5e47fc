//! A sound device by its ALSA name. Opened once and kept open, so that a call never waits for it.
//!
//! The name is the system administrator's (`pcm.spk_a` in asound.conf, or a card's). `default` is refused, because it
//! means another device tomorrow.

use std::str::FromStr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rodio::cpal::traits::{DeviceTrait as _, HostTrait as _};
use rodio::cpal::{self, BufferSize, DeviceId};
use rodio::{ChannelCount, DeviceSinkBuilder, MixerDeviceSink, SampleRate, Source};

use super::health::Health;
use super::{Gone, Line, Open, Output};
use crate::announcer::Moment;
use crate::mixer::{Format, Kind, Mixer, mixer};

/// Half of what waits in the device, milliseconds: short, so that a call is heard at once.
const PERIOD_MS: u32 = 30;
/// Periods that wait in the device.
const PERIODS: u32 = 2;
/// A device that has taken nothing for so long is gone, whatever it says.
const STALLED: Duration = Duration::from_millis(1_200);
/// A stream that has told of an error and takes nothing for so long is broken.
const DOUBT: Duration = Duration::from_millis(150);
/// A stream that breaks twice within this time is gone.
const HEAL_NOT_WITHIN: Duration = Duration::from_millis(500);
/// A stream that is not open again by then is gone.
const HEAL_WITHIN: Duration = Duration::from_secs(1);
/// Frames that are mixed at once.
const BLOCK_FRAMES: usize = 128;
/// Names that mean another device tomorrow.
const NOT_NAMES: [&str; 3] = ["", "default", "sysdefault"];
/// What ALSA itself calls its plugins, which lead nowhere or to another device tomorrow.
const PLUGINS: [&str; 11] =
    ["null", "jack", "oss", "pulse", "pipewire", "lavrate", "samplerate", "speexrate", "speex", "upmix", "vdownmix"];

/// A device by its ALSA name, `spk_a`.
#[derive(Clone, Debug)]
pub struct Device(pub String);

/// The devices of this machine that can play, as `alsa:spk_a`; none that would be refused, and no plugin.
pub fn names() -> Vec<String> {
    let devices = cpal::default_host().output_devices();
    offered(devices.into_iter().flatten().filter_map(|it| it.id().ok()).map(|it| it.to_string()))
}

fn offered(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<_> = all.filter(|it| !NOT_NAMES.contains(&bare(it)) && !PLUGINS.contains(&bare(it))).collect();
    names.sort();
    names.dedup();
    names
}

fn bare(name: &str) -> &str {
    name.strip_prefix("alsa:").unwrap_or(name)
}

impl Output for Device {
    fn open(&mut self, kind: Kind) -> Result<Open, Gone> {
        let name = bare(&self.0);
        if NOT_NAMES.contains(&name) {
            return Err(Gone(format!("\"{name}\" names no device: say which one is meant")));
        }
        let gone = |cause: &dyn std::fmt::Display| Gone(format!("{name}: {cause}"));
        let id = DeviceId::from_str(&format!("alsa:{name}")).map_err(|it| gone(&it))?;
        let device = cpal::default_host().device_by_id(&id).ok_or_else(|| gone(&"there is no such device"))?;
        let health = Health::default();
        let sink = open(&device, &health).map_err(|it| gone(&it))?;
        let format = format_of(&sink);
        let (control, mixer) = mixer(format, kind);
        let mixer = Arc::new(Mutex::new(mixer));
        let pulling = pull(&sink, &mixer, &health);
        let name = name.to_owned();
        let line = Playing {
            device,
            name,
            mixer,
            sink: Some(sink),
            health,
            pulling,
            format,
            seen: None,
            doubted: None,
            healed: None,
            healing: None,
        };
        Ok(Open { control, format, line: Box::new(line) })
    }
}

fn format_of(sink: &MixerDeviceSink) -> Format {
    let config = sink.config();
    Format { rate: config.sample_rate().get(), channels: config.channel_count().get() }
}

/// Lets a device pull the mixer, until the answer is set to false.
fn pull(sink: &MixerDeviceSink, mixer: &Arc<Mutex<Mixer>>, health: &Health) -> Arc<AtomicBool> {
    let config = sink.config();
    let (channels, rate) = (config.channel_count(), config.sample_rate());
    let block = vec![0.0; BLOCK_FRAMES * usize::from(channels.get())];
    let (at, pulling) = (block.len(), Arc::new(AtomicBool::new(true)));
    let (mixer, taken) = (Arc::clone(mixer), Arc::clone(&health.taken));
    sink.mixer().add(Pulled { mixer, block, at, channels, rate, taken, pulling: Arc::clone(&pulling) });
    pulling
}

/// Opens a device with short periods, or with those it insists on.
fn open(device: &cpal::Device, health: &Health) -> Result<MixerDeviceSink, rodio::DeviceSinkError> {
    let builder = || -> Result<_, rodio::DeviceSinkError> {
        let health = health.clone();
        Ok(DeviceSinkBuilder::from_device(device.clone())?.with_error_callback(move |it| health.fails(&it)))
    };
    let first = builder()?;
    let rate = device.default_output_config().map_or(48_000, |it| it.sample_rate());
    let mut sink = match first.with_buffer_size(BufferSize::Fixed(rate * PERIOD_MS / 1_000)).open_stream() {
        Ok(sink) => sink,
        Err(_) => builder()?.open_stream()?,
    };
    sink.log_on_drop(false);
    Ok(sink)
}

struct Playing {
    device: cpal::Device,
    name: String,
    mixer: Arc<Mutex<Mixer>>,
    sink: Option<MixerDeviceSink>,
    health: Health,
    pulling: Arc<AtomicBool>,
    format: Format,
    /// Frames taken, and since when it is this many.
    seen: Option<(u64, Moment)>,
    /// Since when it has told of an error and taken nothing.
    doubted: Option<Moment>,
    /// When it was opened anew last.
    healed: Option<Moment>,
    healing: Option<Healing>,
}

/// A stream that is opened anew, beside whoever waits: some drivers take their time, or never come back.
struct Healing {
    opened: Receiver<Result<(MixerDeviceSink, Health), String>>,
    since: Moment,
    /// What had broken.
    why: String,
}

impl Playing {
    /// A stream that broke is opened anew at once: what is being said goes on after a gap of a tenth of a second.
    /// A device that is gone does not open; one that breaks again and again is left to the caller's patience.
    fn heal(&mut self, why: String, now: Moment) -> Result<(), Gone> {
        self.pulling.store(false, Ordering::Relaxed);
        self.doubted = None;
        let old = self.sink.take();
        // Closing a broken stream can take seconds.
        std::thread::spawn(move || drop(old));
        if self.healed.is_some_and(|at| now.saturating_sub(at) < HEAL_NOT_WITHIN) {
            return Err(Gone(format!("{}: {why}", self.name)));
        }
        let (tell, opened) = channel();
        let device = self.device.clone();
        std::thread::spawn(move || {
            let health = Health::default();
            let sink = open(&device, &health).map_err(|it| it.to_string());
            // Nobody waits any more: it is closed again.
            let _ = tell.send(sink.map(|it| (it, health)));
        });
        self.healing = Some(Healing { opened, since: now, why });
        Ok(())
    }

    /// Whether it plays again, is still on its way, or is gone.
    fn look_at(&mut self, healing: Healing, now: Moment) -> Result<(), Gone> {
        let gone = |why: &str| Gone(format!("{}: {why}", self.name));
        match healing.opened.try_recv() {
            Ok(Ok((sink, health))) => {
                if format_of(&sink) != self.format {
                    return Err(gone("it is another device now"));
                }
                self.pulling = pull(&sink, &self.mixer, &health);
                (self.sink, self.health, self.seen, self.healed) = (Some(sink), health, None, Some(now));
                Ok(())
            }
            Ok(Err(why)) => Err(gone(&format!("{}; {why}", healing.why))),
            Err(_) if now.saturating_sub(healing.since) > HEAL_WITHIN => Err(gone(&healing.why)),
            Err(_) => {
                self.healing = Some(healing);
                Ok(())
            }
        }
    }
}

impl Line for Playing {
    fn tick(&mut self, now: Moment) -> Result<(), Gone> {
        if let Some(healing) = self.healing.take() {
            return self.look_at(healing, now);
        }
        match (self.health.doubt(), self.doubted) {
            (Some(why), Some(since)) if now.saturating_sub(since) > DOUBT => return self.heal(why, now),
            (Some(_), None) => self.doubted = Some(now),
            (Some(_), Some(_)) => {}
            (None, _) => self.doubted = None,
        }
        let taken = self.health.taken.load(Ordering::Relaxed);
        match self.seen {
            Some((before, since)) if before == taken => {
                if now.saturating_sub(since) > STALLED {
                    return self.heal("it takes no sound any more".into(), now);
                }
            }
            Some(_) | None => self.seen = Some((taken, now)),
        }
        Ok(())
    }

    fn latency(&self) -> Duration {
        let frames = match self.sink.as_ref().map(|it| *it.config().buffer_size()) {
            Some(BufferSize::Fixed(frames)) => frames,
            Some(BufferSize::Default) | None => self.format.rate * PERIOD_MS / 1_000,
        };
        Duration::from_secs_f64(f64::from(PERIODS * frames) / f64::from(self.format.rate.max(1)))
    }
}

/// A mixer as rodio pulls it: sample by sample, without an end.
struct Pulled {
    mixer: Arc<Mutex<Mixer>>,
    block: Vec<f32>,
    at: usize,
    channels: ChannelCount,
    rate: SampleRate,
    taken: Arc<AtomicU64>,
    pulling: Arc<AtomicBool>,
}

impl Iterator for Pulled {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        if self.at == self.block.len() {
            // A stream that was given up takes nothing from the one that follows it.
            if !self.pulling.load(Ordering::Relaxed) {
                return None;
            }
            // Nobody else asks while this stream pulls: it never waits here.
            self.mixer.lock().unwrap_or_else(PoisonError::into_inner).fill(&mut self.block);
            self.at = 0;
            self.taken.fetch_add(BLOCK_FRAMES as u64, Ordering::Relaxed);
        }
        self.at += 1;
        Some(self.block[self.at - 1])
    }
}

impl Source for Pulled {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> ChannelCount {
        self.channels
    }

    fn sample_rate(&self) -> SampleRate {
        self.rate
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_not_offered() {
        let all = [
            "alsa:default",
            "alsa:speexrate",
            "alsa:null",
            "alsa:spk_b",
            "alsa:spk_a",
            "alsa:sysdefault",
            "alsa:spk_a",
        ];
        assert_eq!(offered(all.into_iter().map(str::to_owned)), ["alsa:spk_a", "alsa:spk_b"]);
    }
}
