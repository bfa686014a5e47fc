//! Keeping people: who may, what fits, and what never happens.

use hub::people::Role;
use serde_json::json;

use crate::kit::{PASSWORD, Town, on_both};

fn wang() -> serde_json::Value {
    json!({"login": "wang", "name": "王伟", "staff_no": "0217", "password": PASSWORD,
        "roles": [{"role": "staff", "hall": "h1"}]})
}

#[tokio::test]
async fn an_administrator_adds_lists_changes_and_removes_people() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let added = admin.post("/people", wang()).await;
        assert_eq!(added.status, 201);
        let row = added.ok();
        let id = row["id"].as_str().unwrap();
        assert_eq!(row["must_change_password"], true);
        assert_eq!(admin.post("/people", wang()).await.problem(), (409, "login_taken"));
        let rows = admin.get("/people").await.ok();
        let logins: Vec<_> = rows["rows"].as_array().unwrap().iter().map(|it| it["login"].clone()).collect();
        assert_eq!(logins, ["admin", "wang"]);
        let path = format!("/people/{id}");
        let changed =
            admin.patch(&path, json!({"name": "王小伟", "staff_no": "", "roles": [{"role": "supervisor"}]})).await.ok();
        assert_eq!(changed["name"], "王小伟");
        assert_eq!(changed["staff_no"], json!(null));
        assert_eq!(changed["roles"], json!([{"role": "supervisor", "hall": null}]));
        assert_eq!(admin.delete(&path).await.status, 204);
        assert_eq!(admin.delete(&path).await.problem(), (404, "no_such"));
        assert_eq!(town.deeds().await[..3], ["person.removed", "person.changed", "person.added"]);
    })
    .await;
}

#[tokio::test]
async fn a_staff_number_is_one_persons() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let first = admin.post("/people", wang()).await.ok();
        let person = |login: &str, staff_no: &str| {
            json!({"login": login, "name": "李娜", "staff_no": staff_no, "password": PASSWORD, "roles": []})
        };
        assert_eq!(admin.post("/people", person("li", " 0217 ")).await.fields(), ["staff_no"]);
        assert_eq!(admin.get("/people").await.ok()["rows"].as_array().unwrap().len(), 2, "nothing is written");
        let second = admin.post("/people", person("li", "0218")).await.ok();
        let path = |row: &serde_json::Value| format!("/people/{}", row["id"].as_str().unwrap());
        assert_eq!(admin.patch(&path(&second), json!({"staff_no": "0217"})).await.fields(), ["staff_no"]);
        admin.patch(&path(&first), json!({"staff_no": "0217", "name": "王小伟"})).await.ok();
        admin.post("/people", person("without", "")).await.ok();
        admin.post("/people", person("without2", "")).await.ok();
    })
    .await;
}

