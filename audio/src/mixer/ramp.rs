//! A factor that changes without a step: a step in loudness is a click.

/// A factor on its way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ramp {
    now: f32,
    to: f32,
    step: f32,
}

impl Ramp {
    /// Stands at a value.
    pub(super) fn at(value: f32) -> Self {
        Self { now: value, to: value, step: 0.0 }
    }

    /// Goes to a value within so many samples.
    pub(super) fn go(&mut self, to: f32, samples: usize) {
        self.to = to;
        self.step = (to - self.now).abs() / samples.max(1) as f32;
    }

    /// The factor of the next sample.
    pub(super) fn next(&mut self) -> f32 {
        if self.now < self.to {
            self.now = (self.now + self.step).min(self.to);
        } else if self.now > self.to {
            self.now = (self.now - self.step).max(self.to);
        }
        self.now
    }

    /// Where it stands.
    pub(super) fn now(&self) -> f32 {
        self.now
    }

    /// Where it goes.
    pub(super) fn to(&self) -> f32 {
        self.to
    }
}
