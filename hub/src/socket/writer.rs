//! The writing half of a listener's socket: texts that all listeners share, and the few words of the protocol.
//!
//! The library copies what it sends into a buffer of the connection and keeps that as large as it ever was; a
//! listener would hold on to a whole board for as long as it stays. So the library's side of a connection lives for
//! one batch only, large texts go in parts, and between two batches nothing is kept.

use bytes::Bytes;
use futures_util::SinkExt as _;
use std::time::Duration;
use tokio::io::{AsyncWrite, AsyncWriteExt as _, empty, join};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::patience::Patient;

/// Largest part of a text, and what is gathered before it is handed to the network, bytes.
const PART_BYTES: usize = 16 * 1024;

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

impl From<Error> for Stuck {
    fn from(cause: Error) -> Self {
        match cause {
            Error::Io(cause) if cause.kind() == std::io::ErrorKind::TimedOut => Self::Slow,
            Error::Io(_)
            | Error::ConnectionClosed
            | Error::AlreadyClosed
            | Error::Tls(_)
            | Error::Capacity(_)
            | Error::Protocol(_)
            | Error::WriteBufferFull(_)
            | Error::Utf8(_)
            | Error::AttackAttempt
            | Error::Url(_)
            | Error::Http(_)
            | Error::HttpFormat(_) => Self::Gone,
        }
    }
}

/// See the module.
pub struct Writer<W> {
    write: Patient<W>,
}

impl<W: AsyncWrite + Unpin + Send> Writer<W> {
    /// A writer; a listener that takes nothing for `drain_within` is too slow.
    pub fn new(write: W, drain_within: Duration) -> Self {
        Self { write: Patient::new(write, drain_within) }
    }

    /// Writes texts with as few calls as the network allows.
    pub async fn texts(&mut self, texts: &[Bytes]) -> Result<(), Stuck> {
        self.send(texts.iter().flat_map(parts).collect()).await
    }

    /// Asks for a sign of life.
    pub async fn ping(&mut self) -> Result<(), Stuck> {
        self.send(vec![Frame::ping(Bytes::new())]).await
    }

    /// Answers a listener's ping.
    pub async fn pong(&mut self, payload: Bytes) -> Result<(), Stuck> {
        self.send(vec![Frame::pong(payload)]).await
    }

    /// Says good-bye with a code and words, and writes nothing more.
    pub async fn close(&mut self, code: u16, why: &str) -> Result<(), Stuck> {
        let why = CloseFrame { code: code.into(), reason: why.into() };
        self.send(vec![Frame::close(Some(why))]).await?;
        self.write.shutdown().await.map_err(|_| Stuck::Gone)
    }

    async fn send(&mut self, frames: Vec<Frame>) -> Result<(), Stuck> {
        let config = WebSocketConfig::default().read_buffer_size(0).write_buffer_size(PART_BYTES);
        // On the heap, or every idle listener would keep room for it.
        let sending = Box::pin(async {
            let stream = join(empty(), &mut self.write);
            let mut socket = WebSocketStream::from_raw_socket(stream, Role::Server, Some(config)).await;
            for frame in frames {
                socket.feed(Message::Frame(frame)).await?;
            }
            socket.flush().await
        });
        Ok(sending.await?)
    }
}

/// A text as the frames it travels in: nearly always one.
fn parts(text: &Bytes) -> impl Iterator<Item = Frame> {
    let starts = (0..text.len().max(1)).step_by(PART_BYTES);
    starts.map(|start| {
        let end = text.len().min(start + PART_BYTES);
        let kind = if start == 0 { Data::Text } else { Data::Continue };
        Frame::message(text.slice(start..end), OpCode::Data(kind), end == text.len())
    })
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt as _;
    use tokio::io::{AsyncReadExt as _, DuplexStream, duplex};

    use super::*;

    async fn written<F>(room: usize, write: impl FnOnce(Writer<DuplexStream>) -> F) -> Vec<u8>
    where
        F: Future<Output = Result<(), Stuck>>,
    {
        let (near, mut far) = duplex(room);
        let mut got = Vec::new();
        let read = far.read_to_end(&mut got);
        let (sent, read) = tokio::join!(write(Writer::new(near, Duration::from_secs(1))), read);
        assert!(sent.is_ok() && read.is_ok());
        got
    }

    #[tokio::test]
    async fn a_text_is_one_frame_and_a_good_bye_has_its_code() {
        let text =
            |n| async move { written(1 << 20, |mut it| async move { it.texts(&[vec![b'x'; n].into()]).await }).await };
        assert_eq!(text(2).await, [0x81, 2, b'x', b'x']);
        assert_eq!(text(126).await[..4], [0x81, 126, 0, 126]);
        assert_eq!(text(PART_BYTES).await[..4], [0x81, 126, 0x40, 0]);
        let close = written(99, |mut it| async move { it.close(4001, "slow").await }).await;
        assert_eq!(close, [0x88, 6, 0x0F, 0xA1, b's', b'l', b'o', b'w']);
        assert_eq!(written(99, |mut it| async move { it.ping().await }).await, [0x89, 0]);
        assert_eq!(written(99, |mut it| async move { it.pong("hi".into()).await }).await, [0x8A, 2, b'h', b'i']);
    }

    #[tokio::test]
    async fn texts_of_every_size_arrive_whole_and_in_order_through_a_narrow_pipe() {
        let sizes = [0, 1, 125, 126, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 5 * PART_BYTES + 7, 3];
        // Three bytes a letter: parts are cut inside of letters.
        let texts: Vec<Bytes> = sizes.iter().map(|n| "排".repeat(*n).into()).collect();
        let (near, far) = duplex(1_000);
        let mut writer = Writer::new(near, Duration::from_secs(10));
        let send = async {
            writer.texts(&texts).await.unwrap();
            writer.close(1000, "").await.unwrap();
        };
        let read = async {
            let socket = WebSocketStream::from_raw_socket(far, Role::Client, None).await;
            socket.filter_map(async |it| it.unwrap().into_text().ok()).take(sizes.len()).collect::<Vec<_>>().await
        };
        let ((), got) = tokio::join!(send, read);
        assert!(got.iter().map(|it| it.as_bytes()).eq(texts.iter().map(|it| &it[..])));
    }

    #[tokio::test]
    async fn who_takes_nothing_is_too_slow_and_who_takes_a_little_is_not() {
        let (near, mut far) = duplex(4);
        let mut writer = Writer::new(near, Duration::from_millis(50));
        let text: Bytes = vec![b'x'; 12].into();
        let reads = async {
            for _ in 0..12 {
                tokio::time::sleep(Duration::from_millis(10)).await;
                far.read_u8().await.unwrap();
            }
        };
        let (sent, ()) = tokio::join!(writer.texts(std::slice::from_ref(&text)), reads);
        assert_eq!(sent, Ok(()));
        assert_eq!(writer.texts(&[text]).await, Err(Stuck::Slow));
    }
}
