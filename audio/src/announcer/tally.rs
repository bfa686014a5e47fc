//! Counts of what was said and what was not, by reason. It decides nothing.

/// What became of everything that was pushed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Said, at least once whole.
    pub said: u64,
    /// Not begun in time.
    pub stale: u64,
    /// The same as another that waited, and said with it.
    pub merged: u64,
    /// More waited than a speaker ever says.
    pub full: u64,
    /// Taken back, or no longer true.
    pub withdrawn: u64,
    /// There was no sound for it, and no chime.
    pub mute: u64,
    /// It broke off under a failing device, more often than it is begun anew.
    pub broken: u64,
}

impl Tally {
    /// All that was dropped.
    pub fn dropped(&self) -> u64 {
        self.stale + self.merged + self.full + self.withdrawn + self.mute + self.broken
    }
}
