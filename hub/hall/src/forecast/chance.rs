//! Chance that is the same every time: a small generator, and draws spread evenly over the futures.

/// The splitmix64 generator (Steele, Lea, Flood 2014): one addition and a mix.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// Evenly between 0 and 1, the 1 left out.
    pub fn unit(&mut self) -> f64 {
        to_unit(self.next())
    }

    /// How long until the next of something that happens so often a second.
    pub fn until_next(&mut self, per_s: f64) -> f64 {
        if per_s > 0.0 { -(1.0 - self.unit()).ln() / per_s } else { f64::INFINITY }
    }
}

fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[expect(clippy::cast_precision_loss, reason = "the upper 53 bits fit")]
fn to_unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// Draws of which each slot's values, over all futures together, are spread evenly between 0 and 1
/// (latin hypercube): the same precision with a tenth of the futures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    seed: u64,
    /// The futures are 2 to the power of this.
    bits: u32,
}

impl Spread {
    pub fn new(seed: u64, bits: u32) -> Self {
        Self { seed, bits }
    }

    /// How many futures there are.
    pub fn futures(self) -> u32 {
        1 << self.bits
    }

    /// The draw of a slot (a ticket, a counter) in one future.
    pub fn unit(self, slot: u32, future: u32) -> f64 {
        let key = mixed(self.seed ^ (u64::from(slot) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        (f64::from(self.shuffled(future, key)) + 0.5) / f64::from(self.futures())
    }

    /// A permutation of the futures: each operation can be reversed inside `bits` bits.
    fn shuffled(self, future: u32, key: u64) -> u32 {
        let mask = self.futures() - 1;
        let [a, b, c, d] = [key, key >> 16, key >> 32, key >> 48].map(|it| u32::try_from(it & 0xffff).unwrap_or(0));
        let mut x = (future ^ a) & mask;
        x = x.wrapping_mul(b | 1) & mask;
        x ^= x >> (self.bits / 2).max(1);
        x = x.wrapping_mul(c | 1) & mask;
        (x ^ d) & mask
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_spreads_its_draws_evenly() {
        let spread = Spread::new(7, 6);
        for slot in 0..20 {
            let mut seen: Vec<u32> = (0..64).map(|future| (spread.unit(slot, future) * 64.0) as u32).collect();
            seen.sort_unstable();
            assert_eq!(seen, (0..64).collect::<Vec<_>>());
        }
        assert_ne!(spread.unit(0, 5).to_bits(), spread.unit(1, 5).to_bits());
    }
}
