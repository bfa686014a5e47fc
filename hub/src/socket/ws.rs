//! The WebSocket protocol (RFC 6455), the hub's side of it and no more: whole messages in, shared bytes out.
//!
//! Written by hand for one reason: the usual library copies each message into a buffer of the connection and
//! keeps that buffer, so every listener would hold on to a whole board for as long as it stays. Here a reader keeps
//! nothing between two messages and a writer keeps nothing at all. Knows no faces, frames or halls.

use std::future::poll_fn;
use std::io::IoSlice;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::time::timeout;

/// Largest message we read, bytes.
pub const MESSAGE_BYTES_MAX: usize = wire::hello::HELLO_BYTES_MAX;
/// Largest payload of a ping, pong or close, bytes (RFC 6455, 5.5).
const CONTROL_BYTES_MAX: usize = 125;
/// Bytes taken from the network at once.
const READ_BYTES: usize = 1024;
/// Most texts handed to the network in one call.
const TEXTS_MAX: usize = 64;

const CONTINUATION: u8 = 0x0;
const TEXT: u8 = 0x1;
const BINARY: u8 = 0x2;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const PONG: u8 = 0xA;
const FINAL: u8 = 0x80;
const MASKED: u8 = 0x80;

/// What a listener said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    /// A text; whether it is UTF-8 is found when it is read.
    Text(Vec<u8>),
    /// Something that is not a text.
    Binary,
    /// Wants a pong with the same payload.
    Ping(Vec<u8>),
    /// The answer to our ping.
    Pong,
    /// Goes, perhaps with a code.
    Close(Option<u16>),
}

/// Why no more can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    /// The connection ended.
    #[error("the connection ended")]
    Gone,
    /// Not the protocol.
    #[error("this is not the WebSocket protocol")]
    Protocol,
    /// A message larger than we read.
    #[error("a message is too large")]
    TooLarge,
}

/// Why no more can be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Stuck {
    /// The connection ended.
    #[error("the connection ended")]
    Gone,
    /// It takes nothing.
    #[error("the listener takes nothing")]
    Slow,
}

/// The reading half.
pub struct Reader<R> {
    read: R,
    /// Bytes that are not a whole frame yet.
    bytes: Vec<u8>,
    /// The beginning of a message that comes in fragments: whether it is a text, and its bytes.
    begun: Option<(bool, Vec<u8>)>,
}

/// One frame as it came.
struct Frame {
    last: bool,
    kind: u8,
    payload: Vec<u8>,
}

impl<R: AsyncRead + Unpin> Reader<R> {
    /// A reader; `before` was read from the connection already.
    pub fn new(read: R, before: &[u8]) -> Self {
        Self { read, bytes: before.to_vec(), begun: None }
    }

    /// The next whole message.
    pub async fn next(&mut self) -> Result<Said, Fault> {
        loop {
            while let Some(frame) = self.frame()? {
                if let Some(said) = self.take(frame)? {
                    return Ok(said);
                }
            }
            self.read_more().await?;
        }
    }

    /// Reads to the end and keeps nothing.
    pub async fn drain(&mut self) {
        while self.read_more().await.is_ok() {
            self.bytes.clear();
        }
    }

    async fn read_more(&mut self) -> Result<(), Fault> {
        let Self { read, bytes, .. } = self;
        poll_fn(|cx| {
            let mut room = [MaybeUninit::uninit(); READ_BYTES];
            let mut room = ReadBuf::uninit(&mut room);
            let done = Pin::new(&mut *read).poll_read(cx, &mut room);
            done.map(|done| match done {
                Ok(()) if room.filled().is_empty() => Err(Fault::Gone),
                Ok(()) => {
                    bytes.extend_from_slice(room.filled());
                    Ok(())
                }
                Err(_) => Err(Fault::Gone),
            })
        })
        .await
    }

