//! Every field of every command and of every other body, wrong in every way: the field is named, nothing is written.
//!
//! What there is to send is read from the hub's own description, so that a new address is tried from its first day.

use serde_json::{Map, Value, json};
use tests::{Said, TestHub};

/// No field of ours is longer than this many characters, and a body of it is not too large as a whole.
const LONG_CHARS: usize = 5_000;

/// A verb, how many of its fields it cannot do without, and all of them.
type Tried = (&'static str, usize, Vec<(&'static str, Value)>);

/// Each command with every field it takes; the number says how many of them, from the first, it cannot do without.
fn commands() -> Vec<Tried> {
    let counter = || ("counter", json!("1"));
    let ticket = || ("ticket", json!(1));
    let reason = || ("reason", json!("other"));
    let visitor = json!({"phone": "13800000000"});
    let until = json!("2026-11-24T10:00:00+08:00");
    let issue = vec![
        ("queue", json!("A")),
        ("channel", json!("api")),
        ("priority", json!("elder")),
        ("language", json!("zh")),
        ("route", json!(["A", "B"])),
        ("visitor", visitor),
        ("pick_up", json!("12")),
    ];
    let mode = vec![("mode", json!("mixed")), ("queue", json!("A")), ("counter", json!("1"))];
    let announce = vec![
        ("zones", json!(["east"])),
        ("text", json!("请注意")),
        ("clip", json!("gong")),
        ("speakers", json!(["hall"])),
        ("language", json!("zh")),
        ("repeat", json!(1)),
        ("ttl_s", json!(60)),
    ];
    let transfer = vec![
        ticket(),
        counter(),
        ("queue", json!("B")),
        ("to_counter", json!("2")),
        ("place", json!("keep")),
        ("then", json!("back")),
        reason(),
    ];
    vec![
        ("issue", 1, issue),
        ("check_in", 0, vec![ticket(), ("appointment", json!("a")), ("code", json!("c"))]),
        ("call_next", 1, vec![counter()]),
        ("call_ticket", 2, vec![counter(), ticket()]),
        ("recall", 1, vec![counter()]),
        ("start", 1, vec![counter()]),
        ("finish", 1, vec![counter()]),
        ("no_show", 1, vec![counter()]),
        ("park", 1, vec![counter(), reason(), ("until", until)]),
        ("unpark", 1, vec![ticket()]),
        ("transfer", 0, transfer),
        ("defer", 1, vec![ticket(), reason()]),
        ("return", 1, vec![ticket(), reason()]),
        ("cancel", 1, vec![ticket(), reason()]),
        ("reprioritise", 2, vec![ticket(), reason(), ("priority", json!("elder"))]),
        ("undo", 1, vec![counter()]),
        ("open_counter", 1, vec![counter(), ("staff", json!("p"))]),
        ("pause_counter", 2, vec![counter(), reason()]),
        ("resume_counter", 1, vec![counter()]),
        ("close_counter", 1, vec![counter()]),
        ("freeze_queue", 1, vec![("queue", json!("A")), reason()]),
        ("thaw_queue", 1, vec![("queue", json!("A")), reason()]),
        ("set_mode", 1, mode),
        ("open_day", 0, vec![]),
        ("close_day", 0, vec![]),
        ("announce", 1, announce),
        ("withdraw", 1, vec![("announcement", json!("n"))]),
    ]
}

/// What no field of a command takes.
fn wrong_values() -> [Value; 6] {
    let long = "x".repeat(LONG_CHARS);
    [json!(true), json!(1.5), json!({"x": 1}), json!([[1]]), json!(long), json!("a\u{0}b")]
}

/// The field is named in a document of bad input.
fn assert_names(said: &Said, field: &str, what: &str) {
    assert_eq!((said.status, said.code()), (422, "bad_input"), "{what}: {said:?}");
    let errors = said.body["errors"].as_array().expect("errors");
    let named = |it: &Value| it["field"].as_str().is_some_and(|it| it.starts_with(field));
    assert!(errors.iter().any(named), "{what}: {field} is not named in {errors:?}");
    assert!(errors.iter().all(|it| it["why"].as_str().is_some_and(|it| !it.is_empty())), "{what}: {errors:?}");
    assert!(said.body["detail"].as_str().is_some_and(|it| !it.is_empty()), "{what}: says nothing");
}

