//! Setting halls up: sites, rows, what is refused and why, and a hall as a file.

use hub::people::Role;
use serde_json::{Value, json};

use crate::kit::{Asker, PASSWORD, Town, on_both};

/// A hall with two queues and two counters.
pub async fn hall(admin: &Asker<'_>, id: &str) {
    admin.post("/halls", json!({"id": id, "name": "政务大厅", "name_en": "Hall"})).await.ok();
    let put = async |path: &str, row: Value| admin.put(&format!("/halls/{id}/{path}"), row).await.ok();
    put("zones/z1", json!({"name": "一层东侧", "floor": "1"})).await;
    put("departments/d1", json!({"name": "自然资源局"})).await;
    put("classes/elder", json!({"name": "老年人"})).await;
    put("queues/a", json!({"prefix": "A", "name": "不动产登记", "department": "d1", "zones": ["z1"], "floor": "1"}))
        .await;
    put("queues/b", json!({"prefix": "B", "name": "重庆户籍", "floor": "2", "quota": 2})).await;
    put("counters/c1", json!({"label": "1", "zone": "z1", "queues": [{"queue": "a"}, {"queue": "b"}]})).await;
    put("counters/c2", json!({"label": "2", "queues": [{"queue": "b"}]})).await;
}

#[tokio::test]
async fn an_administrator_opens_a_new_hall_row_by_row() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let setup = admin.get("/halls/h1/setup").await.ok();
        assert_eq!(setup["revision"], 8);
        assert_eq!(setup["queues"][0]["recalls"], 3, "what is not said is as usual");
        let changed = admin.patch("/halls/h1/setup", json!({"mode": "mixed", "ticker": ["请排队"]})).await.ok();
        assert_eq!((&changed["hall"]["mode"], &changed["revision"]), (&json!("mixed"), &json!(9)));
        let about = town.nobody().get("/about").await.ok();
        assert_eq!(about["halls"][0]["name_en"], "Hall");
        assert_eq!(about["demo"], false);
        assert!(town.deeds().await.contains(&"setup.changed".to_owned()));
        let audit = admin.get("/audit?hall=h1").await.ok();
        let chains: Vec<_> = audit["rows"].as_array().unwrap().iter().map(|it| it["chain"].clone()).collect();
        assert!(chains.len() >= 8 && chains.iter().all(|it| it == "hall:h1"), "each change once: {chains:?}");
    })
    .await;
}

#[tokio::test]
async fn the_audit_tells_what_was_changed_with_both_values() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let told = async || {
            let rows = admin.get("/audit?hall=h1&what=setup.changed&limit=1").await.ok();
            let row = &rows["rows"][0];
            (row["target"].as_str().unwrap().to_owned(), row["detail"].clone())
        };
        let b = json!({"prefix": "B", "name": "户籍", "floor": "2", "quota": 40});
        admin.put("/halls/h1/queues/b", b.clone()).await.ok();
        let (target, detail) = told().await;
        assert_eq!((target.as_str(), &detail["deed"], &detail["revision"]), ("queues.b", &json!("changed"), &json!(9)));
        assert_eq!(detail["fields"], json!({"name": ["重庆户籍", "户籍"], "quota": [2, 40]}));
        assert_eq!(detail["named"], json!({"prefix": "B", "name": "户籍"}));
        admin.put("/halls/h1/queues/b", b).await.ok();
        assert_eq!(told().await.1["revision"], 9, "what is saved as it stood is no deed");
        admin.patch("/halls/h1/setup", json!({"undo_s": 21})).await.ok();
        assert_eq!(told().await.1["fields"], json!({"undo_s": [10, 21]}));
        admin.delete("/halls/h1/counters/c2").await.ok();
        let (target, detail) = told().await;
        assert_eq!((target.as_str(), &detail["deed"]), ("counters.c2", &json!("removed")));
        assert_eq!(detail["named"], json!({"label": "2"}));
        let site = |name: &str| json!({"kind": "centre", "name": name, "time_zone": "Asia/Shanghai"});
        let id = admin.post("/sites", site("市民中心")).await.ok()["id"].as_str().unwrap().to_owned();
        admin.put(&format!("/sites/{id}"), site("市民之家")).await.ok();
        let rows = admin.get("/audit?what=site.changed").await.ok();
        assert_eq!(rows["rows"][0]["detail"]["fields"], json!({"name": ["市民中心", "市民之家"]}));
    })
    .await;
}