    /// Takes a frame off the bytes read so far, if a whole one is there.
    fn frame(&mut self) -> Result<Option<Frame>, Fault> {
        let Some((head, header)) = Header::read(&self.bytes)? else {
            return Ok(None);
        };
        let begun = self.begun.as_ref().map_or(0, |(_, bytes)| bytes.len());
        if header.length + begun > MESSAGE_BYTES_MAX {
            return Err(Fault::TooLarge);
        }
        let Some(payload) = self.bytes.get(head..head + header.length) else {
            return Ok(None);
        };
        let payload = payload.iter().zip(header.mask.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect();
        self.bytes.drain(..head + header.length);
        if self.bytes.is_empty() {
            self.bytes = Vec::new();
        }
        Ok(Some(Frame { last: header.last, kind: header.kind, payload }))
    }

    /// What a frame says; nothing yet, if more fragments follow.
    fn take(&mut self, frame: Frame) -> Result<Option<Said>, Fault> {
        Ok(match (frame.kind, frame.last) {
            (PING, _) => Some(Said::Ping(frame.payload)),
            (PONG, _) => Some(Said::Pong),
            (CLOSE, _) => Some(Said::Close(close_code(&frame.payload)?)),
            (TEXT | BINARY, true) if self.begun.is_none() => Some(whole(frame.kind == TEXT, frame.payload)),
            (TEXT | BINARY, false) if self.begun.is_none() => {
                self.begun = Some((frame.kind == TEXT, frame.payload));
                None
            }
            (CONTINUATION, last) => {
                let (text, mut bytes) = self.begun.take().ok_or(Fault::Protocol)?;
                bytes.extend(frame.payload);
                if last {
                    return Ok(Some(whole(text, bytes)));
                }
                self.begun = Some((text, bytes));
                None
            }
            _ => return Err(Fault::Protocol),
        })
    }
}

fn whole(text: bool, bytes: Vec<u8>) -> Said {
    if text { Said::Text(bytes) } else { Said::Binary }
}

fn close_code(payload: &[u8]) -> Result<Option<u16>, Fault> {
    match payload {
        [] => Ok(None),
        [high, low, reason @ ..] if std::str::from_utf8(reason).is_ok() => Ok(Some(u16::from_be_bytes([*high, *low]))),
        _ => Err(Fault::Protocol),
    }
}

/// The head of a frame.
struct Header {
    last: bool,
    kind: u8,
    length: usize,
    mask: [u8; 4],
}

impl Header {
    /// The head and how many bytes it takes; none while it is not all there.
    fn read(bytes: &[u8]) -> Result<Option<(usize, Self)>, Fault> {
        let &[first, second, ref rest @ ..] = bytes else {
            return Ok(None);
        };
        let kind = first & 0x0F;
        let (last, control) = (first & FINAL != 0, kind >= CLOSE);
        // Reserved bits and kinds mean an extension we never agreed to; a client's frame is always masked.
        let strange = first & 0x70 != 0 || !matches!(kind, CONTINUATION | TEXT | BINARY | CLOSE | PING | PONG);
        if strange || second & MASKED == 0 || (control && !last) {
            return Err(Fault::Protocol);
        }
        let (wide, length) = match (second & !MASKED, rest) {
            (126, &[a, b, ..]) => (2, u64::from(u16::from_be_bytes([a, b]))),
            (127, &[a, b, c, d, e, f, g, h, ..]) => (8, u64::from_be_bytes([a, b, c, d, e, f, g, h])),
            (126 | 127, _) => return Ok(None),
            (short, _) => (0, u64::from(short)),
        };
        let length = usize::try_from(length).map_err(|_| Fault::TooLarge)?;
        if control && length > CONTROL_BYTES_MAX {
            return Err(Fault::Protocol);
        }
        if length > MESSAGE_BYTES_MAX {
            return Err(Fault::TooLarge);
        }
        let Some(&[a, b, c, d]) = rest.get(wide..wide + 4) else {
            return Ok(None);
        };
        Ok(Some((2 + wide + 4, Self { last, kind, length, mask: [a, b, c, d] })))
    }
}

/// The writing half.
pub struct Writer<W> {
    write: W,
    drain_within: Duration,
}

/// The head of one of our frames.
#[derive(Clone, Copy)]
struct Head {
    bytes: [u8; 10],
    length: usize,
}

impl<W: AsyncWrite + Unpin> Writer<W> {
    /// A writer; a listener that takes nothing for `drain_within` is too slow.
    pub fn new(write: W, drain_within: Duration) -> Self {
        Self { write, drain_within }
    }

    /// Writes texts with as few calls as the network allows; their bytes are shared, not copied.
    pub async fn texts(&mut self, texts: &[Bytes]) -> Result<(), Stuck> {
        if let [text] = texts {
            let head = Head::of(TEXT, text.len());
            return self.send(&mut [IoSlice::new(head.as_slice()), IoSlice::new(text)]).await;
        }
        for texts in texts.chunks(TEXTS_MAX) {
            // On the heap, or every idle listener would keep room for it.
            let heads: Vec<_> = texts.iter().map(|it| Head::of(TEXT, it.len())).collect();
            let pairs = heads.iter().zip(texts);
            let mut slices: Vec<_> =
                pairs.flat_map(|(head, text)| [IoSlice::new(head.as_slice()), IoSlice::new(text)]).collect();
            self.send(&mut slices).await?;
        }
        Ok(())
    }

