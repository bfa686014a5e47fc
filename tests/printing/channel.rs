//! A kiosk with a printer: every ticket gets its slip, and no ticket waits for one.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{Api, Mood, Said, TestHub, TestPrinter};

/// A hub with a paired kiosk that has a printer.
struct Place {
    hub: TestHub,
    kiosk: Api,
    player: String,
    printer: TestPrinter,
}

impl Place {
    async fn start(mood: Mood) -> Self {
        let (hub, printer) = (TestHub::start().await, TestPrinter::start(mood).await);
        let (player, token) = pair(&hub, json!({"printer": printer.address()})).await;
        Self { kiosk: hub.api.with_token(&token), player, hub, printer }
    }

    /// A visitor takes a ticket at the kiosk.
    async fn take(&self, fields: Value) -> Value {
        let mut body = json!({"queue": self.hub.demo.queues[0], "channel": "kiosk"});
        body.as_object_mut().expect("fields").extend(fields.as_object().expect("fields").clone());
        self.kiosk.command(&self.hub.demo.hall, "issue", body).await.ok()["ticket"].clone()
    }

    /// The ticket as its holder sees it.
    async fn seen(&self, ticket: &Value) -> Value {
        let key = ticket["id"].as_str().expect("a key");
        self.kiosk.nobody().get(&format!("/tickets/{key}")).await.ok()
    }

