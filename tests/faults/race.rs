//! Two hands on one thing: the same key twice, two counters and one ticket, a chosen number against the next one.

use serde_json::json;
use tests::TestHub;

#[tokio::test]
async fn a_double_press_with_the_same_key_gets_the_same_answer_and_calls_once() {
    let hub = TestHub::start().await;
    hub.take('A').await;
    hub.take('A').await;
    let counter = hub.counter(3).await;
    let press = || hub.api.command_with_key(&hub.demo.hall, "call_next", json!({"counter": counter.id}), "press-1");
    let (first, second) = tokio::join!(press(), press());
    let (first, second) = (first.expect("an answer").ok(), second.expect("an answer").ok());
    assert_eq!(first, second);
    assert_eq!(first["ticket"]["number"], "A001");
    hub.stop().await;
}

#[tokio::test]
async fn a_second_press_without_a_key_is_refused_and_names_the_ticket() {
    let hub = TestHub::start().await;
    hub.take('A').await;
    hub.take('A').await;
    let counter = hub.counter(3).await;
    counter.press("call_next").await.ok();
    let again = counter.press("call_next").await;
    assert_eq!((again.status, again.code()), (409, "counter_busy"));
    assert_eq!(again.body["ticket"]["number"], "A001");
    assert!(again.body["detail"].as_str().unwrap_or_default().contains("A001"), "{}", again.body);
    assert!(again.body["at"]["seq"].is_i64());
    hub.stop().await;
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let hub = TestHub::start().await;
    let ask =
        |queue: usize| hub.api.command_with_key(&hub.demo.hall, "issue", json!({"queue": hub.demo.queues[queue]}), "k");
    ask(0).await.expect("an answer").ok();
    let other = ask(1).await.expect("an answer");
    assert_eq!((other.status, other.code()), (422, "key_reused"));
    hub.stop().await;
}

#[tokio::test]
async fn six_counters_race_for_five_tickets_and_each_ticket_is_called_once() {
    let hub = TestHub::start().await;
    for _ in 0..5 {
        hub.take('B').await;
    }
    let mut counters = Vec::new();
    for number in 1..=6 {
        counters.push(hub.counter(number).await);
    }
    let mut racing = tokio::task::JoinSet::new();
    for counter in counters {
        racing.spawn(async move { counter.press("call_next").await });
    }
    let mut called = Vec::new();
    let mut refused = Vec::new();
    while let Some(said) = racing.join_next().await {
        let said = said.expect("an answer");
        if said.status == 200 {
            called.push(said.body["ticket"]["number"].as_str().unwrap_or_default().to_owned());
        } else {
            refused.push(said.code().to_owned());
        }
    }
    called.sort();
    assert_eq!(called, ["B001", "B002", "B003", "B004", "B005"]);
    assert_eq!(refused, ["nobody_waiting"]);
    hub.stop().await;
}

#[tokio::test]
async fn a_chosen_number_and_the_next_one_never_meet_at_two_counters() {
    let hub = TestHub::start().await;
    let ticket = hub.take('C').await;
    let (one, two) = (hub.counter(1).await, hub.counter(2).await);
    let chosen = one.press_with("call_ticket", json!({"ticket": ticket["ref"]}));
    let next = two.press("call_next");
    let (chosen, next) = tokio::join!(chosen, next);
    let calls = [&chosen, &next].iter().filter(|it| it.status == 200).count();
    assert_eq!(calls, 1, "{chosen:?} {next:?}");
    let code = if chosen.status == 200 { next.code() } else { chosen.code() };
    assert!(code == "nobody_waiting" || code == "already_called", "{code}");
    hub.stop().await;
}