/// What a change would leave behind: the hall's position, the newest deed in the audit, the setup's revision.
async fn written(hub: &TestHub) -> Value {
    let audit = hub.api.get("/audit?limit=1").await.ok()["rows"].clone();
    let setup = hub.api.get(&format!("/halls/{}/setup", hub.demo.hall)).await.ok()["revision"].clone();
    let board = hub.api.get(&format!("/halls/{}/board", hub.demo.hall)).await.ok()["at"].clone();
    json!([audit, setup, board])
}

#[tokio::test]
async fn every_wrong_field_of_every_command_is_named_and_nothing_is_written() {
    let hub = TestHub::start().await;
    hub.take('A').await;
    let before = written(&hub).await;
    let path = format!("/halls/{}/commands", hub.demo.hall);
    let known = hub.api.post(&path, &json!({"do": "dance"})).await;
    let known = known.body["errors"][0]["why"].as_str().expect("the verbs").to_owned();
    let ours: Vec<_> = commands().iter().map(|(verb, ..)| *verb).collect();
    assert_eq!(known, format!("is none of {}", ours.join(", ")), "every verb is tried");

    for (verb, needed, fields) in commands() {
        let mut whole: Map<String, Value> = fields.iter().map(|(name, it)| ((*name).to_owned(), it.clone())).collect();
        whole.insert("do".into(), json!(verb));
        let names: Vec<&str> = fields.iter().map(|(name, _)| *name).chain(["expect", "note"]).collect();
        for name in &names {
            for wrong in wrong_values() {
                let mut body = whole.clone();
                body.insert((*name).to_owned(), wrong.clone());
                let what = format!("{verb} with {name} = {:.40}", wrong.to_string());
                assert_names(&hub.api.post(&path, &Value::Object(body)).await, name, &what);
            }
            let twice = format!(r#"{{"do": "{verb}", "{name}": null, "{name}": null}}"#);
            let said = hub.api.post_raw(&path, "application/json", twice).await;
            assert_eq!((said.status, said.code()), (422, "bad_input"), "{verb}, {name} twice: {said:?}");
            assert!(said.body["errors"].to_string().contains(name), "{verb}, {name} twice: {said:?}");
        }
        for name in names.iter().take(needed) {
            let mut body = whole.clone();
            body.remove(*name);
            assert_names(&hub.api.post(&path, &Value::Object(body)).await, name, &format!("{verb} without {name}"));
        }
        let mut body = whole.clone();
        body.insert("colour".into(), json!("red"));
        assert_names(&hub.api.post(&path, &Value::Object(body)).await, "colour", &format!("{verb} with a colour"));
    }
    assert_eq!(written(&hub).await, before, "nothing was written");
    hub.stop().await;
}

#[tokio::test]
async fn what_a_command_names_and_the_hall_does_not_know_is_refused() {
    let hub = TestHub::start().await;
    let (queue, counter) = (&hub.demo.queues[0], &hub.demo.counters[0]);
    let ticket = hub.take('A').await["ref"].clone();
    hub.command("open_counter", json!({"counter": counter})).await.ok();
    let before = written(&hub).await;
    for (verb, _, fields) in commands() {
        let names = |name: &str| matches!(name, "queue" | "counter" | "ticket" | "to_counter" | "announcement");
        for (name, _) in fields.iter().filter(|(name, _)| names(name)) {
            let mut body = json!({"do": verb});
            for (other, _) in &fields {
                match *other {
                    "queue" if verb != "transfer" && verb != "set_mode" => body["queue"] = json!(queue),
                    "counter" if !matches!(verb, "transfer" | "set_mode") => body["counter"] = json!(counter),
                    "ticket" => body["ticket"] = ticket.clone(),
                    "mode" => body["mode"] = json!("mixed"),
                    "reason" => body["reason"] = json!("other"),
                    _ => {}
                }
            }
            body[*name] = json!("no such thing");
            if verb == "transfer" && *name == "counter" {
                body.as_object_mut().expect("an object").remove("ticket");
            }
            if verb == "transfer" && matches!(*name, "ticket" | "counter") {
                body["queue"] = json!(hub.demo.queues[1]);
            }
            let said = hub.api.post(&format!("/halls/{}/commands", hub.demo.hall), &body).await;
            assert_eq!((said.status, said.code()), (404, "no_such"), "{body}: {said:?}");
        }
    }
    assert_eq!(written(&hub).await, before, "nothing was written");
    hub.stop().await;
}

/// An address that takes a body, and the fields it describes.
struct Place {
    method: String,
    path: String,
    fields: Vec<(String, Value)>,
}

/// Follows a reference of the description.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(to) => resolved(document, document.pointer(&to[1..]).expect("what is referred to")),
        None => schema,
    }
}

