//! The socket: says hello, resumes where it was, and comes back for as long as the hub wants it back.
//!
//! It passes on what it hears and decides nothing. It remembers one position; the hub tells every entry after it once.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use wire::At;
use wire::heard::{Heard, Retry, Welcome};
use wire::hello::{Face, First, Follow, Hello};

use crate::chance;
use crate::hub::Pass;

/// How long a connection may take.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
/// Bounds of the wait before the hub has said any.
const RETRY: Retry = Retry { min_s: 0.5, max_s: 5.0 };
/// Seconds between beats before the hub has said how many.
const HEARTBEAT_S: u32 = 15;
/// So many beats may be missed.
const BEATS_MISSED: u32 = 2;
/// The hub closed because this player has changed: it wants it back at once.
const CHANGED: u16 = 4_004;
/// From this close code on a listener does not come back.
const STAY_AWAY: u16 = 4_500;
/// A player that falls behind asks anew instead of piling up.
pub const NEWS_MAX: usize = 1_024;

/// What a link tells.
#[derive(Debug)]
pub enum News {
    /// The hub answered: everything after this is live.
    Live(Welcome),
    /// It said something.
    Heard(Box<Heard>),
    /// The connection is gone; it is tried again.
    Lost(String),
}

/// Why a link ended for good.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Ended {
    /// The hub does not want it back.
    #[error("the hub closed with {0}: {1}")]
    NotWanted(u16, String),
    /// The address cannot be used.
    #[error("{0} is no address of a hub")]
    Address(String),
    /// Whoever listened to it is gone.
    #[error("nobody listens any more")]
    Unheard,
}

/// The link to a hub.
pub struct Link {
    base: String,
    pass: Pass,
    hall: String,
    at: Option<At>,
    retry: Retry,
    silent_after: Duration,
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Why one connection ended.
enum Broke {
    ComeBack(String),
    /// Without waiting first.
    AtOnce(String),
    Ended(Ended),
}

impl Link {
    /// A link that follows one hall from now on.
    pub fn new(base: &str, pass: Pass, hall: &str) -> Self {
        Self {
            base: base.to_owned(),
            pass,
            hall: hall.to_owned(),
            at: None,
            retry: RETRY,
            silent_after: silence(HEARTBEAT_S),
        }
    }

    /// Follows until the hub does not want it back, or nobody listens.
    pub async fn run(mut self, news: mpsc::Sender<News>) -> Ended {
        loop {
            let (why, wait) = match self.once(&news).await {
                Broke::ComeBack(why) => (why, true),
                Broke::AtOnce(why) => (why, false),
                Broke::Ended(ended) => return ended,
            };
            if news.send(News::Lost(why)).await.is_err() {
                return Ended::Unheard;
            }
            if wait {
                tokio::time::sleep(chance::wait(self.retry)).await;
            }
        }
    }

    async fn once(&mut self, news: &mpsc::Sender<News>) -> Broke {
        let mut socket = match tokio::time::timeout(CONNECT_WITHIN, self.connect()).await {
            Ok(Ok(socket)) => socket,
            Ok(Err(broke)) => return broke,
            Err(_) => return Broke::ComeBack("the hub does not answer in time".into()),
        };
        loop {
            let message = match tokio::time::timeout(self.silent_after, socket.next()).await {
                Ok(Some(Ok(message))) => message,
                Ok(Some(Err(cause))) => return Broke::ComeBack(cause.to_string()),
                Ok(None) => return Broke::ComeBack("the connection ended".into()),
                Err(_) => return Broke::ComeBack("the hub is silent".into()),
            };
            match message {
                Message::Text(text) => {
                    if let Some(one) = self.understand(&text)
                        && news.send(one).await.is_err()
                    {
                        return Broke::Ended(Ended::Unheard);
                    }
                }
                Message::Close(why) => return closed(why),
                Message::Ping(_) | Message::Pong(_) | Message::Binary(_) | Message::Frame(_) => {}
            }
        }
    }

    async fn connect(&self) -> Result<Socket, Broke> {
        let away = |cause: tungstenite::Error| Broke::ComeBack(cause.to_string());
        let address = format!("{}/api/v1/socket", self.base.replacen("http", "ws", 1));
        let wrong = |_| Broke::Ended(Ended::Address(self.base.clone()));
        let mut request = address.as_str().into_client_request().map_err(wrong)?;
        request
            .headers_mut()
            .insert("sec-websocket-protocol", tungstenite::http::HeaderValue::from_static("hallcast.v1"));
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await.map_err(away)?;
        let follow =
            Follow { hall: self.hall.clone(), at: self.at, zones: None, counters: None, ticket: None, cut: None };
        let hello = Hello { token: Some(self.pass.token.clone()), face: Face::Player, follow: vec![follow] };
        let first = serde_json::to_string(&First { hello }).map_err(|it| Broke::ComeBack(it.to_string()))?;
        socket.send(Message::text(first)).await.map_err(away)?;
        Ok(socket)
    }

    /// Keeps the position; none for what this version does not know.
    fn understand(&mut self, text: &str) -> Option<News> {
        let heard: Heard = match serde_json::from_str(text) {
            Ok(heard) => heard,
            Err(cause) => {
                tracing::debug!(%cause, "the hub said something new");
                return None;
            }
        };
        match &heard {
            Heard::Welcome { welcome } => {
                self.retry = welcome.retry;
                self.silent_after = silence(welcome.heartbeat_s);
                return Some(News::Live(welcome.clone()));
            }
            Heard::Board { board, .. } => self.at = Some(board.at),
            Heard::Frame { at, .. } => self.at = Some(*at),
            Heard::Mine { .. }
            | Heard::Live { .. }
            | Heard::Voice { .. }
            | Heard::Summary { .. }
            | Heard::Beat { .. } => {}
        }
        Some(News::Heard(Box::new(heard)))
    }
}

fn silence(heartbeat_s: u32) -> Duration {
    Duration::from_secs(u64::from((BEATS_MISSED + 1) * heartbeat_s.max(1)))
}

fn closed(why: Option<CloseFrame>) -> Broke {
    match why {
        Some(why) if u16::from(why.code) >= STAY_AWAY => {
            Broke::Ended(Ended::NotWanted(why.code.into(), why.reason.to_string()))
        }
        Some(why) if u16::from(why.code) == CHANGED => Broke::AtOnce(why.reason.to_string()),
        Some(why) => Broke::ComeBack(format!("{}: {}", u16::from(why.code), why.reason)),
        None => Broke::ComeBack("the hub closed".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_changed_is_back_at_once_and_who_is_not_wanted_stays_away() {
        let close = |code: u16| closed(Some(CloseFrame { code: code.into(), reason: "so".into() }));
        assert!(matches!(close(4_004), Broke::AtOnce(why) if why == "so"));
        for code in [4_000, 4_001, 4_002, 4_003] {
            assert!(matches!(close(code), Broke::ComeBack(why) if why == format!("{code}: so")));
        }
        assert!(matches!(close(4_500), Broke::Ended(Ended::NotWanted(4_500, _))));
    }
}
