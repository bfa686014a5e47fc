//! The lines between a pad and the bridge, both ways. Pure: bytes in, presses out; answers in, text out.

use std::fmt;

/// Longest line, bytes without its end. A pad that sends more is broken or speaks something else.
pub const LINE_BYTES_MAX: usize = 64;
/// Longest address, characters.
const ADDRESS_CHARS_MAX: usize = 16;

/// One press of a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Press {
    /// Which pad, as it calls itself: `C3`.
    pub address: String,
    /// Which key.
    pub key: Key,
    /// The pad's own number of the press, where it counts them; the same again is the same press.
    pub number: Option<u16>,
}

/// A key of a pad, with what was typed before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Key {
    /// Call whoever is next.
    Next,
    /// Call this number.
    Call(String),
    /// Call again.
    Recall,
    /// The visitor is here.
    Start,
    /// The visitor is done.
    Finish,
    /// The visitor did not come.
    NoShow,
    /// Put aside.
    Park,
    /// Take the last step back.
    Undo,
    /// Somebody is at the counter.
    Open,
    /// Nobody is there any more.
    Close,
    /// Away for a while, with a reason of the contract.
    Pause(&'static str),
    /// Back again.
    Resume,
    /// Nothing is asked for; the answer tells how the counter stands.
    State,
}

/// What the bridge says to a press.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Done, or told: the number at the counter, and the counter's state.
    Ok { number: Option<String>, state: String },
    /// The hall refused: its stable code, and the number in the way.
    No { code: String, number: Option<String> },
    /// It did not come so far.
    Failed(Fault),
}

/// Why a press did not reach the hall, or its answer not the bridge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Not a line of the protocol.
    BadLine,
    /// Longer than a line may be.
    TooLong,
    /// No key of that name.
    UnknownKey,
    /// The hub has no such hall.
    NoSuchHall,
    /// The hall has no such counter.
    NoSuchCounter,
    /// No open ticket has that number.
    NoSuchTicket,
    /// The token is not good for this.
    NotAllowed,
    /// The hub refused the command as malformed: pad and hub are of different versions.
    NotUnderstood,
    /// The hub did not answer. Whether the press counted is not known; repeat it with its number.
    HubAway,
}

/// Puts bytes together to lines. CR, LF and CR LF all end one; empty lines are nothing.
#[derive(Default)]
pub struct Lines {
    held: Vec<u8>,
    too_long: bool,
}

impl Lines {
    /// Takes what has come in and gives the lines it completes.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Result<String, Fault>> {
        let mut lines = Vec::new();
        for byte in bytes {
            match byte {
                b'\r' | b'\n' => lines.extend(self.end()),
                _ if self.held.len() == LINE_BYTES_MAX => self.too_long = true,
                _ => self.held.push(*byte),
            }
        }
        lines
    }

    fn end(&mut self) -> Option<Result<String, Fault>> {
        let line = std::mem::take(&mut self.held);
        if std::mem::take(&mut self.too_long) {
            return Some(Err(Fault::TooLong));
        }
        if line.is_empty() {
            return None;
        }
        let is_text = line.iter().all(|byte| (b' '..=b'~').contains(byte));
        Some(String::from_utf8(line).ok().filter(|_| is_text).ok_or(Fault::BadLine))
    }
}

impl Press {
    /// Reads `C3 NEXT`, `C3 CALL A012`, `C3 PAUSE AWAY`, each with `#17` at its end where the pad counts.
    /// A line that cannot be read is answered to its address, where it has one.
    pub fn parse(line: &str) -> Result<Self, (Option<String>, Fault)> {
        let mut words: Vec<&str> = line.split_ascii_whitespace().collect();
        let address = words.first().filter(|word| is_address(word)).map(|word| (*word).to_owned());
        let bad = |fault| (address.clone(), fault);
        let number = match words.last().and_then(|word| word.strip_prefix('#')) {
            Some(digits) => {
                words.pop();
                Some(digits.parse().map_err(|_| bad(Fault::BadLine))?)
            }
            None => None,
        };
        let [_, key, rest @ ..] = words.as_slice() else {
            return Err(bad(Fault::BadLine));
        };
        let key = Key::parse(&key.to_ascii_uppercase(), rest).map_err(bad)?;
        let address = address.clone().ok_or_else(|| bad(Fault::BadLine))?;
        Ok(Self { address, key, number })
    }
}

fn is_address(word: &str) -> bool {
    word.len() <= ADDRESS_CHARS_MAX && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

impl Key {
    fn parse(name: &str, rest: &[&str]) -> Result<Self, Fault> {
        let key = match (name, rest) {
            ("CALL", [number]) => return Ok(Self::Call(number.to_ascii_uppercase())),
            ("CALL", _) => return Err(Fault::BadLine),
            ("PAUSE", []) => return Ok(Self::Pause("away")),
            ("PAUSE", [reason]) => return Ok(Self::Pause(pause_reason(reason)?)),
            ("NEXT", _) => Self::Next,
            ("RECALL", _) => Self::Recall,
            ("START", _) => Self::Start,
            ("FINISH", _) => Self::Finish,
            ("NOSHOW", _) => Self::NoShow,
            ("PARK", _) => Self::Park,
            ("UNDO", _) => Self::Undo,
            ("OPEN", _) => Self::Open,
            ("CLOSE", _) => Self::Close,
            ("RESUME", _) => Self::Resume,
            ("STATE", _) => Self::State,
            _ => return Err(Fault::UnknownKey),
        };
        if rest.is_empty() { Ok(key) } else { Err(Fault::BadLine) }
    }
}

fn pause_reason(word: &str) -> Result<&'static str, Fault> {
    let reasons = ["busy", "away", "break", "other"];
    reasons.into_iter().find(|reason| reason.eq_ignore_ascii_case(word)).ok_or(Fault::BadLine)
}

