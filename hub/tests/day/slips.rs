//! What stands on a slip is the hall as it stands, and nothing of the visitor.

use hall::forecast;
use hub::halls::person::{Identity, IdentityKind, Person};
use hub::halls::{Asked, NewVisitor};
use hub::slip::{Standing, draw, plain};
use serde_json::json;

use crate::kit::{Place, h, on_both};

async fn facts(place: &Place, key: &str) -> Option<hub::slip::Facts> {
    let (hall, ticket) = place.hub.slips.find(&key.into()).await.unwrap();
    place.hub.slips.facts(&hall, ticket, Some("2 号取号机")).await.unwrap()
}

#[tokio::test]
async fn a_slip_says_number_queue_department_counters_people_ahead_and_when() {
    on_both(async |place| {
        place.press("p", "open_counter", "1").await;
        place.take("A").await;
        place.take("A").await;
        let key =
            place.ask(json!({"do": "issue", "queue": "A", "priority": "elder"})).await.ticket.unwrap().id.unwrap();
        let facts = facts(place, &key).await.unwrap();
        assert_eq!(
            (facts.number.as_str(), facts.queue.zh.as_str(), facts.taken.as_str()),
            ("A003", "综合受理", "2026-03-02 10:00")
        );
        assert_eq!(facts.department.as_ref().unwrap().zh, "公安局");
        assert_eq!(facts.class.as_ref().unwrap().en, "Seniors first");
        assert_eq!(facts.counters, ["1", "2", "3", "4"]);
        assert_eq!(facts.places[0].zh, "1F 东区");
        let seen = place.hub.halls.seen(&h()).await.unwrap().hall;
        let ticket = seen.ticket_by_id(&key.as_str().into()).unwrap().reference;
        let Standing::Waiting { ahead, wait } = facts.standing else { panic!("it waits: {:?}", facts.standing) };
        assert_eq!(
            (ahead, wait),
            (forecast::ahead_of(&seen, ticket), forecast::of_ticket(&seen, ticket, place.clock.now()))
        );
        assert!(wait.is_some(), "a counter is open, so there is an interval");
        assert_eq!(facts.address, format!("{}/t/{key}", place.hub.public_url));
    })
    .await;
}

#[tokio::test]
async fn a_slip_printed_later_says_so_and_a_ticket_that_is_over_has_none() {
    on_both(async |place| {
        let key = place.take("A").await;
        place.minutes(23);
        assert_eq!(facts(place, &key).await.unwrap().again.as_deref(), Some("10:23"));
        place.press("p", "open_counter", "3").await;
        place.press("p", "call_next", "3").await;
        assert_eq!(facts(place, &key).await.unwrap().standing, Standing::At("3".into()));
        place.press("p", "start", "3").await;
        place.press("p", "finish", "3").await;
        assert_eq!(facts(place, &key).await, None);
    })
    .await;
}

#[tokio::test]
async fn nothing_of_the_visitor_is_on_the_slip() {
    on_both(async |place| {
        let secrets = ["王秀英", "13912345678", "11010519491231002X"];
        let person = Person {
            name: Some(secrets[0].into()),
            pinyin: None,
            phone: Some("+8613912345678".into()),
            identity: Some(Identity::new(IdentityKind::IdCard, secrets[2]).unwrap()),
        };
        let command = serde_json::from_value(json!({"do": "issue", "queue": "A", "channel": "kiosk"})).unwrap();
        let mut asked = Asked::plain(command, hall::By::Token("t".into()), hall::Reach::Hall);
        asked.visitor = Some(NewVisitor::Person(person));
        let key = place.hub.halls.submit(&h(), asked).await.unwrap().ticket.unwrap().id.unwrap();
        let facts = facts(place, &key).await.unwrap();
        let shown = format!("{}{:?}{:?}", draw(&facts).svg, plain(&facts), facts);
        for secret in secrets {
            assert!(!shown.contains(secret), "{secret}");
        }
    })
    .await;
}
