//! The channel to a ticket printer: ESC/POS over TCP, port 9100.
//!
//! Asks how the printer is before and after. A printer that says nothing is not believed to print: a line
//! that is half open would swallow every slip. What it cannot do raises an alert; no ticket waits for it.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use hall::{HallId, TicketRef};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Channel, Outcome};
use crate::Error;
use crate::alerts::{Alerts, Kind};
use crate::slip::escpos::{Question, Trouble};
use crate::store::deliveries::Claimed;
use crate::store::{Db, printers};

mod address;

pub use address::Address;

/// Its name in deliveries.
pub const NAME: &str = "printer";
/// To be connected, seconds.
const CONNECT_S: u64 = 3;
/// For an answer, seconds.
const ANSWER_S: u64 = 2;
/// For an answer after a slip, seconds: the question stands in line behind what is not printed yet.
const ANSWER_AFTER_S: u64 = 15;
/// For a printer to take the next piece, seconds (a picture that is being printed takes a while).
const PIECE_S: u64 = 5;
/// For the whole slip, seconds.
const SLIP_S: u64 = 25;
/// Bytes of a piece.
const PIECE_BYTES: usize = 4_096;
/// After the last byte, before it is asked whether the paper lasted, milliseconds.
const SETTLE_MS: u64 = 600;
/// Unasked bytes that are read over, bytes (some printers tell every change by themselves).
const NOISE_BYTES_MAX: usize = 64;

/// Makes the bytes of a slip. None: there is no such ticket to print any more.
pub trait Slips: Send + Sync {
    /// The slip of a ticket, printed at a kiosk.
    fn bytes<'a>(
        &'a self,
        hall: &'a HallId,
        ticket: TicketRef,
        kiosk: &'a str,
    ) -> BoxFuture<'a, Result<Option<Vec<u8>>, Error>>;
}

/// See the module.
pub struct Printer {
    /// Where players' printers stand.
    pub db: Db,
    /// What is printed.
    pub slips: Arc<dyn Slips>,
    /// Who hears of a printer that cannot.
    pub alerts: Alerts,
}

impl Channel for Printer {
    fn name(&self) -> &'static str {
        NAME
    }

    fn carry<'a>(&'a self, delivery: &'a Claimed) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            self.try_once(delivery).await.unwrap_or_else(|cause| {
                tracing::warn!(%cause, "a slip could not be made");
                Outcome::Later("broken")
            })
        })
    }
}

impl Printer {
    async fn try_once(&self, delivery: &Claimed) -> Result<Outcome, Error> {
        let kiosk = printers::of_player(&self.db, &delivery.player).await?;
        let Some((kiosk, address)) = kiosk.and_then(|it| Some((it.name, it.printer?))) else {
            return Ok(Outcome::Never("no_printer"));
        };
        let Ok(address) = address.parse::<Address>() else {
            return Ok(Outcome::Never("bad_address"));
        };
        let hall = HallId::from(delivery.hall.as_str());
        let Some(bytes) = self.slips.bytes(&hall, TicketRef(delivery.reference), &kiosk).await? else {
            return Ok(Outcome::Never("no_ticket"));
        };
        let printed = print(&address, &bytes).await;
        match printed {
            Ok(()) => self.alerts.over(Kind::Printer, Some(&hall), &delivery.player).await?,
            Err(trouble) => self.alerts.raise(Kind::Printer, Some(&hall), &delivery.player, trouble.code()).await?,
        }
        Ok(match printed {
            Ok(()) => Outcome::Done,
            // Paper comes minutes later, when somebody else stands there: their number is on the screen.
            Err(trouble @ (Trouble::PaperOut | Trouble::CoverOpen | Trouble::Fault)) => Outcome::Never(trouble.code()),
            Err(trouble @ (Trouble::Offline | Trouble::Unreachable | Trouble::Silent | Trouble::Stalled)) => {
                Outcome::Later(trouble.code())
            }
        })
    }
}

/// Prints bytes and makes sure that they came out.
pub async fn print(address: &Address, bytes: &[u8]) -> Result<(), Trouble> {
    within(SLIP_S, Trouble::Stalled, async {
        let mut line = connect(address).await?;
        if address.asks() {
            ask(&mut line, ANSWER_S).await?;
        }
        for piece in bytes.chunks(PIECE_BYTES) {
            within(PIECE_S, Trouble::Stalled, async { line.write_all(piece).await.map_err(|_| Trouble::Stalled) })
                .await?;
        }
        if address.asks() {
            tokio::time::sleep(Duration::from_millis(SETTLE_MS)).await;
            ask(&mut line, ANSWER_AFTER_S).await?;
        }
        line.shutdown().await.map_err(|_| Trouble::Stalled)
    })
    .await
}

/// Asks a printer how it is, and nothing else.
pub async fn look(address: &Address) -> Result<(), Trouble> {
    let mut line = connect(address).await?;
    if address.asks() { ask(&mut line, ANSWER_S).await } else { Ok(()) }
}

async fn connect(address: &Address) -> Result<TcpStream, Trouble> {
    let connected =
        async { TcpStream::connect((address.host(), address.port())).await.map_err(|_| Trouble::Unreachable) };
    within(CONNECT_S, Trouble::Unreachable, connected).await
}

async fn ask(line: &mut TcpStream, seconds: u64) -> Result<(), Trouble> {
    for question in Question::ALL {
        let answered = async {
            line.write_all(&question.bytes()).await.map_err(|_| Trouble::Silent)?;
            for _ in 0..NOISE_BYTES_MAX {
                let answer = line.read_u8().await.map_err(|_| Trouble::Silent)?;
                if let Some(said) = question.read(answer) {
                    return said;
                }
            }
            Err(Trouble::Silent)
        };
        within(seconds, Trouble::Silent, answered).await?;
    }
    Ok(())
}

async fn within<T>(seconds: u64, late: Trouble, work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    tokio::time::timeout(Duration::from_secs(seconds), work).await.unwrap_or(Err(late))
}
