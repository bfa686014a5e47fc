//! The command door over HTTP: who may, what a repeat gets, what is told to whom.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hub::people::Scope;
use hub::people::credentials::{self, NewToken};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::kit::{Node, Place, on_both};

struct Desk {
    node: Node,
    app: Router,
    supervisor: String,
    staff: String,
    other_staff: String,
    kiosk: String,
    auditor: String,
}

impl Desk {
    async fn open(place: &Place) -> Self {
        let node = place.with_hall().await;
        let token = async |scope: Scope| {
            let new = NewToken { name: "t".into(), scopes: vec![scope], hall: None };
            credentials::make_unasked(node.db(), "hub", new, node.hub.clock.now()).await.unwrap().token
        };
        let (supervisor, staff, other_staff) =
            (token(Scope::Supervisor).await, token(Scope::Staff).await, token(Scope::Staff).await);
        let (kiosk, auditor) = (token(Scope::Kiosk).await, token(Scope::Auditor).await);
        Self { app: hub::http::router(node.hub.clone()), node, supervisor, staff, other_staff, kiosk, auditor }
    }

    async fn ask(&self, token: Option<&str>, key: Option<&str>, body: &Value) -> (u16, Value) {
        let mut request = Request::builder()
            .method("POST")
            .uri("/api/v1/halls/h1/commands")
            .header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        let answer = self.app.clone().oneshot(request.body(Body::from(body.to_string())).unwrap()).await.unwrap();
        let status = answer.status().as_u16();
        let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap())
    }

    async fn code(&self, token: Option<&str>, body: Value) -> (u16, String) {
        let (status, body) = self.ask(token, None, &body).await;
        (status, body["code"].as_str().unwrap_or("ok").to_owned())
    }
}

fn is(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[tokio::test]
async fn each_caller_may_what_the_table_says() {
    let place = Place::new(None).await;
    let desk = Desk::open(&place).await;
    let (staff, kiosk) = (Some(desk.staff.as_str()), Some(desk.kiosk.as_str()));
    let issue = json!({"do": "issue", "queue": "A", "channel": "kiosk"});
    let open = json!({"do": "open_counter", "counter": "1"});
    assert_eq!(desk.code(None, issue.clone()).await, is(401, "not_known"));
    assert_eq!(desk.code(Some("nonsense"), issue.clone()).await, is(401, "not_known"));
    assert_eq!(desk.code(Some(&desk.auditor), issue.clone()).await, is(403, "not_allowed"));
    assert_eq!(desk.code(kiosk, issue.clone()).await, is(200, "ok"));
    assert_eq!(desk.code(kiosk, open.clone()).await, is(403, "not_allowed"));
    assert_eq!(desk.code(kiosk, json!({"do": "cancel", "ticket": 2})).await, is(403, "not_allowed"));
    assert_eq!(desk.code(staff, open).await, is(200, "ok"));
    assert_eq!(desk.code(staff, json!({"do": "close_day"})).await, is(403, "not_allowed"));
    let call = json!({"do": "call_next", "counter": "1"});
    assert_eq!(desk.code(Some(&desk.other_staff), call.clone()).await, is(409, "not_yours"));
    assert_eq!(desk.code(Some(&desk.supervisor), call).await, is(200, "ok"));
    assert_eq!(desk.code(Some(&desk.supervisor), json!({"do": "close_day"})).await, is(200, "ok"));
    assert_eq!(desk.code(staff, issue).await, is(409, "day_closed"));
    desk.node.end().await;
}

#[tokio::test]
async fn a_visitor_holds_the_key_of_one_ticket() {
    on_both(async |place: Place| {
        let desk = Desk::open(&place).await;
        let issue = json!({"do": "issue", "queue": "A"});
        let (_, mine) = desk.ask(Some(&desk.kiosk), None, &issue).await;
        let (_, other) = desk.ask(Some(&desk.kiosk), None, &issue).await;
        let (id, other_ref) = (&mine["ticket"]["id"], &other["ticket"]["ref"]);
        assert!(mine["ticket"]["url"].as_str().unwrap().ends_with(id.as_str().unwrap()));
        assert_eq!(id.as_str().unwrap().len(), 22);
        assert_eq!((&mine["ticket"]["number"], &other["ticket"]["ahead"]), (&json!("A001"), &json!(1)));
        // The public name is no key, nor is a guess, nor does the key do more than it may.
        for (body, status) in [
            (json!({"do": "cancel", "ticket": other_ref}), 401),
            (json!({"do": "cancel", "ticket": "AAAAAAAAAAAAAAAAAAAAAA"}), 404),
            (json!({"do": "reprioritise", "ticket": id, "priority": "x", "reason": "other"}), 401),
            (json!({"do": "return", "ticket": id}), 401),
        ] {
            assert_eq!(desk.ask(None, None, &body).await.0, status, "{body}");
        }
        let (status, deferred) = desk.ask(None, None, &json!({"do": "defer", "ticket": id})).await;
        assert_eq!((status, &deferred["ticket"]["ahead"]), (200, &json!(1)));
        let cancel = json!({"do": "cancel", "ticket": id});
        let (status, cancelled) = desk.ask(None, Some("k"), &cancel).await;
        assert_eq!((status, &cancelled["ticket"]["state"]), (200, &json!("cancelled")));
        assert_eq!(desk.ask(None, Some("k"), &cancel).await.1, cancelled);
        // Another visitor may choose the same key: it is another caller's.
        let theirs = json!({"do": "cancel", "ticket": other["ticket"]["id"]});
        assert_eq!(desk.ask(None, Some("k"), &theirs).await.0, 200);
        let (status, again) = desk.ask(None, None, &cancel).await;
        assert_eq!((status, &again["code"]), (409, &json!("wrong_state")));
        desk.node.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_repeat_over_http_is_the_same_answer() {
    on_both(async |place: Place| {
        let desk = Desk::open(&place).await;
        let staff = Some(desk.staff.as_str());
        let issue = json!({"do": "issue", "queue": "A", "language": "en"});
        let first = desk.ask(staff, Some("k-1"), &issue).await;
        assert_eq!(first.0, 200);
        // The order of fields and an absent value do not make it another request.
        let same = json!({"note": null, "language": "en", "queue": "A", "do": "issue"});
        assert_eq!(desk.ask(staff, Some("k-1"), &same).await, first);
        let other = json!({"do": "issue", "queue": "B", "language": "en"});
        let (status, body) = desk.ask(staff, Some("k-1"), &other).await;
        assert_eq!((status, &body["code"]), (422, &json!("key_reused")));
        assert_eq!(desk.ask(Some(&desk.other_staff), Some("k-1"), &issue).await.0, 200);
        let (status, body) = desk.ask(staff, Some("two words"), &issue).await;
        assert_eq!((status, &body["errors"][0]["field"]), (422, &json!("Idempotency-Key")));
        desk.ask(staff, None, &json!({"do": "open_counter", "counter": "1"})).await;
        desk.ask(staff, None, &json!({"do": "call_next", "counter": "1"})).await;
        let (status, busy) = desk.ask(staff, None, &json!({"do": "call_next", "counter": "1"})).await;
        assert_eq!((status, &busy["code"]), (409, &json!("counter_busy")));
        assert_eq!(busy["ticket"]["number"], "A001", "it names the ticket that is called");
        assert!(busy["at"]["seq"].as_i64().unwrap() > 3 && busy["counter"]["state"] == "calling");
        let stale = json!({"do": "recall", "counter": "1", "expect": {"seq": 2}});
        assert_eq!(desk.code(staff, stale).await, is(409, "stale"));
        desk.node.end().await;
    })
    .await;
}
