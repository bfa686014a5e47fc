//! The demo hall: made once, the same over restarts, never in a folder with a hall of its own.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use hub::clock::Clock;
use hub::{Config, Hub, Server};
use serde_json::Value;

use crate::kit::{Town, start};

async fn serve(folder: &Path) -> (Hub, Server) {
    let config = Config { demo: true, flush: false, ..Config::local(folder.to_owned()) };
    let server = Server::bind(config, Clock::set_to(start())).await.unwrap();
    (server.hub().clone(), server)
}

/// Runs the hub until it has written the file, and ends it.
async fn run(folder: &Path) -> Value {
    let (hub, server) = serve(folder).await;
    assert!(!folder.join("demo.json").exists(), "it is written once the hub answers");
    let (ended, told) = tokio::join!(server.run(), async {
        while !folder.join("demo.json").exists() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let told = std::fs::read(folder.join("demo.json")).unwrap();
        hub.stop.cancel();
        serde_json::from_slice::<Value>(&told).unwrap()
    });
    ended.unwrap();
    told
}

#[tokio::test]
async fn everything_in_it_works_and_stays_the_same_over_restarts() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = run(folder.path()).await;
    for file in ["demo.json", "demo.keep"] {
        let mode = std::fs::metadata(folder.path().join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    let mut second = run(folder.path()).await;
    for told in [&mut first, &mut second] {
        // The port is another one at each start.
        let url = told["url"].as_str().unwrap().to_owned();
        for player in told["players"].as_array_mut().unwrap() {
            let rest = player["url"].as_str().unwrap().strip_prefix(&url).unwrap().to_owned();
            player["url"] = rest.into();
        }
        told["url"] = Value::Null;
    }
    assert_eq!(first, second);
    let (hub, _server) = serve(folder.path()).await;
    let town = Town::of(hub, folder);
    let about = town.nobody().get("/about").await.ok();
    assert_eq!((&about["demo"], &about["halls"][0]["time_zone"]), (&Value::Bool(true), &"Asia/Shanghai".into()));
    let kiosk = first["players"].as_array().unwrap().iter().find(|it| it["face"] == "kiosk").unwrap();
    assert_eq!(about["demo_kiosk"]["hall"], "demo");
    assert_eq!(about["demo_kiosk"]["address"], kiosk["url"]);
    for user in first["users"].as_array().unwrap() {
        let who = town.sign_in(user["login"].as_str().unwrap(), user["password"].as_str().unwrap()).await;
        assert_eq!(who.get("/me").await.ok()["roles"][0]["role"], user["role"]);
    }
    let program = town.token(first["token"].as_str().unwrap());
    for player in first["players"].as_array().unwrap() {
        let own = town.token(player["token"].as_str().unwrap());
        assert_eq!(own.get(&format!("/players/{}", player["id"].as_str().unwrap())).await.ok()["face"], player["face"]);
    }
    let kiosk = first["players"].as_array().unwrap().iter().find(|it| it["face"] == "kiosk").unwrap();
    let kiosk = town.token(kiosk["token"].as_str().unwrap());
    for queue in first["queues"].as_array().unwrap() {
        let asked = serde_json::json!({"do": "issue", "queue": queue});
        assert!(
            kiosk.post("/halls/demo/commands", asked).await.ok()["ticket"]["number"].as_str().unwrap().ends_with("001")
        );
    }
    for counter in first["counters"].as_array().unwrap() {
        let asked = serde_json::json!({"do": "open_counter", "counter": counter});
        program.post("/halls/demo/commands", asked).await.ok();
    }
    // A hundred strangers from one address: the demo hall has no such limits.
    for _ in 0..100 {
        assert_eq!(town.nobody().post("/pairings", serde_json::json!({"face": "screen"})).await.status, 201);
    }
}

#[tokio::test]
async fn a_start_that_was_cut_short_goes_on_with_the_same_passwords() {
    let folder = tempfile::tempdir().unwrap();
    let first = run(folder.path()).await;
    let keep = folder.path().join("demo.keep");
    let unfinished = std::fs::read_to_string(&keep).unwrap().replace("\"made\": true", "\"made\": false");
    std::fs::write(&keep, unfinished).unwrap();
    let second = run(folder.path()).await;
    assert_eq!((&first["users"], &first["token"]), (&second["users"], &second["token"]));
}

#[tokio::test]
async fn a_hall_of_somebodys_own_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { flush: false, ..Config::local(folder.path().to_owned()) };
    let server = Server::bind(config, Clock::set_to(start())).await.unwrap();
    let hub = server.hub().clone();
    let town = Town::of(hub.clone(), folder);
    let admin = town.signed_in("boss", &[hub::people::Role::Administrator]).await;
    admin.post("/halls", serde_json::json!({"id": "own", "name": "自己的厅"})).await.ok();
    hub.stop.cancel();
    server.run().await.unwrap();
    let (hub, _server) = serve(town.folder()).await;
    assert!(!hub.people.is_demo());
    assert_eq!(hub::demo::kiosk(&hub).unwrap(), None);
    assert_eq!(hub.halls.list().await.unwrap().len(), 1);
    assert!(!town.folder().join("demo.keep").exists());
}
