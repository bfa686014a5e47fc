//! What a change of a setup changed, for the audit: field by field, with the values before and after.
//!
//! A setup holds names of queues and counters and words for visitors, nothing of a person.

use hall::Setup;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// A value that takes more bytes than this is told as changed, without its values: the record stays readable.
const VALUE_BYTES_MAX: usize = 2_000;
/// By what a part is known after it is gone.
const NAMES: [&str; 4] = ["prefix", "label", "name", "name_en"];

/// The part of a setup that is meant: `hall`, or a row such as `queues.A`. None: there is no such row.
pub fn part(setup: &Setup, path: &str) -> Option<Value> {
    let (kind, id) = path.split_once('.').unwrap_or((path, ""));
    match kind {
        "hall" => value(&setup.hall),
        "zones" => row(&setup.zones, |it| it.id.as_str() == id),
        "departments" => row(&setup.departments, |it| it.id.as_str() == id),
        "classes" => row(&setup.classes, |it| it.id.as_str() == id),
        "queues" => row(&setup.queues, |it| it.id.as_str() == id),
        "counters" => row(&setup.counters, |it| it.id.as_str() == id),
        "speakers" => row(&setup.speakers, |it| it.id.as_str() == id),
        _unknown => None,
    }
}

fn row<R: Serialize>(rows: &[R], is: impl Fn(&R) -> bool) -> Option<Value> {
    rows.iter().find(|it| is(it)).and_then(value)
}

fn value(of: &impl Serialize) -> Option<Value> {
    serde_json::to_value(of).ok()
}

/// `{"deed": "added" | "changed" | "removed", "named": {…}, "fields": {NAME: [before, after]}}`; fields only of a
/// part that was there before and after. None: nothing changed.
pub fn difference(before: Option<&Value>, after: Option<&Value>) -> Option<Value> {
    let deed = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => "added",
        (Some(_), None) => "removed",
        (Some(before), Some(after)) if before == after => return None,
        (Some(_), Some(_)) => "changed",
    };
    let mut told = json!({ "deed": deed, "named": named(after.or(before)) });
    if let (Some(Value::Object(before)), Some(Value::Object(after))) = (before, after) {
        told["fields"] = Value::Object(fields(before, after));
    }
    Some(told)
}

fn named(part: Option<&Value>) -> Map<String, Value> {
    let names = NAMES.into_iter().filter_map(|it| Some((it.to_owned(), part?.get(it)?.clone())));
    names.filter(|(_, name)| name.as_str() != Some("")).collect()
}

fn fields(before: &Map<String, Value>, after: &Map<String, Value>) -> Map<String, Value> {
    let is_short = |it: &Value| it.to_string().len() <= VALUE_BYTES_MAX;
    let old = |name: &str| before.get(name).cloned().unwrap_or_default();
    let new = |name: &str| after.get(name).cloned().unwrap_or_default();
    let names: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let changed = names.into_iter().filter(|it| old(it) != new(it));
    changed
        .map(|it| {
            let values = [old(it), new(it)];
            (it.clone(), if values.iter().all(is_short) { json!(values) } else { json!([]) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: Value, after: Value) -> Value {
        let there = |it: Value| Some(it).filter(|it| !it.is_null());
        difference(there(before).as_ref(), there(after).as_ref()).unwrap_or_default()
    }

    #[test]
    fn only_what_changed_is_told_with_both_values() {
        let before = json!({"id": "a", "name": "公积金", "name_en": "", "recalls": 2, "quota": null});
        let after = json!({"id": "a", "name": "公积金", "name_en": "Fund", "recalls": 2, "quota": 40});
        let fields = json!({"name_en": ["", "Fund"], "quota": [null, 40]});
        let named = json!({"name": "公积金", "name_en": "Fund"});
        assert_eq!(told(before, after), json!({"deed": "changed", "named": named, "fields": fields}));
    }

    #[test]
    fn a_part_that_came_or_went_is_told_by_its_names() {
        let queue = json!({"id": "a", "prefix": "A", "name": "公积金", "recalls": 2});
        let named = json!({"prefix": "A", "name": "公积金"});
        assert_eq!(told(Value::Null, queue.clone()), json!({"deed": "added", "named": named}));
        assert_eq!(told(queue.clone(), Value::Null), json!({"deed": "removed", "named": named}));
        assert_eq!(told(queue.clone(), queue), Value::Null);
        assert_eq!(told(Value::Null, Value::Null), Value::Null);
    }

    #[test]
    fn a_long_value_is_only_said_to_have_changed() {
        let ticker = json!({"name": "大厅", "ticker": ["words ".repeat(400)]});
        let said = told(json!({"name": "大厅", "ticker": []}), ticker);
        assert_eq!(said["fields"], json!({"ticker": []}));
    }
}
