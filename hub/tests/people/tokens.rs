//! Tokens of programs: made once, kept as a hash, revoked for good.

use hub::people::{Ended, Role};
use serde_json::json;

use crate::kit::{Town, on_both};

#[tokio::test]
async fn a_token_is_good_from_being_made_until_it_is_revoked() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let made = admin.post("/tokens", json!({"name": "排队机", "scopes": ["administrator", "kiosk"]})).await.ok();
        let (id, token) = (made["id"].as_str().unwrap(), made["token"].as_str().unwrap());
        assert!(token.starts_with("hct_") && token.len() > 40);
        let program = town.token(token);
        let rows = program.get("/tokens").await.ok();
        assert_eq!(rows["rows"][0]["scopes"], json!(["administrator", "kiosk"]));
        assert_eq!(rows["rows"][0]["last_used_at"], "2026-03-02T01:00:00Z");
        assert!(!rows.to_string().contains(token), "it is shown once");
        let mut ended = town.hub.people.revoked();
        assert_eq!(admin.delete(&format!("/tokens/{id}")).await.status, 204);
        assert_eq!(ended.try_recv(), Ok(Ended::Token(id.into())));
        assert_eq!(program.get("/tokens").await.problem(), (401, "not_known"));
        assert_eq!(admin.delete(&format!("/tokens/{id}")).await.problem(), (404, "no_such"));
        assert_eq!(town.deeds().await[..2], ["token.revoked", "token.made"]);
    })
    .await;
}

#[tokio::test]
async fn a_token_that_is_not_good_is_refused_even_where_nobody_needs_one() {
    on_both(async |town: Town| {
        for token in ["hct_x", "", &"x".repeat(4_000)] {
            assert_eq!(town.token(token).get("/me").await.problem(), (401, "not_known"));
        }
        let mut odd = town.nobody();
        odd.token = None;
        assert_eq!(odd.get("/me").await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn a_token_of_one_hall_is_nothing_elsewhere() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let wanted = json!({"name": "h1", "scopes": ["administrator"], "hall": "h1"});
        let token = admin.post("/tokens", wanted).await.ok()["token"].as_str().unwrap().to_owned();
        let program = town.token(&token);
        let more = |hall| json!({"name": "more", "scopes": ["staff"], "hall": hall});
        assert_eq!(program.post("/tokens", more(Some("h1"))).await.status, 201);
        assert_eq!(program.post("/tokens", more(Some("h2"))).await.problem(), (403, "not_allowed"));
        assert_eq!(program.post("/tokens", more(None)).await.problem(), (403, "not_allowed"));
        admin.post("/tokens", more(Some("h2"))).await.ok();
        assert_eq!(program.get("/tokens").await.ok()["rows"].as_array().unwrap().len(), 2);
        assert_eq!(program.patch("/settings", json!({"idle_s": 300})).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_named() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        for (body, field) in [
            (json!({"name": "", "scopes": ["staff"]}), "name"),
            (json!({"name": "字".repeat(61), "scopes": ["staff"]}), "name"),
            (json!({"name": 5, "scopes": ["staff"]}), "name"),
            (json!({"name": "x", "scopes": []}), "scopes"),
            (json!({"name": "x", "scopes": ["root"]}), "scopes[0]"),
            (json!({"name": "x", "scopes": "staff"}), "scopes"),
            (json!({"name": "x", "scopes": ["staff"], "hall": 3}), "hall"),
            (json!({"name": "x", "scopes": ["staff"], "until": 3}), "until"),
        ] {
            assert_eq!(admin.post("/tokens", body.clone()).await.fields(), [field], "{body}");
        }
        assert_eq!(admin.get("/tokens").await.ok()["rows"], json!([]));
    })
    .await;
}
