//! Racing writers, group commit, and what happens when a group fails.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use hall::{By, Event, Reach};
use hub::halls::Asked;
use hub::store::announcements::Words;

use crate::kit::{DESK, Place, asked, call_next, code, finish_at, h1, issue, on_both, open_counter, setup, start_at};

#[tokio::test(flavor = "multi_thread")]
async fn racing_visitors_get_numbers_without_doubles_and_gaps() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        let answers = join_all((0..300).map(|_| node.issue("A"))).await;
        let numbers: BTreeSet<String> = answers.iter().map(|it| it.ticket.clone().unwrap().number).collect();
        let expected: BTreeSet<String> = (1..=300).map(|it| format!("A{it:03}")).collect();
        assert_eq!(numbers, expected);
        let seqs: BTreeSet<i64> = answers.iter().map(|it| it.at.seq).collect();
        assert_eq!(seqs.len(), 300, "each command has an entry of its own");
        node.journal().await;
        assert_eq!(node.count("SELECT COUNT(*) FROM tickets WHERE state = 'waiting'").await, 300);
        node.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn racing_counters_never_call_one_ticket_twice() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        let counters: Vec<String> = (1..=6).map(|it| it.to_string()).collect();
        join_all(counters.iter().map(|it| node.ask(open_counter(it)))).await;
        join_all((0..60).map(|it| node.issue(if it % 2 == 0 { "A" } else { "B" }))).await;
        let rounds = counters.iter().map(async |it| {
            let mut called = Vec::new();
            loop {
                match node.ask(call_next(it)).await {
                    Ok(answer) => called.push(answer.ticket.unwrap().reference),
                    Err(no) => {
                        assert_eq!(no.problem().code, "nobody_waiting");
                        return called;
                    }
                }
                node.ask(start_at(it)).await.unwrap();
                node.ask(finish_at(it)).await.unwrap();
            }
        });
        let called: Vec<i64> = join_all(rounds).await.into_iter().flatten().collect();
        assert_eq!(called.len(), 60);
        assert_eq!(called.iter().collect::<BTreeSet<_>>().len(), 60, "a ticket was called twice");
        let events = node.journal().await;
        assert_eq!(events.iter().filter(|it| matches!(it.event, Event::Called { .. })).count(), 60);
        assert_eq!(node.count("SELECT COUNT(*) FROM services WHERE outcome = 'served'").await, 60);
        assert_eq!(node.count("SELECT COUNT(*) FROM tickets WHERE state = 'done'").await, 60);
        node.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_command_writes_nothing_and_spoils_nobody() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        node.ask(open_counter("1")).await.unwrap();
        let before = node.journal().await.len();
        let refused = node.ask(call_next("1")).await;
        assert_eq!(code(refused), "nobody_waiting");
        assert_eq!(node.journal().await.len(), before);
        let (a, b, c) = tokio::join!(node.ask(call_next("2")), node.ask(issue("A")), node.ask(call_next("9")));
        assert_eq!(code(a), "counter_closed");
        assert_eq!(b.unwrap().ticket.unwrap().number, "A001");
        assert_eq!(code(c), "no_such");
        node.end().await;
    })
    .await;
}

