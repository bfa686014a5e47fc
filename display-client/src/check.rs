//! `--check`: plays a test on one named speaker, so that somebody on a ladder hears which one it is and how loud.

use std::time::Duration;

use audio::Sound;
use audio::chime::chime;
use audio::mixer::{Format, Kind, Piece, Script, What};
use audio::speaker::{Device, Open, Output as _, names};

use crate::clock::Clock;

/// The tone after the chime, Hz, and how long it is.
const TONE: (f32, f32) = (440.0, 1.5);
/// As loud as speech: -18 LUFS.
const TONE_STRENGTH: f32 = 0.19;
/// A device that has not played the test by then does not play.
const WITHIN: Duration = Duration::from_secs(10);
/// How often it is looked after.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// What came of a test.
#[derive(Debug, thiserror::Error)]
pub enum Unheard {
    /// It does not open, or broke off.
    #[error("{why}\nsound devices here:\n{devices}")]
    Gone {
        /// Why.
        why: String,
        /// What there is instead, a line each.
        devices: String,
    },
}

/// Plays chime and tone on a device, and waits until they were heard. Tells what was played where.
pub async fn play(name: &str) -> Result<String, Unheard> {
    let gone = |why: String| {
        let all: Vec<_> = names().iter().map(|it| format!("  {}", it.trim_start_matches("alsa:"))).collect();
        let devices = if all.is_empty() { "  none".into() } else { all.join("\n") };
        Unheard::Gone { why, devices }
    };
    let Open { control, format, mut line } = Device(name.into()).open(Kind::Hall).map_err(|it| gone(it.0))?;
    let piece = Piece { sound: tone(format.rate), pause: Duration::ZERO };
    let to = (Kind::Hall, format.rate);
    control.say(Script::new(1, to, Some(&chime(format.rate)), &[piece], 1, Duration::ZERO));
    let clock = Clock::system();
    while clock.now() < WITHIN {
        line.tick(clock.now()).map_err(|it| gone(it.0))?;
        if control.events().any(|it| matches!(it.what, What::Ended(..))) {
            tokio::time::sleep(line.latency() + Duration::from_millis(300)).await;
            return Ok(played(name, format));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err(gone(format!("{name}: it takes no sound")))
}

fn played(name: &str, format: Format) -> String {
    let (hz, seconds) = TONE;
    let Format { rate, channels } = format;
    format!("played a chime and {seconds} s of {hz} Hz on {name} ({rate} Hz, channels: {channels})")
}

fn tone(rate: u32) -> Sound {
    let (hz, seconds) = TONE;
    let sample = |n: usize| TONE_STRENGTH * (std::f32::consts::TAU * hz * n as f32 / rate as f32).sin();
    Sound { rate, samples: (0..(seconds * rate as f32) as usize).map(sample).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_what_was_played_where() {
        let said = played("spk_a", Format { rate: 48_000, channels: 2 });
        assert_eq!(said, "played a chime and 1.5 s of 440 Hz on spk_a (48000 Hz, channels: 2)");
    }
}
