//! Every address of the API, as its own description lists them: nothing without permission, no failure on bad input,
//! nothing written.

use hub::people::Role;
use serde_json::Value;

use crate::kit::{Answer, Asker, Town, on_both};
use crate::setup::hall;

/// Answered without login: what runs here, what a kiosk needs, signing in, pairing, and a ticket by its key.
const OPEN: [&str; 13] = [
    "get /about",
    "get /health",
    "get /metrics",
    "get /halls/{hall}/board",
    "get /halls/{hall}/offer",
    "get /pairings/mine",
    "get /players/{id}",
    "get /socket",
    "get /tickets/{id}",
    "post /pairings",
    "post /password-reset",
    "post /session",
    "delete /session",
];

/// An address with its method; `true` if it takes a body.
struct Place {
    method: String,
    path: String,
    takes_body: bool,
}

fn places() -> Vec<Place> {
    let document = serde_json::to_value(hub::http::openapi()).unwrap();
    let mut places = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = path.strip_prefix("/api/v1").unwrap();
        for (method, operation) in item.as_object().unwrap().iter().filter(|(_, it)| it["operationId"].is_string()) {
            let (method, takes_body) = (method.clone(), operation["requestBody"].is_object());
            places.push(Place { method, path: path.into(), takes_body });
        }
    }
    assert!(places.len() > 50, "{}", places.len());
    places
}

impl Place {
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The address with these words in place of its names.
    fn with(&self, hall: &str, id: &str) -> String {
        let mut path = self.path.replace("{hall}", hall);
        while let (Some(from), Some(until)) = (path.find('{'), path.find('}')) {
            path.replace_range(from..=until, id);
        }
        path
    }

    async fn ask(&self, who: &Asker<'_>, path: &str, body: Option<&str>) -> Answer {
        who.ask(&self.method.to_uppercase(), path, body.map(str::to_owned)).await
    }
}

async fn written(town: &Town) -> (usize, Value) {
    let board = town.nobody().get("/halls/h1/board").await.ok();
    (hub::store::audit::newest(&town.hub.db, None, 500).await.unwrap().len(), board["at"].clone())
}

#[tokio::test]
async fn nobody_and_people_without_roles_do_nothing() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let nothing = town.signed_in("li", &[]).await;
        town.hub.people.throttle.do_not_count_addresses();
        let before = written(&town).await;
        for place in places().iter().filter(|it| !OPEN.contains(&it.name().as_str())) {
            let path = place.with("h1", "z1");
            let nobody = place.ask(&town.nobody(), &path, Some("{}")).await;
            let (status, _) = nobody.problem();
            assert!(matches!(status, 401 | 404 | 422), "{}: {nobody:?}", place.name());
            if place.path.starts_with("/me") {
                continue;
            }
            let answer = place.ask(&nothing, &path, Some("{}")).await;
            let (status, _) = answer.problem();
            assert!(matches!(status, 403 | 404 | 422), "{}: {answer:?}", place.name());
        }
        assert_eq!(written(&town).await, before);
    })
    .await;
}

#[tokio::test]
async fn bad_bodies_are_answered_with_what_is_wrong() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        town.hub.people.throttle.do_not_count_addresses();
        let before = written(&town).await;
        let deep = "[".repeat(20_000);
        let large = format!("\"{}\"", "x".repeat(5 << 20));
        let bad = [
            "",
            "{",
            "nonsense",
            "[]",
            "[{}]",
            "5",
            "\"text\"",
            "null",
            "true",
            "{\"no_such_field\":1}",
            &deep,
            &large,
        ];
        for place in places().iter().filter(|it| it.takes_body) {
            for body in bad {
                let answer = place.ask(&admin, &place.with("h1", "z9"), Some(body)).await;
                let (status, _) = answer.problem();
                // What takes a recording refuses JSON by its kind.
                let takes_sound = place.path.ends_with("/clips");
                let fits = matches!(status, 400 | 404 | 413 | 422) || (takes_sound && status == 415);
                assert!(fits, "{} {}: {answer:?}", place.name(), &body[..body.len().min(30)]);
            }
            let answer = admin.ask(&place.method.to_uppercase(), &place.with("h1", "z9"), None).await;
            assert!(matches!(answer.problem().0, 404 | 415), "{}: {answer:?}", place.name());
        }
        assert_eq!(written(&town).await, before);
    })
    .await;
}

#[tokio::test]
async fn strange_names_and_queries_are_answered_with_what_is_wrong() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        town.hub.people.throttle.do_not_count_addresses();
        let long = "x".repeat(5_000);
        let strange = ["%00", "%FF%FE", "..%2f..", "%E5%8E%85", "'%20OR%201=1", "%7B%7D", &long];
        for place in places().iter().filter(|it| it.path.contains('{') && !it.takes_body && it.path != "/socket") {
            for name in strange {
                for path in [place.with("h1", name), place.with(name, "z1")] {
                    let answer = place.ask(&admin, &path, None).await;
                    let status = answer.status.as_u16();
                    let unused = path == place.with("h1", "z1") || !path.contains(name);
                    assert!(unused || (400..500).contains(&status), "{} {name:.20}: {answer:?}", place.name());
                }
            }
        }
        for place in places().iter().filter(|it| it.method == "get" && it.path != "/socket") {
            for query in ["limit=x", "limit=-1", "after=%00", "at_least=x", "limit=1&limit=2", "=&&&%"] {
                let answer = place.ask(&admin, &format!("{}?{query}", place.with("h1", "z1")), None).await;
                assert!(answer.status.as_u16() < 500, "{} {query}: {answer:?}", place.name());
            }
        }
    })
    .await;
}
