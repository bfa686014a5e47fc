//! Frames and boards as text: written once, shared by all listeners of a cut.

use bytes::Bytes;
use hall::{Entry, Event, Hall, HallId, Touched};
use serde::Serialize;
use wire::{At, Board, Frame};

use super::followed::Recent;
use crate::public::{self, Around, Cut};

/// Largest board, bytes.
pub const BOARD_BYTES_MAX: usize = 512 * 1024;

#[derive(Serialize)]
struct FrameText<'a> {
    hall: &'a str,
    at: At,
    frame: &'a Frame,
}

#[derive(Serialize)]
struct BoardText<'a> {
    hall: &'a str,
    board: &'a Board,
}

/// Encodes entries, each once for each cut; `after` is the hall after the last of them.
pub(super) fn frames(
    id: &HallId,
    epoch: i64,
    entries: &[(Entry, Touched)],
    after: &Hall,
    around: &Around,
) -> Vec<Recent> {
    let one = |(entry, touched): &(Entry, Touched)| {
        let at = At { epoch, seq: entry.seq };
        let cut = |cut| {
            let frame = public::frame(entry, touched, after, around, cut)?;
            Some(text(&FrameText {
                hall: id.as_str(),
                at,
                frame: &frame,
            }))
        };
        Recent {
            seq: entry.seq,
            scope: public::scope(entry, touched, after),
            configured: matches!(entry.event, Event::Configured { .. }),
            public: cut(Cut::Public),
            staff: cut(Cut::Staff),
        }
    };
    entries.iter().map(one).collect()
}

/// A board as a message. One that is too large leaves out what is empty, then what staff see of those who stand
/// furthest back in line: who waits is always all there.
pub fn board_text(id: &HallId, mut board: Board) -> Bytes {
    let whole = text(&BoardText {
        hall: id.as_str(),
        board: &board,
    });
    if whole.len() <= BOARD_BYTES_MAX {
        return whole;
    }
    let mut short = short_text(id, &board);
    let mut places: Vec<_> = board.tickets.iter().enumerate().map(|(n, it)| (it.order, n)).collect();
    places.sort_unstable();
    while short.len() > BOARD_BYTES_MAX && !places.is_empty() {
        let each = short.len() / board.tickets.len().max(1);
        let many = (short.len() - BOARD_BYTES_MAX).div_ceil(each.max(1)).min(places.len());
        for (_, n) in places.drain(places.len() - many..) {
            board.tickets[n].staff = None;
        }
        short = short_text(id, &board);
    }
    if short.len() > BOARD_BYTES_MAX {
        tracing::warn!(hall = %id, bytes = short.len(), "a board is larger than it should be");
    }
    short
}

/// The board without what is empty in its tickets; readers take what is absent as empty.
fn short_text(id: &HallId, board: &Board) -> Bytes {
    let mut value = serde_json::to_value(BoardText {
        hall: id.as_str(),
        board,
    })
    .unwrap_or_default();
    let tickets = value.pointer_mut("/board/tickets").and_then(|it| it.as_array_mut());
    for ticket in tickets.into_iter().flatten().filter_map(|it| it.as_object_mut()) {
        ticket.retain(|_, it| !it.is_null() && it.as_array().is_none_or(|it| !it.is_empty()));
    }
    text(&value)
}

/// Any message as text.
pub fn text(message: &impl Serialize) -> Bytes {
    // These are our own shapes with string keys: they can always be written.
    serde_json::to_vec(message).unwrap_or_default().into()
}
