//! A ticket printer that reads the bytes it is sent, as paper would show them, and can be in any mood.
//!
//! It knows the ESC/POS words that Hallcast says and fails on any other.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// How a printer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mood {
    /// Prints.
    Well,
    /// Has no paper.
    PaperOut,
    /// Its cover is open.
    CoverOpen,
    /// Was taken off line.
    Offline,
    /// Prints so many bytes a second.
    Slow(u32),
    /// Prints but never says how it is.
    Mute,
    /// Takes the connection and nothing else.
    HalfOpen,
    /// Its paper ends after so many bytes of a slip.
    EndsAfter(usize),
}

/// What came out of it, up to a cut.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Paper {
    /// Bytes of a row of dots.
    pub row_bytes: usize,
    /// The dots, row by row; the highest bit is the leftmost, 1 is black.
    pub dots: Vec<u8>,
    /// Lines in the printer's own letters.
    pub lines: Vec<String>,
    /// What the printer's own QR codes hold.
    pub codes: Vec<String>,
}

impl Paper {
    /// What the QR codes among the dots say.
    pub fn read_codes(&self) -> Vec<String> {
        let row = self.row_bytes;
        let black = |x: usize, y: usize| self.dots[y * row + x / 8] & (0x80 >> (x % 8)) != 0;
        let grey = |x, y| if black(x, y) { 0 } else { 255 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(row * 8, self.dots.len() / row, grey);
        image.detect_grids().iter().map(|it| it.decode().expect("it can be read").1).collect()
    }
}

#[derive(Debug)]
struct Inside {
    mood: Mood,
    papers: Vec<Paper>,
    connections: usize,
}

/// See the module. It stops when it is dropped.
#[derive(Debug)]
pub struct TestPrinter {
    address: SocketAddr,
    inside: Arc<Mutex<Inside>>,
    task: AbortHandle,
}

impl Drop for TestPrinter {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl TestPrinter {
    /// A printer on a free port.
    #[expect(clippy::disallowed_methods, reason = "a test's own task, ended with its printer")]
    pub async fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let inside = Arc::new(Mutex::new(Inside { mood, papers: Vec::new(), connections: 0 }));
        let own = inside.clone();
        let task = tokio::spawn(async move {
            let mut open = tokio::task::JoinSet::new();
            while let Ok((line, _)) = listener.accept().await {
                own.lock().expect("it").connections += 1;
                open.spawn(serve(line, own.clone()));
            }
        });
        Self { address, inside, task: task.abort_handle() }
    }

    /// Its address as an administrator writes it.
    pub fn address(&self) -> String {
        format!("tcp://{}", self.address)
    }

    /// Changes its mood.
    pub fn set(&self, mood: Mood) {
        self.inside.lock().expect("it").mood = mood;
    }

    /// What came out so far.
    pub fn papers(&self) -> Vec<Paper> {
        self.inside.lock().expect("it").papers.clone()
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        self.inside.lock().expect("it").connections
    }

