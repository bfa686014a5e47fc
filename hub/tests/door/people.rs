//! Visitors: one id for one person, nothing personal in the open, and erasing.

use hall::{VisitorId, moves::TicketName};
use hub::halls::person::{Identity, IdentityKind, Person, one_phone};
use hub::halls::{Asked, NewVisitor, visitor};
use hub::store::{visitors, whole};

use crate::kit::{Node, Place, code, issue, on_both};

fn person(phone: Option<&str>, name: Option<&str>, card: Option<&str>) -> Person {
    Person {
        phone: phone.map(|it| one_phone(it).unwrap()),
        name: name.map(str::to_owned),
        pinyin: None,
        identity: card.map(|it| Identity::new(IdentityKind::IdCard, it).unwrap()),
    }
}

fn for_person(queue: &str, who: Person) -> Asked {
    Asked { visitor: Some(NewVisitor::Person(who)), ..issue(queue) }
}

async fn visitor_of(node: &Node, asked: Asked) -> VisitorId {
    let reference = node.ask(asked).await.unwrap().ticket.unwrap().reference;
    node.hall().await.ticket(hall::TicketRef(reference)).unwrap().visitor.clone().unwrap()
}

/// Every value of every row, as text.
async fn everything(node: &Node) -> String {
    let mut tx = node.db().begin_reading().await.unwrap();
    let mut text = String::new();
    for table in whole::tables(&mut tx).await.unwrap() {
        whole::read::<sqlx::Error>(&mut tx, &table, |row| {
            text.push_str(&format!("{} {row:?}\n", table.name));
            Ok(())
        })
        .await
        .unwrap();
    }
    text
}

const CARD: &str = "11010519491231002X";

#[tokio::test]
async fn the_same_person_has_one_id_and_a_limit_holds() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        let first = visitor_of(&node, for_person("A", person(Some("138 0000 0001"), Some("王"), None))).await;
        let again = node.ask(for_person("A", person(Some("+8613800000001"), None, None))).await;
        assert_eq!(code(again), "hoarding");
        // The identity is learned, and finds them without the phone.
        let with_card = for_person("B", person(Some("13800000001"), None, Some(CARD)));
        assert_eq!(visitor_of(&node, with_card).await, first);
        let by_card = node.ask(for_person("B", person(None, None, Some(CARD)))).await;
        assert_eq!(code(by_card), "hoarding");
        // Somebody else at the same phone, with an identity of their own.
        let other = for_person("A", person(Some("13800000001"), None, Some("440524188001010014")));
        assert_ne!(visitor_of(&node, other).await, first);
        let known = Asked { visitor: Some(NewVisitor::Known(first.clone())), ..issue("A") };
        assert_eq!(code(node.ask(known).await), "hoarding");
        let nobody = Asked { visitor: Some(NewVisitor::Known("nobody".into())), ..issue("A") };
        assert_eq!(code(node.ask(nobody).await), "bad_input");
        let row = visitors::by_id(node.db(), &first).await.unwrap().unwrap();
        let opened = visitor::open(&node.hub.keys, &row).unwrap();
        assert!(opened == person(Some("13800000001"), Some("王"), Some(CARD)));
        node.end().await;
    })
    .await;
}

#[tokio::test]
async fn nothing_personal_stands_in_the_open_and_a_refusal_leaves_none() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        let mut asked = for_person("A", person(Some("13800000001"), Some("王小明"), Some(CARD)));
        asked.note = Some("带轮椅，王小明".into());
        visitor_of(&node, asked).await;
        assert_eq!(code(node.ask(for_person("Z", person(Some("13900000009"), None, None))).await), "no_such");
        assert_eq!(node.count("SELECT COUNT(*) FROM visitors").await, 1, "a refused command left a person behind");
        let text = everything(&node).await;
        for secret in ["13800000001", "王小明", CARD, "轮椅", "13900000009"] {
            assert!(!text.contains(secret), "{secret} stands in the open");
        }
        node.end().await;
    })
    .await;
}

#[tokio::test]
async fn who_is_erased_is_gone() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        let mut asked = for_person("A", person(Some("13800000001"), None, None));
        asked.note = Some("a note".into());
        let id = visitor_of(&node, asked).await;
        let wanted = person(Some("13800000001"), None, None);
        assert!(visitor::find(node.db(), &node.hub.keys, &wanted).await.unwrap() == std::slice::from_ref(&id));
        let now = node.hub.clock.now();
        assert!(visitor::erase(node.db(), place.folder.path(), &id, now).await.unwrap());
        assert!(!visitor::erase(node.db(), place.folder.path(), &id, now).await.unwrap());
        for table in ["SELECT COUNT(*) FROM visitors", "SELECT COUNT(*) FROM notes"] {
            assert_eq!(node.count(table).await, 0, "{table}");
        }
        assert_eq!(node.count("SELECT COUNT(*) FROM tickets WHERE visitor IS NOT NULL").await, 0);
        assert_eq!(visitor::find(node.db(), &node.hub.keys, &wanted).await.unwrap(), []);
        // The ticket itself goes on, and what happens to it brings nobody back.
        let ticket = node.hall().await.open_tickets().next().unwrap().clone();
        let cancel =
            hall::Command::Cancel(hall::moves::Cancel { ticket: TicketName::Ref(ticket.reference), reason: None });
        node.ask(crate::kit::asked(cancel)).await.unwrap();
        assert_eq!(node.count("SELECT COUNT(*) FROM tickets WHERE visitor IS NOT NULL").await, 0);
        node.end().await;
    })
    .await;
}
