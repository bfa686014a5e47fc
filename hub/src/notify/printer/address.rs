//! Where a printer stands, as an administrator writes it: `tcp://host:9100`, or `host:9100`.

use std::str::FromStr;

/// The port of printers that take raw bytes.
const PORT: u16 = 9_100;
/// Longest address, characters.
const ADDRESS_CHARS_MAX: usize = 200;

/// A printer's address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    host: String,
    port: u16,
    asks: bool,
}

impl Address {
    /// Name or number.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether it can be asked how it is (`?status=no` for the few that never answer; their slips are taken
    /// for printed once they are sent).
    pub fn asks(&self) -> bool {
        self.asks
    }
}

impl FromStr for Address {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const SAID: &str = "write a printer's address like tcp://192.168.1.20:9100";
        if text.len() > ADDRESS_CHARS_MAX || text.chars().any(|it| it.is_whitespace() || it.is_control()) {
            return Err(SAID);
        }
        // Without the `tcp://` the port must be there: a single word is more likely a mistake.
        let rest = text.strip_prefix("tcp://").or(text.contains(':').then_some(text)).ok_or(SAID)?;
        let (place, asks) = match rest.split_once('?') {
            None => (rest, true),
            Some((place, "status=no")) => (place, false),
            Some(_) => return Err(SAID),
        };
        let place = place.strip_suffix('/').unwrap_or(place);
        let (host, port) = match place.strip_prefix('[').and_then(|it| it.split_once(']')) {
            Some((host, "")) => (host, PORT),
            Some((host, port)) => (host, port.strip_prefix(':').and_then(|it| it.parse().ok()).ok_or(SAID)?),
            None => match place.split_once(':') {
                None => (place, PORT),
                Some((host, port)) => (host, port.parse().map_err(|_| SAID)?),
            },
        };
        let good = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_' | ':');
        if host.is_empty() || port == 0 || !host.chars().all(good) {
            return Err(SAID);
        }
        Ok(Self { host: host.to_owned(), port, asks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let read = |text: &str| text.parse::<Address>().map(|it| (it.host, it.port, it.asks));
        assert_eq!(read("tcp://192.168.1.20:9100"), Ok(("192.168.1.20".into(), 9100, true)));
        assert_eq!(read("tcp://printer-2.hall.example"), Ok(("printer-2.hall.example".into(), 9100, true)));
        assert_eq!(read("tcp://[fe80::1]:9101?status=no"), Ok(("fe80::1".into(), 9101, false)));
    }

    #[test]
    fn anything_else_is_refused_with_an_example() {
        for bad in
            ["", "printer", "http://x", "tcp://", "tcp://a b", "tcp://a:0", "tcp://a:99999", "tcp://a?x=1", "tcp://u@a"]
        {
            assert!(bad.parse::<Address>().is_err(), "{bad}");
        }
    }
}
