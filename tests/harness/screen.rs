//! Something that listens on the socket and keeps its board by the wire's own fold.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message, client::IntoClientRequest as _};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use wire::frame::AnyFrame;
use wire::heard::Heard;
use wire::{At, Board, Frame, Part};

/// How long a message may take before a test gives up.
const WITHIN: Duration = Duration::from_secs(10);
/// Bytes a listener reads at once.
const READ_BYTES: usize = 4 * 1024;

/// A listener. Everything it heard stays in `frames` and `texts`.
pub struct TestScreen {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// The board, once it came.
    pub board: Option<Board>,
    /// The part it follows: its board is cut to it after each frame, as the pages do.
    part: Part,
    /// Every frame heard, with its position.
    pub frames: Vec<(At, Frame)>,
    /// Every message as it came.
    pub texts: Vec<String>,
}

impl TestScreen {
    /// Follows one hall with this face; `follow` adds fields (`at`, `zones`, `ticket`…).
    pub async fn follow(base: &str, hall: &str, face: &str, token: Option<&str>, follow: Value) -> Self {
        let ids = |name: &str| serde_json::from_value::<Vec<String>>(follow[name].clone()).unwrap_or_default();
        let part = Part { zones: ids("zones"), counters: ids("counters") };
        let mut one = json!({"hall": hall});
        if let (Value::Object(one), Value::Object(more)) = (&mut one, follow) {
            one.extend(more);
        }
        let mut hello = json!({"face": face, "follow": [one]});
        if let Some(token) = token {
            hello["token"] = json!(token);
        }
        let mut screen = Self {
            socket: connect(base).await.expect("the socket opens"),
            board: None,
            part,
            frames: Vec::new(),
            texts: Vec::new(),
        };
        screen.say(&json!({"hello": hello}).to_string()).await;
        screen
    }

    /// Sends any text.
    pub async fn say(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.expect("the socket takes it");
    }

    /// The next message, folded into the board; none when the hub closed.
    pub async fn hear(&mut self) -> Option<Heard> {
        loop {
            let message =
                tokio::time::timeout(WITHIN, self.socket.next()).await.expect("something is heard in time")?;
            match message {
                Ok(Message::Text(text)) => {
                    let heard: Heard = serde_json::from_str(&text).expect("the wire's own words");
                    self.fold(&heard);
                    self.texts.push(text.to_string());
                    return Some(heard);
                }
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(Message::Ping(_) | Message::Pong(_) | Message::Binary(_) | Message::Frame(_)) => {}
            }
        }
    }

    /// Listens until the hub closes, and tells the close code.
    pub async fn closed(&mut self) -> Option<u16> {
        loop {
            match tokio::time::timeout(WITHIN, self.socket.next()).await.expect("the hub closes in time") {
                Some(Ok(Message::Close(why))) => return why.map(|it| it.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// Listens until the board has come as far as `at`.
    pub async fn until(&mut self, at: At) -> &Board {
        while self.board.as_ref().is_none_or(|it| it.at.seq < at.seq) {
            self.hear().await.expect("the hub keeps talking");
        }
        self.board.as_ref().expect("a board")
    }

    /// Listens until a frame of this kind comes.
    pub async fn frame(&mut self, wanted: impl Fn(&Frame) -> bool) -> (At, Frame) {
        loop {
            let heard = self.hear().await.expect("the hub keeps talking");
            if let Heard::Frame { at, frame: AnyFrame::Known(frame), .. } = heard
                && wanted(&frame)
            {
                return (at, *frame);
            }
        }
    }

    fn fold(&mut self, heard: &Heard) {
        match heard {
            Heard::Board { board, .. } => self.board = Some((**board).clone()),
            Heard::Frame { at, frame, .. } => {
                if let AnyFrame::Known(known) = frame {
                    self.frames.push((*at, (**known).clone()));
                }
                if let Some(board) = &mut self.board {
                    board.apply_any(*at, frame);
                    board.cut(&self.part);
                }
            }
            Heard::Welcome { .. }
            | Heard::Mine { .. }
            | Heard::Live { .. }
            | Heard::Summary { .. }
            | Heard::Voice { .. }
            | Heard::Beat { .. } => {}
        }
    }
}

/// Opens a socket and says nothing yet.
pub async fn connect(base: &str) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, tungstenite::Error> {
    let address = format!("{}/api/v1/socket", base.replacen("http", "ws", 1));
    let mut request = address.into_client_request()?;
    request.headers_mut().insert("sec-websocket-protocol", "hallcast.v1".parse().expect("a header"));
    // The library clears its whole buffer at every read: thousands of screens are to share this machine with the hub.
    let config = WebSocketConfig::default().read_buffer_size(READ_BYTES);
    Ok(tokio_tungstenite::connect_async_with_config(request, Some(config), false).await?.0)
}