    /// Asks for a sign of life.
    pub async fn ping(&mut self) -> Result<(), Stuck> {
        self.control(PING, &[]).await
    }

    /// Answers a listener's ping.
    pub async fn pong(&mut self, payload: &[u8]) -> Result<(), Stuck> {
        self.control(PONG, payload).await
    }

    /// Says good-bye with a code and words, and writes nothing more.
    pub async fn close(&mut self, code: u16, why: &str) -> Result<(), Stuck> {
        let payload = [&code.to_be_bytes(), why.as_bytes()].concat();
        self.control(CLOSE, &payload).await?;
        self.write.shutdown().await.map_err(|_| Stuck::Gone)
    }

    async fn control(&mut self, kind: u8, payload: &[u8]) -> Result<(), Stuck> {
        let payload = &payload[..payload.len().min(CONTROL_BYTES_MAX)];
        let head = Head::of(kind, payload.len());
        self.send(&mut [IoSlice::new(head.as_slice()), IoSlice::new(payload)]).await
    }

    async fn send(&mut self, mut slices: &mut [IoSlice<'_>]) -> Result<(), Stuck> {
        while slices.iter().any(|it| !it.is_empty()) {
            match timeout(self.drain_within, self.write.write_vectored(slices)).await {
                Ok(Ok(taken)) if taken > 0 => IoSlice::advance_slices(&mut slices, taken),
                Ok(Ok(_) | Err(_)) => return Err(Stuck::Gone),
                Err(_) => return Err(Stuck::Slow),
            }
        }
        Ok(())
    }
}

impl Head {
    /// The shortest head of a whole, unmasked frame.
    fn of(kind: u8, payload: usize) -> Self {
        let mut bytes = [0; 10];
        bytes[0] = FINAL | kind;
        let length = if let Ok(short @ 0..=125) = u8::try_from(payload) {
            bytes[1] = short;
            2
        } else if let Ok(middle) = u16::try_from(payload) {
            bytes[1] = 126;
            bytes[2..4].copy_from_slice(&middle.to_be_bytes());
            4
        } else {
            bytes[1] = 127;
            bytes[2..].copy_from_slice(&(payload as u64).to_be_bytes());
            10
        };
        Self { bytes, length }
    }

