//! Screens, strips, kiosks and speaker boxes: pairing by a code, their token, their settings.

use hub::people::{Ended, Role};
use serde_json::{Value, json};

use crate::kit::{Asker, Town, on_both};
use crate::setup::hall;

async fn begin<'a>(town: &'a Town, face: &str) -> (String, Asker<'a>) {
    let begun = town.nobody().post("/pairings", json!({"face": face, "wish": {"size": "1920x1080"}})).await.ok();
    let program = Asker { secret: Some(begun["secret"].as_str().unwrap().into()), ..town.nobody() };
    (begun["code"].as_str().unwrap().to_owned(), program)
}

fn place(face: &str) -> Value {
    json!({"name": "大厅屏", "face": face, "hall": "h1", "zones": ["z1"], "settings": {"theme": "dark"}})
}

#[tokio::test]
async fn a_screen_pairs_by_the_code_it_shows() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let (code, program) = begin(&town, "screen").await;
        assert!(code.len() == 6 && !code.contains(['0', 'O', '1', 'I', 'L']), "{code}");
        assert_eq!(program.get("/pairings/mine").await.ok(), json!({"state": "waiting"}));
        let waiting = admin.get("/pairings").await.ok();
        assert_eq!(waiting["rows"][0]["code"], code);
        assert_eq!(waiting["rows"][0]["wish"]["size"], "1920x1080");
        assert!(!waiting.to_string().contains(program.secret.as_ref().unwrap()));
        let player = admin.post(&format!("/pairings/{}/approve", code.to_lowercase()), place("screen")).await.ok();
        let id = player["id"].as_str().unwrap();
        assert_eq!((&player["online"], &player["last_seen"]), (&json!(false), &json!(null)));
        let mine = program.get("/pairings/mine").await.ok();
        assert_eq!((&mine["state"], &mine["player"]), (&json!("approved"), &json!(id)));
        assert!(mine["url"].as_str().unwrap().ends_with(&format!("/screen/{id}")));
        let token = mine["token"].as_str().unwrap();
        assert_eq!(program.get("/pairings/mine").await.ok().get("token"), None, "a token is handed out once");
        let own = town.token(token).get(&format!("/players/{id}")).await.ok();
        assert_eq!((&own["zones"], &own["settings"]["theme"]), (&json!(["z1"]), &json!("dark")));
        assert_eq!(admin.get("/pairings").await.ok()["rows"], json!([]));
        assert_eq!(admin.get("/players").await.ok()["rows"][0]["last_seen"], "2026-03-02T01:00:00Z");
        assert_eq!(admin.get("/tokens").await.ok()["rows"], json!([]), "it hangs on the player");
        assert!(town.deeds().await.contains(&"player.paired".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_speaker_box_pairs_as_what_it_is_and_has_no_page() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let (code, program) = begin(&town, "player").await;
        assert_eq!(admin.get("/pairings").await.ok()["rows"][0]["face"], "player");
        let place = json!({"name": "东厅播音盒", "face": "player", "hall": "h1"});
        let player = admin.post(&format!("/pairings/{code}/approve"), place).await.ok();
        assert_eq!((&player["face"], &player["url"]), (&json!("player"), &json!(null)));
        let mine = program.get("/pairings/mine").await.ok();
        assert_eq!((&mine["state"], mine.get("url")), (&json!("approved"), None));
        let own = town.token(mine["token"].as_str().unwrap());
        let path = format!("/players/{}", player["id"].as_str().unwrap());
        assert_eq!(own.get(&path).await.ok()["face"], "player");
        assert_eq!(own.post("/halls/h1/commands", json!({"do": "issue", "queue": "a"})).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn saving_a_speaker_lets_only_a_page_go_which_has_to_ask_anew() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let mut ended = town.hub.people.revoked();
        let mut speaker = json!({"name": "东", "player": "box", "output": "device", "device": "spk_a"});
        admin.put("/halls/h1/speakers/east", speaker.clone()).await.ok();
        speaker["gain_db"] = json!(-3.0);
        admin.put("/halls/h1/speakers/east", speaker.clone()).await.ok();
        assert!(ended.try_recv().is_err(), "its player hears that the hall was configured");
        speaker["output"] = json!("page");
        admin.put("/halls/h1/speakers/east", speaker).await.ok();
        assert_eq!(ended.try_recv(), Ok(Ended::Place("box".into())));
    })
    .await;
}

