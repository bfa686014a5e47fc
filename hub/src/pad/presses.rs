//! Which presses are one and the same: a pad repeats a line that was not answered, and a worn key
//! bounces. Both keep the idempotency key of the first, so the hall moves once.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::line::{Key, Press};

/// A counted press that comes again within this time is the same press.
pub const RESENT_WITHIN: Duration = Duration::from_secs(10);
/// A press without a number that comes again within this time is a key that bounced.
pub const BOUNCED_WITHIN: Duration = Duration::from_millis(300);

struct Last {
    key: Key,
    number: Option<u16>,
    at: Instant,
    idempotency_key: String,
}

/// The last press of each pad. Holds one for each counter that ever pressed, so the hall bounds it.
#[derive(Default)]
pub struct Presses {
    last: HashMap<String, Last>,
}

impl Presses {
    /// The idempotency key of this press: the one before if it is the same press again, else `fresh`.
    pub fn key_of(&mut self, counter: &str, press: &Press, now: Instant, fresh: impl FnOnce() -> String) -> String {
        if let Some(last) = self.last.get(counter) {
            let window = if press.number.is_some() { RESENT_WITHIN } else { BOUNCED_WITHIN };
            let is_same = last.key == press.key && last.number == press.number;
            if is_same && now.saturating_duration_since(last.at) < window {
                return last.idempotency_key.clone();
            }
        }
        let idempotency_key = fresh();
        let last =
            Last { key: press.key.clone(), number: press.number, at: now, idempotency_key: idempotency_key.clone() };
        self.last.insert(counter.to_owned(), last);
        idempotency_key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys of presses at the given milliseconds, numbered as they were made fresh.
    fn keys(presses: &[(u64, &str)]) -> Vec<String> {
        let start = Instant::now();
        let mut memory = Presses::default();
        let mut made = 0;
        let mut key = |(ms, line): &(u64, &str)| {
            let press = Press::parse(line).expect("a press");
            memory.key_of(&press.address, &press, start + Duration::from_millis(*ms), || {
                made += 1;
                made.to_string()
            })
        };
        presses.iter().map(&mut key).collect()
    }

    #[test]
    fn a_counted_press_that_is_repeated_is_one_press() {
        assert_eq!(keys(&[(0, "C3 NEXT #1"), (2000, "C3 NEXT #1"), (9000, "C3 NEXT #1")]), ["1", "1", "1"]);
    }

    #[test]
    fn the_next_number_is_the_next_press() {
        assert_eq!(keys(&[(0, "C3 NEXT #1"), (100, "C3 NEXT #2"), (200, "C4 NEXT #2")]), ["1", "2", "3"]);
    }

    #[test]
    fn a_pad_that_starts_counting_again_is_heard() {
        assert_eq!(keys(&[(0, "C3 NEXT #1"), (10_000, "C3 NEXT #1")]), ["1", "2"]);
    }

    #[test]
    fn a_bouncing_key_is_one_press_and_two_presses_are_two() {
        assert_eq!(keys(&[(0, "C3 NEXT"), (80, "C3 NEXT"), (900, "C3 NEXT")]), ["1", "1", "2"]);
    }

    #[test]
    fn another_key_is_another_press() {
        assert_eq!(keys(&[(0, "C3 START"), (50, "C3 FINISH"), (100, "C3 START")]), ["1", "2", "3"]);
    }
}
