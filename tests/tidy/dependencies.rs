//! What each crate may depend on, read from its manifest, and one copy of what must be one.

use crate::tree::{Finding, Source, Tree, finds, settle};

/// The crates whose list of dependencies is closed. `hall` is pure: this list is the proof.
const CLOSED: [(&str, &[&str]); 2] = [
    ("hub/hall/Cargo.toml", &["chrono", "chrono-tz", "serde", "thiserror", "utoipa"]),
    ("hub/wire/Cargo.toml", &["chrono", "content", "serde", "serde_json", "utoipa"]),
];
/// Crates of ours, and which of ours they may know.
const OURS: [(&str, &[&str]); 6] = [
    ("hub/hall/Cargo.toml", &[]),
    ("content/Cargo.toml", &[]),
    ("audio/Cargo.toml", &[]),
    ("hub/wire/Cargo.toml", &["content"]),
    ("hub/Cargo.toml", &["audio", "content", "hall", "wire"]),
    ("display-client/Cargo.toml", &["audio", "content", "wire"]),
];
const CRATES: [&str; 7] = ["audio", "content", "display-client", "hall", "hub", "tests", "wire"];
/// Two copies of these cost minutes of building, or fail when the program runs.
const ONE_COPY: [&str; 9] =
    ["axum", "chrono", "hyper", "ring", "rustls", "sqlx-core", "tokio", "tokio-tungstenite", "utoipa"];
/// A second TLS provider, or TLS through the system's library.
const NEVER: [&str; 4] = ["aws-lc-rs", "aws-lc-sys", "native-tls", "openssl-sys"];

/// The names under `[dependencies]` and its table form, with their lines; not those for tests or builds.
fn dependencies(manifest: &Source) -> Vec<(usize, &str)> {
    let mut inside = false;
    let mut names = Vec::new();
    for (number, line) in manifest.lines() {
        if let Some(table) = line.strip_prefix('[') {
            let table = table.trim_end_matches(']');
            inside = table == "dependencies" || (table.starts_with("target.") && table.ends_with(".dependencies"));
            if let Some(name) = table.strip_prefix("dependencies.") {
                names.push((number, name));
            }
        } else if inside && !line.trim().is_empty() && !line.starts_with('#') {
            let name = line.split(['=', '.', ' ']).next().unwrap_or_default().trim_matches('"');
            if line.starts_with(|c: char| c.is_alphanumeric() || c == '"') {
                names.push((number, name));
            }
        }
    }
    names
}

fn check_manifests(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, may) in CLOSED {
        for (line, name) in tree.file(path).iter().flat_map(|manifest| dependencies(manifest).into_iter()) {
            if !may.contains(&name) {
                let source = tree.file(path).expect("just read");
                findings.push(source.at(line, format!("{name} is not for this crate: keep it pure")));
            }
        }
    }
    for (path, may) in OURS {
        let Some(manifest) = tree.file(path) else { continue };
        for (line, name) in dependencies(manifest) {
            if CRATES.contains(&name) && !may.contains(&name) {
                findings.push(manifest.at(line, format!("this crate knows nothing of {name}")));
            }
        }
    }
    findings
}

/// `name` and `version` of each package of a lock file, with the line of its name.
fn locked(lock: &Source) -> Vec<(usize, &str, &str)> {
    let lines: Vec<&str> = lock.text.lines().collect();
    let pairs = lines.windows(2).enumerate();
    pairs
        .filter(|(_, pair)| pair[0].starts_with("name = ") && pair[1].starts_with("version = "))
        .map(|(index, pair)| (index + 1, inside_quotes(pair[0]), inside_quotes(pair[1])))
        .collect()
}

fn inside_quotes(line: &str) -> &str {
    line.split('"').nth(1).unwrap_or_default()
}

fn check_lock(lock: &Source) -> Vec<Finding> {
    let packages = locked(lock);
    let mut findings = Vec::new();
    for name in ONE_COPY {
        let copies: Vec<_> = packages.iter().filter(|(_, other, _)| *other == name).collect();
        if let [_, (line, _, version), ..] = copies[..] {
            findings
                .push(lock.at(*line, format!("{name} {version} is a second copy: `cargo tree -i {name}@{version}`")));
        }
    }
    for (line, name, _) in packages.iter().filter(|(_, name, _)| NEVER.contains(name)) {
        findings.push(lock.at(*line, format!("{name}: ring is the one TLS provider: `cargo tree -i {name}`")));
    }
    findings
}

#[test]
fn crates_know_only_what_they_may() {
    settle("crate dependencies", check_manifests(&Tree::ours()));
}

#[test]
fn there_is_one_copy_of_what_must_be_one() {
    let lock = Source { path: "Cargo.lock".into(), text: include_str!("../../Cargo.lock").into() };
    assert!(locked(&lock).len() > 50, "the lock file must be read");
    settle("locked packages", check_lock(&lock));
}

#[test]
fn a_dependency_that_is_not_allowed_is_found() {
    let hall = "[package]\nname = \"hall\"\n\n[dependencies]\nchrono = { workspace = true }\ntokio.workspace = true\n\n\
                [dependencies.hub]\npath = \"..\"\n\n[dev-dependencies]\nproptest = \"1\"\n";
    let tree =
        Tree::of([("hub/hall/Cargo.toml", hall), ("hub/Cargo.toml", "[dependencies]\nhall = { path = \"hall\" }\n")]);
    let places = ["hub/hall/Cargo.toml:6", "hub/hall/Cargo.toml:8", "hub/hall/Cargo.toml:8"];
    finds(check_manifests(&tree), places);
}

#[test]
fn a_second_copy_and_a_second_tls_provider_are_found() {
    let package = |name: &str, version: &str| format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n\n");
    let text = [package("axum", "0.7.9"), package("axum", "0.8.9"), package("aws-lc-rs", "1.0.0")].concat();
    finds(check_lock(&Source { path: "Cargo.lock".into(), text }), ["Cargo.lock:6", "Cargo.lock:10"]);
}
