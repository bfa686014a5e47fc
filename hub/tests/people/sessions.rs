//! Signing in and out, the CSRF token, idle time, and being kept waiting.

use axum::http::header;
use hub::people::{Ended, Role, login};
use serde_json::json;

use crate::kit::{PASSWORD, Town, on_both};

#[tokio::test]
async fn whoever_signs_in_is_known_until_they_sign_out() {
    on_both(async |town: Town| {
        let li = town.signed_in("Li.Na", &[Role::Staff]).await;
        let me = li.get("/me").await.ok();
        assert_eq!(me["login"], "li.na");
        assert_eq!(me["name"], "李娜");
        assert_eq!(me["roles"], json!([{"role": "staff", "hall": null}]));
        assert_eq!(me["idle_s"], 1800);
        assert_eq!(me["csrf"], *li.csrf.as_ref().unwrap());
        let mut ended = town.hub.people.revoked();
        assert_eq!(li.delete("/session").await.status, 204);
        assert!(matches!(ended.try_recv(), Ok(Ended::Session(_))));
        assert_eq!(li.get("/me").await.problem(), (401, "not_known"));
        assert_eq!(town.deeds().await, ["session.ended", "session.begun"]);
        let li = town.sign_in("Li.Na", PASSWORD).await;
        assert_eq!(li.delete("/session?idle=true").await.status, 204);
        assert_eq!(town.deeds().await[0], "session.timed_out", "the page did it, for nobody was there");
    })
    .await;
}

