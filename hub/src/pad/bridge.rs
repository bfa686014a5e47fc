//! From a line to a command and back: finds the pad's counter, keeps one press one press, asks the hall.

use std::time::Instant;

use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::door::{Board, Counter, Door};
use super::line::{Answer, Fault, Key, Lines, Press};
use super::presses::Presses;
use crate::chance;

/// Bytes read at once; a pad sends a few dozen.
const READ_BYTES: usize = 256;

/// What all ports of a bridge share.
pub struct Bridge {
    door: Door,
    presses: Mutex<Presses>,
}

impl Bridge {
    /// A bridge to this door.
    pub fn new(door: Door) -> Self {
        Self { door, presses: Mutex::default() }
    }

    /// Answers the presses of one port, in their order, until it closes.
    pub async fn serve<R, W>(&self, mut from: R, mut to: W) -> std::io::Result<()>
    where
        R: AsyncRead + Unpin,
        W: AsyncWrite + Unpin,
    {
        let mut lines = Lines::default();
        let mut bytes = [0; READ_BYTES];
        loop {
            let count = from.read(&mut bytes).await?;
            if count == 0 {
                return Ok(());
            }
            for line in lines.take(&bytes[..count]) {
                to.write_all(self.answer(line).await.as_bytes()).await?;
                to.flush().await?;
            }
        }
    }

    async fn answer(&self, line: Result<String, Fault>) -> String {
        let press = match line.map_err(|fault| (None, fault)).and_then(|line| Press::parse(&line)) {
            Ok(press) => press,
            Err((address, fault)) => return Answer::Failed(fault).to_line(address.as_deref(), None),
        };
        let answer = self.press(&press).await.unwrap_or_else(Answer::Failed);
        tracing::info!(pad = press.address, key = ?press.key, %answer, "press");
        answer.to_line(Some(&press.address), press.number)
    }

    async fn press(&self, press: &Press) -> Result<Answer, Fault> {
        let board = self.door.board().await?;
        let counter = counter_of(&board, &press.address).ok_or(Fault::NoSuchCounter)?;
        let Some(command) = command(&board, counter, &press.key)? else {
            return Ok(standing(&board, counter));
        };
        let key = self.presses.lock().key_of(&counter.id, press, Instant::now(), chance::secret);
        Ok(self.door.submit(&command, &key).await)
    }
}

/// The counter a pad belongs to: `C3` is the counter with that id, else the one with id or label `3`.
fn counter_of<'a>(board: &'a Board, address: &str) -> Option<&'a Counter> {
    let plain = address.strip_prefix(['C', 'c']).unwrap_or(address);
    let find = |is_it: &dyn Fn(&Counter) -> bool| board.counters.iter().find(|counter| is_it(counter));
    find(&|counter| counter.id.eq_ignore_ascii_case(address))
        .or_else(|| find(&|counter| counter.id.eq_ignore_ascii_case(plain)))
        .or_else(|| find(&|counter| counter.label.eq_ignore_ascii_case(plain)))
}

/// The command of a key, as the public contract has it; none where nothing is asked for.
fn command(board: &Board, counter: &Counter, key: &Key) -> Result<Option<Value>, Fault> {
    let at_counter = |verb: &str| json!({"do": verb, "counter": counter.id});
    let command = match key {
        Key::Next => at_counter("call_next"),
        Key::Call(number) => {
            let ticket = board.tickets.iter().find(|ticket| ticket.number.eq_ignore_ascii_case(number));
            let ticket = ticket.ok_or(Fault::NoSuchTicket)?;
            json!({"do": "call_ticket", "counter": counter.id, "ticket": ticket.reference})
        }
        Key::Recall => at_counter("recall"),
        Key::Start => at_counter("start"),
        Key::Finish => at_counter("finish"),
        Key::NoShow => at_counter("no_show"),
        Key::Park => at_counter("park"),
        Key::Undo => at_counter("undo"),
        Key::Open => at_counter("open_counter"),
        Key::Close => at_counter("close_counter"),
        Key::Pause(reason) => json!({"do": "pause_counter", "counter": counter.id, "reason": reason}),
        Key::Resume => at_counter("resume_counter"),
        Key::State => return Ok(None),
    };
    Ok(Some(command))
}

fn standing(board: &Board, counter: &Counter) -> Answer {
    let ticket = board.tickets.iter().find(|ticket| Some(ticket.reference) == counter.ticket);
    Answer::Ok { number: ticket.map(|ticket| ticket.number.clone()), state: counter.state.clone() }
}
