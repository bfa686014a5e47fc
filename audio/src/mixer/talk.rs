//! A script as it is played: which segment, which sample, how often it was said, and where it stops.

use super::What;
use super::script::{PEAK, Script, Segment};
use crate::announcer::Stop;

/// Where a script stands.
#[derive(Default)]
pub(super) struct Talk {
    script: Option<Script>,
    segment: usize,
    sample: usize,
    /// How often it was said whole.
    times: u32,
    began: bool,
    stop: Option<Stop>,
}

impl Talk {
    /// Nothing is being said.
    pub(super) fn is_over(&self) -> bool {
        self.script.is_none()
    }

    /// Starts a script from its first sample.
    pub(super) fn begin(&mut self, script: Script) {
        *self = Self { stop: script.stop, script: Some(script), ..Self::default() };
    }

    /// Stops it there.
    pub(super) fn stop(&mut self, stop: Stop) {
        self.stop = self.stop.max(Some(stop));
    }

    /// Its next sample at this gain, held below the peak.
    pub(super) fn sample(&mut self, gain: f32, mut tell: impl FnMut(What)) -> f32 {
        loop {
            let Some(script) = &self.script else { return 0.0 };
            let silent = matches!(script.segments.get(self.segment), Some(Segment::Silence(_)));
            if self.stop == Some(Stop::Join) && (self.sample == 0 || silent) {
                return self.end(tell);
            }
            if !self.began && !script.is_silent() {
                self.began = true;
                tell(What::Began(script.id, script.frames()));
            }
            match script.segments.get(self.segment) {
                Some(segment) if self.sample < segment.len() => {
                    let sample = match segment {
                        Segment::Sound(samples, _) => samples[self.sample],
                        Segment::Silence(_) => 0.0,
                    };
                    self.sample += 1;
                    return sample * gain.min(PEAK / script.peak.max(f32::EPSILON));
                }
                Some(segment) => {
                    if matches!(segment, Segment::Sound(_, true)) {
                        tell(What::PartEnded);
                    }
                    (self.segment, self.sample) = (self.segment + 1, 0);
                    self.pass_end(&mut tell);
                }
                None => return self.end(tell),
            }
        }
    }

    /// At the end of a time: the next one begins, or it is over.
    fn pass_end(&mut self, tell: &mut impl FnMut(What)) {
        let Some(script) = &self.script else { return };
        let first = self.times == 0;
        let end = if first { script.again } else { script.segments.len() };
        if self.segment < end {
            return;
        }
        self.times += 1;
        if self.times >= script.times || self.stop.is_some() {
            self.end(tell);
        } else {
            self.segment = script.again;
        }
    }

    fn end(&mut self, mut tell: impl FnMut(What)) -> f32 {
        if let Some(script) = self.script.take() {
            tell(What::Ended(script.id, self.times));
        }
        self.stop = None;
        0.0
    }
}
