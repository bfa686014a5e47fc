//! Several hubs over one PostgreSQL database, configuration, and the two schemas.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use hall::By;
use hub::store::whole;

use crate::kit::{Node, Place, call_next, code, h1, issue, on_both, on_postgres, open_counter, setup};

#[tokio::test(flavor = "multi_thread")]
async fn two_hubs_share_a_hall() {
    on_postgres(async |place: Place| {
        let (one, two) = (place.with_hall().await, place.node().await);
        let all = (0..100).map(|it| if it % 2 == 0 { one.issue("A") } else { two.issue("A") });
        let numbers: BTreeSet<String> = join_all(all).await.into_iter().map(|it| it.ticket.unwrap().number).collect();
        assert_eq!(numbers.len(), 100);
        one.ask(open_counter("1")).await.unwrap();
        two.ask(open_counter("2")).await.unwrap();
        let (a, b) = tokio::join!(one.ask(call_next("1")), two.ask(call_next("2")));
        assert_ne!(a.unwrap().ticket.unwrap().reference, b.unwrap().ticket.unwrap().reference);
        assert!(one.journal().await == two.journal().await);
        assert!(one.hall().await.fold == two.hall().await.fold);
        one.clock.advance(std::time::Duration::from_secs(24 * 3600));
        two.clock.advance(std::time::Duration::from_secs(24 * 3600));
        tokio::join!(one.hub.halls.look(), two.hub.halls.look());
        assert!(one.hall().await.fold == two.hall().await.fold);
        one.end().await;
        two.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_setup_holds_from_its_entry_on_for_every_hub() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        let other = if place.is_postgres() { Some(place.node().await) } else { None };
        let halls = &node.hub.halls;
        let rename = |setup: &mut hall::Setup, _: &hall::Fold| {
            setup.queues[0].prefix = "C".into();
            Ok(())
        };
        assert_eq!(halls.configure(&h1(), By::Hub, Some(1), rename).await.unwrap(), 2);
        assert_eq!(code(halls.configure(&h1(), By::Hub, Some(1), rename).await), "stale");
        assert_eq!(halls.configure(&h1(), By::Hub, None, rename).await.unwrap(), 2, "nothing changed");
        let asked = other.as_ref().unwrap_or(&node).ask(issue("A")).await;
        assert_eq!(asked.unwrap().ticket.unwrap().number, "C001");
        assert_eq!(node.hall().await.fold.revision, 2);
        assert_eq!(code(halls.create(setup("h1"), None, By::Hub).await), "exists");
        let worse = |_: &mut hall::Setup, _: &hall::Fold| Err(hub::Error::bad("x", "y"));
        assert_eq!(code(halls.configure(&h1(), By::Hub, None, worse).await), "bad_input");
        halls.remove(&h1()).await.unwrap();
        assert_eq!(code(node.ask(issue("A")).await), "no_such");
        assert_eq!(node.count("SELECT COUNT(*) FROM journal").await, 0);
        halls.create(setup("h1"), None, By::Hub).await.unwrap();
        assert_eq!(node.issue("A").await.ticket.unwrap().number, "A001");
        node.end().await;
        if let Some(other) = other {
            other.end().await;
        }
    })
    .await;
}

#[tokio::test]
async fn both_databases_have_the_same_tables_and_columns() {
    on_postgres(async |place: Place| {
        let (postgres, sqlite) = (place.node().await, Place::new(None).await.node().await);
        let mut found = Vec::new();
        for node in [&postgres, &sqlite] {
            let mut tx = node.db().begin_reading().await.unwrap();
            let mut tables = whole::tables(&mut tx).await.unwrap();
            tables.sort_by(|a, b| a.name.cmp(&b.name));
            found.push(tables);
        }
        assert_eq!(found[0], found[1]);
        postgres.end().await;
        sqlite.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_dies_under_a_group_loses_nobodys_command() {
    on_postgres(async |place: Place| {
        let node = place.with_hall().await;
        assert_eq!(numbers_over_a_dead_connection(&node, 1).await, ["A001"]);
        let numbers = numbers_over_a_dead_connection(&node, 10).await;
        assert_eq!(numbers, (2..=11).map(|it| format!("A{it:03}")).collect::<Vec<_>>());
        node.journal().await;
        node.end().await;
    })
    .await;
}

const WAITING: &str =
    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
const KILL_WAITING: &str = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity \
                            WHERE datname = current_database() AND wait_event_type = 'Lock'";

/// Visitors take tickets while the hall is held; who waits for it loses the connection, once.
async fn numbers_over_a_dead_connection(node: &Node, visitors: usize) -> Vec<String> {
    let mut held = node.db().begin().await.unwrap();
    hub::store::halls::lock(&mut held, &h1()).await.unwrap();
    let kill = async {
        while node.count(WAITING).await == 0 {
            tokio::task::yield_now().await;
        }
        assert!(node.count(KILL_WAITING).await > 0);
        held.rollback().await.unwrap();
    };
    let (_, answers) = tokio::join!(kill, join_all((0..visitors).map(|_| node.issue("A"))));
    let mut numbers: Vec<String> = answers.into_iter().map(|it| it.ticket.unwrap().number).collect();
    numbers.sort();
    numbers
}
