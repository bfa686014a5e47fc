//! The reading half of a listener's socket: whole messages in, at most as large as a hello.
//!
//! The protocol (RFC 6455) is the library's; this only says what of it a session hears. It never writes: what the
//! library answers by itself goes nowhere, the writing task answers.

use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::io::{AsyncRead, Join, Sink, join, sink};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};

/// Largest message we read, bytes.
pub const MESSAGE_BYTES_MAX: usize = wire::hello::HELLO_BYTES_MAX;
/// Bytes taken from the network at once, and kept for it by every listener.
const READ_BYTES: usize = 1024;

/// What a listener said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    /// A text.
    Text(Utf8Bytes),
    /// Something that is not a text.
    Binary,
    /// Wants a pong with the same payload.
    Ping(Bytes),
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
    /// A text that is no text.
    #[error("a text is not UTF-8")]
    NotText,
    /// A message larger than we read.
    #[error("a message is too large")]
    TooLarge,
}

impl From<Error> for Fault {
    fn from(cause: Error) -> Self {
        match cause {
            Error::ConnectionClosed
            | Error::AlreadyClosed
            | Error::Io(_)
            | Error::Tls(_)
            | Error::WriteBufferFull(_)
            | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => Self::Gone,
            Error::Capacity(_) => Self::TooLarge,
            Error::Utf8(_) => Self::NotText,
            Error::Protocol(_) | Error::AttackAttempt | Error::Url(_) | Error::Http(_) | Error::HttpFormat(_) => {
                Self::Protocol
            }
        }
    }
}

/// See the module.
pub struct Reader<R> {
    socket: WebSocketStream<Join<R, Sink>>,
}

impl<R: AsyncRead + Unpin> Reader<R> {
    /// A reader; `before` was read from the connection already.
    pub async fn new(read: R, before: Vec<u8>) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BYTES)
            .write_buffer_size(0)
            .max_message_size(Some(MESSAGE_BYTES_MAX))
            .max_frame_size(Some(MESSAGE_BYTES_MAX));
        let stream = join(read, sink());
        Self { socket: WebSocketStream::from_partially_read(stream, before, Role::Server, Some(config)).await }
    }

    /// The next whole message.
    pub async fn next(&mut self) -> Result<Said, Fault> {
        match self.socket.next().await.ok_or(Fault::Gone)?? {
            Message::Text(text) => Ok(Said::Text(text)),
            Message::Binary(_) => Ok(Said::Binary),
            Message::Ping(payload) => Ok(Said::Ping(payload)),
            Message::Pong(_) => Ok(Said::Pong),
            Message::Close(why) => Ok(Said::Close(why.map(|it| it.code.into()))),
            // Only ever written.
            Message::Frame(_) => Err(Fault::Protocol),
        }
    }

    /// Reads to the end and keeps nothing.
    pub async fn drain(self) {
        let _ = tokio::io::copy(&mut self.socket.into_inner(), &mut sink()).await;
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use tokio::io::ReadBuf;

    use super::*;

    const MASKED: u8 = 0x80;

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
        let mut reader = Reader::new(bytes, Vec::new()).await;
        let mut all = Vec::new();
        loop {
            match reader.next().await {
                Ok(said) => all.push(said),
                Err(fault) => return (all, fault),
            }
        }
    }

    fn text(text: &str) -> Said {
        Said::Text(text.into())
    }

    #[tokio::test]
    async fn a_text_is_unmasked() {
        assert_eq!(read(&client(0x81, "你好".as_bytes())).await.0, [text("你好")]);
        let long = "x".repeat(5_000);
        assert_eq!(read(&client(0x81, long.as_bytes())).await.0, [text(&long)]);
    }

    #[tokio::test]
    async fn what_came_with_the_request_is_heard_first() {
        let (early, late) = (client(0x81, b"hello"), client(0x8A, b""));
        let (before, after) = early.split_at(4);
        let after = [after, &late].concat();
        let mut reader = Reader::new(&after[..], before.to_vec()).await;
        assert_eq!(reader.next().await, Ok(text("hello")));
        assert_eq!(reader.next().await, Ok(Said::Pong));
    }

    #[tokio::test]
    async fn fragments_are_put_together_around_a_ping() {
        let bytes = [client(0x01, b"ab"), client(0x89, b"hey"), client(0x00, b"cd"), client(0x80, b"e")].concat();
        assert_eq!(read(&bytes).await.0, [Said::Ping("hey".into()), text("abcde")]);
    }

    #[tokio::test]
    async fn bytes_that_come_one_by_one_are_the_same_message() {
        let bytes = [client(0x81, b"hello"), client(0x8A, b""), client(0x88, &[0x03, 0xE8])].concat();
        let mut reader = Reader::new(Slow(bytes), Vec::new()).await;
        assert_eq!(reader.next().await, Ok(text("hello")));
        assert_eq!(reader.next().await, Ok(Said::Pong));
        assert_eq!(reader.next().await, Ok(Said::Close(Some(1000))));
    }

    /// A stream that gives one byte at a time.
    struct Slow(Vec<u8>);

    impl AsyncRead for Slow {
        fn poll_read(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            room: &mut ReadBuf<'_>,
        ) -> Poll<std::io::Result<()>> {
            if !self.0.is_empty() {
                room.put_slice(&[self.0.remove(0)]);
            }
            Poll::Ready(Ok(()))
        }
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
        ] {
            assert_eq!(read(&bytes).await, (vec![], Fault::Protocol), "{bytes:?}");
        }
        for bytes in [client(0x81, &[0xFF, 0xFE]), client(0x88, &[0x03, 0xE8, 0xFF])] {
            assert_eq!(read(&bytes).await, (vec![], Fault::NotText), "{bytes:?}");
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
}
