//! The hub's public door, as the bridge uses it: two requests, each with the bridge's token.
//!
//! A new connection for each press: presses are rare, and a connection that went stale over lunch
//! would cost the first press of the afternoon.

use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{Method, Request, StatusCode, Uri, header};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use serde_json::Value;
use tokio::net::TcpStream;

use super::line::{Answer, Fault};

/// How long one try may take; a pad's light should not wait longer than a person does.
const TRY_WITHIN: Duration = Duration::from_secs(2);
/// Pauses before the second and third try. All tries of a press carry the same key.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_millis(600)];
/// Largest answer that is read, bytes: a board, which is at most half of this.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// Where commands go.
pub struct Door {
    host: String,
    port: u16,
    hall: String,
    token: String,
}

/// What the bridge needs of a board.
#[derive(Deserialize)]
pub struct Board {
    /// The hall's counters.
    pub counters: Vec<Counter>,
    /// Its open tickets.
    pub tickets: Vec<Ticket>,
}

/// A counter on a board.
#[derive(Deserialize)]
pub struct Counter {
    /// Its id.
    pub id: String,
    /// What stands on its sign.
    pub label: String,
    /// Its state.
    pub state: String,
    /// The public name of its ticket.
    pub ticket: Option<i64>,
}

/// A ticket on a board.
#[derive(Deserialize)]
pub struct Ticket {
    /// Its public name.
    #[serde(rename = "ref")]
    pub reference: i64,
    /// What is printed.
    pub number: String,
}

impl Door {
    /// A door to this hall of this hub.
    pub fn new(hub: &str, hall: &str, token: &str) -> Result<Self, String> {
        let uri: Uri = hub.parse().map_err(|_| format!("{hub} is no address of a hub"))?;
        if uri.scheme_str() != Some("http") || uri.path() != "/" {
            return Err(format!("{hub}: the bridge speaks plain http to a hub near by, such as http://127.0.0.1:8080"));
        }
        let host = uri.host().ok_or_else(|| format!("{hub} names no host"))?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
        if hall.is_empty() || !hall.chars().all(is_name) {
            return Err(format!("{hall} is no id of a hall"));
        }
        if token.is_empty() || !token.chars().all(|c| c.is_ascii_graphic()) {
            return Err("the token file holds no token".into());
        }
        Ok(Self {
            host: host.to_owned(),
            port: uri.port_u16().unwrap_or(80),
            hall: hall.to_owned(),
            token: token.to_owned(),
        })
    }

    /// The board of the hall.
    pub async fn board(&self) -> Result<Board, Fault> {
        let (status, body) = self.ask_until_answered(Method::GET, "board", None, Bytes::new()).await?;
        if status == StatusCode::NOT_FOUND {
            return Err(Fault::NoSuchHall);
        }
        if status != StatusCode::OK {
            return Err(fault_of(status));
        }
        serde_json::from_slice(&body).map_err(|_| Fault::NotUnderstood)
    }

    /// Asks the hall for a command; the same key may be given again and the hall moves once.
    pub async fn submit(&self, command: &Value, key: &str) -> Answer {
        let body = Bytes::from(command.to_string());
        match self.ask_until_answered(Method::POST, "commands", Some(key), body).await {
            Ok((status, body)) => read_answer(status, &body),
            Err(fault) => Answer::Failed(fault),
        }
    }

    async fn ask_until_answered(
        &self,
        method: Method,
        what: &str,
        key: Option<&str>,
        body: Bytes,
    ) -> Result<(StatusCode, Bytes), Fault> {
        let mut pauses = PAUSES.into_iter();
        loop {
            let request = self.request(&method, what, key, body.clone())?;
            match tokio::time::timeout(TRY_WITHIN, self.ask(request)).await {
                Ok(Ok((status, body))) if !is_for_later(status) => return Ok((status, body)),
                Ok(Ok((status, _))) => tracing::warn!(%status, "the hub asks to come again"),
                Ok(Err(cause)) => tracing::warn!(%cause, "the hub is not reached"),
                Err(_) => tracing::warn!("the hub does not answer in time"),
            }
            let Some(pause) = pauses.next() else {
                return Err(Fault::HubAway);
            };
            tokio::time::sleep(pause).await;
        }
    }

