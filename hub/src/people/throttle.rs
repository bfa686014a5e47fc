//! How often somebody may try: failed logins per login and address, and changes by people we do not know.
//!
//! Kept in memory and bounded: a table that is full forgets whoever was quiet longest. Never locks anybody
//! out for good, since that would let a stranger lock out a whole hall.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Duration, Utc};
use parking_lot::Mutex;

use crate::error::Error;

/// Rows of one table.
const ROWS_MAX: usize = 20_000;
/// Failures of one login from one address before it has to wait.
const FREE_OF_PAIR: u32 = 5;
/// Failures of one login from everywhere before it has to wait.
const FREE_OF_LOGIN: u32 = 20;
/// Failures from one address before it has to wait (a whole hall may share one).
const FREE_OF_ADDRESS: u32 = 50;
/// The first wait, seconds; it doubles with each further failure.
const FIRST_WAIT_S: i64 = 5;
/// The longest wait, seconds.
const WAIT_S_MAX: i64 = 900;
/// Failures are forgotten after so many seconds without another.
const FORGET_S: i64 = 3_600;
/// Changes by somebody we do not know, from one address: so many at once, and one more each so many seconds.
const STRANGERS: Rate = Rate { burst: 30.0, every_s: 1.0 };
/// Pairings begun from one address (all screens of a hall may share one).
const PAIRINGS: Rate = Rate { burst: 40.0, every_s: 10.0 };

/// How often something may be done.
struct Rate {
    burst: f64,
    every_s: f64,
}

/// What failed logins are counted by.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Key {
    Pair(String, IpAddr),
    Login(String),
    Address(IpAddr),
}

impl Key {
    fn free(&self) -> u32 {
        match self {
            Self::Pair(..) => FREE_OF_PAIR,
            Self::Login(_) => FREE_OF_LOGIN,
            Self::Address(_) => FREE_OF_ADDRESS,
        }
    }
}

/// Failed tries of one key.
#[derive(Clone, Copy, Debug)]
struct Tries {
    failed: u32,
    last: DateTime<Utc>,
}

impl Tries {
    /// When the next try is allowed.
    fn until(self, free: u32) -> DateTime<Utc> {
        let Some(over) = self.failed.checked_sub(free) else {
            return self.last;
        };
        let wait = FIRST_WAIT_S.saturating_mul(1_i64 << over.min(20)).min(WAIT_S_MAX);
        self.last + Duration::seconds(wait)
    }
}

/// How much of a rate is left to an address.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    last: DateTime<Utc>,
}

/// Counts tries. All methods take `now`, so tests move it.
#[derive(Default)]
pub struct Throttle {
    /// Addresses are not counted: on a demo hub everybody comes from one.
    unlimited: AtomicBool,
    logins: Mutex<HashMap<Key, Tries>>,
    strangers: Mutex<HashMap<IpAddr, Bucket>>,
    pairings: Mutex<HashMap<IpAddr, Bucket>>,
}

/// A try that counts as failed until it is said to have succeeded.
#[must_use]
pub struct Try<'a> {
    throttle: &'a Throttle,
    login: String,
    address: IpAddr,
}

impl Throttle {
    /// Counts no addresses from now on: the demo hall has no such limits.
    pub fn do_not_count_addresses(&self) {
        self.unlimited.store(true, Ordering::Relaxed);
    }

