//! Everything that comes into the program is permissively licensed, as `deny.toml` says.
//!
//! The same check as `cargo deny check licenses`, so that it also runs where that tool is missing.

use std::process::Command;

use crate::tree::{Source, finds, settle};

/// The licences that `deny.toml` allows: the quoted lines of its `allow` list.
fn allowed(deny: &str) -> Vec<&str> {
    let list = deny.split_once("\nallow = [").map_or("", |(_, rest)| rest.split(']').next().unwrap_or_default());
    list.split('"').skip(1).step_by(2).collect()
}

/// Can the terms of this SPDX expression be met with the allowed licences alone?
fn is_permitted(expression: &str, allowed: &[&str]) -> bool {
    // Older manifests write `MIT/Apache-2.0` for a choice.
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    either(&words, &mut at, allowed) && at == words.len()
}

fn either(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut permitted = both(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        permitted |= both(words, at, allowed);
    }
    permitted
}

fn both(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut permitted = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        permitted &= one(words, at, allowed);
    }
    permitted
}

fn one(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let permitted = either(words, at, allowed);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return permitted && closed;
    }
    if words.get(*at) == Some(&"WITH") {
        let exception = words.get(*at + 1).copied().unwrap_or_default();
        *at += 2;
        return allowed.contains(&format!("{word} WITH {exception}").as_str());
    }
    allowed.contains(word)
}

/// The packages of `cargo metadata` whose licence is not allowed.
fn check(metadata: &serde_json::Value, allowed: &[&str]) -> Vec<crate::tree::Finding> {
    let manifest = Source { path: "Cargo.lock".into(), text: String::new() };
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let refused = packages.iter().filter(|package| {
        let licence = package["license"].as_str().unwrap_or("none");
        !package["source"].is_null() && !is_permitted(licence, allowed)
    });
    refused
        .map(|package| {
            let (name, version, licence) = (&package["name"], &package["version"], &package["license"]);
            manifest.at(1, format!("{name} {version} is under {licence}, which deny.toml does not allow"))
        })
        .collect()
}

#[test]
fn licences_are_permissive() {
    // Only what is built here: the others of the lock file are for other systems.
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform=x86_64-unknown-linux-gnu"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata = serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    settle("licences", check(&metadata, &allowed(include_str!("../../deny.toml"))));
}

#[test]
fn a_licence_that_is_not_permissive_is_found() {
    let package =
        |licence: &str| serde_json::json!({"name": "x", "version": "1.0.0", "source": "r", "license": licence});
    let metadata =
        serde_json::json!({"packages": [package("MIT"), package("GPL-3.0-only"), {"name": "y", "source": "r"}]});
    finds(check(&metadata, &["MIT"]), ["Cargo.lock:1", "Cargo.lock:1"]);
}

#[test]
fn a_choice_needs_one_side_and_a_sum_needs_both() {
    let may = ["MIT", "Apache-2.0 WITH LLVM-exception"];
    for good in
        ["MIT OR GPL-3.0", "GPL-3.0/MIT", "(GPL-3.0 OR MIT) AND MIT", "Apache-2.0 WITH LLVM-exception OR GPL-3.0"]
    {
        assert!(is_permitted(good, &may), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0", "MIT AND (GPL-3.0 OR ISC)", "(MIT", "MIT MIT"] {
        assert!(!is_permitted(bad, &may), "{bad}");
    }
}

#[test]
fn the_allowed_licences_are_read_from_the_file() {
    assert_eq!(allowed("[licenses]\n# why\nallow = [\n  \"MIT\",\n  \"ISC\",\n]\nother = \"GPL\"\n"), ["MIT", "ISC"]);
}
