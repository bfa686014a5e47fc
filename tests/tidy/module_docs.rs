//! Every Rust file opens with what it is for, in a sentence (`//!`).

use crate::tree::{Finding, Tree, finds, settle};

/// Fewer words than this name a module; they do not say what it is for.
const WORDS_MIN: usize = 4;

fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter(|source| {
            let opening = source.text.lines().skip_while(|line| line.trim().is_empty() || line.starts_with("#!"));
            let words: usize =
                opening.map_while(|line| line.strip_prefix("//!")).map(|line| line.split_whitespace().count()).sum();
            words < WORDS_MIN
        })
        .map(|source| source.at(1, "open it with `//!` and what it is for, and what it never does"))
        .collect()
}

#[test]
fn modules_say_what_they_are_for() {
    settle("module docs", check(&Tree::ours()));
}

#[test]
fn a_module_without_a_word_is_found() {
    let good = "#![no_main]\n\n//! Keeps the journals, one for each hall.\nfn f() {}\n";
    let tree = Tree::of([("a.rs", "fn f() {}\n"), ("b.rs", "//! b\n"), ("c.rs", good)]);
    finds(check(&tree), ["a.rs:1", "b.rs:1"]);
}
