//! The body of a command, read strictly: every unknown, doubled, mistyped or overlong field is named.
//!
//! Knows shapes and lengths only; whether a queue or counter exists is the hall's to say.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::error::{Error, FieldError, Wrong};

/// Longest id, code or other word, characters.
const WORD_CHARS_MAX: usize = 64;
/// Longest note, characters.
const NOTE_CHARS_MAX: usize = 200;
/// Longest text of an announcement, characters.
const TEXT_CHARS_MAX: usize = 500;
/// Longest name of a clip, characters.
const CLIP_CHARS_MAX: usize = 200;
/// Most members of a list.
const LIST_MAX: usize = 50;

/// A JSON value in which no object has a field twice.
struct Strict(Value);

impl<'de> serde::Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, it: bool) -> Result<Value, E> {
        Ok(Value::Bool(it))
    }
    fn visit_i64<E>(self, it: i64) -> Result<Value, E> {
        Ok(Value::Number(it.into()))
    }
    fn visit_u64<E>(self, it: u64) -> Result<Value, E> {
        Ok(Value::Number(it.into()))
    }
    fn visit_f64<E: serde::de::Error>(self, it: f64) -> Result<Value, E> {
        Number::from_f64(it).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }
    fn visit_str<E>(self, it: &str) -> Result<Value, E> {
        Ok(Value::String(it.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(it)) = source.next_element()? {
            list.push(it);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = source.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format!("the field `{key}` is there twice")));
            }
            let Strict(value) = source.next_value()?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

/// Reads the body as one object.
pub fn object(bytes: &[u8]) -> Result<Map<String, Value>, Error> {
    match crate::http::body::parse::<Strict>(bytes)? {
        Strict(Value::Object(fields)) => {
            let errors = too_long(&fields);
            if errors.is_empty() { Ok(fields) } else { Err(Error::Bad(errors)) }
        }
        Strict(_) => Err(Error::bad("body", "send one JSON object: {\"do\": VERB, …}")),
    }
}

/// Every word, text and list that is too long.
fn too_long(fields: &Map<String, Value>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (name, value) in fields {
        let most = match name.as_str() {
            "note" => NOTE_CHARS_MAX,
            "text" => TEXT_CHARS_MAX,
            "clip" => CLIP_CHARS_MAX,
            _ => WORD_CHARS_MAX,
        };
        measure(name.clone(), value, most, &mut errors);
    }
    errors
}

fn measure(path: String, value: &Value, most: usize, errors: &mut Vec<FieldError>) {
    match value {
        Value::String(text) => {
            if text.chars().count() > most {
                let why = Wrong::Length.within(0..=most, format!("is longer than {most} characters"));
                errors.push(FieldError::new(path, why));
            } else if text.chars().any(|it| it.is_control() && it != '\n') {
                errors.push(FieldError::new(path, Wrong::Unreadable.why("holds control characters")));
            }
        }
        Value::Array(list) => {
            if list.len() > LIST_MAX {
                let why = Wrong::AtMost.up_to(LIST_MAX, format!("has more than {LIST_MAX} members"));
                errors.push(FieldError::new(path, why));
                return;
            }
            for (at, it) in list.iter().enumerate() {
                measure(format!("{path}[{at}]"), it, most, errors);
            }
        }
        Value::Object(map) => {
            for (name, it) in map {
                measure(format!("{path}.{name}"), it, most, errors);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Takes a field out of the body; `null` is as good as absent.
pub fn take<T: DeserializeOwned>(fields: &mut Map<String, Value>, name: &str) -> Result<Option<T>, Error> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => read(name, value).map(Some),
    }
}

/// Reads a value of the body; an error names the field inside it, with `before` in front.
pub fn read<T: DeserializeOwned>(before: &str, value: Value) -> Result<T, Error> {
    serde_path_to_error::deserialize(value).map_err(|cause| {
        let path = cause.path().to_string();
        let why = cause.into_inner().to_string();
        // What serde says of a field as a whole names it in backquotes; the path stops before it.
        let named = ["unknown field `", "missing field `"].iter().find_map(|it| why.strip_prefix(it));
        let inner = named.and_then(|rest| rest.split('`').next());
        let parts = [before, if path == "." { "" } else { &path }, inner.unwrap_or_default()];
        let mut field = String::new();
        for part in parts.into_iter().filter(|it| !it.is_empty()) {
            // The path may or may not hold the name already.
            if field != part && !field.ends_with(&format!(".{part}")) {
                field = if field.is_empty() { part.to_owned() } else { format!("{field}.{part}") };
            }
        }
        let why = match (inner, why.starts_with("missing")) {
            (Some(_), true) => Wrong::Missing.why("is missing"),
            (Some(_), false) => Wrong::UnknownField.why("is not a field of this command"),
            (None, _) => Wrong::read(why),
        };
        Error::bad(if field.is_empty() { "body".to_owned() } else { field }, why)
    })
}
