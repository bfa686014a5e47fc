//! An output that nobody hears: for a player without sound, and for tests without one. Time is the caller's.

use std::convert::Infallible;
use std::time::Duration;

use super::paced::Paced;
use super::{Gone, Line, Open, Output};
use crate::announcer::Moment;
use crate::mixer::{Format, Kind, mixer};

/// See the module.
#[derive(Clone, Copy, Debug)]
pub struct Null(pub Format);

impl Output for Null {
    fn open(&mut self, kind: Kind) -> Result<Open, Gone> {
        let (control, mixer) = mixer(self.0, kind);
        Ok(Open { control, format: self.0, line: Box::new(Unheard(Paced::new(mixer))) })
    }
}

struct Unheard(Paced);

impl Line for Unheard {
    fn tick(&mut self, now: Moment) -> Result<(), Gone> {
        match self.0.pull(now, |_| Ok::<_, Infallible>(())) {
            Ok(()) => Ok(()),
        }
    }

    fn latency(&self) -> Duration {
        Duration::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mixer::{Piece, Script, What};
    use crate::testing::tone;

    #[test]
    fn it_plays_as_fast_as_the_clock_it_is_given() {
        let open = Null(Format { rate: 48_000, channels: 2 }).open(Kind::Hall).unwrap();
        let Open { control, mut line, .. } = open;
        let piece = Piece { sound: tone(48_000, 300.0, 1.0), pause: Duration::ZERO };
        line.tick(Duration::from_secs(100)).unwrap();
        control.say(Script::new(1, (Kind::Hall, 48_000), None, &[piece], 1, Duration::ZERO));
        line.tick(Duration::from_millis(100_900)).unwrap();
        assert!(!control.events().any(|it| matches!(it.what, What::Ended(..))));
        line.tick(Duration::from_millis(101_100)).unwrap();
        let ended = control.events().find(|it| matches!(it.what, What::Ended(..))).unwrap();
        assert_eq!((ended.at, ended.what), (48_000, What::Ended(1, 1)));
    }
}
