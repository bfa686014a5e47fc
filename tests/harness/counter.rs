//! A member of staff at a counter, pressing keys.

use serde_json::{Value, json};

use crate::api::{Api, Said};

/// See the module.
#[derive(Clone)]
pub struct TestCounter {
    api: Api,
    hall: String,
    /// The counter's id.
    pub id: String,
}

impl TestCounter {
    /// Somebody at a counter of a hall.
    pub fn new(api: Api, hall: &str, id: &str) -> Self {
        Self { api, hall: hall.to_owned(), id: id.to_owned() }
    }

    /// Presses a key of the counter page: `call_next`, `start`, `finish`…
    pub async fn press(&self, verb: &str) -> Said {
        self.press_with(verb, json!({})).await
    }

    /// Presses a key that asks for more.
    pub async fn press_with(&self, verb: &str, mut fields: Value) -> Said {
        fields["counter"] = json!(self.id);
        self.api.command(&self.hall, verb, fields).await
    }

    /// Calls and serves one visitor to the end; the number served.
    pub async fn serve_one(&self) -> String {
        let number = self.press("call_next").await.ok()["ticket"]["number"].as_str().unwrap_or_default().to_owned();
        self.press("start").await.ok();
        self.press("finish").await.ok();
        number
    }
}