    fn request(
        &self,
        method: &Method,
        what: &str,
        key: Option<&str>,
        body: Bytes,
    ) -> Result<Request<Full<Bytes>>, Fault> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1/halls/{}/{what}", self.hall))
            .header(header::HOST, format!("{}:{}", self.host, self.port))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        request.body(Full::new(body)).map_err(|_| Fault::NotUnderstood)
    }

    async fn ask(
        &self,
        request: Request<Full<Bytes>>,
    ) -> Result<(StatusCode, Bytes), Box<dyn std::error::Error + Send + Sync>> {
        let host = self.host.trim_matches(['[', ']']);
        let stream = TcpStream::connect((host, self.port)).await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let exchange = async move {
            let (head, body) = sender.send_request(request).await?.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await?.to_bytes();
            Ok((head.status, body))
        };
        // The connection carries the exchange and ends with it, when `sender` is gone.
        let (answer, _) = tokio::join!(exchange, connection);
        answer
    }
}

/// The hub is there but cannot answer at this moment; the same request is good in a moment.
fn is_for_later(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

fn fault_of(status: StatusCode) -> Fault {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Fault::NotAllowed,
        StatusCode::NOT_FOUND => Fault::NoSuchCounter,
        _ => Fault::NotUnderstood,
    }
}

/// An answer of the command door, as a pad hears it.
fn read_answer(status: StatusCode, body: &[u8]) -> Answer {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let number = text(&body["ticket"]["number"]);
    match status {
        StatusCode::OK => Answer::Ok { number, state: text(&body["counter"]["state"]).unwrap_or_else(|| "-".into()) },
        StatusCode::CONFLICT => Answer::No { code: text(&body["code"]).unwrap_or_else(|| "refused".into()), number },
        other => Answer::Failed(fault_of(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_address_of_a_hub_is_taken() {
        assert!(Door::new("http://127.0.0.1:8080", "demo", "t").is_ok());
        assert!(Door::new("http://[::1]:8080/", "demo", "t").is_ok());
        for (hub, hall, token) in [
            ("https://hall.example", "demo", "t"),
            ("http://127.0.0.1/x", "demo", "t"),
            ("127.0.0.1:8080", "demo", "t"),
            ("http://127.0.0.1", "a/b", "t"),
            ("http://127.0.0.1", "demo", ""),
            ("http://127.0.0.1", "demo", "two words"),
        ] {
            assert!(Door::new(hub, hall, token).is_err(), "{hub} {hall} {token}");
        }
    }

    #[test]
    fn the_hubs_answers_are_read_as_a_pad_hears_them() {
        let line = |status, body: &str| read_answer(status, body.as_bytes()).to_string();
        let called = r#"{"at":{"epoch":1,"seq":9},"ticket":{"number":"A012"},"counter":{"state":"calling"}}"#;
        assert_eq!(line(StatusCode::OK, called), "OK A012 calling");
        assert_eq!(line(StatusCode::OK, r#"{"ticket":null,"counter":{"state":"open"}}"#), "OK - open");
        let busy = r#"{"code":"counter_busy","ticket":{"number":"A012"}}"#;
        assert_eq!(line(StatusCode::CONFLICT, busy), "NO counter_busy A012");
        assert_eq!(line(StatusCode::FORBIDDEN, "{}"), "ERR not_allowed");
        assert_eq!(line(StatusCode::NOT_FOUND, ""), "ERR no_such_counter");
        assert_eq!(line(StatusCode::UNPROCESSABLE_ENTITY, "<html>"), "ERR not_understood");
    }
}