#[tokio::test]
async fn a_player_that_is_removed_is_let_go() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let (code, program) = begin(&town, "kiosk").await;
        let player = admin.post(&format!("/pairings/{code}/approve"), place("kiosk")).await.ok();
        let path = format!("/players/{}", player["id"].as_str().unwrap());
        let token = program.get("/pairings/mine").await.ok()["token"].as_str().unwrap().to_owned();
        let kiosk = town.token(&token);
        assert_eq!(kiosk.post("/halls/h1/commands", json!({"do": "issue", "queue": "a"})).await.status, 200);
        assert_eq!(kiosk.post("/halls/h1/commands", json!({"do": "call_next", "counter": "c1"})).await.status, 403);
        let mut ended = town.hub.people.revoked();
        admin.patch(&path, json!({"settings": {"theme": "light"}})).await.ok();
        let id = player["id"].as_str().unwrap().to_owned();
        assert_eq!(ended.try_recv(), Ok(Ended::Place(id)), "it is told to read what it is now");
        assert_eq!(admin.delete(&path).await.status, 204);
        assert!(matches!(ended.try_recv(), Ok(Ended::Token(_))));
        let audit = admin.get("/audit?what=player.removed").await.ok();
        assert_eq!(audit["rows"][0]["detail"]["named"]["name"], "大厅屏", "it is known by its name after it is gone");
        assert_eq!(kiosk.get(&path).await.problem(), (401, "not_known"));
        assert_eq!(program.get("/pairings/mine").await.ok()["state"], "refused");
        assert_eq!(admin.delete(&path).await.problem(), (404, "no_such"));
    })
    .await;
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes_and_for_one_decision() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let (code, program) = begin(&town, "screen").await;
        assert_eq!(admin.post(&format!("/pairings/{code}/refuse"), json!({})).await.status, 204);
        assert_eq!(program.get("/pairings/mine").await.ok(), json!({"state": "refused"}));
        let again = admin.post(&format!("/pairings/{code}/approve"), place("screen")).await;
        assert_eq!(again.problem(), (404, "no_such"));
        let (code, program) = begin(&town, "screen").await;
        town.advance_s(601);
        assert_eq!(program.get("/pairings/mine").await.ok(), json!({"state": "expired"}));
        let late = admin.post(&format!("/pairings/{code}/approve"), place("screen")).await;
        assert_eq!(late.problem(), (404, "no_such"));
        assert_eq!(admin.get("/players").await.ok()["rows"], json!([]));
        assert_eq!(town.nobody().get("/pairings/mine").await.problem(), (401, "not_known"));
        let stranger = Asker { secret: Some("x".into()), ..town.nobody() };
        assert_eq!(stranger.get("/pairings/mine").await.problem(), (404, "no_such"));
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_named_and_the_code_stays_good() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        for (body, field) in [
            (json!({"face": "mirror"}), "face"),
            (json!({"face": "wall"}), "face"),
            (json!({}), "body"),
            (json!({"face": "screen", "wish": "large"}), "wish"),
            (json!({"face": "screen", "wish": {"size": "large"}}), "wish.size"),
            (json!({"face": "screen", "wish": {"colour": "red"}}), "wish.colour"),
            (json!({"face": "screen", "hall": "h1"}), "hall"),
        ] {
            assert_eq!(town.nobody().post("/pairings", body.clone()).await.fields(), [field], "{body}");
        }
        let (code, _) = begin(&town, "screen").await;
        let path = format!("/pairings/{code}/approve");
        for (field, value) in [
            ("name", json!("")),
            ("zones[0]", json!(["z9"])),
            ("counter", json!("c9")),
            ("settings.printer", json!({"printer": "beside the door"})),
        ] {
            let mut body = place("screen");
            body[field.split(['[', '.']).next().unwrap()] = value;
            assert_eq!(admin.post(&path, body).await.fields(), [field]);
        }
        assert_eq!(admin.post(&path, place("strip")).await.fields(), ["counter"]);
        let mut elsewhere = place("screen");
        elsewhere["hall"] = json!("h9");
        assert_eq!(admin.post(&path, elsewhere).await.problem(), (404, "no_such"));
        assert_eq!(admin.post(&path, place("screen")).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_players_place_and_settings_change_and_show_to_whom_they_may() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let (code, _) = begin(&town, "strip").await;
        let mut strip = place("strip");
        strip["counter"] = json!("c1");
        let player = admin.post(&format!("/pairings/{code}/approve"), strip).await.ok();
        let path = format!("/players/{}", player["id"].as_str().unwrap());
        let change =
            json!({"name": "一号条屏", "counter": "c2", "zones": [], "settings": {"printer": "10.0.0.9:9100"}});
        let changed = admin.patch(&path, change).await.ok();
        assert_eq!((&changed["counter"], &changed["zones"]), (&json!("c2"), &json!([])));
        assert!(changed["url"].as_str().unwrap().contains("/strip/c2?hall=h1&player="));
        assert_eq!(admin.patch(&path, json!({"counter": null})).await.fields(), ["counter"]);
        assert_eq!(admin.patch(&path, json!({"face": "kiosk"})).await.fields(), ["face"]);
        let public = town.nobody().get(&path).await.ok();
        assert_eq!(public["settings"], json!({}), "where the printer stands is nobody's business");
        admin.patch("/halls/h1/setup", json!({"public_board": false})).await.ok();
        assert_eq!(town.nobody().get(&path).await.problem(), (401, "not_known"));
        assert_eq!(town.nobody().get("/halls/h1/offer").await.problem(), (401, "not_known"));
        for (role, sees) in [(Role::Staff, 403), (Role::Supervisor, 200), (Role::Auditor, 200)] {
            let who = town.signed_in(role.as_str(), &[role]).await;
            assert_eq!(who.get(&path).await.status, sees, "{role}");
            assert_eq!(who.get("/players").await.status, sees, "{role}");
            assert_eq!(who.patch(&path, json!({"name": "x"})).await.status, 403);
            assert_eq!(who.delete(&path).await.status, 403);
            assert_eq!(who.get("/pairings").await.status, 403);
            assert_eq!(who.post("/pairings/ABCDEF/refuse", json!({})).await.status, 403);
        }
    })
    .await;
}

#[tokio::test]
async fn one_address_begins_a_bounded_number_of_pairings() {
    on_both(async |town: Town| {
        for _ in 0..40 {
            assert_eq!(town.nobody().post("/pairings", json!({"face": "screen"})).await.status, 201);
        }
        assert_eq!(town.nobody().post("/pairings", json!({"face": "screen"})).await.problem(), (429, "too_many"));
        town.advance_s(10);
        assert_eq!(town.nobody().post("/pairings", json!({"face": "screen"})).await.status, 201);
    })
    .await;
}
