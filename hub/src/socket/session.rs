//! One listener, from its hello to its good-bye.
//!
//! Two tasks: one reads (`ears`), this one writes. It sleeps until its bell rings or a beat is due, then sends
//! whatever is new. What it needs only while joining is dropped before it settles down, so that an idle listener
//! costs little.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, sleep_until, timeout};
use wire::heard::Beat;

use super::close::Close;
use super::ears::{self, Ears};
use super::following::Following;
use super::guest::Arrival;
use super::joining::{Joined, join};
use super::reader::Reader;
use super::roster::Place;
use super::upgrade::Opened;
use super::writer::{Stuck, Writer};
use crate::error::Error;
use crate::feed::{Bell, text};
use crate::{Hub, metrics};

/// Beats without a sign of life after which a listener is let go.
const SILENT_BEATS_MAX: u8 = 2;
/// What the system keeps for a listener that takes nothing, bytes.
const SEND_BUFFER_BYTES: usize = 128 * 1024;
/// How long we wait for the other side of a good-bye, seconds.
const LINGER_S: u64 = 2;
/// The code of a listener that went by itself (RFC 6455, 7.4.1).
const NORMAL: u16 = 1000;

#[derive(Serialize)]
struct BeatText {
    beat: Beat,
}

/// A listener that has joined.
struct Session<W> {
    hub: Hub,
    writer: Writer<W>,
    bell: Arc<Bell>,
    ears: Arc<Ears>,
    following: Box<[Following]>,
    next_beat: Instant,
    silent_beats: u8,
    _place: Place,
}

/// How a session ends.
enum End {
    /// We let the listener go.
    Close(Close),
    /// It went, with a code.
    Went(u16),
    /// Nothing can be written any more.
    Gone,
}

impl From<Stuck> for End {
    fn from(stuck: Stuck) -> Self {
        match stuck {
            Stuck::Gone => Self::Gone,
            Stuck::Slow => Self::Close(Close::Slow),
        }
    }
}

/// Serves one connection until it ends.
pub async fn run(hub: Hub, opened: impl Future<Output = Result<Opened, Error>>, arrival: Arrival) {
    let Opened { stream, before } = match opened.await {
        Ok(opened) => opened,
        Err(cause) => return tracing::debug!(%cause, "no socket"),
    };
    // A frame is small and must not wait for the next one; and who does not take them must not pile them up here.
    let _ = stream.set_nodelay(true);
    let _ = socket2::SockRef::from(&stream).set_send_buffer_size(SEND_BUFFER_BYTES);
    let (read, write) = stream.into_split();
    // A copy: the bytes themselves hold on to the whole buffer the request was read into.
    let reader = Reader::new(read, before.to_vec()).await;
    drop(before);
    let writer = Writer::new(write, hub.config.pace.drain_within);
    serve(hub, reader, writer, arrival).await;
}

/// The same over any two halves.
async fn serve<R, W>(hub: Hub, mut reader: Reader<R>, mut writer: Writer<W>, arrival: Arrival)
where
    R: AsyncRead + Unpin + Send + 'static,
    W: AsyncWrite + Unpin + Send,
{
    let joined = Box::pin(join(&hub, &mut reader, &mut writer, arrival)).await;
    let Joined { bell, following, place } = match joined {
        Ok(joined) => joined,
        Err(close) => {
            metrics::listener_refused(close.code());
            return Box::pin(say_no(reader, writer, close)).await;
        }
    };
    let ears = Arc::new(Ears::new(bell.clone()));
    let reading = hub.tasks.spawn(ears::run(reader, ears.clone()));
    let next_beat = Instant::now() + hub.config.pace.heartbeat;
    let mut session = Session { hub, writer, bell, ears, following, next_beat, silent_beats: 0, _place: place };
    let end = session.follow().await;
    let code = Box::pin(session.bye(end)).await;
    metrics::listener_went(code);
    let aborted = reading.abort_handle();
    if timeout(Duration::from_secs(LINGER_S), reading).await.is_err() {
        aborted.abort();
    }
}

/// A good-bye to somebody who never joined.
async fn say_no<R: AsyncRead + Unpin, W: AsyncWrite + Unpin + Send>(
    reader: Reader<R>,
    mut writer: Writer<W>,
    close: Close,
) {
    let bye = async {
        if writer.close(close.code(), &close.to_string()).await.is_ok() {
            reader.drain().await;
        }
    };
    let _ = timeout(Duration::from_secs(LINGER_S), bye).await;
}

impl<W: AsyncWrite + Unpin + Send> Session<W> {
    /// Sends what is new until there is a reason to end.
    async fn follow(&mut self) -> End {
        loop {
            if let Err(end) = self.tell().await {
                return end;
            }
            let due = self.following.iter().filter_map(Following::due).fold(self.next_beat, Instant::min);
            tokio::select! {
                () = self.bell.heard() => {}
                () = sleep_until(due) => {}
            }
        }
    }

    /// Says everything there is to say now.
    async fn tell(&mut self) -> Result<(), End> {
        if let Some(code) = self.ears.went() {
            return Err(End::Went(code));
        }
        if let Some(code) = self.bell.ended() {
            return Err(End::Close(Close::of(code)));
        }
        if let Some(payload) = self.ears.take_pong() {
            self.writer.pong(payload).await?;
        }
        for it in &mut self.following {
            let mut texts = Vec::new();
            loop {
                it.look(&self.hub, &mut texts);
                if texts.is_empty() {
                    break;
                }
                self.writer.texts(&texts).await?;
                texts.clear();
            }
        }
        if self.next_beat <= Instant::now() {
            self.beat().await?;
        }
        Ok(())
    }

    async fn beat(&mut self) -> Result<(), End> {
        self.silent_beats = if self.ears.take_heard() { 0 } else { self.silent_beats + 1 };
        if self.silent_beats >= SILENT_BEATS_MAX {
            return Err(End::Close(Close::Silent));
        }
        self.next_beat = Instant::now() + self.hub.config.pace.heartbeat;
        let at: BTreeMap<_, _> =
            self.following.iter().map(|it| (it.listening.followed().id().to_string(), it.at())).collect();
        let beat = text(&BeatText { beat: Beat { now: self.hub.clock.now(), at } });
        self.writer.ping().await?;
        Ok(self.writer.texts(&[beat]).await?)
    }

    /// Says good-bye; answers the code to count: ours, or that the listener went by itself.
    async fn bye(&mut self, end: End) -> u16 {
        let (code, why, counted) = match end {
            End::Close(close) => (close.code(), close.to_string(), close.code()),
            End::Went(code @ (1000..=1003 | 1007..=1011 | 3000..=4999)) => (code, String::new(), NORMAL),
            End::Went(_) => (NORMAL, String::new(), NORMAL),
            End::Gone => return NORMAL,
        };
        let _ = timeout(Duration::from_secs(LINGER_S), self.writer.close(code, &why)).await;
        counted
    }
}
