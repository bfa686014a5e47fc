//! The last touches of the API's description: a name of its own for each operation, and how a caller shows who they are.

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, OpenApi};

use crate::people::SESSION_COOKIE;

/// Finishes a document.
pub fn finish(mut document: OpenApi) -> OpenApi {
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            // Handlers in different files share names such as `list`.
            operation.operation_id = Some(name(method, path));
        }
    }
    let components = document.components.get_or_insert_with(Components::new);
    let cookie =
        ApiKeyValue::with_description(SESSION_COOKIE, "Set by POST /session; a change also sends X-CSRF-Token");
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    // Some addresses answer everybody; which, and what each role may, is said at the address.
    let either = ["session", "token"].map(|it| SecurityRequirement::new(it, [""; 0]));
    document.security = Some([SecurityRequirement::default()].into_iter().chain(either).collect());
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    let each = [("get", get), ("put", put), ("post", post), ("delete", delete), ("patch", patch)];
    each.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// `get_halls_hall_setup`: the method and the words of the address.
fn name(method: &str, path: &str) -> String {
    let words = path.trim_start_matches("/api/v1").split(|it: char| !it.is_ascii_alphanumeric());
    std::iter::once(method).chain(words.filter(|it| !it.is_empty())).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    #[test]
    fn every_operation_has_a_name_of_its_own_and_every_shape_is_there() {
        let document = serde_json::to_value(crate::http::openapi()).unwrap();
        let mut names = BTreeSet::new();
        for item in document["paths"].as_object().unwrap().values() {
            for operation in item.as_object().unwrap().values().filter(|it| it.is_object()) {
                let name = operation["operationId"].as_str().unwrap();
                assert!(names.insert(name), "{name} is there twice");
            }
        }
        let shapes = document["components"]["schemas"].as_object().unwrap();
        let text = document.to_string();
        for used in text.split("#/components/schemas/").skip(1) {
            let used = used.split('"').next().unwrap();
            assert!(shapes.contains_key(used), "{used} is not described");
        }
    }

    /// Shapes are named by their type alone, so two types of one name would hide each other.
    #[test]
    fn no_two_shapes_share_a_name() {
        let mut seen = BTreeSet::new();
        let mut twice = Vec::new();
        for folder in ["src", "hall/src", "wire/src"] {
            for name in shapes_in(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
                if !seen.insert(name.clone()) {
                    twice.push(name);
                }
            }
        }
        let known = document_names();
        twice.retain(|it| known.contains(it));
        assert_eq!(twice, [""; 0], "give one of them another name, or `#[schema(as = …)]`");
    }

    fn document_names() -> BTreeSet<String> {
        let document = serde_json::to_value(crate::http::openapi()).unwrap();
        let Value::Object(shapes) = &document["components"]["schemas"] else {
            return BTreeSet::new();
        };
        shapes.keys().cloned().collect()
    }

    /// The names of all types in a folder that describe themselves.
    fn shapes_in(folder: &std::path::Path) -> Vec<String> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                names.extend(shapes_in(&path));
            } else if path.extension().is_some_and(|it| it == "rs") {
                names.extend(shapes_of(&std::fs::read_to_string(path).unwrap()));
            }
        }
        names
    }

    fn shapes_of(text: &str) -> Vec<String> {
        let derived = text.split("ToSchema)]\n").skip(1);
        let named = derived.filter_map(|rest| {
            let head = rest.split('{').next()?;
            if let Some(other) = head.split("as = ").nth(1) {
                return Some(other.split(')').next()?.to_owned());
            }
            let after = head.split("struct ").nth(1).or_else(|| head.split("enum ").nth(1))?;
            Some(after.split(|it: char| !it.is_alphanumeric()).next()?.to_owned())
        });
        named.collect()
    }
}