#[tokio::test]
async fn a_change_of_what_was_not_seen_is_stale() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let change = async |expected: &str| {
            let mut asker = admin.clone();
            asker.if_match = Some(expected.into());
            asker.patch("/halls/h1/setup", json!({"undo_s": expected.len()})).await
        };
        let stale = change("7").await;
        assert_eq!(stale.problem(), (409, "stale"));
        assert_eq!(stale.body["revision"], 8, "{stale:?}");
        assert_eq!(change("\"8\"").await.ok()["revision"], 9);
        assert_eq!(change("8").await.problem(), (409, "stale"));
        assert_eq!(change("last").await.fields(), ["If-Match"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_was_faster_is_named_to_the_second() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let id = town.person("zhou", &[Role::Administrator]).await;
        admin.patch(&format!("/people/{id}"), json!({"name": "周明"})).await.ok();
        let zhou = town.sign_in("zhou", PASSWORD).await;
        let seen = admin.get("/halls/h1/setup").await.ok()["revision"].as_i64().unwrap();
        zhou.patch("/halls/h1/setup", json!({"undo_s": 33})).await.ok();
        admin.put("/halls/h1/zones/z7", json!({"name": "东区"})).await.ok();
        let mut late = admin.clone();
        late.if_match = Some(seen.to_string());
        let stale = late.patch("/halls/h1/setup", json!({"undo_s": 44})).await;
        assert_eq!(stale.problem(), (409, "stale"));
        assert_eq!((&stale.body["by"], &stale.body["revision"]), (&json!("周明"), &json!(seen + 2)), "{stale:?}");
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_named_and_nothing_changes() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        for (path, row, fields) in [
            ("queues/c", json!({"prefix": "A", "name": "x"}), vec!["prefix"]),
            ("queues/c", json!({"prefix": "I", "name": ""}), vec!["name", "prefix"]),
            ("queues/c", json!({"prefix": "C", "name": "x", "zones": ["z9"]}), vec!["zones[0]"]),
            ("queues/c", json!({"prefix": "C"}), vec!["body"]),
            ("queues/c", json!({"id": "d", "prefix": "C", "name": "x"}), vec!["id"]),
            ("queues/c", json!({"prefix": "C", "name": "x", "colour": 1}), vec!["colour"]),
            ("queues/c", json!({"prefix": "C", "name": "x", "quota": -1}), vec!["quota"]),
            ("queues/c", json!({"prefix": "C", "name": "x", "hours": {"periods": 5}}), vec!["hours.periods"]),
            ("queues/c%20d", json!({"prefix": "C", "name": "x"}), vec!["id"]),
            ("counters/c3", json!({"label": "1"}), vec!["label"]),
            ("counters/c3", json!({"label": "3", "queues": [{"queue": "x"}]}), vec!["queues[0].queue"]),
            ("zones/z2", json!({"name": "字".repeat(61)}), vec!["name"]),
            ("zones/z2", json!([]), vec!["body"]),
        ] {
            let answer = admin.put(&format!("/halls/h1/{path}"), row.clone()).await;
            assert_eq!(answer.fields(), fields, "{path} {row}");
        }
        let twice = r#"{"prefix":"C","prefix":"D","name":"x"}"#;
        assert_eq!(admin.ask("PUT", "/halls/h1/queues/c", Some(twice.into())).await.fields(), ["body"]);
        for (body, fields) in [
            (json!({"id": "h2"}), vec!["hall.id"]),
            (json!({"name": ""}), vec!["name"]),
            (json!({"mode": 5}), vec!["mode"]),
            (json!({"nonsense": 5}), vec!["nonsense"]),
        ] {
            let answer = admin.patch("/halls/h1/setup", body.clone()).await;
            assert_eq!(answer.fields(), fields, "{body}");
        }
        assert_eq!(admin.get("/halls/h1/setup").await.ok()["revision"], 8);
        assert_eq!(admin.put("/halls/h9/zones/z", json!({"name": "x"})).await.problem(), (404, "no_such"));
    })
    .await;
}

