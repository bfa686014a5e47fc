//! From a body to a command: one line a verb, and the fields that belong to the door and not to the hall.

use hall::Command;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::fields::{object, read, take};
use super::visitor::{self, VisitorBody};
use crate::error::Error;
use crate::halls::NewVisitor;
use crate::store::announcements::Words;

/// A body that was read.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The command.
    pub command: Command,
    /// The position the caller has seen.
    pub expect: Option<i64>,
    /// For whom a ticket is taken.
    pub visitor: Option<NewVisitor>,
    /// Free text beside the entry.
    pub note: Option<String>,
    /// What is announced.
    pub words: Option<Words>,
    /// The body as it was understood, for the hash of an idempotency key.
    pub body: Value,
}

/// `{"seq": n}`.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Expect {
    /// The last entry the caller has seen.
    seq: i64,
}

macro_rules! verbs {
    ($($word:literal => $command:ident,)*) => {
        /// Every verb of the door.
        pub const VERBS: &[&str] = &[$($word),*];

        fn command(verb: &str, fields: Value) -> Result<Command, Error> {
            match verb {
                $($word => read("", fields).map(Command::$command),)*
                _ => Err(Error::bad("do", format!("is none of {}", VERBS.join(", ")))),
            }
        }
    };
}

verbs! {
    "issue" => Issue,
    "check_in" => CheckIn,
    "call_next" => CallNext,
    "call_ticket" => CallTicket,
    "recall" => Recall,
    "start" => Start,
    "finish" => Finish,
    "no_show" => NoShow,
    "park" => Park,
    "unpark" => Unpark,
    "transfer" => Transfer,
    "defer" => Defer,
    "return" => Return,
    "cancel" => Cancel,
    "reprioritise" => Reprioritise,
    "undo" => Undo,
    "open_counter" => OpenCounter,
    "pause_counter" => PauseCounter,
    "resume_counter" => ResumeCounter,
    "close_counter" => CloseCounter,
    "freeze_queue" => FreezeQueue,
    "thaw_queue" => ThawQueue,
    "set_mode" => SetMode,
    "open_day" => OpenDay,
    "close_day" => CloseDay,
    "announce" => Announce,
    "withdraw" => Withdraw,
}

/// Reads the body of a command.
pub fn parse(bytes: &[u8]) -> Result<Parsed, Error> {
    let mut fields = object(bytes)?;
    let body = Value::Object(fields.clone());
    let verb: String = take(&mut fields, "do")?.ok_or_else(|| Error::bad("do", "is missing: say what to do"))?;
    let expect = take::<Expect>(&mut fields, "expect")?.map(|it| it.seq);
    let note = take::<String>(&mut fields, "note")?.filter(|it| !it.trim().is_empty());
    let visitor = match verb.as_str() {
        "issue" => take::<VisitorBody>(&mut fields, "visitor")?.map(visitor::check).transpose()?,
        _ => None,
    };
    let words = if verb == "announce" { Some(words(&mut fields)?) } else { None };
    // A field that is null is as good as absent, also for fields that have a default. Only to a mode it is a word:
    // what was set is taken back, which nobody does by leaving something out.
    let is_word = |name: &str| verb == "set_mode" && name == "mode";
    fields.retain(|name, value| !value.is_null() || is_word(name));
    Ok(Parsed { command: command(&verb, Value::Object(fields))?, expect, visitor, note, words, body })
}