    /// Begins a try, or says how long to wait. It counts as failed from now on, so that many at once gain nothing.
    pub fn begin(&self, login: &str, address: IpAddr, now: DateTime<Utc>) -> Result<Try<'_>, Error> {
        let address = network(address);
        let keys = self.keys(login, address);
        let mut logins = self.logins.lock();
        if let Some(wait) = wait_of(&logins, &keys, now) {
            return Err(too_many(wait));
        }
        for key in keys {
            make_room(&mut logins, &key, |it| it.last);
            let tries = logins.entry(key).or_insert(Tries { failed: 0, last: now });
            if now - tries.last >= Duration::seconds(FORGET_S) {
                tries.failed = 0;
            }
            *tries = Tries { failed: tries.failed.saturating_add(1), last: now };
        }
        drop(logins);
        Ok(Try { throttle: self, login: login.into(), address })
    }

    /// By what tries of this login from there are counted.
    fn keys(&self, login: &str, address: IpAddr) -> Vec<Key> {
        let mut keys = vec![Key::Pair(login.into(), address), Key::Login(login.into())];
        if !self.unlimited.load(Ordering::Relaxed) {
            keys.push(Key::Address(address));
        }
        keys
    }

    /// Counts a change by somebody we do not know; refuses when there were too many from this address.
    pub fn stranger(&self, address: IpAddr, now: DateTime<Utc>) -> Result<(), Error> {
        self.take(&self.strangers, &STRANGERS, address, now)
    }

    /// Counts a pairing that begins.
    pub fn pairing(&self, address: IpAddr, now: DateTime<Utc>) -> Result<(), Error> {
        self.take(&self.pairings, &PAIRINGS, address, now)
    }

    fn take(
        &self,
        buckets: &Mutex<HashMap<IpAddr, Bucket>>,
        rate: &Rate,
        address: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        if self.unlimited.load(Ordering::Relaxed) {
            return Ok(());
        }
        let address = network(address);
        let mut buckets = buckets.lock();
        make_room(&mut buckets, &address, |it| it.last);
        let bucket = buckets.entry(address).or_insert(Bucket { left: rate.burst, last: now });
        let passed_s = (now - bucket.last).to_std().unwrap_or_default().as_secs_f64();
        bucket.left = (bucket.left + passed_s / rate.every_s).min(rate.burst);
        bucket.last = now;
        if bucket.left < 1.0 {
            let wait_s = (1.0 - bucket.left) * rate.every_s;
            return Err(too_many(Duration::milliseconds((wait_s * 1_000.0) as i64)));
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

/// The longest wait of some keys that is not over.
fn wait_of(logins: &HashMap<Key, Tries>, keys: &[Key], now: DateTime<Utc>) -> Option<Duration> {
    let waits = keys.iter().filter_map(|key| {
        let tries = logins.get(key).filter(|it| now - it.last < Duration::seconds(FORGET_S))?;
        Some(tries.until(key.free()) - now).filter(|it| *it > Duration::zero())
    });
    waits.max()
}

impl Try<'_> {
    /// How long the next try has to wait if this one failed, seconds.
    pub fn wait_s(&self, now: DateTime<Utc>) -> i64 {
        let keys = self.throttle.keys(&self.login, self.address);
        wait_of(&self.throttle.logins.lock(), &keys, now).map_or(0, |it| it.num_seconds())
    }

    /// It was no failure: what this login failed before is forgotten, and the address gets its try back.
    pub fn succeeded(self) {
        let mut logins = self.throttle.logins.lock();
        logins.remove(&Key::Pair(self.login.clone(), self.address));
        logins.remove(&Key::Login(self.login));
        if let Some(tries) = logins.get_mut(&Key::Address(self.address)) {
            tries.failed = tries.failed.saturating_sub(1);
        }
    }
}

fn too_many(wait: Duration) -> Error {
    let seconds = (wait.num_milliseconds() + 999) / 1_000;
    Error::TooMany(u64::try_from(seconds).unwrap_or(1).max(1))
}

/// Whoever is behind one line: an IPv4 address, or the /64 that one IPv6 line is given.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(it) => IpAddr::V4(it),
        IpAddr::V6(it) => {
            let [a, b, c, d, ..] = it.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

/// Forgets the quietest half when a new row would not fit.
fn make_room<K: Eq + Hash, V>(table: &mut HashMap<K, V>, key: &K, last: impl Fn(&V) -> DateTime<Utc>) {
    if table.len() < ROWS_MAX || table.contains_key(key) {
        return;
    }
    let mut times: Vec<_> = table.values().map(&last).collect();
    let (_, middle, _) = times.select_nth_unstable(ROWS_MAX / 2);
    let middle = *middle;
    table.retain(|_, it| last(it) > middle);
    if table.len() >= ROWS_MAX {
        table.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 7));
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 8));

    fn at(s: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + s, 0).unwrap()
    }

    fn wait(tried: Result<Try<'_>, Error>) -> u64 {
        match tried {
            Ok(_) => 0,
            Err(Error::TooMany(seconds)) => seconds,
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn five_failures_are_free_and_then_the_wait_doubles() {
        let throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(wait(throttle.begin("li", HERE, at(0))), 0);
        }
        assert_eq!(wait(throttle.begin("li", HERE, at(0))), 5);
        assert_eq!(wait(throttle.begin("li", HERE, at(5))), 0);
        assert_eq!(wait(throttle.begin("li", HERE, at(5))), 10);
        // Somebody else is not kept waiting, nor is the same person elsewhere.
        assert_eq!(wait(throttle.begin("wang", HERE, at(5))), 0);
        assert_eq!(wait(throttle.begin("li", THERE, at(5))), 0);
    }

    #[test]
    fn no_wait_is_longer_than_a_quarter_of_an_hour_and_an_hour_forgets() {
        let throttle = Throttle::default();
        let mut now = 0;
        for _ in 0..40 {
            while let Err(Error::TooMany(seconds)) = throttle.begin("li", HERE, at(now)) {
                assert!(seconds <= 900);
                now += i64::try_from(seconds).unwrap();
            }
        }
        assert_eq!(wait(throttle.begin("li", HERE, at(now + FORGET_S))), 0);
        assert_eq!(wait(throttle.begin("li", HERE, at(now + FORGET_S))), 0);
    }

    #[test]
    fn a_success_forgets_the_failures() {
        let throttle = Throttle::default();
        for _ in 0..100 {
            throttle.begin("li", HERE, at(0)).map(Try::succeeded).unwrap();
        }
        for _ in 0..4 {
            assert_eq!(wait(throttle.begin("li", HERE, at(0))), 0);
        }
    }

    #[test]
    fn many_logins_from_one_address_have_to_wait() {
        let throttle = Throttle::default();
        for n in 0..50 {
            assert_eq!(wait(throttle.begin(&format!("p{n}"), HERE, at(0))), 0);
        }
        assert_eq!(wait(throttle.begin("p50", HERE, at(0))), 5);
        assert_eq!(wait(throttle.begin("p50", THERE, at(0))), 0);
    }

    #[test]
    fn a_stranger_has_a_burst_and_then_one_change_a_second() {
        let throttle = Throttle::default();
        for _ in 0..30 {
            throttle.stranger(HERE, at(0)).unwrap();
        }
        assert!(matches!(throttle.stranger(HERE, at(0)), Err(Error::TooMany(1))));
        throttle.stranger(THERE, at(0)).unwrap();
        throttle.stranger(HERE, at(1)).unwrap();
        assert!(throttle.stranger(HERE, at(1)).is_err());
    }

    #[test]
    fn one_ipv6_line_is_one_address_and_tables_stay_bounded() {
        let throttle = Throttle::default();
        for n in 0..30_u16 {
            throttle.stranger(IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, n]), at(0)).unwrap();
        }
        assert!(throttle.stranger(IpAddr::from([0x2001, 0xdb8, 0, 1, 9, 9, 9, 9]), at(0)).is_err());
        for n in 0..60_000_u32 {
            throttle.stranger(IpAddr::from(n.to_be_bytes()), at(i64::from(n))).unwrap();
        }
        assert!(throttle.strangers.lock().len() <= ROWS_MAX);
    }
}
