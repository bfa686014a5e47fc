//! What is owed to the outside world for an entry. Decided purely, written in the entry's own transaction.

use chrono::TimeDelta;
use hall::ticket::Channel as Door;
use hall::{By, Entry, Event, HallId, Touched};

use super::printer;
use crate::store::deliveries::{self, Owed};
use crate::store::{Tx, printers};
use crate::{Error, chance};

/// Nobody waits at a kiosk longer than this for a slip; a later one would fall into a stranger's hands.
pub const SLIP_LIFE: TimeDelta = TimeDelta::minutes(2);

/// What an entry owes. `printing` is the kiosk that asked, if it has a printer.
pub fn owed(hall: &HallId, epoch: i64, entry: &Entry, printing: Option<&str>) -> Vec<Owed> {
    let (Some(_), Some(player)) = (asks_for_slip(entry), printing) else {
        return Vec::new();
    };
    vec![Owed {
        cause: format!("slip {hall} {epoch} {}", entry.seq),
        channel: printer::NAME,
        hall: hall.clone(),
        ticket: hall::TicketRef(entry.seq),
        player: player.to_owned(),
        made_at: entry.time,
        expires_at: entry.time + SLIP_LIFE,
    }]
}

/// The token that took a ticket at a kiosk.
fn asks_for_slip(entry: &Entry) -> Option<&str> {
    match (&entry.event, &entry.by) {
        (Event::Issued(issued), By::Token(token)) => (issued.channel == Door::Kiosk).then_some(token),
        _not_at_a_kiosk => None,
    }
}

/// Writes down what the entries owe.
pub async fn owe(tx: &mut Tx, hall: &HallId, epoch: i64, entries: &[(Entry, Touched)]) -> Result<(), Error> {
    for (entry, _) in entries {
        let Some(token) = asks_for_slip(entry) else { continue };
        let printing = printers::of_token(tx, token, hall).await?;
        for owed in owed(hall, epoch, entry, printing.as_deref()) {
            deliveries::owe(tx, &chance::row_id(), &owed).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use hall::event::Issued;
    use hall::ticket::Language;

    use super::*;

    fn issued(by: By, channel: Door) -> Entry {
        Entry {
            seq: 41,
            time: DateTime::UNIX_EPOCH,
            by,
            event: Event::Issued(Box::new(Issued {
                id: "key".into(),
                number: "A037".into(),
                series: "A".into(),
                running: Some(37),
                queue: "a".into(),
                route: Vec::new(),
                channel,
                priority: None,
                language: Language::Zh,
                visitor: None,
                present: true,
                promised: None,
            })),
        }
    }

    #[test]
    fn a_ticket_from_a_kiosk_with_a_printer_owes_one_slip() {
        let entry = issued(By::Token("t".into()), Door::Kiosk);
        let owed = owed(&"h".into(), 5, &entry, Some("kiosk"));
        assert_eq!(owed.len(), 1);
        assert_eq!((owed[0].cause.as_str(), owed[0].ticket.0), ("slip h 5 41", 41));
        assert_eq!(owed[0].expires_at - owed[0].made_at, TimeDelta::minutes(2));
    }

    #[test]
    fn without_printer_or_kiosk_nothing_is_owed() {
        let hall = "h".into();
        assert!(owed(&hall, 5, &issued(By::Token("t".into()), Door::Kiosk), None).is_empty());
        assert!(owed(&hall, 5, &issued(By::Token("t".into()), Door::Api), Some("kiosk")).is_empty());
        assert!(owed(&hall, 5, &issued(By::Person("p".into()), Door::Counter), Some("kiosk")).is_empty());
    }

    #[test]
    fn what_is_owed_holds_no_key_and_nobody() {
        let owed = owed(&"h".into(), 5, &issued(By::Token("t".into()), Door::Kiosk), Some("kiosk"));
        assert!(!format!("{owed:?}").contains("key"));
    }
}