/// The words of an announcement. Its id is the door's to give.
fn words(fields: &mut Map<String, Value>) -> Result<Words, Error> {
    if fields.contains_key("id") {
        return Err(Error::bad("id", "is not a field of this command"));
    }
    let blank = |it: &String| !it.trim().is_empty();
    let words = Words {
        text: take::<String>(fields, "text")?.filter(blank),
        clip: take::<String>(fields, "clip")?.filter(blank),
    };
    if words == Words::default() {
        return Err(Error::bad("text", "is missing: say what to announce, or name a clip"));
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bad_field(body: &str) -> String {
        match parse(body.as_bytes()) {
            Err(Error::Bad(errors)) => errors.into_iter().map(|it| it.field).collect::<Vec<_>>().join(","),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_bad_field_is_named() {
        let long = "x".repeat(65);
        let cases = [
            (r#"[]"#.to_owned(), "body"),
            (r#"{}"#.into(), "do"),
            (r#"{"do": "dance"}"#.into(), "do"),
            (r#"{"do": 7}"#.into(), "do"),
            (r#"{"do": "issue"}"#.into(), "queue"),
            (r#"{"do": "issue", "queue": 7}"#.into(), "queue"),
            (r#"{"do": "issue", "queue": "A", "quene": "B"}"#.into(), "quene"),
            (r#"{"do": "issue", "queue": "A", "channel": "pigeon"}"#.into(), "channel"),
            (r#"{"do": "issue", "queue": "A", "route": ["A", 7]}"#.into(), "route[1]"),
            (format!(r#"{{"do": "issue", "queue": "{long}"}}"#), "queue"),
            (format!(r#"{{"do": "issue", "queue": "{long}", "language": "{long}"}}"#), "language,queue"),
            (r#"{"do": "issue", "queue": "A\u0000"}"#.into(), "queue"),
            (r#"{"do": "issue", "queue": "A", "visitor": "v1"}"#.into(), "visitor"),
            (r#"{"do": "issue", "queue": "A", "visitor": {"mail": "x"}}"#.into(), "visitor.mail"),
            (r#"{"do": "issue", "queue": "A", "visitor": {}}"#.into(), "visitor"),
            (r#"{"do": "issue", "queue": "A", "visitor": {"phone": "call me"}}"#.into(), "visitor.phone"),
            (
                r#"{"do": "issue", "queue": "A", "visitor": {"identity": {"kind": "id_card"}}}"#.into(),
                "visitor.identity.value",
            ),
            (r#"{"do": "call_next", "counter": "1", "visitor": {"id": "v"}}"#.into(), "visitor"),
            (r#"{"do": "call_next", "counter": "1", "expect": 7}"#.into(), "expect"),
            (r#"{"do": "call_next", "counter": "1", "expect": {"seq": "7"}}"#.into(), "expect.seq"),
            (r#"{"do": "call_next", "counter": "1", "expect": {"seq": 7, "epoch": 1}}"#.into(), "expect.epoch"),
            (r#"{"do": "call_ticket", "counter": "1", "ticket": true}"#.into(), "ticket"),
            (format!(r#"{{"do": "call_next", "counter": "1", "note": "{}"}}"#, "长".repeat(201)), "note"),
            (r#"{"do": "announce", "zones": []}"#.into(), "text"),
            (r#"{"do": "announce", "zones": [], "text": " "}"#.into(), "text"),
            (r#"{"do": "announce", "zones": [], "text": "a", "id": "b"}"#.into(), "id"),
            (r#"{"do": "announce", "zones": "all", "text": "a"}"#.into(), "zones"),
            (r#"{"do": "park", "counter": "1", "until": "tomorrow"}"#.into(), "until"),
            (r#"{"do": "open_day", "queue": "A"}"#.into(), "queue"),
            (r#"{"do": "set_mode", "counter": "1"}"#.into(), "mode"),
            (r#"{"do": "set_mode", "mode": "follow", "counter": "1"}"#.into(), "mode"),
            (r#"{"do": "withdraw"}"#.into(), "announcement"),
            (r#"{"do": "withdraw", "announcement": null}"#.into(), "announcement"),
            (r#"{"do": "withdraw", "announcement": "n", "text": "x"}"#.into(), "text"),
        ];
        for (body, field) in cases {
            let named: Vec<String> = bad_field(&body).split(',').map(str::to_owned).collect();
            let mut sorted = named.clone();
            sorted.sort();
            assert_eq!(sorted.join(","), field, "{body}");
        }
    }

    #[test]
    fn a_mode_that_is_null_is_a_word_and_not_an_absent_field() {
        let parsed = parse(br#"{"do": "set_mode", "mode": null, "queue": null, "counter": "1"}"#).unwrap();
        let told = serde_json::to_value(&parsed.command).unwrap();
        assert_eq!((&told["mode"], &told["counter"]), (&Value::Null, &Value::from("1")));
    }

    #[test]
    fn what_is_not_one_object_without_doubles_is_refused() {
        for body in ["", "{", "nul", r#"{"do": "open_day"} {}"#] {
            assert!(matches!(parse(body.as_bytes()), Err(Error::Status(..))), "{body}");
        }
        let twice = r#"{"do": "call_next", "counter": "1", "counter": "2"}"#;
        assert!(parse(twice.as_bytes()).unwrap_err().to_string().contains("`counter` is there twice"));
        let deep = r#"{"do": "issue", "queue": "A", "visitor": {"name": "a", "name": "b"}}"#;
        assert!(parse(deep.as_bytes()).is_err());
        let nested = format!("{}{}", "[".repeat(60_000), "]".repeat(4_000));
        assert!(parse(nested.as_bytes()).is_err());
    }

    #[test]
    fn every_verb_of_the_hall_is_a_verb_of_the_door() {
        let counter = r#""counter": "1""#;
        let ticket = r#""ticket": 7"#;
        let bodies = [
            r#""queue": "A", "visitor": {"phone": "138 0000 0000"}, "note": "x""#.to_owned(),
            ticket.into(),
            counter.into(),
            format!("{counter}, {ticket}"),
            counter.into(),
            counter.into(),
            counter.into(),
            counter.into(),
            format!(r#"{counter}, "reason": null, "until": "2026-11-24T10:00:00+08:00""#),
            ticket.into(),
            format!(r#"{ticket}, "queue": "B", "then": "back", "place": "head""#),
            r#""ticket": "abc""#.into(),
            ticket.into(),
            ticket.into(),
            format!(r#"{ticket}, "priority": "elder", "reason": "other""#),
            counter.into(),
            counter.into(),
            format!(r#"{counter}, "reason": "busy""#),
            counter.into(),
            counter.into(),
            r#""queue": "A""#.into(),
            r#""queue": "A""#.into(),
            r#""mode": "mixed", "queue": "A""#.into(),
            String::new(),
            String::new(),
            r#""zones": [], "text": "请注意""#.into(),
            r#""announcement": "n""#.into(),
        ];
        assert_eq!(bodies.len(), VERBS.len());
        for (verb, fields) in VERBS.iter().zip(bodies) {
            let comma = if fields.is_empty() { "" } else { "," };
            let body = format!(r#"{{"do": "{verb}"{comma} {fields}}}"#);
            let parsed = parse(body.as_bytes()).unwrap_or_else(|cause| panic!("{body}: {cause}"));
            let told = serde_json::to_value(&parsed.command).unwrap();
            assert_eq!(told["do"], **verb);
        }
    }
}