/// An announcement whose words PostgreSQL cannot keep.
fn poison() -> Asked {
    let announce = serde_json::from_value(serde_json::json!({"do": "announce", "zones": []})).unwrap();
    Asked { words: Some(Words { text: Some("\0".into()), clip: None }), ..asked(announce) }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_guilty_command_of_a_group_fails() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        node.hub.halls.create(setup("h2"), None, By::Hub).await.unwrap();
        // On SQLite a whole hall is poisoned: the number of its next entry is taken.
        node.sql(
            "INSERT INTO journal (hall, seq, time, caused_by, event) \
             SELECT hall, seq + 1, time, caused_by, event FROM journal WHERE hall = 'h2' ORDER BY seq DESC LIMIT 1",
        )
        .await;
        let halls = &node.hub.halls;
        let h2 = "h2".into();
        let group = async {
            tokio::join!(
                node.ask(issue("A")),
                async {
                    if place.is_postgres() { node.ask(poison()).await } else { halls.submit(&h2, issue("A")).await }
                },
                node.ask(issue("A")),
                node.ask(issue("B")),
            )
        };
        // Whoever holds the pen (or the hall's row) makes all of them wait, so that they are one group.
        let mut held = node.db().begin().await.unwrap();
        hub::store::halls::lock(&mut held, &h1()).await.unwrap();
        let (_, answers) = tokio::join!(
            async {
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
                held.rollback().await.unwrap();
            },
            group
        );
        let (first, guilty, third, fourth) = answers;
        assert_eq!(code(guilty), "try_again");
        let numbers: BTreeSet<String> =
            [first, third, fourth].into_iter().map(|it| it.unwrap().ticket.unwrap().number).collect();
        assert_eq!(numbers, ["A001", "A002", "B001"].map(str::to_owned).into());
        node.journal().await;
        node.sql("DELETE FROM journal WHERE hall = 'h2' AND seq > (SELECT seq FROM halls WHERE id = 'h2')").await;
        assert_eq!(halls.submit(&h2, issue("A")).await.unwrap().ticket.unwrap().number, "A001");
        node.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_finds_the_line_full_is_told_to_come_back() {
    let place = Place::new(None).await;
    let node = place.with_hall().await;
    let held = node.db().begin().await.unwrap();
    let too_many = join_all((0..4_200).map(|_| node.ask(call_next("9"))));
    let (_, answers) = tokio::join!(
        async {
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            held.rollback().await.unwrap();
        },
        too_many
    );
    let codes: Vec<String> = answers.into_iter().map(code).collect();
    assert_eq!(codes.iter().filter(|it| *it == "no_such").count(), 4_096);
    assert_eq!(codes.iter().filter(|it| *it == "try_again").count(), 104);
    assert_eq!(node.issue("A").await.ticket.unwrap().number, "A001");
    node.end().await;
}

#[tokio::test]
async fn a_refusal_shows_what_stands_there_but_no_key_of_another_visitor() {
    let place = Place::new(None).await;
    let node = place.with_hall().await;
    let (mine, _other) = (node.issue("A").await, node.issue("A").await);
    node.ask(open_counter("1")).await.unwrap();
    node.ask(call_next("1")).await.unwrap();
    let problem = node.ask(call_next("1")).await.unwrap_err().problem();
    assert_eq!((problem.code.as_str(), problem.status), ("counter_busy", 409));
    assert_eq!(problem.counter.unwrap()["ticket"], mine.ticket.as_ref().unwrap().reference);
    assert!(problem.at.unwrap().seq > 0);
    let visitor = |ticket: serde_json::Value| {
        let body = serde_json::json!({"do": "defer", "ticket": ticket});
        Asked::plain(serde_json::from_value(body).unwrap(), By::Visitor, Reach::Ticket)
    };
    let own = mine.ticket.unwrap();
    let problem = node.ask(visitor(own.id.clone().into())).await.unwrap_err().problem();
    assert_eq!(problem.code, "wrong_state");
    assert!(problem.ticket.as_ref().is_none_or(|it| it["id"] == *own.id.as_ref().unwrap()));
    let text = serde_json::to_string(&problem).unwrap();
    assert!(!text.contains(DESK), "a visitor is told who is at the counter: {text}");
    node.end().await;
}

#[tokio::test]
async fn a_ticket_closed_long_ago_is_closed_and_not_unknown() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        let old = node.issue("A").await.ticket.unwrap();
        node.clock.advance(std::time::Duration::from_secs(3 * 24 * 3600));
        node.issue("A").await;
        let visitor = |id: &str| {
            let body = serde_json::json!({"do": "cancel", "ticket": id});
            Asked::plain(serde_json::from_value(body).unwrap(), By::Visitor, Reach::Ticket)
        };
        let problem = node.ask(visitor(old.id.as_ref().unwrap())).await.unwrap_err().problem();
        assert_eq!(problem.code, "wrong_state");
        assert_eq!(problem.ticket.unwrap()["state"], "unserved");
        assert_eq!(code(node.ask(visitor("AAAAAAAAAAAAAAAAAAAAAA")).await), "no_such");
        node.end().await;
    })
    .await;
}