fn places(document: &Value, hall: &str) -> Vec<Place> {
    let mut places = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let Some(content) = operation.pointer("/requestBody/content/application~1json/schema") else { continue };
            let schema = match path.ends_with("/setup") {
                true => &document["components"]["schemas"]["HallSetup"],
                false => resolved(document, content),
            };
            let fields = schema["properties"].as_object().into_iter().flatten();
            let fields = fields.map(|(name, it)| (name.clone(), resolved(document, it).clone())).collect();
            let path = path.strip_prefix("/api/v1").expect("our addresses").replace("{hall}", hall);
            let path: String =
                path.split('/').map(|it| if it.starts_with('{') { "z9" } else { it }).collect::<Vec<_>>().join("/");
            places.push(Place { method: method.clone(), path, fields });
        }
    }
    places
}

/// Whether a schema lets a value of this type pass; one that says nothing about types may.
fn may_take(schema: &Value, kind: &str) -> bool {
    match &schema["type"] {
        Value::String(one) => one == kind || (one == "number" && kind == "integer"),
        Value::Array(some) => some.iter().any(|it| it == kind),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => true,
    }
}

#[tokio::test]
async fn every_wrong_field_of_every_body_is_a_problem_and_nothing_is_written() {
    let hub = TestHub::start().await;
    let address = format!("{}/api/openapi.json", hub.demo.url);
    let document: Value = reqwest::get(address).await.expect("an answer").json().await.expect("JSON");
    let before = written(&hub).await;
    let places = places(&document, &hub.demo.hall);
    assert!(places.len() > 25, "{}", places.len());
    assert!(places.iter().map(|it| it.fields.len()).sum::<usize>() > 100, "fields are described");
    for place in places.iter().filter(|it| !it.path.ends_with("/commands")) {
        for (name, schema) in &place.fields {
            let wrong = [
                ("boolean", json!(true)),
                ("number", json!(1.5)),
                ("object", json!({"x": [[1]]})),
                ("array", json!([[{"x": 1}]])),
                ("string", json!("x".repeat(LONG_CHARS))),
            ];
            for (kind, value) in wrong.iter().filter(|(kind, _)| *kind == "string" || !may_take(schema, kind)) {
                let said = send(&hub, place, json!({name: value}).to_string()).await;
                assert_problem(&said, &format!("{} {} with {name} a {kind}", place.method, place.path));
            }
            let said = send(&hub, place, format!(r#"{{"{name}": null, "{name}": null}}"#)).await;
            assert_problem(&said, &format!("{} {} with {name} twice", place.method, place.path));
        }
        let said = send(&hub, place, r#"{"no_such_field": 1}"#.into()).await;
        assert_problem(&said, &format!("{} {} with an unknown field", place.method, place.path));
    }
    assert_eq!(written(&hub).await, before, "nothing was written");
    hub.stop().await;
}

async fn send(hub: &TestHub, place: &Place, body: String) -> Said {
    hub.api.raw(&place.method, &place.path, body).await
}

fn assert_problem(said: &Said, what: &str) {
    assert!((400..500).contains(&said.status), "{what}: {said:?}");
    assert_eq!(said.headers["content-type"], "application/problem+json", "{what}");
    assert!(said.body["detail"].as_str().is_some_and(|it| !it.is_empty()), "{what}: {said:?}");
    assert!(!said.code().is_empty(), "{what}: {said:?}");
    let errors = said.body["errors"].as_array().into_iter().flatten();
    // A page says it in the reader's language: it needs the code, not the sentence.
    for error in errors {
        assert!(error["code"].as_str().is_some_and(|it| it != "other"), "{what}: {error}");
    }
}