#[tokio::test]
async fn what_is_in_use_cannot_go() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let ticket = json!({"do": "issue", "queue": "a", "priority": "elder"});
        admin.post("/halls/h1/commands", ticket).await.ok();
        let says = async |path: &str, words: &[&str]| {
            let answer = admin.delete(&format!("/halls/h1{path}")).await;
            assert_eq!(answer.problem(), (409, "in_use"), "{path}");
            for word in words {
                assert!(answer.body["detail"].as_str().unwrap().contains(word), "{answer:?}");
            }
        };
        says("/queues/a", &["1 open ticket", "1 counter"]).await;
        says("/zones/z1", &["1 queue", "1 counter"]).await;
        says("/departments/d1", &["1 queue"]).await;
        says("/classes/elder", &["1 open ticket"]).await;
        says("", &["1 ticket"]).await;
        admin.post("/halls/h1/commands", json!({"do": "open_counter", "counter": "c2"})).await.ok();
        says("/counters/c2", &["person"]).await;
        assert_eq!(admin.delete("/halls/h1/counters/c9").await.problem(), (404, "no_such"));
        admin.post("/halls/h1/commands", json!({"do": "close_counter", "counter": "c2"})).await.ok();
        assert_eq!(admin.delete("/halls/h1/counters/c2").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_hall_goes_as_a_file_to_another_hall() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let file = admin.get("/halls/h1/export").await.ok();
        assert_eq!((&file["hallcast"], &file["version"]), (&json!("hall"), &json!(1)));
        assert_eq!(admin.post("/halls/import", file.clone()).await.problem(), (409, "exists"));
        let copied = admin.post("/halls/import?as=h2", file.clone()).await;
        assert_eq!((copied.status.as_u16(), &copied.body["id"]), (201, &json!("h2")));
        let mut second = admin.get("/halls/h2/export").await.ok();
        second["setup"]["hall"]["id"] = json!("h1");
        assert_eq!(second, file);
        let mut bad = file.clone();
        bad["version"] = json!(2);
        assert_eq!(admin.post("/halls/import?as=h3", bad).await.fields(), ["version"]);
        let mut bad = file.clone();
        bad["setup"]["queues"][0]["prefix"] = json!("O");
        assert_eq!(admin.post("/halls/import?as=h3", bad).await.fields(), ["queues.a.prefix"]);
        assert_eq!(admin.post("/halls/import?like=h3", file.clone()).await.fields(), ["query"]);
        let large = json!({"hallcast": "hall", "x": "x".repeat(5 << 20)}).to_string();
        assert_eq!(admin.ask("POST", "/halls/import", Some(large)).await.problem(), (413, "too_large"));
        let names = admin.get("/halls").await.ok();
        assert_eq!(names["rows"].as_array().unwrap().len(), 2);
        assert_eq!(admin.delete("/halls/h2").await.status, 204);
        assert_eq!(admin.delete("/halls/h2").await.problem(), (404, "no_such"));
    })
    .await;
}

