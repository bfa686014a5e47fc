//! One word for one thing: a synonym in a name is a bug, because the next reader looks for a difference.

use crate::exceptions::Exceptions;
use crate::names::{self, words};
use crate::tree::{Finding, Tree, finds, settle};

/// A word that is not ours, and the one to use.
const SYNONYMS: [(&str, &str); 31] = [
    ("agent", "staff (a person) or player (the program beside a screen)"),
    ("alarm", "alert"),
    ("area", "zone"),
    ("branch", "site"),
    ("campaign", "programme or schedule"),
    ("category", "queue"),
    ("client", "player, or the page's own name"),
    ("customer", "visitor"),
    ("desk", "counter"),
    ("feedback", "rating"),
    ("flow", "route"),
    ("forward", "transfer"),
    ("hold", "park"),
    ("item", "matter (of business), or what it really is"),
    ("job", "delivery"),
    ("location", "hall"),
    ("log", "journal or audit"),
    ("monitor", "screen"),
    ("notification", "delivery"),
    ("panel", "screen"),
    ("reservation", "appointment"),
    ("right", "permission"),
    ("ring", "call"),
    ("service", "matter (of business)"),
    ("station", "counter"),
    ("step", "stage (of a route)"),
    ("template", "layout"),
    ("token", "ticket"),
    ("topic", "journal"),
    ("turn", "ticket or number"),
    ("unit", "department or site"),
];

fn check(tree: &Tree, exceptions: &Exceptions) -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in names::all(tree).iter().filter(|name| !name.source.is_test()) {
        for word in words(&name.text) {
            let is_it = |synonym: &str| word == synonym || word.strip_suffix('s') == Some(synonym);
            let Some((synonym, ours)) = SYNONYMS.iter().find(|(synonym, _)| is_it(synonym)) else {
                continue;
            };
            let excused =
                exceptions.excuse(&format!("{synonym} {}", name.text)) || exceptions.excuse(&format!("{synonym} *"));
            if !excused {
                findings.push(name.source.at(name.line, format!("`{}`: we say {ours}, not {synonym}", name.text)));
            }
        }
    }
    findings
}

#[test]
fn every_thing_has_one_word() {
    let exceptions = Exceptions::of("synonym");
    let mut findings = check(&Tree::ours(), &exceptions);
    findings.extend(exceptions.stale());
    settle("synonyms", findings);
}

#[test]
fn a_synonym_is_found_as_a_whole_word() {
    let tree = Tree::of([
        ("hub/src/a.rs", "struct ServiceDesk { areas: u8, held: u8, catalogue: u8 }\nfn client() {}\n"),
        ("migrations/0001_a.sql", "CREATE TABLE customers (\n  id TEXT\n);\n"),
        ("hub/web/src/pages/station.vue", ""),
    ]);
    let places = ["hub/src/a.rs:1"; 3];
    let mut all = places.to_vec();
    all.extend(["migrations/0001_a.sql:1", "hub/web/src/pages/station.vue:1"]);
    finds::<5>(check(&tree, &Exceptions::none()), all.try_into().expect("five places"));
}
