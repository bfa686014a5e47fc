//! A hub for one test, on each database there is, and somebody who asks it.

use argon2::password_hash::CustomizedPasswordHasher as _;
use argon2::{Argon2, Params};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::{DateTime, Utc};
use hub::clock::Clock;
use hub::people::{Grant, Role, sealed};
use hub::store::people::{self, Person};
use hub::{Config, Hub, Server};
use serde_json::{Value, json};
use sqlx::Connection as _;
use tower::ServiceExt as _;

/// Where a throw-away PostgreSQL is, if there is one.
const POSTGRES: &str = "HALLCAST_TEST_POSTGRES";

/// A hub that stands at a set time.
pub struct Town {
    pub hub: Hub,
    pub app: Router,
    folder: tempfile::TempDir,
}

/// The time at which every test begins.
pub fn start() -> DateTime<Utc> {
    "2026-03-02T01:00:00Z".parse().unwrap()
}

/// Runs a test on SQLite, and on PostgreSQL where there is one.
pub async fn on_both(test: impl AsyncFn(Town)) {
    test(Town::open(None).await).await;
    match std::env::var(POSTGRES) {
        Ok(server) => {
            let name = format!("people_{}", hub::chance::row_id());
            run(&server, format!("CREATE DATABASE {name}")).await;
            let town = Town::open(Some(format!("{}/{name}", server.rsplit_once('/').unwrap().0))).await;
            let db = town.hub.db.clone();
            test(town).await;
            db.close().await;
            run(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
        Err(_) => println!("{POSTGRES} is not set: this ran on SQLite only"),
    }
}

async fn run(server: &str, text: String) {
    let mut admin = sqlx::PgConnection::connect(server).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(text)).execute(&mut admin).await.unwrap();
}

impl Town {
    async fn open(database: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config { database, flush: false, ..Config::local(folder.path().to_owned()) };
        let server = Server::bind(config, Clock::set_to(start())).await.unwrap();
        let hub = server.hub().clone();
        Self { app: hub::http::router(hub.clone()), hub, folder }
    }

    /// A town around a hub that was started otherwise.
    pub fn of(hub: Hub, folder: tempfile::TempDir) -> Self {
        Self { app: hub::http::router(hub.clone()), hub, folder }
    }

    /// Its data folder.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Somebody with roles everywhere; their password is hashed cheaply, for there are many of them.
    pub async fn person(&self, login: &str, roles: &[Role]) -> String {
        let id = hub::chance::row_id();
        let params = Params::new(Params::MIN_M_COST, Params::MIN_T_COST, 1, None).unwrap();
        let hash = Argon2::default().hash_password_with_params(PASSWORD.as_bytes(), b"salt of tests", params);
        let person = Person {
            login: login.to_lowercase(),
            name: sealed::seal(&self.hub.keys, &id, "李娜").unwrap(),
            staff_no: String::new(),
            password: hash.unwrap().to_string(),
            must_change_password: false,
            disabled: false,
            valid_from: None,
            valid_until: None,
            proof_secret: None,
            proof_confirmed: false,
            proof_counted: 0,
            made_at: self.hub.clock.now(),
            id,
        };
        let mut tx = self.hub.db.begin().await.unwrap();
        people::add(&mut tx, &person).await.unwrap();
        for role in roles {
            let grant = Grant { scope: (*role).into(), hall: None };
            people::add_grant(&mut tx, &person.id, &grant).await.unwrap();
        }
        tx.commit().await.unwrap();
        person.id
    }

    /// A person with roles, signed in.
    pub async fn signed_in(&self, login: &str, roles: &[Role]) -> Asker<'_> {
        self.person(login, roles).await;
        self.sign_in(login, PASSWORD).await
    }

    pub async fn sign_in(&self, login: &str, password: &str) -> Asker<'_> {
        let answer = self.nobody().post("/session", json!({"login": login, "password": password})).await;
        assert_eq!(answer.status, StatusCode::OK, "{:?}", answer.body);
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        let csrf = answer.body["csrf"].as_str().unwrap().to_owned();
        Asker { town: self, cookie: Some(cookie), csrf: Some(csrf), token: None, secret: None, if_match: None }
    }

    pub fn nobody(&self) -> Asker<'_> {
        Asker { town: self, cookie: None, csrf: None, token: None, secret: None, if_match: None }
    }

    pub fn token(&self, token: &str) -> Asker<'_> {
        Asker { token: Some(token.into()), ..self.nobody() }
    }

    pub fn advance_s(&self, seconds: u64) {
        self.hub.clock.advance(std::time::Duration::from_secs(seconds));
    }

    /// What the audit's newest rows say was done.
    pub async fn deeds(&self) -> Vec<String> {
        let rows = hub::store::audit::newest(&self.hub.db, None, 50).await.unwrap();
        rows.into_iter().map(|it| it.what).collect()
    }
}

/// The password of everybody in these tests.
pub const PASSWORD: &str = "three quiet lanterns";

/// Somebody who asks.
#[derive(Clone)]
pub struct Asker<'a> {
    pub town: &'a Town,
    pub cookie: Option<String>,
    pub csrf: Option<String>,
    pub token: Option<String>,
    pub secret: Option<String>,
    pub if_match: Option<String>,
}

/// What the hub said.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Answer {
    /// The code of a problem document, and its status.
    pub fn problem(&self) -> (u16, &str) {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json", "{self:?}");
        assert!(self.body["detail"].as_str().is_some_and(|it| it.len() > 5), "{self:?}");
        (self.status.as_u16(), self.body["code"].as_str().unwrap())
    }

    /// The fields that do not fit.
    pub fn fields(&self) -> Vec<&str> {
        assert_eq!(self.problem(), (422, "bad_input"), "{self:?}");
        self.body["errors"].as_array().unwrap().iter().map(|it| it["field"].as_str().unwrap()).collect()
    }

    /// The body, if it went well.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{self:?}");
        self.body
    }
}

impl Asker<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, None).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask("POST", path, Some(body.to_string())).await
    }
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.ask("PUT", path, Some(body.to_string())).await
    }
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.ask("PATCH", path, Some(body.to_string())).await
    }
    pub async fn delete(&self, path: &str) -> Answer {
        self.ask("DELETE", path, None).await
    }

    pub async fn ask(&self, method: &str, path: &str, body: Option<String>) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        let headers = [
            ("cookie", self.cookie.clone()),
            ("x-csrf-token", self.csrf.clone()),
            ("authorization", self.token.as_ref().map(|it| format!("Bearer {it}"))),
            ("x-pairing-secret", self.secret.clone()),
            ("if-match", self.if_match.clone()),
            ("content-type", body.as_ref().map(|_| "application/json".to_owned())),
        ];
        for (name, value) in headers {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let request = request.body(body.map_or_else(Body::empty, Body::from)).unwrap();
        let answer = self.town.app.clone().oneshot(request).await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = axum::body::to_bytes(answer.into_body(), 16 << 20).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status, headers, body }
    }
}
