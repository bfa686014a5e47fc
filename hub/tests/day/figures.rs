//! The figures of a day: what was issued, called, served, and how long it took.

use hub::today;
use serde_json::json;

use crate::kit::{h, on_both};

#[tokio::test]
async fn a_morning_in_figures() {
    on_both(async |place| {
        place.press("anna", "open_counter", "1").await;
        place.press("ben", "open_counter", "2").await;
        for _ in 0..3 {
            place.take("A").await;
        }
        place.take("B").await;
        place.minutes(4);
        place.press("anna", "call_next", "1").await;
        place.press("anna", "start", "1").await;
        place.minutes(6);
        place.press("anna", "finish", "1").await;
        place.press("ben", "call_next", "2").await;
        place.press("ben", "no_show", "2").await;
        place.press("anna", "call_next", "1").await;
        let today = today::of(&place.hub, &h()).await.unwrap();
        assert_eq!(today.day, "2026-03-02");
        let a = &today.queues[0];
        assert_eq!((a.id.as_str(), a.issued, a.called, a.served, a.no_show), ("A", 3, 3, 1, 1));
        assert_eq!((a.waiting, a.wait_mean_s, a.wait_max_s), (0, Some(420), Some(600)), "4 and 10 minutes");
        assert_eq!((a.service_mean_s, a.limit_wait_s), (Some(360), 900));
        let b = &today.queues[1];
        assert_eq!((b.issued, b.called, b.waiting, b.wait_mean_s), (1, 0, 1, None));
        assert_eq!(b.wait_max_s, Some(600), "who still waits counts for the longest wait");
        assert_eq!((today.counters[0].served, today.counters[1].no_show), (1, 1));
        let hours: Vec<_> = today.hours.iter().map(|it| (it.hour, it.issued, it.served)).collect();
        assert_eq!(hours, [(10, 4, 1)]);
        let own = today::of_staff(&place.hub, &h(), "person:anna").await.unwrap();
        assert_eq!((own.served, own.service_mean_s, own.no_show), (1, Some(360), 0));
        place.ask(json!({"do": "close_day"})).await;
        let today = today::of(&place.hub, &h()).await.unwrap();
        assert_eq!((today.queues[1].unserved, today.queues[1].waiting), (1, 0), "who was not served is counted");
    })
    .await;
}

#[tokio::test]
async fn while_a_ticket_is_parked_it_is_not_served() {
    on_both(async |place| {
        place.press("anna", "open_counter", "1").await;
        let ticket = place.take("A").await;
        for (verb, minutes) in [("call_next", 1), ("start", 2), ("park", 30)] {
            place.press("anna", verb, "1").await;
            place.minutes(minutes);
        }
        place.ask(json!({"do": "unpark", "ticket": ticket})).await;
        place.press("anna", "call_next", "1").await;
        place.minutes(1);
        place.press("anna", "start", "1").await;
        place.minutes(3);
        place.press("anna", "finish", "1").await;
        let own = today::of_staff(&place.hub, &h(), "person:anna").await.unwrap();
        assert_eq!((own.served, own.service_mean_s), (1, Some(5 * 60)), "2 minutes before and 3 after");
    })
    .await;
}

#[tokio::test]
async fn the_same_weekday_is_beside_it() {
    on_both(async |place| {
        place.take("A").await;
        place.take("A").await;
        place.minutes(7 * 24 * 60);
        place.take("A").await;
        let today = today::of(&place.hub, &h()).await.unwrap();
        let hours: Vec<_> = today.hours.iter().map(|it| (it.hour, it.issued, it.last_week_issued)).collect();
        assert_eq!((today.day.as_str(), hours), ("2026-03-09", vec![(10, 1, 2)]));
    })
    .await;
}
