//! The AsyncAPI 3.0 document of the socket, made from the same types that travel.
//!
//! It says what OpenAPI cannot: that one message goes to the hub, and what comes back in which order.

use serde_json::{Map, Value, json};
use utoipa::{OpenApi, ToSchema};
use wire::board::Board;
use wire::frame::Frame;
use wire::heard::Heard;
use wire::hello::First;

/// Everything that travels on the socket, with all it is made of.
#[derive(OpenApi)]
#[openapi(components(schemas(First, Heard, Frame, Board)))]
pub struct Schemas;

/// The messages from the hub: field that tells them, and what it is for.
const MESSAGES: [(&str, &str); 7] = [
    ("welcome", "The answer to hello"),
    ("board", "The whole hall, or the part that is followed, at one position"),
    ("frame", "What happened, with the new state of what it touched; each once, in order of at.seq"),
    ("mine", "One ticket; the latest state, at most one a second (face ticket)"),
    ("live", "Figures that change without an entry; the latest, every 10 seconds at most"),
    ("summary", "Counts of a hall; the latest, at most one a second (cut summary)"),
    ("beat", "A sign of life, with how far each followed hall was told"),
];

const WORDS: &str = "The listener speaks first, within 5 seconds, once, at most 16 KiB. The hub answers with welcome, \
    then for each hall with the frames after `at`, or with one board; then it sends frames as they happen. Positions \
    never go back within an epoch; numbers may skip, since not every entry is shown to every face. A frame of an \
    unknown kind is folded like any other: replace the ticket by `ref` and the counter by `id`. Close codes: 4000 \
    restarting, 4001 too slow, 4002 silent, 4003 signed out, 4004 the player has changed (come back); 4500 bad hello, 4501 token refused or \
    revoked, 4502 no such hall or ticket, 4503 too many, 4504 version (do not).";

/// The document.
pub fn document() -> Value {
    let schemas = schemas();
    let mut messages = Map::new();
    messages.insert(
        "hello".into(),
        message("hello", "Who listens to what", &json!({"$ref": "#/components/schemas/First"})),
    );
    for (name, words) in MESSAGES {
        messages.insert(name.into(), message(name, words, &payload(&schemas, name)));
    }
    let refs = |names: &[&str]| -> Vec<_> {
        names.iter().map(|it| json!({"$ref": format!("#/channels/socket/messages/{it}")})).collect()
    };
    let heard: Vec<_> = MESSAGES.iter().map(|(name, _)| *name).collect();
    let in_channel: Map<_, _> =
        messages.keys().map(|it| (it.clone(), json!({"$ref": format!("#/components/messages/{it}")}))).collect();
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Hallcast's socket", "version": env!("CARGO_PKG_VERSION"), "description": WORDS,
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {"socket": {
            "address": "/api/v1/socket",
            "description": "WebSocket, subprotocol hallcast.v1",
            "messages": in_channel,
            "bindings": {"ws": {"method": "GET", "headers": {"type": "object", "properties": {
                "Sec-WebSocket-Protocol": {"type": "string", "const": "hallcast.v1"},
            }}}},
        }},
        "operations": {
            "hello": {"action": "receive", "channel": {"$ref": "#/channels/socket"}, "messages": refs(&["hello"])},
            "hear": {"action": "send", "channel": {"$ref": "#/channels/socket"}, "messages": refs(&heard)},
        },
        "components": {"messages": messages, "schemas": schemas},
    })
}

fn schemas() -> Value {
    let components = Schemas::openapi().components.unwrap_or_default();
    serde_json::to_value(components.schemas).unwrap_or_default()
}

fn message(name: &str, words: &str, payload: &Value) -> Value {
    json!({"name": name, "title": name, "summary": words, "payload": payload})
}

/// The alternative of `Heard` that has this field.
fn payload(schemas: &Value, field: &str) -> Value {
    let heard = &schemas[Heard::name().as_ref()];
    let all = ["oneOf", "anyOf"].iter().find_map(|it| heard[it].as_array());
    let ours = all.into_iter().flatten().find(|it| it["properties"][field].is_object());
    ours.cloned().unwrap_or_else(|| json!({"$ref": "#/components/schemas/Heard"}))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every reference in a document.
    fn references<'a>(value: &'a Value, all: &mut Vec<&'a str>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| match value.as_str() {
                Some(text) if name == "$ref" => all.push(text),
                _ => references(value, all),
            }),
            Value::Array(list) => list.iter().for_each(|it| references(it, all)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    #[test]
    fn every_message_has_its_own_shape_and_every_reference_leads_somewhere() {
        let document = document();
        for (name, _) in MESSAGES {
            let payload = &document["components"]["messages"][name]["payload"];
            assert!(payload["properties"][name].is_object(), "{name}: {payload}");
        }
        let mut all = Vec::new();
        references(&document, &mut all);
        assert!(all.len() > 30);
        for reference in all {
            assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
        }
    }
}
