//! How loud a speaker is at a time of the day. Pure.

/// A level at a time of the day.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Level {
    /// From, seconds after midnight.
    pub from_s: u32,
    /// Until, seconds after midnight; not after `from_s`: over midnight.
    pub until_s: u32,
    /// Added to the speaker's own, dB.
    pub gain_db: f32,
}

/// The levels of a speaker.
#[derive(Clone, PartialEq, Debug)]
pub struct Levels {
    /// The speaker's own, dB.
    pub gain_db: f32,
    /// By time of the day; the first that fits counts.
    pub by_time: Vec<Level>,
    /// Never softer than this, dB: in opening hours it is always heard.
    pub floor_db: f32,
}

impl Level {
    fn holds(&self, second: u32) -> bool {
        if self.from_s < self.until_s {
            (self.from_s..self.until_s).contains(&second)
        } else {
            second >= self.from_s || second < self.until_s
        }
    }
}

impl Levels {
    /// The gain at so many seconds after local midnight, dB.
    pub fn gain_db(&self, second: u32) -> f32 {
        let by_time = self.by_time.iter().find(|it| it.holds(second)).map_or(0.0, |it| it.gain_db);
        (self.gain_db + by_time).max(self.floor_db)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u32 = 3_600;

    fn levels() -> Levels {
        let level = |from, until, gain_db| Level { from_s: from * HOUR, until_s: until * HOUR, gain_db };
        Levels { gain_db: -2.0, by_time: vec![level(12, 14, -6.0), level(20, 7, -40.0)], floor_db: -18.0 }
    }

    #[test]
    fn it_is_softer_at_noon_and_never_inaudible_at_night() {
        let levels = levels();
        for (hour, gain) in [(9, -2.0), (12, -8.0), (13, -8.0), (14, -2.0), (20, -18.0), (23, -18.0), (0, -18.0)] {
            assert_eq!(levels.gain_db(hour * HOUR), gain, "at {hour}");
        }
        assert_eq!(levels.gain_db(7 * HOUR - 1), -18.0);
        assert_eq!(levels.gain_db(7 * HOUR), -2.0);
        assert_eq!(levels.gain_db(12 * HOUR - 1), -2.0, "a level begins with its first second");
    }

    #[test]
    fn a_level_from_an_hour_to_the_same_hour_is_the_whole_day() {
        let whole = Level { from_s: 8 * HOUR, until_s: 8 * HOUR, gain_db: -3.0 };
        let levels = Levels { gain_db: 0.0, by_time: vec![whole], floor_db: -60.0 };
        assert!([0, 8 * HOUR, 86_399].iter().all(|it| levels.gain_db(*it) == -3.0));
    }
}
