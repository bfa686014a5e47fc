//! Alerts that the hub raises by itself, and closes when it is over.

use chrono::TimeDelta;
use hub::Hub;
use hub::alerts::{Kind, rounds};

use crate::kit::{Place, h, morning, on_both};

async fn open(hub: &Hub) -> Vec<(String, String, String)> {
    let rows = hub.alerts.list(&h()).await.unwrap();
    rows.into_iter().filter(|it| it.state != "handled").map(|it| (it.kind, it.subject, it.detail)).collect()
}

async fn idle(place: &Place) -> Vec<String> {
    rounds::idle_counters(&place.hub).await.unwrap();
    open(&place.hub).await.into_iter().map(|(kind, subject, detail)| format!("{kind} {subject}: {detail}")).collect()
}

#[tokio::test]
async fn a_counter_idle_while_people_wait_is_reported_until_it_serves() {
    on_both(async |place| {
        place.press("p", "open_counter", "1").await;
        place.minutes(60);
        assert!(idle(place).await.is_empty(), "nobody waits");
        place.take("A").await;
        place.take("B").await;
        place.minutes(9);
        assert!(idle(place).await.is_empty(), "nobody is late before ten minutes with somebody waiting");
        place.minutes(1);
        assert_eq!(idle(place).await, ["idle_counter 1: 2"]);
        assert_eq!(place.hub.alerts.open(&h()), 1, "the wall is told how many");
        place.press("p", "call_next", "1").await;
        assert!(idle(place).await.is_empty());
        assert_eq!(place.hub.alerts.open(&h()), 0);
        let rows = place.hub.alerts.list(&h()).await.unwrap();
        assert_eq!((rows.len(), rows[0].handled_by.as_deref()), (1, None), "it stays in the list, handled by nobody");
    })
    .await;
}

#[tokio::test]
async fn a_pause_and_a_closed_counter_are_not_idle() {
    on_both(async |place| {
        place.press("p", "open_counter", "1").await;
        place
            .try_ask(
                hall::By::Person("p".into()),
                serde_json::json!({"do": "pause_counter", "counter": "1", "reason": "break"}),
            )
            .await
            .unwrap();
        place.take("A").await;
        place.minutes(60);
        assert!(idle(place).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_differs_from_the_databases_is_reported_until_it_is_set_right() {
    on_both(async |place| {
        let (now, late) = (morning(), morning() + TimeDelta::milliseconds(3_400));
        rounds::compare(&place.hub.alerts, "node", (now, late, now)).await.unwrap();
        assert_eq!(open(&place.hub).await, [("clock_skew".into(), "node".into(), "-3.4".into())]);
        rounds::compare(&place.hub.alerts, "node", (now, now, now)).await.unwrap();
        assert!(open(&place.hub).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn somebody_takes_it_and_says_what_was_done_and_the_audit_has_both() {
    on_both(async |place| {
        let alerts = &place.hub.alerts;
        let mut changes = alerts.changes();
        alerts.raise(Kind::Printer, Some(&h()), "kiosk", "paper_out").await.unwrap();
        assert!(changes.has_changed().unwrap(), "whoever looks at alerts is told to look again");
        changes.mark_unchanged();
        alerts.raise(Kind::Printer, Some(&h()), "kiosk", "paper_out").await.unwrap();
        assert!(!changes.has_changed().unwrap(), "the same again is no news");
        let id = alerts.list(&h()).await.unwrap()[0].id.clone();
        alerts.take(&id, "person:a").await.unwrap();
        let twice = alerts.take(&id, "person:b").await.unwrap_err().problem();
        assert_eq!((twice.status, twice.code.as_str()), (409, "wrong_state"));
        alerts.handle(&id, "person:a", "new roll").await.unwrap();
        assert_eq!(alerts.handle(&id, "person:a", "").await.unwrap_err().problem().status, 409);
        assert_eq!(alerts.take("nothing", "person:a").await.unwrap_err().problem().status, 404);
    })
    .await;
}
