//! Idempotency keys: a repeat gets the same answer.

use std::time::Duration;

use futures_util::future::join_all;

use crate::kit::{Place, call_next, code, issue, on_both, open_counter, with_key};

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_gets_the_same_answer_also_after_a_restart() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        let first = node.ask(with_key(issue("A"), "k", "b")).await.unwrap();
        let before = node.journal().await.len();
        assert_eq!(node.ask(with_key(issue("A"), "k", "b")).await.unwrap(), first);
        node.end().await;
        let node = place.node().await;
        assert_eq!(node.ask(with_key(issue("A"), "k", "b")).await.unwrap(), first);
        assert_eq!(node.journal().await.len(), before);
        assert_eq!(code(node.ask(with_key(issue("B"), "k", "other")).await), "key_reused");
        let mut elsewhere = with_key(issue("A"), "k", "b");
        elsewhere.key.as_mut().unwrap().scope = "t2 POST /p".into();
        assert_eq!(node.ask(elsewhere).await.unwrap().ticket.unwrap().number, "A002");
        node.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_at_the_same_moment_is_one_command() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        let answers = join_all((0..20).map(|_| node.ask(with_key(issue("A"), "k", "b")))).await;
        let first = answers[0].as_ref().unwrap();
        assert!(answers.iter().all(|it| it.as_ref().unwrap() == first));
        assert_eq!(node.count("SELECT COUNT(*) FROM tickets").await, 1);
        let (one, two) =
            tokio::join!(node.ask(with_key(issue("A"), "k2", "b")), node.ask(with_key(issue("B"), "k2", "c")));
        assert_eq!([&one, &two].iter().filter(|it| it.is_ok()).count(), 1);
        assert_eq!(code(if one.is_ok() { two } else { one }), "key_reused");
        node.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_refusal_is_decided_anew() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        node.ask(open_counter("1")).await.unwrap();
        assert_eq!(code(node.ask(with_key(call_next("1"), "k", "b")).await), "nobody_waiting");
        node.issue("A").await;
        let called = node.ask(with_key(call_next("1"), "k", "b")).await.unwrap();
        assert_eq!(node.ask(with_key(call_next("1"), "k", "b")).await.unwrap(), called);
        node.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        let first = node.ask(with_key(issue("A"), "k", "b")).await.unwrap();
        node.clock.advance(Duration::from_secs(23 * 3600));
        assert_eq!(node.ask(with_key(issue("A"), "k", "b")).await.unwrap(), first);
        node.clock.advance(Duration::from_secs(2 * 3600));
        assert_ne!(node.ask(with_key(issue("A"), "k", "b")).await.unwrap(), first);
        node.clock.advance(Duration::from_secs(25 * 3600));
        node.hub.halls.tidy_up().await;
        assert_eq!(node.count("SELECT COUNT(*) FROM idempotency_keys").await, 0);
        node.end().await;
    })
    .await;
}
