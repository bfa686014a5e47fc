//! From an HTTP request to a socket: the opening handshake of RFC 6455, section 4.2.
//!
//! Says nothing about who may listen; that is decided by the hello.

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto::upgrade::downcast;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::error::Error;

/// The protocol we speak.
pub const PROTOCOL: &str = "hallcast.v1";
/// Largest value of the key header we look at, bytes.
const KEY_BYTES_MAX: usize = 64;

/// A request that may become a socket.
pub struct Upgrade {
    key: HeaderValue,
    offered: Vec<String>,
    soon: OnUpgrade,
}

/// The connection, and what was read from it too early.
pub struct Opened {
    /// The connection.
    pub stream: TcpStream,
    /// Bytes that came with the request.
    pub before: bytes::Bytes,
}

impl<S: Send + Sync> FromRequestParts<S> for Upgrade {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let headers = &parts.headers;
        if !has(headers, header::CONNECTION, "upgrade") || !has(headers, header::UPGRADE, "websocket") {
            return Err(Error::Status(
                StatusCode::UPGRADE_REQUIRED,
                "this address is a WebSocket; open it as one".into(),
            ));
        }
        if !has(headers, header::SEC_WEBSOCKET_VERSION, "13") {
            return Err(Error::Status(StatusCode::BAD_REQUEST, "this hub speaks version 13 of WebSocket".into()));
        }
        let key = headers.get(header::SEC_WEBSOCKET_KEY).filter(|it| it.len() <= KEY_BYTES_MAX).cloned();
        let key = key
            .ok_or_else(|| Error::Status(StatusCode::BAD_REQUEST, "the header Sec-WebSocket-Key is missing".into()))?;
        let offered = words(headers, header::SEC_WEBSOCKET_PROTOCOL).map(str::to_owned).collect();
        let soon = parts.extensions.remove::<OnUpgrade>();
        let soon = soon.ok_or_else(|| {
            Error::Status(StatusCode::BAD_REQUEST, "this connection cannot become a WebSocket".into())
        })?;
        Ok(Self { key, offered, soon })
    }
}

impl Upgrade {
    /// Whether the listener speaks our protocol. One that names none is taken to: there is only one so far.
    pub fn speaks_ours(&self) -> bool {
        self.offered.is_empty() || self.offered.iter().any(|it| it == PROTOCOL)
    }

    /// The answer, and the connection as soon as it was sent.
    pub fn accept(self) -> (Response, impl Future<Output = Result<Opened, Error>>) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        let headers = response.headers_mut();
        headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        if let Ok(answer) = HeaderValue::from_str(&derive_accept_key(self.key.as_bytes())) {
            headers.insert(header::SEC_WEBSOCKET_ACCEPT, answer);
        }
        // A browser only tells its page our close code if one of its protocols was chosen, so one always is.
        let ours = self.offered.iter().find(|it| *it == PROTOCOL).or(self.offered.first());
        if let Some(protocol) = ours.and_then(|it| HeaderValue::from_str(it).ok()) {
            headers.insert(header::SEC_WEBSOCKET_PROTOCOL, protocol);
        }
        let opened = async {
            let broken = |what: &str| Error::Broken(format!("a socket did not open: {what}"));
            let upgraded = self.soon.await.map_err(|cause| broken(&cause.to_string()))?;
            let parts = downcast::<TokioIo<TcpStream>>(upgraded).map_err(|_| broken("not over TCP"))?;
            Ok(Opened { stream: parts.io.into_inner(), before: parts.read_buf })
        };
        (response, opened)
    }
}

fn words(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let values = headers.get_all(name).into_iter().filter_map(|it| it.to_str().ok());
    values.flat_map(|it| it.split(',')).map(str::trim).filter(|it| !it.is_empty())
}

fn has(headers: &HeaderMap, name: HeaderName, word: &str) -> bool {
    words(headers, name).any(|it| it.eq_ignore_ascii_case(word))
}