    /// Waits until the ticket says this of its slip.
    async fn slip_is(&self, ticket: &Value, state: &str) {
        let mut seen = Value::Null;
        for _ in 0..200 {
            seen = self.seen(ticket).await["slip"].clone();
            if seen == state {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the slip is {seen}, not {state}");
    }

    /// The open alerts: kind, subject, detail.
    async fn alerts(&self) -> Vec<(String, String, String)> {
        let rows = self.hub.api.get(&format!("/halls/{}/alerts", self.hub.demo.hall)).await.ok();
        let text = |it: &Value, field: &str| it[field].as_str().expect("a text").to_owned();
        let open = rows["rows"].as_array().expect("rows").iter().filter(|it| it["state"] != "handled");
        open.map(|it| (text(it, "kind"), text(it, "subject"), text(it, "detail"))).collect()
    }

    async fn print(&self, api: &Api, ticket: &Value, body: Value) -> Said {
        api.post(&format!("/tickets/{}/print", ticket["id"].as_str().expect("a key")), &body).await
    }
}

async fn pair(hub: &TestHub, settings: Value) -> (String, String) {
    let begun = hub.api.nobody().post("/pairings", &json!({"face": "kiosk"})).await.ok();
    let code = begun["code"].as_str().expect("a code");
    let wish = json!({"name": "2 号取号机", "face": "kiosk", "hall": hub.demo.hall, "zones": [], "settings": settings});
    let player = hub.api.post(&format!("/pairings/{code}/approve"), &wish).await.ok();
    let mine = reqwest::Client::new()
        .get(format!("{}/api/v1/pairings/mine", hub.api.base()))
        .header("x-pairing-secret", begun["secret"].as_str().expect("a secret"));
    let text = mine.send().await.expect("the hub answers").text().await.expect("a body");
    let mine: Value = serde_json::from_str(&text).expect("JSON");
    let text = |it: &Value| it.as_str().expect("a text").to_owned();
    (text(&player["id"]), text(&mine["token"]))
}

#[tokio::test]
async fn every_ticket_of_the_kiosk_comes_out_with_its_code_in_the_visitors_language() {
    let place = Place::start(Mood::Well).await;
    let first = place.take(json!({})).await;
    let second = place.take(json!({"language": "en"})).await;
    let papers = place.printer.wait_for(2).await;
    assert_eq!(papers[0].read_codes(), [first["url"].as_str().expect("an address")]);
    assert_eq!(papers[1].read_codes(), [second["url"].as_str().expect("an address")]);
    assert_eq!(papers[0].row_bytes * 8, 576);
    place.slip_is(&first, "printed").await;
    place.slip_is(&second, "printed").await;
    let at_a_counter = place.hub.take('A').await;
    place.slip_is(&at_a_counter, "none").await;
    assert_eq!(place.printer.papers().len(), 2, "one slip each, and none that nobody asked for");
    place.hub.stop().await;
}

#[tokio::test]
async fn an_administrator_tries_the_printer_and_hears_what_it_lacks() {
    let place = Place::start(Mood::PaperOut).await;
    let address = format!("/players/{}/test-print", place.player);
    let said = place.hub.api.post(&address, &json!({})).await.ok();
    assert_eq!((&said["printed"], &said["why"]), (&json!(false), &json!("paper_out")));
    assert!(place.alerts().await.is_empty(), "who tries it stands beside it");
    place.printer.set(Mood::Well);
    let said = place.hub.api.post(&address, &json!({})).await.ok();
    assert_eq!((&said["printed"], &said["why"]), (&json!(true), &Value::Null));
    let papers = place.printer.wait_for(1).await;
    assert_eq!(papers[0].read_codes(), [place.hub.demo.url.as_str()], "its code is no ticket's");
    assert_eq!(place.kiosk.post(&address, &json!({})).await.status, 403);
    let screen = &place.hub.demo.players[0].id;
    assert_eq!(place.hub.api.post(&format!("/players/{screen}/test-print"), &json!({})).await.status, 422);
    place.hub.stop().await;
}

#[tokio::test]
async fn without_paper_the_number_is_valid_the_kiosk_knows_and_somebody_is_told() {
    let place = Place::start(Mood::PaperOut).await;
    let begun = Instant::now();
    let ticket = place.take(json!({})).await;
    assert!(begun.elapsed() < Duration::from_secs(2), "nobody waits for a printer: {:?}", begun.elapsed());
    assert_eq!(ticket["state"], "waiting");
    place.slip_is(&ticket, "failed").await;
    assert_eq!(place.seen(&ticket).await["slip_why"], "paper_out", "the kiosk says what is missing");
    let alert = ("printer".to_owned(), place.player.clone(), "paper_out".to_owned());
    assert_eq!(place.alerts().await, [alert]);
    let counter = place.hub.counter(1).await;
    assert_eq!(counter.press("call_next").await.ok()["ticket"]["ref"], ticket["ref"], "it is called like any other");
    place.printer.set(Mood::Well);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(place.printer.papers().is_empty(), "a slip never comes out in front of somebody else");
    assert_eq!(place.print(&place.kiosk, &ticket, json!({})).await.status, 202);
    place.printer.wait_for(1).await;
    place.slip_is(&ticket, "printed").await;
    assert_eq!(place.seen(&ticket).await["slip_why"], Value::Null);
    assert!(place.alerts().await.is_empty(), "it is over");
    place.hub.stop().await;
}

#[tokio::test]
async fn a_dead_printer_holds_up_nobody_and_comes_back_by_itself() {
    let place = Place::start(Mood::HalfOpen).await;
    let begun = Instant::now();
    let mut tickets = Vec::new();
    for _ in 0..20 {
        tickets.push(place.take(json!({})).await);
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    place.slip_is(&tickets[0], "failed").await;
    place.slip_is(&tickets[19], "failed").await;
    assert_eq!(place.alerts().await[0].2, "silent");
    place.printer.set(Mood::Well);
    place.slip_is(&tickets[0], "printed").await;
    place.hub.stop().await;
}

#[tokio::test]
async fn only_a_kiosk_or_staff_print_and_a_kiosk_only_at_its_own_printer() {
    let place = Place::start(Mood::Well).await;
    let (other, other_token) = pair(&place.hub, json!({})).await;
    let ticket = place.hub.take('A').await;
    let staff = &place.hub.api;
    assert_eq!(place.print(&staff.nobody(), &ticket, json!({})).await.status, 401);
    assert_eq!(place.print(&place.kiosk, &ticket, json!({"player": other})).await.status, 403);
    assert_eq!(
        place.print(&staff.with_token(&other_token), &ticket, json!({})).await.code(),
        "bad_input",
        "no printer"
    );
    assert_eq!(place.print(staff, &ticket, json!({})).await.code(), "bad_input", "which one?");
    assert_eq!(place.print(staff, &ticket, json!({"player": place.player, "copies": 2})).await.status, 422);
    assert_eq!(place.print(&place.kiosk, &json!({"id": "AAAAAAAAAAAAAAAAAAAAAA"}), json!({})).await.status, 404);
    assert_eq!(place.print(staff, &ticket, json!({"player": place.player})).await.status, 202);
    place.slip_is(&ticket, "printed").await;
    for _ in 0..5 {
        assert_eq!(place.print(&place.kiosk, &ticket, json!({})).await.status, 202);
        place.slip_is(&ticket, "printed").await;
    }
    let once_more = place.print(&place.kiosk, &ticket, json!({})).await;
    assert_eq!((once_more.status, once_more.code()), (409, "print_limit"));
    place.hub.stop().await;
}

#[tokio::test]
async fn drawing_and_code_are_for_the_holder_of_the_key_and_end_with_the_ticket() {
    let hub = TestHub::start().await;
    let ticket = hub.take('A').await;
    let image = async |path: &str| {
        let address = format!("{}/api/v1/tickets/{}/{path}", hub.api.base(), ticket["id"].as_str().expect("a key"));
        let answer = reqwest::get(address).await.expect("the hub answers");
        let kind = answer.headers()["content-type"].to_str().expect("a kind").to_owned();
        (answer.status().as_u16(), kind, answer.text().await.expect("a body"))
    };
    let (status, kind, svg) = image("slip.svg").await;
    assert_eq!((status, kind.as_str()), (200, "image/svg+xml; charset=utf-8"));
    assert!(svg.contains(ticket["number"].as_str().expect("a number")));
    assert!(!svg.contains(ticket["id"].as_str().expect("a key")), "the key is in the code only");
    assert!(image("qr.svg").await.2.starts_with("<svg"));
    assert_eq!(
        hub.api.nobody().get(&format!("/tickets/{}/slip.svg", ticket["ref"])).await.status,
        404,
        "a ref is no key"
    );
    hub.command("cancel", json!({"ticket": ticket["id"]})).await.ok();
    assert_eq!(image("slip.svg").await.0, 410);
    hub.stop().await;
}
