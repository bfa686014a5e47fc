//! Choosing, giving and resetting passwords, and the second proof.

use argon2::password_hash::CustomizedPasswordHasher as _;
use argon2::{Argon2, Params};
use hub::people::Role;
use hub::people::password::is_current;
use hub::store::people;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::kit::{Asker, PASSWORD, Town, on_both};

const NEW: &str = "a heron by the lake";

async fn new_proof(who: &Asker<'_>) -> Value {
    who.post("/me/second-proof", json!({"password": PASSWORD})).await.ok()
}

/// What an authenticator app shows.
fn code(town: &Town, proof: &Value) -> String {
    let url = proof["otpauth_url"].as_str().unwrap();
    let secret = url.split("secret=").nth(1).unwrap().split('&').next().unwrap();
    let totp = Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap();
    totp.generate(town.hub.clock.now().timestamp().try_into().unwrap()).to_string()
}

#[tokio::test]
async fn a_person_changes_their_password_and_their_other_sessions_end() {
    on_both(async |town: Town| {
        let li = town.signed_in("li", &[]).await;
        let elsewhere = town.sign_in("li", PASSWORD).await;
        let change = async |old: &str, new: &str| li.post("/me/password", json!({"old": old, "new": new})).await;
        assert_eq!(change("not it at all", NEW).await.fields(), ["old"]);
        assert_eq!(change(PASSWORD, "short").await.fields(), ["new"]);
        assert_eq!(change(PASSWORD, PASSWORD).await.fields(), ["new"]);
        assert_eq!(change(PASSWORD, NEW).await.status, 204);
        assert_eq!(li.get("/me").await.status, 200);
        assert_eq!(elsewhere.get("/me").await.status, 401);
        town.sign_in("li", NEW).await;
        assert_eq!(town.nobody().post("/me/password", json!({"old": NEW, "new": PASSWORD})).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn a_hash_of_older_parameters_still_fits_and_is_made_anew_at_a_good_login() {
    on_both(async |town: Town| {
        let id = town.person("li", &[]).await;
        // As OWASP also has it: 19 MiB and two passes.
        let older = Params::new(19 * 1_024, 2, 1, None).unwrap();
        let hash = Argon2::default().hash_password_with_params(PASSWORD.as_bytes(), b"salt of tests", older);
        let hash = hash.unwrap().to_string();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let mut tx = town.hub.db.begin().await.unwrap();
        people::set_password(&mut tx, &id, &hash, false).await.unwrap();
        tx.commit().await.unwrap();
        let kept = async || people::by_id(&town.hub.db, &id).await.unwrap().unwrap().password;

        let wrong = town.nobody().post("/session", json!({"login": "li", "password": NEW})).await;
        assert_eq!((wrong.status.as_u16(), kept().await), (401, hash.clone()), "a bad login changes nothing");
        town.sign_in("li", PASSWORD).await;
        let anew = kept().await;
        assert!(is_current(&anew) && anew != hash, "{anew}");
        town.sign_in("li", PASSWORD).await;
        assert_eq!(kept().await, anew, "once is enough");
    })
    .await;
}

#[tokio::test]
async fn a_given_password_must_be_changed_before_anything_else() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let id = town.person("li", &[Role::Administrator]).await;
        let before = town.sign_in("li", PASSWORD).await;
        let path = format!("/people/{id}/password");
        assert_eq!(admin.post(&path, json!({"new": "li-li-li-li"})).await.fields(), ["new"]);
        assert_eq!(admin.post(&path, json!({"new": "for the first day"})).await.status, 204);
        assert_eq!(before.get("/me").await.status, 401);
        let li = town.sign_in("li", "for the first day").await;
        assert_eq!(li.get("/me").await.ok()["must_change_password"], true);
        assert_eq!(li.get("/people").await.problem(), (403, "must_change_password"));
        assert_eq!(li.post("/me/password", json!({"old": "for the first day", "new": NEW})).await.status, 204);
        assert_eq!(li.get("/people").await.status, 200);
        assert_eq!(town.deeds().await[..2], ["password.changed", "session.begun"]);
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_password_is_reset_by_the_app_or_by_paper() {
    on_both(async |town: Town| {
        let li = town.signed_in("li", &[]).await;
        let reset = async |proof: &str, new: &str| {
            town.nobody().post("/password-reset", json!({"login": "li", "proof": proof, "new": new})).await
        };
        assert_eq!(reset("123456", NEW).await.problem(), (401, "bad_proof"));
        assert_eq!(li.post("/me/second-proof", json!({"password": "wrong"})).await.fields(), ["password"]);
        let proof = new_proof(&li).await;
        assert_eq!(reset(&code(&town, &proof), "short").await.fields(), ["new"]);
        let used = code(&town, &proof);
        assert_eq!(reset(&used, NEW).await.status, 204);
        assert_eq!(li.get("/me").await.status, 401);
        assert_eq!(reset(&used, PASSWORD).await.problem(), (401, "bad_proof"), "a code is good once");
        let paper = proof["recovery"][3].as_str().unwrap();
        assert_eq!(reset(&paper.to_lowercase(), "one more good word").await.status, 204);
        assert_eq!(reset(paper, PASSWORD).await.problem(), (401, "bad_proof"), "and so is one on paper");
    })
    .await;
}

#[tokio::test]
async fn a_confirmed_second_proof_is_asked_for_at_every_login() {
    on_both(async |town: Town| {
        let li = town.signed_in("li", &[]).await;
        let proof = new_proof(&li).await;
        town.sign_in("li", PASSWORD).await;
        assert_eq!(li.post("/me/second-proof/confirm", json!({"code": "000000"})).await.fields(), ["code"]);
        let confirmed = li.post("/me/second-proof/confirm", json!({"code": code(&town, &proof)})).await;
        assert_eq!(confirmed.status, 204);
        let sign_in = async |code: Option<String>| {
            town.nobody().post("/session", json!({"login": "li", "password": PASSWORD, "code": code})).await
        };
        assert_eq!(sign_in(None).await.problem(), (401, "second_proof_needed"));
        assert_eq!(sign_in(Some(code(&town, &proof))).await.problem(), (401, "bad_login"), "it was used to confirm");
        town.advance_s(30);
        let me = sign_in(Some(code(&town, &proof))).await.ok();
        assert_eq!(me["second_proof"], true);
        let paper = proof["recovery"][0].as_str().unwrap().to_owned();
        assert_eq!(sign_in(Some(paper.clone())).await.status, 200);
        assert_eq!(sign_in(Some(paper)).await.problem(), (401, "bad_login"));
    })
    .await;
}

#[tokio::test]
async fn an_administrator_helps_whoever_lost_the_second_proof() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let li = town.signed_in("li", &[]).await;
        let id = li.get("/me").await.ok()["id"].as_str().unwrap().to_owned();
        let proof = new_proof(&li).await;
        li.post("/me/second-proof/confirm", json!({"code": code(&town, &proof)})).await.ok();
        assert_eq!(admin.post(&format!("/people/{id}/password"), json!({"new": NEW})).await.status, 204);
        town.sign_in("li", NEW).await;
        let paper = json!({"login": "li", "proof": proof["recovery"][0], "new": PASSWORD});
        assert_eq!(town.nobody().post("/password-reset", paper).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn proofs_cannot_be_guessed() {
    on_both(async |town: Town| {
        let li = town.signed_in("li", &[]).await;
        new_proof(&li).await;
        let mut tried = 0;
        for n in 0..40 {
            let guess = json!({"login": "li", "proof": format!("{n:06}"), "new": NEW});
            match town.nobody().post("/password-reset", guess).await.status.as_u16() {
                401 => tried += 1,
                429 => {}
                other => panic!("{other}"),
            }
        }
        assert_eq!(tried, 5);
    })
    .await;
}