    /// Waits until so many slips came out.
    pub async fn wait_for(&self, count: usize) -> Vec<Paper> {
        for _ in 0..400 {
            if self.papers().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let papers = self.papers();
        assert!(papers.len() >= count, "{} of {count} slips came out", papers.len());
        papers
    }
}

async fn serve(mut line: TcpStream, inside: Arc<Mutex<Inside>>) {
    let mood = || inside.lock().expect("it").mood;
    let (mut heard, mut paper, mut eaten) = (Vec::new(), Paper::default(), 0_usize);
    let mut piece = [0; 1024];
    loop {
        if mood() == Mood::HalfOpen {
            tokio::time::sleep(Duration::from_secs(60)).await;
            return;
        }
        let Ok(count @ 1..) = line.read(&mut piece).await else {
            return;
        };
        if let Mood::Slow(bytes_a_second) = mood() {
            tokio::time::sleep(Duration::from_secs_f64(count as f64 / f64::from(bytes_a_second))).await;
        }
        heard.extend(&piece[..count]);
        eaten += count;
        if let Mood::EndsAfter(bytes) = mood()
            && eaten > bytes
        {
            inside.lock().expect("it").mood = Mood::PaperOut;
        }
        while let Some((used, word)) = next(&heard) {
            heard.drain(..used);
            match word {
                Word::Nothing => {}
                Word::Ask(_) if mood() == Mood::Mute => {}
                Word::Ask(n) => {
                    if line.write_all(&[answer(mood(), n)]).await.is_err() {
                        return;
                    }
                }
                Word::Rows(row_bytes, dots) => {
                    paper.row_bytes = row_bytes;
                    paper.dots.extend(dots);
                }
                Word::Line(text) => paper.lines.push(text),
                Word::Code(text) => paper.codes.push(text),
                Word::Cut if mood() == Mood::PaperOut => paper = Paper::default(),
                Word::Cut => inside.lock().expect("it").papers.push(std::mem::take(&mut paper)),
            }
        }
    }
}

/// What `DLE EOT n` is answered.
fn answer(mood: Mood, n: u8) -> u8 {
    const FIXED: u8 = 0b0001_0010;
    let bits = match (mood, n) {
        (Mood::PaperOut, 1) | (Mood::CoverOpen, 1) | (Mood::Offline, 1) => 0b0000_1000,
        (Mood::PaperOut, 2) => 0b0010_0000,
        (Mood::CoverOpen, 2) => 0b0000_0100,
        (Mood::PaperOut, 4) => 0b0110_1100,
        _ => 0,
    };
    FIXED | bits
}

enum Word {
    Nothing,
    Ask(u8),
    Rows(usize, Vec<u8>),
    Line(String),
    Code(String),
    Cut,
}

/// The first word of what was heard, and its length; None: not all of it is there yet.
fn next(heard: &[u8]) -> Option<(usize, Word)> {
    let at = |n: usize| heard.get(n).copied();
    let number = |n: usize| Some(usize::from(at(n)?) + 256 * usize::from(at(n + 1)?));
    Some(match (at(0)?, at(1)) {
        (0x10, _) => {
            assert_eq!(at(1)?, 0x04, "DLE is followed by EOT");
            (3, Word::Ask(at(2)?))
        }
        (0x1b, Some(b'@')) => (2, Word::Nothing),
        (0x1b, Some(b'a')) => (3, at(2).map(|_| Word::Nothing)?),
        (0x1c, Some(b'&')) => (2, Word::Nothing),
        (0x1c, Some(b'!')) | (0x1d, Some(b'!')) => (3, at(2).map(|_| Word::Nothing)?),
        (0x1d, Some(b'V')) => {
            assert_eq!((at(2)?, at(3)?), (66, 0), "feed and cut");
            (4, Word::Cut)
        }
        (0x1d, Some(b'v')) => {
            assert_eq!((at(2)?, at(3)?), (b'0', 0), "GS v 0, normal size");
            let (row_bytes, rows) = (number(4)?, number(6)?);
            let end = 8 + row_bytes * rows;
            (end, Word::Rows(row_bytes, heard.get(8..end)?.to_vec()))
        }
        (0x1d, Some(b'(')) => {
            assert_eq!(at(2)?, b'k', "a code");
            let end = 5 + number(3)?;
            let body = heard.get(5..end)?;
            let stored = body.starts_with(&[0x31, 0x50, 0x30]);
            let word = if stored {
                Word::Code(String::from_utf8(body[3..].to_vec()).expect("an address"))
            } else {
                Word::Nothing
            };
            (end, word)
        }
        (0x1b..=0x1d, None) => return None,
        (0x1b..=0x1d, Some(other)) => panic!("this printer does not know {other:#x}"),
        _letters => {
            let end = heard.iter().position(|it| *it == b'\n')?;
            let (text, _, bad) = encoding_rs::GBK.decode(&heard[..end]);
            assert!(!bad, "letters are GBK");
            (end + 1, if text.is_empty() { Word::Nothing } else { Word::Line(text.into_owned()) })
        }
    })
}
