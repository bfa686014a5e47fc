//! Frames and boards as text: written once, shared by all listeners of a cut.

use bytes::Bytes;
use hall::{Entry, Event, Hall, HallId, Touched};
use serde::Serialize;
use serde_json::Value;
use wire::{At, Board, Frame, Ticket};

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
            Some(text(&FrameText { hall: id.as_str(), at, frame: &frame }))
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

/// A board as a message.
pub fn board_text(id: &HallId, board: Board) -> Bytes {
    let head = [b"{\"hall\":", &text(&id.as_str())[..], b",\"board\":"].concat();
    [&head, &board_json(id, board)[..], b"}"].concat().into()
}

/// A board alone. One that is too large leaves out what is empty, then what staff see of those who stand furthest
/// back in line: who waits is always all there.
pub fn board_json(id: &HallId, mut board: Board) -> Bytes {
    let whole = text(&board);
    if whole.len() <= BOARD_BYTES_MAX {
        return whole;
    }
    let mut parts: Vec<_> = board.tickets.iter_mut().map(|it| it.staff.take()).collect();
    let mut places: Vec<_> = board.tickets.iter().enumerate().map(|(n, it)| (it.order, n)).collect();
    places.sort_unstable();
    let bare = without_empty(&board).len();
    let mut room = BOARD_BYTES_MAX.saturating_sub(bare);
    for (_, n) in places {
        let ticket = &mut board.tickets[n];
        let before = text(&lean(ticket)).len();
        ticket.staff = parts[n].take();
        let more = text(&lean(ticket)).len() - before;
        if more > room {
            ticket.staff = None;
            break;
        }
        room -= more;
    }
    if bare > BOARD_BYTES_MAX {
        tracing::warn!(hall = %id, bytes = bare, "a board is larger than it should be");
    }
    without_empty(&board)
}

/// Without what is empty in its tickets; readers take what is absent as empty.
fn without_empty(board: &Board) -> Bytes {
    let mut value = serde_json::to_value(board).unwrap_or_default();
    value["tickets"] = board.tickets.iter().map(lean).collect();
    text(&value)
}

/// A ticket without what is empty.
fn lean(ticket: &Ticket) -> Value {
    let mut value = serde_json::to_value(ticket).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|_, it| !it.is_null() && it.as_array().is_none_or(|it| !it.is_empty()));
    }
    value
}

/// Any message as text.
pub fn text(message: &impl Serialize) -> Bytes {
    // These are our own shapes with string keys: they can always be written.
    serde_json::to_vec(message).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use wire::noun::StaffPart;

    use super::*;

    fn board(tickets: i64, staff: bool) -> Board {
        let part = StaffPart {
            id: "0123456789012345678901".into(),
            channel: "kiosk".into(),
            language: "zh".into(),
            issued_at: DateTime::default(),
            waiting_since: DateTime::default(),
            called_at: None,
            spoken_at: None,
            started_at: None,
            served_s: 0,
            parked_at: None,
            until: None,
            reason: None,
            appointment: None,
            calls: 0,
            present: true,
            returned: false,
            visitor: false,
        };
        let ticket = |n: i64| wire::Ticket {
            reference: 100_000 + n,
            number: format!("A{n:03}"),
            queue: "household".into(),
            state: "waiting".into(),
            order: (100_000 + n) << 16,
            staff: staff.then(|| part.clone()),
            ..wire::Ticket::default()
        };
        Board { tickets: (0..tickets).map(ticket).collect(), ..Board::default() }
    }

    #[test]
    fn the_largest_hall_fits_with_everybody_who_waits() {
        for staff in [false, true] {
            let text = board_json(&"h".into(), board(5_000, staff));
            assert!(text.len() <= BOARD_BYTES_MAX, "{} bytes", text.len());
            let read: Board = serde_json::from_slice(&text).unwrap();
            assert_eq!(read.tickets.len(), 5_000);
            assert!(read.tickets.iter().all(|it| it.state == "waiting" && it.zones.is_empty()));
            if staff {
                let known = read.tickets.iter().take_while(|it| it.staff.is_some()).count();
                let hidden = read.tickets.iter().filter(|it| it.staff.is_none()).count();
                assert!(known > 100, "those in front are whole");
                assert!(text.len() > BOARD_BYTES_MAX - 1_000, "{} bytes: more was left out than must be", text.len());
                assert_eq!(known + hidden, 5_000);
            }
        }
    }

    #[test]
    fn an_ordinary_board_is_whole() {
        let text = board_text(&"h".into(), board(100, true));
        let read: wire::Heard = serde_json::from_slice(&text).unwrap();
        let wire::Heard::Board { hall, board: read } = read else { panic!("a board") };
        assert_eq!((hall.as_str(), *read), ("h", board(100, true)));
    }
}