    fn as_slice(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame as a client sends it.
    fn client(first: u8, payload: &[u8]) -> Vec<u8> {
        let mask = [1, 2, 3, 4];
        let mut bytes = vec![first];
        match payload.len() {
            short @ 0..=125 => bytes.push(MASKED | u8::try_from(short).unwrap()),
            middle => {
                bytes.push(MASKED | 126);
                bytes.extend(u16::try_from(middle).unwrap().to_be_bytes());
            }
        }
        bytes.extend(mask);
        bytes.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        bytes
    }

    async fn read(bytes: &[u8]) -> (Vec<Said>, Fault) {
        let mut reader = Reader::new(bytes, &[]);
        let mut all = Vec::new();
        loop {
            match reader.next().await {
                Ok(said) => all.push(said),
                Err(fault) => return (all, fault),
            }
        }
    }

    #[tokio::test]
    async fn a_text_is_unmasked() {
        assert_eq!(read(&client(0x81, "你好".as_bytes())).await.0, [Said::Text("你好".into())]);
        let long = vec![b'x'; 5_000];
        assert_eq!(read(&client(0x81, &long)).await.0, [Said::Text(long)]);
    }

    #[tokio::test]
    async fn fragments_are_put_together_around_a_ping() {
        let bytes = [client(0x01, b"ab"), client(0x89, b"hey"), client(0x00, b"cd"), client(0x80, b"e")].concat();
        assert_eq!(read(&bytes).await.0, [Said::Ping(b"hey".to_vec()), Said::Text(b"abcde".to_vec())]);
    }

    #[tokio::test]
    async fn bytes_that_come_one_by_one_are_the_same_message() {
        let bytes = [client(0x81, b"hello"), client(0x8A, b""), client(0x88, &[0x03, 0xE8])].concat();
        let mut stream = tokio_test_stream(&bytes);
        let mut reader = Reader::new(&mut stream, &[]);
        assert_eq!(reader.next().await, Ok(Said::Text(b"hello".to_vec())));
        assert_eq!(reader.next().await, Ok(Said::Pong));
        assert_eq!(reader.next().await, Ok(Said::Close(Some(1000))));
        assert!(reader.bytes.capacity() == 0, "an idle reader keeps nothing");
    }

    /// A stream that gives one byte at a time.
    fn tokio_test_stream(bytes: &[u8]) -> impl AsyncRead + Unpin {
        struct Slow(Vec<u8>);
        impl AsyncRead for Slow {
            fn poll_read(
                mut self: Pin<&mut Self>,
                _: &mut std::task::Context<'_>,
                room: &mut ReadBuf<'_>,
            ) -> std::task::Poll<std::io::Result<()>> {
                if !self.0.is_empty() {
                    room.put_slice(&[self.0.remove(0)]);
                }
                std::task::Poll::Ready(Ok(()))
            }
        }
        Slow(bytes.to_vec())
    }

    #[tokio::test]
    async fn what_is_not_the_protocol_is_refused() {
        for bytes in [
            vec![0x81, 0x02, b'h', b'i'],
            client(0xC1, b"extension"),
            client(0x83, b"reserved kind"),
            client(0x09, b"a ping in fragments"),
            client(0x89, &[b'x'; 126]),
            client(0x80, b"a continuation of nothing"),
            [client(0x01, b"begun"), client(0x81, b"and begun again")].concat(),
            client(0x88, &[3]),
            client(0x88, &[0x03, 0xE8, 0xFF]),
        ] {
            assert_eq!(read(&bytes).await, (vec![], Fault::Protocol), "{bytes:?}");
        }
    }

    #[tokio::test]
    async fn too_large_is_refused_at_its_head_and_in_sum() {
        let head = [&[0x81, MASKED | 127][..], &(20_000_u64).to_be_bytes(), &[0; 4]].concat();
        assert_eq!(read(&head).await.1, Fault::TooLarge);
        let half = vec![b'x'; 10_000];
        assert_eq!(read(&[client(0x01, &half), client(0x80, &half)].concat()).await.1, Fault::TooLarge);
        let endless = [&[0x81, MASKED | 127][..], &u64::MAX.to_be_bytes(), &[0; 4]].concat();
        assert_eq!(read(&endless).await.1, Fault::TooLarge);
    }

    async fn written<F>(room: usize, write: impl FnOnce(Writer<tokio::io::DuplexStream>) -> F) -> Vec<u8>
    where
        F: Future<Output = Result<(), Stuck>>,
    {
        let (near, mut far) = tokio::io::duplex(room);
        let mut got = Vec::new();
        let read = tokio::io::AsyncReadExt::read_to_end(&mut far, &mut got);
        let (sent, read) = tokio::join!(write(Writer::new(near, Duration::from_secs(1))), read);
        assert!(sent.is_ok() && read.is_ok());
        got
    }

    #[tokio::test]
    async fn what_we_write_has_the_shortest_head() {
        let text =
            |n| async move { written(1 << 20, |mut it| async move { it.texts(&[vec![b'x'; n].into()]).await }).await };
        assert_eq!(text(2).await, [0x81, 2, b'x', b'x']);
        assert_eq!(text(126).await[..4], [0x81, 126, 0, 126]);
        assert_eq!(text(65_536).await[..10], [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
        let close = written(99, |mut it| async move { it.close(4001, "slow").await }).await;
        assert_eq!(close, [0x88, 6, 0x0F, 0xA1, b's', b'l', b'o', b'w']);
        assert_eq!(written(99, |mut it| async move { it.ping().await }).await, [0x89, 0]);
    }

    #[tokio::test]
    async fn many_texts_arrive_in_order_through_a_narrow_pipe() {
        let texts: Vec<Bytes> = (0..50_u8).map(|n| vec![n; usize::from(n) * 7].into()).collect();
        let whole: Vec<u8> = texts.iter().flat_map(|it| [Head::of(TEXT, it.len()).as_slice(), it].concat()).collect();
        assert_eq!(written(7, |mut it| async move { it.texts(&texts).await }).await, whole);
    }

    #[tokio::test]
    async fn who_takes_nothing_is_too_slow_and_who_takes_a_little_is_not() {
        let (near, mut far) = tokio::io::duplex(4);
        let mut writer = Writer::new(near, Duration::from_millis(50));
        let text: Bytes = vec![b'x'; 12].into();
        let reads = async {
            for _ in 0..12 {
                tokio::time::sleep(Duration::from_millis(10)).await;
                let mut one = [0];
                tokio::io::AsyncReadExt::read_exact(&mut far, &mut one).await.unwrap();
            }
        };
        let (sent, ()) = tokio::join!(writer.texts(std::slice::from_ref(&text)), reads);
        assert_eq!(sent, Ok(()));
        assert_eq!(writer.texts(&[text]).await, Err(Stuck::Slow));
    }
}
