//! A visitor's phone: one ticket, the latest state, until it is over.

use std::time::Instant;

use serde_json::{Value, json};

use super::kit::{House, Listener, pace};

async fn phone(house: &House, ticket: &str) -> Listener {
    house.face("ticket", None, json!({"ticket": ticket})).await
}

/// Reads on until the ticket is in a state.
async fn until(phone: &mut Listener, state: &str) -> Value {
    loop {
        let said = phone.text().await;
        assert!(said["mine"].is_object(), "nothing but one's own: {said}");
        if said["mine"]["state"] == state {
            return said["mine"].clone();
        }
    }
}

#[tokio::test]
async fn a_phone_hears_of_its_ticket_and_of_nothing_else() {
    let house = House::open().await;
    house.issue("a").await;
    let id = house.issue("a").await;
    let mut phone = phone(&house, &id).await;
    let mine = until(&mut phone, "waiting").await;
    assert_eq!((&mine["number"], &mine["ahead"]), (&json!("A002"), &json!(1)));
    assert!(mine["estimate"]["p50_s"].is_number());
    assert!(!mine.to_string().contains(&id));
    assert_eq!(mine["defer"], json!({"places": 0, "left": 2}), "nobody waits behind");
    house.issue("a").await;
    let mine = until(&mut phone, "waiting").await;
    assert_eq!(mine["defer"], json!({"places": 1, "left": 2}));
    for verb in ["call_next", "start", "finish", "call_next"] {
        house.ask(json!({"do": verb, "counter": "1"})).await;
    }
    let mine = until(&mut phone, "called").await;
    assert_eq!((&mine["counter"], &mine["times"]), (&json!("1"), &json!(1)));
    assert_eq!(mine["calls"], json!([]), "its own call stands above, and A001 is served");
    house.ask(json!({"do": "start", "counter": "1"})).await;
    until(&mut phone, "serving").await;
    house.ask(json!({"do": "finish", "counter": "1"})).await;
    let mine = until(&mut phone, "done").await;
    assert_eq!(mine["ahead"], Value::Null);
    assert!(phone.is_quiet().await);
}

#[tokio::test]
async fn a_phone_hears_who_else_is_called_and_never_of_a_call_that_is_over() {
    let house = House::open().await;
    house.issue("a").await;
    let id = house.issue("a").await;
    house.ask(json!({"do": "call_next", "counter": "1"})).await;
    let mut phone = phone(&house, &id).await;
    assert_eq!(until(&mut phone, "waiting").await["calls"], json!([{"number": "A001", "label": "1"}]));
    for (verb, state) in [("no_show", "waiting"), ("call_next", "called"), ("no_show", "no_show")] {
        house.ask(json!({"do": verb, "counter": "1"})).await;
        assert_eq!(until(&mut phone, state).await["calls"], json!([]), "{verb}");
    }
    house.ask(json!({"do": "return", "ticket": id})).await;
    assert_eq!(until(&mut phone, "waiting").await["calls"], json!([]), "nor of its own, when it waits again");
}

#[tokio::test]
async fn only_the_latest_counts_and_not_too_often() {
    let house = House::open().await;
    let id = house.issue("a").await;
    let mut phone = phone(&house, &id).await;
    until(&mut phone, "waiting").await;
    house.ask(json!({"do": "call_next", "counter": "1"})).await;
    let begun = Instant::now();
    for _ in 0..50 {
        house.ask(json!({"do": "recall", "counter": "1"})).await;
    }
    let mut told = 0;
    loop {
        let mine = until(&mut phone, "called").await;
        told += 1;
        if mine["times"] == 51 {
            break;
        }
    }
    let most = begun.elapsed().as_millis() / pace().mine_every.as_millis() + 2;
    assert!(told <= most, "{told} times in {:?}", begun.elapsed());
}

#[tokio::test]
async fn a_ticket_that_was_closed_long_ago_is_told_once() {
    let house = House::open().await;
    let id = house.issue("a").await;
    house.ask(json!({"do": "cancel", "ticket": id})).await;
    house.ask(json!({"do": "close_day"})).await;
    for _ in 0..3 {
        let mut phone = phone(&house, &id).await;
        until(&mut phone, "cancelled").await;
        assert!(phone.is_quiet().await);
    }
}
