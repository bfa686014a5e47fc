//! Loading: snapshots, unknown versions, damaged journals.

use futures_util::future::join_all;
use hall::Hall;

use crate::kit::{Place, call_next, code, issue, on_both, open_counter};

#[tokio::test(flavor = "multi_thread")]
async fn a_hall_is_the_same_however_it_is_loaded() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        node.ask(open_counter("1")).await.unwrap();
        join_all((0..1_100).map(|_| node.issue("A"))).await;
        node.ask(call_next("1")).await.unwrap();
        let fold = node.hall().await.fold.clone();
        let mut replayed = Hall::new(node.hall().await.setup.clone());
        node.journal().await.iter().for_each(|it| drop(replayed.apply(it)));
        assert!(replayed.fold == fold);
        let snapshots = node.count("SELECT COUNT(*) FROM snapshots").await;
        assert!((2..=6).contains(&snapshots), "{snapshots} snapshots");
        node.end().await;

        let node = place.node().await;
        assert!(node.hall().await.fold == fold);
        node.sql("UPDATE snapshots SET version = 99 WHERE seq = (SELECT MAX(seq) FROM snapshots)").await;
        node.end().await;

        let node = place.node().await;
        assert_eq!(node.hall().await.fold, fold, "an unknown version is replayed from an earlier snapshot");
        node.sql("UPDATE snapshots SET fold = '{}'").await;
        node.end().await;

        let node = place.node().await;
        assert_eq!(node.hall().await.fold, fold, "without a readable snapshot all is replayed");
        assert_eq!(node.issue("B").await.ticket.unwrap().number, "B001");
        node.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_gap_is_an_error_and_never_a_wrong_hall() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        for _ in 0..3 {
            node.issue("A").await;
        }
        node.sql("DELETE FROM snapshots").await;
        node.sql("DELETE FROM journal WHERE seq = 3").await;
        node.end().await;
        let node = place.node().await;
        assert_eq!(code(node.ask(issue("A")).await), "broken");
        assert_eq!(code(node.hub.halls.seen(&crate::kit::h1()).await), "broken");
        node.end().await;
    })
    .await;
}

#[tokio::test]
async fn old_days_go_to_the_archive_and_the_hall_goes_on() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        join_all((0..1_300).map(|_| node.issue("A"))).await;
        node.clock.advance(std::time::Duration::from_secs(24 * 3600));
        join_all((0..100).map(|_| node.issue("A"))).await;
        node.clock.advance(std::time::Duration::from_secs(500 * 24 * 3600));
        node.hub.halls.look().await;
        let fold = node.hall().await.fold.clone();
        node.hub.halls.tidy_up().await;
        let archived = node.count("SELECT archived_seq FROM halls").await;
        assert!(archived > 400, "{archived}");
        assert_eq!(node.count("SELECT MIN(seq) FROM journal").await, archived + 1);
        assert_eq!(node.count("SELECT MAX(last_seq) FROM archive").await, archived);
        node.end().await;
        let node = place.node_at(crate::kit::start() + chrono::Duration::days(501)).await;
        assert!(node.hall().await.fold == fold);
        node.sql("UPDATE snapshots SET version = 99").await;
        node.end().await;
        let node = place.node_at(crate::kit::start() + chrono::Duration::days(501)).await;
        assert_eq!(node.hall().await.fold, fold, "the archive is read where no snapshot can be");
        node.end().await;
    })
    .await;
}