#[tokio::test]
async fn the_cookie_is_for_the_browser_only_and_its_key_is_not_stored() {
    on_both(async |town: Town| {
        town.person("li", &[]).await;
        let answer = town.nobody().post("/session", json!({"login": "li", "password": PASSWORD})).await;
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
        for word in ["hallcast_session=", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(word), "{cookie}");
        }
        assert!(!cookie.contains("Secure"), "this hub is reached by http");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        let key = cookie.split(['=', ';']).nth(1).unwrap();
        assert!(hub::store::sessions::by_key(&town.hub.db, key).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_change_needs_the_sessions_own_csrf_token() {
    on_both(async |town: Town| {
        let mut li = town.signed_in("li", &[Role::Administrator]).await;
        let token = json!({"name": "x", "scopes": ["staff"]});
        assert_eq!(li.post("/tokens", token.clone()).await.status, 201);
        li.csrf = None;
        assert_eq!(li.post("/tokens", token.clone()).await.problem(), (403, "csrf"));
        assert_eq!(li.get("/tokens").await.status, 200);
        li.csrf = Some("0".repeat(64));
        assert_eq!(li.post("/tokens", token.clone()).await.problem(), (403, "csrf"));
        li.csrf = town.sign_in("li", PASSWORD).await.csrf;
        assert_eq!(li.post("/tokens", token).await.problem(), (403, "csrf"));
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_nothing_was_asked_for_the_idle_time() {
    on_both(async |town: Town| {
        let li = town.signed_in("li", &[Role::Administrator]).await;
        for _ in 0..3 {
            town.advance_s(1_700);
            assert_eq!(li.get("/me?here=true").await.status, 200);
        }
        let mut ended = town.hub.people.revoked();
        town.advance_s(1_801);
        assert_eq!(li.get("/me").await.status, 401);
        assert!(login::end_old_sessions(&town.hub).await.unwrap());
        assert!(matches!(ended.try_recv(), Ok(Ended::Session(_))));
        assert!(!login::end_old_sessions(&town.hub).await.unwrap());
        assert_eq!(town.deeds().await[0], "session.timed_out");
    })
    .await;
}

#[tokio::test]
async fn a_page_that_reads_by_itself_does_not_keep_its_session_alive() {
    on_both(async |town: Town| {
        let li = town.signed_in("li", &[Role::Administrator]).await;
        for _ in 0..3 {
            town.advance_s(590);
            assert_eq!(li.get("/me").await.status, 200);
        }
        town.advance_s(40);
        assert_eq!(li.get("/me").await.status, 401, "nobody did anything for half an hour");
        let li = town.sign_in("li", PASSWORD).await;
        for _ in 0..3 {
            town.advance_s(1_700);
            assert_eq!(li.get("/me?here=true").await.status, 200, "somebody touched the page");
            town.advance_s(1_700);
            assert_eq!(li.patch("/settings", json!({"idle_s": 1800})).await.status, 200);
        }
    })
    .await;
}

#[tokio::test]
async fn no_session_outlives_a_long_working_day() {
    on_both(async |town: Town| {
        let li = town.signed_in("li", &[]).await;
        for _ in 0..14 * 3 {
            town.advance_s(1_200);
            assert_eq!(li.get("/me?here=true").await.status, 200);
        }
        town.advance_s(1);
        assert_eq!(li.get("/me").await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn the_idle_time_is_set_per_hub() {
    on_both(async |town: Town| {
        let li = town.signed_in("li", &[Role::Administrator]).await;
        assert_eq!(li.get("/settings").await.ok(), json!({"idle_s": 1800}));
        assert_eq!(li.patch("/settings", json!({"idle_s": 59})).await.fields(), ["idle_s"]);
        assert_eq!(li.patch("/settings", json!({"idle_s": 120})).await.ok(), json!({"idle_s": 120}));
        town.advance_s(121);
        assert_eq!(li.get("/me").await.status, 401);
        let wang = town.signed_in("wang", &[Role::Supervisor]).await;
        assert_eq!(wang.get("/me").await.ok()["idle_s"], 120);
        assert_eq!(wang.patch("/settings", json!({"idle_s": 1800})).await.problem(), (403, "not_allowed"));
    })
    .await;
}

#[tokio::test]
async fn wrong_unknown_and_shut_out_look_alike() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let wang = town.person("wang", &[Role::Staff]).await;
        assert_eq!(admin.patch(&format!("/people/{wang}"), json!({"disabled": true})).await.status, 200);
        let mut said = Vec::new();
        for (login, password) in [("admin", "wrong password"), ("nobody", PASSWORD), ("wang", PASSWORD)] {
            let answer = town.nobody().post("/session", json!({"login": login, "password": password})).await;
            assert_eq!(answer.problem(), (401, "bad_login"));
            said.push(answer.body);
        }
        assert!(said.iter().all(|it| *it == said[0]), "{said:?}");
        assert_eq!(town.deeds().await[..3], ["session.refused"; 3]);
    })
    .await;
}

#[tokio::test]
async fn who_guesses_has_to_wait_and_is_told_how_long() {
    on_both(async |town: Town| {
        town.person("li", &[]).await;
        let guess = json!({"login": "LI", "password": "wrong password"});
        for _ in 0..5 {
            assert_eq!(town.nobody().post("/session", guess.clone()).await.status, 401);
        }
        let answer = town.nobody().post("/session", json!({"login": "li", "password": PASSWORD})).await;
        assert_eq!(answer.problem(), (429, "too_many"));
        assert_eq!(answer.headers[header::RETRY_AFTER], "5");
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let refused = admin.get("/audit?what=session.refused").await.ok();
        let waits: Vec<_> =
            refused["rows"].as_array().unwrap().iter().map(|it| it["detail"]["wait_s"].as_i64()).collect();
        assert_eq!(waits, [Some(5), None, None, None, None], "the last one is told to wait");
        town.advance_s(5);
        town.sign_in("li", PASSWORD).await;
    })
    .await;
}

#[tokio::test]
async fn an_account_is_good_between_its_dates_only() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let wang = town.person("wang", &[Role::Staff]).await;
        let dates = json!({"valid_from": "2026-03-02T02:00:00+00:00", "valid_until": "2026-03-02T11:00:00+08:00"});
        admin.patch(&format!("/people/{wang}"), dates).await.ok();
        let sign_in =
            async || town.nobody().post("/session", json!({"login": "wang", "password": PASSWORD})).await.status;
        assert_eq!(sign_in().await, 401);
        town.advance_s(3_600);
        assert_eq!(sign_in().await, 200);
        let wang = town.sign_in("wang", PASSWORD).await;
        for _ in 0..3 {
            town.advance_s(1_199);
            assert_eq!(wang.get("/me?here=true").await.status, 200);
        }
        town.advance_s(3);
        assert_eq!(wang.get("/me").await.status, 401);
        assert_eq!(sign_in().await, 401);
    })
    .await;
}

#[tokio::test]
async fn one_person_has_a_bounded_number_of_sessions() {
    on_both(async |town: Town| {
        let first = town.signed_in("li", &[]).await;
        for _ in 0..20 {
            town.advance_s(1);
            town.sign_in("li", PASSWORD).await;
        }
        assert_eq!(first.get("/me").await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn strangers_make_a_bounded_number_of_changes() {
    on_both(async |town: Town| {
        let body = json!({"name": "x", "scopes": ["staff"]});
        for _ in 0..30 {
            assert_eq!(town.nobody().post("/tokens", body.clone()).await.status, 401);
        }
        let answer = town.nobody().post("/tokens", body).await;
        assert_eq!(answer.problem(), (429, "too_many"));
        assert_eq!(answer.headers[header::RETRY_AFTER], "1");
        assert_eq!(town.nobody().get("/me").await.status, 401);
    })
    .await;
}
