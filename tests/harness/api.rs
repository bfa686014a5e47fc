//! HTTP as a program speaks it: one base address, one token, JSON in and out.

use reqwest::header::HeaderMap;
use serde_json::{Value, json};

/// A program that talks to a hub.
#[derive(Clone)]
pub struct Api {
    base: String,
    token: Option<String>,
    client: reqwest::Client,
}

/// What a hub answered.
#[derive(Clone, Debug)]
pub struct Said {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; null if it was not JSON.
    pub body: Value,
}

impl Said {
    /// The problem's code, or nothing.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// The body, if the status is 2xx.
    ///
    /// # Panics
    /// If it is not.
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "the hub said {}: {}", self.status, self.body);
        self.body
    }
}

impl Api {
    /// Talks to the hub at `base` (`http://host:port`) with a bearer token, or as nobody.
    pub fn new(base: &str, token: Option<&str>) -> Self {
        // Built with the player, which has TLS, the library wants to be told whose; an error: it was told before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { base: base.to_owned(), token: token.map(str::to_owned), client: reqwest::Client::new() }
    }

    /// The same hub, asked by nobody.
    pub fn nobody(&self) -> Self {
        Self { token: None, ..self.clone() }
    }

    /// The same hub with another token.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The hub's address.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The token.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// `GET /api/v1{path}`.
    pub async fn get(&self, path: &str) -> Said {
        self.send(self.client.get(self.address(path))).await.expect("the hub answers")
    }

    /// `POST /api/v1{path}`.
    pub async fn post(&self, path: &str, body: &Value) -> Said {
        self.send(self.client.post(self.address(path)).json(body)).await.expect("the hub answers")
    }

    /// `PUT /api/v1{path}`.
    pub async fn put(&self, path: &str, body: &Value) -> Said {
        self.send(self.client.put(self.address(path)).json(body)).await.expect("the hub answers")
    }

    /// `PATCH /api/v1{path}`.
    pub async fn patch(&self, path: &str, body: &Value) -> Said {
        self.send(self.client.patch(self.address(path)).json(body)).await.expect("the hub answers")
    }

    /// `DELETE /api/v1{path}`.
    pub async fn delete(&self, path: &str) -> Said {
        self.send(self.client.delete(self.address(path))).await.expect("the hub answers")
    }

    /// `POST /api/v1{path}` with a body of any kind, for what is not JSON.
    pub async fn post_raw(&self, path: &str, kind: &str, body: impl Into<reqwest::Body>) -> Said {
        let request = self.client.post(self.address(path)).header("content-type", kind).body(body);
        self.send(request).await.expect("the hub answers")
    }

    /// Any method to `/api/v1{path}`, with a body that says it is JSON and need not be.
    pub async fn raw(&self, method: &str, path: &str, body: String) -> Said {
        let method = method.to_uppercase().parse().expect("a method");
        let request = self.client.request(method, self.address(path)).header("content-type", "application/json");
        self.send(request.body(body)).await.expect("the hub answers")
    }

    /// A command to a hall.
    pub async fn command(&self, hall: &str, verb: &str, fields: Value) -> Said {
        self.post(&format!("/halls/{hall}/commands"), &with_verb(verb, fields)).await
    }

    /// A command with an idempotency key; an error if no answer came (the hub was killed, say).
    pub async fn command_with_key(
        &self,
        hall: &str,
        verb: &str,
        fields: Value,
        key: &str,
    ) -> Result<Said, reqwest::Error> {
        let request = self.client.post(self.address(&format!("/halls/{hall}/commands")));
        self.send(request.header("idempotency-key", key).json(&with_verb(verb, fields))).await
    }

    fn address(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.base)
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Said, reqwest::Error> {
        let request = match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let response = request.send().await?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = response.bytes().await?;
        Ok(Said { status, headers, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) })
    }
}

fn with_verb(verb: &str, mut fields: Value) -> Value {
    if fields.is_null() {
        fields = json!({});
    }
    fields["do"] = json!(verb);
    fields
}