#[tokio::test]
async fn sites_form_a_tree_and_their_halls_follow_their_clock() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let site = |id: &str, parent: Value| {
            json!({"id": id, "parent": parent, "kind": "centre", "name": "中心", "time_zone": "Asia/Urumqi", "cutover_hour": 4})
        };
        assert_eq!(admin.post("/sites", site("city", json!(null))).await.status, 201);
        assert_eq!(admin.post("/sites", site("city", json!(null))).await.problem(), (409, "exists"));
        assert_eq!(admin.post("/sites", site("centre", json!("city"))).await.status, 201);
        assert_eq!(admin.post("/sites", site("x", json!("nowhere"))).await.fields(), ["parent"]);
        assert_eq!(admin.put("/sites/city", site("city", json!("centre"))).await.fields(), ["parent"]);
        let bad = json!({"kind": "moon", "name": "", "time_zone": "Moon/Sea", "cutover_hour": 24});
        assert_eq!(admin.post("/sites", bad).await.fields(), ["kind", "name", "cutover_hour", "time_zone"]);
        admin.post("/halls", json!({"id": "h1", "site": "centre", "name": "厅"})).await.ok();
        assert_eq!(admin.post("/halls", json!({"site": "nowhere", "name": "厅"})).await.fields(), ["site"]);
        let setup = admin.get("/halls/h1/setup").await.ok();
        assert_eq!((&setup["hall"]["time_zone"], &setup["hall"]["cutover_hour"]), (&json!("Asia/Urumqi"), &json!(4)));
        let mut moved = site("centre", json!("city"));
        moved["time_zone"] = json!("Asia/Shanghai");
        admin.put("/sites/centre", moved).await.ok();
        assert_eq!(admin.get("/halls/h1/setup").await.ok()["hall"]["time_zone"], "Asia/Shanghai");
        assert_eq!(admin.get("/sites").await.ok()["rows"].as_array().unwrap().len(), 2);
        assert_eq!(admin.delete("/sites/city").await.problem(), (409, "in_use"));
        assert_eq!(admin.delete("/sites/centre").await.problem(), (409, "in_use"));
        admin.delete("/halls/h1").await.ok();
        assert_eq!(admin.delete("/sites/centre").await.status, 204);
        assert_eq!(admin.delete("/sites/centre").await.problem(), (404, "no_such"));
    })
    .await;
}

#[tokio::test]
async fn only_administrators_of_a_hall_set_it_up() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        hall(&admin, "h2").await;
        let token = json!({"name": "h1", "scopes": ["administrator"], "hall": "h1"});
        let of_h1 = admin.post("/tokens", token).await.ok()["token"].as_str().unwrap().to_owned();
        let of_h1 = town.token(&of_h1);
        assert_eq!(of_h1.patch("/halls/h1/setup", json!({"undo_s": 5})).await.status, 200);
        assert_eq!(of_h1.get("/halls").await.ok()["rows"].as_array().unwrap().len(), 1);
        let supervisor = town.signed_in("supervisor", &[Role::Supervisor]).await;
        assert_eq!(supervisor.get("/halls/h1/setup").await.status, 200);
        for (who, hall) in [(&of_h1, "h2"), (&supervisor, "h1"), (&supervisor, "h2")] {
            let zone = json!({"name": "x"});
            assert_eq!(who.patch(&format!("/halls/{hall}/setup"), json!({"undo_s": 5})).await.status, 403);
            assert_eq!(who.put(&format!("/halls/{hall}/zones/z"), zone).await.status, 403);
            assert_eq!(who.delete(&format!("/halls/{hall}/zones/z1")).await.status, 403);
            assert_eq!(who.delete(&format!("/halls/{hall}")).await.status, 403);
            assert_eq!(who.post("/halls", json!({"name": "x"})).await.status, 403);
            assert_eq!(who.post("/halls/import", json!({})).await.status, 403);
            assert_eq!(who.post("/sites", json!({"kind": "city", "name": "x"})).await.status, 403);
            assert_eq!(who.delete("/sites/x").await.status, 403);
        }
        let nobody = town.nobody();
        for path in ["/halls", "/sites", "/halls/h1/setup", "/halls/h1/export"] {
            assert_eq!(nobody.get(path).await.problem(), (401, "not_known"), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_holds_a_counter_is_told_so() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let li = town.signed_in("li", &[Role::Staff]).await;
        assert_eq!(li.get("/me").await.ok()["counters"], json!([]));
        li.post("/halls/h1/commands", json!({"do": "open_counter", "counter": "c1"})).await.ok();
        assert_eq!(li.get("/me").await.ok()["counters"], json!([{"hall": "h1", "counter": "c1"}]));
    })
    .await;
}