impl Answer {
    /// The line a pad gets: its address, `OK`, `NO` or `ERR`, and the press it answers.
    pub fn to_line(&self, address: Option<&str>, number: Option<u16>) -> String {
        let press = number.map(|number| format!(" #{number}")).unwrap_or_default();
        format!("{} {self}{press}\r\n", address.unwrap_or("?"))
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ok { number, state } => write!(f, "OK {} {state}", number.as_deref().unwrap_or("-")),
            Self::No { code, number } => write!(f, "NO {code} {}", number.as_deref().unwrap_or("-")),
            Self::Failed(fault) => write!(f, "ERR {}", fault.code()),
        }
    }
}

impl Fault {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::BadLine => "bad_line",
            Self::TooLong => "too_long",
            Self::UnknownKey => "unknown_key",
            Self::NoSuchHall => "no_such_hall",
            Self::NoSuchCounter => "no_such_counter",
            Self::NoSuchTicket => "no_such_ticket",
            Self::NotAllowed => "not_allowed",
            Self::NotUnderstood => "not_understood",
            Self::HubAway => "hub_away",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(pieces: &[&[u8]]) -> Vec<Result<String, Fault>> {
        let mut lines = Lines::default();
        pieces.iter().flat_map(|piece| lines.take(piece)).collect()
    }

    fn press(line: &str) -> (String, Key, Option<u16>) {
        let press = Press::parse(line).expect("a press");
        (press.address, press.key, press.number)
    }

    #[test]
    fn any_line_end_ends_a_line_however_the_bytes_arrive() {
        let both = vec![Ok("C3 NEXT".to_owned()), Ok("C4 NEXT".to_owned())];
        assert_eq!(lines(&[b"C3 NEXT\r\nC4 NEXT\r\n"]), both);
        assert_eq!(lines(&[b"C3 NE", b"XT\r", b"\nC4 NEXT\n", b"C5"]), both);
    }

    #[test]
    fn a_long_line_is_refused_once_and_the_next_is_heard() {
        let long = [b'x'; 3 * LINE_BYTES_MAX];
        let heard = lines(&[&long, b"\nC3 NEXT\n"]);
        assert_eq!(heard, [Err(Fault::TooLong), Ok("C3 NEXT".to_owned())]);
        let just = [b'x'; LINE_BYTES_MAX];
        assert_eq!(lines(&[&just, b"\n"]).len(), 1);
    }

    #[test]
    fn noise_on_the_line_is_no_press() {
        assert_eq!(lines(&[b"\xff\x00C3 NEXT\n"]), [Err(Fault::BadLine)]);
        assert_eq!(lines(&["C3 下一位\n".as_bytes()]), [Err(Fault::BadLine)]);
    }

    #[test]
    fn keys_are_read_in_any_case() {
        assert_eq!(press("C3 NEXT"), ("C3".into(), Key::Next, None));
        assert_eq!(press("c3  next #17"), ("c3".into(), Key::Next, Some(17)));
        assert_eq!(press("7 CALL a012"), ("7".into(), Key::Call("A012".into()), None));
        assert_eq!(press("7 pause Break #0"), ("7".into(), Key::Pause("break"), Some(0)));
        assert_eq!(press("7 PAUSE").1, Key::Pause("away"));
    }

    #[test]
    fn a_line_that_is_no_press_says_why() {
        let why = |line| Press::parse(line).expect_err("no press").1.code();
        assert_eq!(why("C3"), "bad_line");
        assert_eq!(why("C3 CALL"), "bad_line");
        assert_eq!(why("C3 NEXT A012"), "bad_line");
        assert_eq!(why("C3 NEXT #x"), "bad_line");
        assert_eq!(why("C3 NEXT #70000"), "bad_line");
        assert_eq!(why("C3 PAUSE lunch"), "bad_line");
        assert_eq!(why("C/3 NEXT"), "bad_line");
        assert_eq!(why("C3 SING"), "unknown_key");
        assert_eq!(Press::parse("C3 SING").expect_err("no press").0.as_deref(), Some("C3"));
    }

    #[test]
    fn answers_name_the_pad_and_the_press() {
        let called = Answer::Ok { number: Some("A012".into()), state: "calling".into() };
        assert_eq!(called.to_line(Some("C3"), Some(17)), "C3 OK A012 calling #17\r\n");
        let nobody = Answer::No { code: "nobody_waiting".into(), number: None };
        assert_eq!(nobody.to_line(Some("C3"), None), "C3 NO nobody_waiting -\r\n");
        assert_eq!(Answer::Failed(Fault::TooLong).to_line(None, None), "? ERR too_long\r\n");
    }
}