#[tokio::test]
async fn lists_come_in_pages() {
    on_both(async |town: Town| {
        let admin = town.signed_in("a0", &[Role::Administrator]).await;
        for n in 1..5 {
            town.person(&format!("a{n}"), &[]).await;
        }
        let first = admin.get("/people?limit=3").await.ok();
        assert_eq!(first["rows"].as_array().unwrap().len(), 3);
        let after = first["next"].as_str().unwrap();
        let second = admin.get(&format!("/people?limit=3&after={after}")).await.ok();
        assert_eq!(second["rows"][1]["login"], "a4");
        assert_eq!(second["next"], json!(null));
        for bad in ["limit=0", "limit=501", "limit=x", "page=2", "limit=1&limit=2", "after=%00"] {
            assert_eq!(admin.get(&format!("/people?{bad}")).await.status, 422, "{bad}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_is_shut_out_or_gets_other_roles_is_signed_out() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let li = town.signed_in("li", &[Role::Supervisor]).await;
        let path = format!("/people/{}", li.get("/me").await.ok()["id"].as_str().unwrap());
        admin.patch(&path, json!({"name": "李小娜"})).await.ok();
        assert_eq!(li.get("/me").await.status, 200);
        admin.patch(&path, json!({"roles": [{"role": "staff"}]})).await.ok();
        assert_eq!(li.get("/me").await.status, 401);
        let li = town.sign_in("li", PASSWORD).await;
        admin.patch(&path, json!({"disabled": true})).await.ok();
        assert_eq!(li.get("/me").await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_stays() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let path = format!("/people/{}", admin.get("/me").await.ok()["id"].as_str().unwrap());
        let last = (409, "last_administrator");
        assert_eq!(admin.delete(&path).await.problem(), last);
        assert_eq!(admin.patch(&path, json!({"disabled": true})).await.problem(), last);
        assert_eq!(admin.patch(&path, json!({"roles": []})).await.problem(), last);
        let gone = json!({"valid_until": "2026-03-02T00:00:00Z"});
        assert_eq!(admin.patch(&path, gone).await.problem(), last);
        assert_eq!(admin.get("/me").await.status, 200);
        town.person("second", &[Role::Administrator]).await;
        assert_eq!(admin.delete(&path).await.status, 204);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_of_one_hall_keeps_its_people_only() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let of_h1 = json!({"login": "chef", "name": "主管", "password": PASSWORD,
            "roles": [{"role": "administrator", "hall": "h1"}]});
        admin.post("/people", of_h1).await.ok();
        let chef = town.sign_in("chef", PASSWORD).await;
        chef.post("/me/password", json!({"old": PASSWORD, "new": "a heron by the lake"})).await.ok();
        assert_eq!(chef.post("/people", wang()).await.status, 201);
        let mut elsewhere = wang();
        for hall in [json!("h2"), json!(null)] {
            elsewhere["login"] = json!("other");
            elsewhere["staff_no"] = json!("0218");
            elsewhere["roles"] = json!([{"role": "staff", "hall": hall}]);
            assert_eq!(chef.post("/people", elsewhere.clone()).await.problem(), (403, "not_allowed"));
        }
        elsewhere["roles"] = json!([{"role": "staff", "hall": "h2"}]);
        let other = admin.post("/people", elsewhere).await.ok()["id"].as_str().unwrap().to_owned();
        let path = format!("/people/{other}");
        assert_eq!(chef.patch(&path, json!({"roles": []})).await.status, 403);
        assert_eq!(chef.delete(&path).await.status, 403);
        assert_eq!(chef.post(&format!("{path}/password"), json!({"new": "a heron by the sea"})).await.status, 403);
        let seen = chef.get("/people").await.ok();
        let logins: Vec<_> = seen["rows"].as_array().unwrap().iter().map(|it| it["login"].clone()).collect();
        assert_eq!(logins, ["chef", "wang"]);
    })
    .await;
}

#[tokio::test]
async fn only_administrators_keep_people_and_auditors_see_them() {
    on_both(async |town: Town| {
        let id = town.person("target", &[]).await;
        for role in [Role::Supervisor, Role::Staff, Role::Editor, Role::Reviewer, Role::Operator, Role::Auditor] {
            let who = town.signed_in(role.as_str(), &[role]).await;
            assert_eq!(who.post("/people", wang()).await.problem(), (403, "not_allowed"));
            assert_eq!(who.patch(&format!("/people/{id}"), json!({"name": "x"})).await.status, 403);
            assert_eq!(who.delete(&format!("/people/{id}")).await.status, 403);
            assert_eq!(
                who.post(&format!("/people/{id}/password"), json!({"new": "a heron by the sea"})).await.status,
                403
            );
            let sees = if role == Role::Auditor { 200 } else { 403 };
            assert_eq!(who.get("/people").await.status, sees, "{role}");
        }
        assert_eq!(town.nobody().get("/people").await.status, 401);
        assert_eq!(town.nobody().post("/people", wang()).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_named_and_nothing_is_written() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let all = json!({"login": "no blanks", "name": "", "staff_no": "x".repeat(21), "password": "short"});
        assert_eq!(admin.post("/people", all).await.fields(), ["login", "password", "name", "staff_no"]);
        let mut bad = Vec::new();
        for (field, value) in [
            ("login", json!(7)),
            ("login", json!("x".repeat(41))),
            ("login", json!("")),
            ("name", json!(null)),
            ("name", json!("字".repeat(61))),
            ("name", json!("line\nbreak")),
            ("staff_no", json!([])),
            ("password", json!(true)),
            ("password", json!("x1y2".repeat(51))),
            ("roles", json!({})),
            ("roles[0].role", json!([{"role": "root"}])),
            ("roles[0].hall", json!([{"role": "staff", "hall": 5}])),
            ("roles", json!(vec![json!({"role": "staff", "hall": "h"}); 101])),
            ("nonsense", json!(1)),
        ] {
            let mut body = wang();
            body[field.split('[').next().unwrap()] = value;
            let answer = admin.post("/people", body).await;
            bad.push((field, answer.fields().join(",")));
        }
        for (field, named) in bad {
            assert!(named.contains(field) || field == "nonsense" && !named.is_empty(), "{field}: {named}");
        }
        let twice = r#"{"login":"wang","login":"wang","name":"x","password":"three quiet lanterns"}"#;
        assert_eq!(admin.ask("POST", "/people", Some(twice.into())).await.status, 422);
        for (body, status) in [("", 400), ("{", 400), ("[]", 422), ("{} {}", 422), (r#"{"login":"a\u0000b"}"#, 422)] {
            assert_eq!(admin.ask("POST", "/people", Some(body.into())).await.status, status, "{body}");
        }
        let large = format!(r#"{{"login":"{}"}}"#, "x".repeat(70_000));
        assert_eq!(admin.ask("POST", "/people", Some(large)).await.problem(), (413, "too_large"));
        assert_eq!(admin.ask("POST", "/people", None).await.problem(), (415, "bad_media_type"));
        assert_eq!(admin.ask("PUT", "/people", Some("{}".into())).await.problem(), (405, "bad_method"));
        assert_eq!(admin.get("/people/nobody%00").await.status, 405);
        assert_eq!(admin.patch("/people/a%00", json!({})).await.status, 404);
        assert_eq!(admin.get("/people").await.ok()["rows"].as_array().unwrap().len(), 1);
    })
    .await;
}
