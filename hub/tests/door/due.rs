//! What is due by itself, and the new day.

use std::time::Duration;

use chrono::NaiveDate;
use hall::Event;

use crate::kit::{Place, asked, call_next, code, h1, issue, on_both, open_counter, start, start_at};

#[tokio::test]
async fn the_day_rolls_over_although_the_hub_was_off_at_midnight() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        node.issue("A").await;
        assert_eq!(node.issue("A").await.ticket.unwrap().number, "A002");
        node.end().await;
        let node = place.node_at(start() + chrono::Duration::hours(40)).await;
        assert_eq!(node.issue("A").await.ticket.unwrap().number, "A001");
        let days: Vec<NaiveDate> = node
            .journal()
            .await
            .iter()
            .filter_map(|it| if let Event::Day { date, new: true, .. } = &it.event { Some(*date) } else { None })
            .collect();
        assert_eq!(days, ["2026-03-02", "2026-03-04"].map(|it| it.parse().unwrap()));
        assert_eq!(node.count("SELECT COUNT(*) FROM tickets WHERE day = '2026-03-04'").await, 1);
        node.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_due_is_done_once() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        node.ask(open_counter("1")).await.unwrap();
        node.issue("A").await;
        node.ask(call_next("1")).await.unwrap();
        node.ask(start_at("1")).await.unwrap();
        let until = (start() + chrono::Duration::minutes(10)).to_rfc3339();
        let park = serde_json::json!({"do": "park", "counter": "1", "until": until});
        node.ask(asked(serde_json::from_value(park).unwrap())).await.unwrap();
        node.hub.halls.look().await;
        let before = node.journal().await.len();
        node.clock.advance(Duration::from_secs(601));
        node.hub.halls.look().await;
        let entries = node.journal().await;
        assert!(matches!(entries[before].event, Event::Unparked { .. }), "{:?}", &entries[before..]);
        node.hub.halls.look().await;
        node.hub.halls.tick(&h1()).await.unwrap();
        assert_eq!(node.journal().await.len(), entries.len());
        node.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_due_stays_due_when_the_command_is_refused() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        node.issue("A").await;
        node.rest().await;
        let before = node.journal().await.len();
        node.clock.advance(Duration::from_secs(24 * 3600));
        assert_eq!(code(node.ask(call_next("1")).await), "counter_closed");
        assert_eq!(node.journal().await.len(), before);
        node.hub.halls.look().await;
        assert!(node.journal().await.len() > before);
        node.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_goes_back_does_not_turn_the_journal_around() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        node.issue("A").await;
        node.clock.jump(start() - chrono::Duration::hours(30));
        assert_eq!(node.ask(issue("A")).await.unwrap().ticket.unwrap().number, "A002");
        node.journal().await;
        node.end().await;
    })
    .await;
}
