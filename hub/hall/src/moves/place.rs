//! Places in a line: the order key of who is put first, last, or after some others.
//!
//! A key goes between two others, so that the key of no other ticket ever changes.

use crate::fold::Fold;
use crate::ids::{QueueId, TicketRef};
use crate::ticket::{OrderKey, Ticket};

/// Before everybody who waits in a queue.
pub(super) fn head(fold: &Fold, queue: &QueueId, but: TicketRef) -> OrderKey {
    let first = fold.tickets.waiting_in(queue).find(|it| it.reference != but);
    first.map_or(OrderKey::arrival(but.0), |it| it.order.before())
}

/// After everybody who has come so far, and before whoever comes later. No key is beyond its own entry's.
pub(super) fn tail(next_seq: i64) -> OrderKey {
    OrderKey::arrival(next_seq)
}

/// After so many of those who wait in a queue; the last of all if there are fewer.
pub(super) fn after(fold: &Fold, queue: &QueueId, but: TicketRef, places: u32, next_seq: i64) -> OrderKey {
    let others = fold.tickets.waiting_in(queue).filter(|it| it.reference != but);
    let orders: Vec<OrderKey> = others.map(|it| it.order).take(places as usize + 1).collect();
    match (places as usize).checked_sub(1) {
        None => head(fold, queue, but),
        Some(at) => between(&orders, at, next_seq),
    }
}

/// So many places behind where a ticket stands now: it never overtakes anybody.
pub(super) fn behind(fold: &Fold, ticket: &Ticket, places: u32, next_seq: i64) -> OrderKey {
    let behind = fold.tickets.waiting_in(&ticket.queue).filter(|it| it.place() > ticket.place());
    let orders: Vec<OrderKey> = behind.map(|it| it.order).take(places as usize + 1).collect();
    match (places as usize).checked_sub(1) {
        None => ticket.order,
        Some(at) => between(&orders, at, next_seq),
    }
}

fn between(orders: &[OrderKey], at: usize, next_seq: i64) -> OrderKey {
    match (orders.get(at), orders.get(at + 1)) {
        (Some(before), Some(after)) => OrderKey::between(*before, *after),
        (Some(_) | None, _) => tail(next_seq),
    }
}
