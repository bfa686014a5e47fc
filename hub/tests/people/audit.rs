//! The audit: complete, without names, and found out when it is changed.

use hub::people::Role;
use serde_json::json;

use crate::kit::{Town, on_both};

#[tokio::test]
async fn deeds_are_listed_newest_first_and_by_hall() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        for n in 0..4 {
            town.advance_s(1);
            let hall = (n % 2 == 0).then_some("h1");
            admin.post("/tokens", json!({"name": format!("t{n}"), "scopes": ["staff"], "hall": hall})).await.ok();
        }
        let all = admin.get("/audit").await.ok();
        let rows = all["rows"].as_array().unwrap();
        assert_eq!(rows[0]["what"], "token.made");
        assert_eq!(rows[0]["chain"], "node");
        assert_eq!(rows[1]["chain"], "hall:h1");
        assert_eq!(rows[1]["n"], 2);
        assert!(rows[0]["who"].as_str().unwrap().starts_with("person:"));
        let of_hall = admin.get("/audit?hall=h1&limit=1").await.ok();
        assert_eq!(of_hall["rows"].as_array().unwrap().len(), 1);
        let next = of_hall["next"].as_str().unwrap();
        let more = admin.get(&format!("/audit?hall=h1&limit=1&after={next}")).await.ok();
        assert_eq!(more["rows"][0]["n"], 1);
        for bad in ["after=x", "after=1.2", "limit=0", "hal=h1"] {
            assert_eq!(admin.get(&format!("/audit?{bad}")).await.status, 422, "{bad}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_row_that_was_changed_or_taken_out_is_found() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        for n in 0..3 {
            admin.post("/tokens", json!({"name": format!("t{n}"), "scopes": ["staff"], "hall": "h1"})).await.ok();
        }
        let found = admin.get("/audit/verify").await.ok();
        assert_eq!(found["ok"], true, "{found}");
        for (damage, at) in [
            ("UPDATE audit SET who = 'person:somebody' WHERE chain = 'hall:h1' AND n = 3", 3),
            ("DELETE FROM audit WHERE chain = 'hall:h1' AND n = 2", 2),
        ] {
            let mut tx = town.hub.db.begin().await.unwrap();
            match &mut tx {
                hub::store::Tx::Sqlite(it, ..) => sqlx::query(damage).execute(&mut **it).await.map(drop).unwrap(),
                hub::store::Tx::Postgres(it) => sqlx::query(damage).execute(&mut **it).await.map(drop).unwrap(),
            }
            tx.commit().await.unwrap();
            let found = admin.get("/audit/verify").await.ok();
            assert_eq!(found["ok"], false);
            let of_h1 = found["chains"].as_array().unwrap().iter().find(|it| it["chain"] == "hall:h1").unwrap();
            assert_eq!(of_h1["broken_at"], at, "{found}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_audit_holds_no_name_no_password_and_no_token() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let person =
            json!({"login": "wangwei", "name": "王伟", "staff_no": "NO-0217", "password": "a heron by the lake"});
        let id = admin.post("/people", person).await.ok()["id"].as_str().unwrap().to_owned();
        admin.patch(&format!("/people/{id}"), json!({"name": "王小伟"})).await.ok();
        town.nobody().post("/session", json!({"login": "a heron by the lake", "password": "wangwei"})).await;
        let token = admin.post("/tokens", json!({"name": "t", "scopes": ["staff"]})).await.ok();
        let all = admin.get("/audit?limit=500").await.ok().to_string();
        // Words that no random id and no hash can hold by chance.
        for word in ["王", "wangwei", "heron", "NO-0217", "李娜", token["token"].as_str().unwrap()] {
            assert!(!all.contains(word), "{word}");
        }
    })
    .await;
}

#[tokio::test]
async fn auditors_and_administrators_read_it_and_nobody_else() {
    on_both(async |town: Town| {
        for role in Role::ALL {
            let who = town.signed_in(role.as_str(), &[*role]).await;
            let may = matches!(role, Role::Administrator | Role::Auditor);
            for path in ["/audit", "/audit?hall=h1", "/audit/verify"] {
                assert_eq!(who.get(path).await.status, if may { 200 } else { 403 }, "{role} {path}");
            }
        }
        assert_eq!(town.nobody().get("/audit").await.status, 401);
    })
    .await;
}
