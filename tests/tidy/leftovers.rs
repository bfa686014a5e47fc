//! Nothing unfinished and nothing silenced: no stubs, no promises, no `#[allow]`.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

use crate::tree::{Finding, Source, Tree, finds, settle};

/// Words that mean unfinished, wherever they stand in code or comment; compared in lower case.
const UNFINISHED: [&str; 6] = ["todo!", "unimplemented!", "fixme", "todo:", "for now", "not implemented yet"];
/// Ways to silence a checker without saying why.
const SILENCED: [&str; 3] = ["@ts-ignore", "@ts-nocheck", "shellcheck disable=all"];
/// This folder names the words it looks for.
const HERE: &str = "tests/tidy/";

fn check_words(tree: &Tree) -> Vec<Finding> {
    let read = |source: &&Source| !source.path.starts_with(HERE) && !source.is("md") && !source.is("toml");
    let mut findings = Vec::new();
    for source in tree.0.iter().filter(read) {
        for (number, line) in source.lines() {
            let line = line.to_lowercase();
            for word in UNFINISHED.iter().filter(|word| line.contains(**word)) {
                findings.push(source.at(number, format!("`{word}`: finish it, or leave it out")));
            }
            for word in SILENCED.iter().filter(|word| line.contains(**word)) {
                findings.push(source.at(number, format!("`{word}`: put the cause right, or expect it with a reason")));
            }
        }
    }
    findings
}

struct Attributes<'a> {
    source: &'a Source,
    findings: Vec<Finding>,
}

impl Visit<'_> for Attributes<'_> {
    fn visit_attribute(&mut self, attribute: &syn::Attribute) {
        let line = attribute.pound_token.span.start().line;
        let words: Vec<String> = match &attribute.meta {
            syn::Meta::List(list) => idents(list.tokens.clone()),
            syn::Meta::Path(_) | syn::Meta::NameValue(_) => Vec::new(),
        };
        let says = |word: &str| words.iter().any(|w| w == word);
        if attribute.path().is_ident("allow") || (attribute.path().is_ident("cfg_attr") && says("allow")) {
            self.findings.push(self.source.at(line, "`#[allow]` forgets itself: use `#[expect(…, reason = …)]`"));
        }
        if attribute.path().is_ident("expect") && !says("reason") {
            self.findings.push(self.source.at(line, "`#[expect]` without a reason: say why"));
        }
    }
}

fn idents(tokens: TokenStream) -> Vec<String> {
    let each = |token| match token {
        TokenTree::Ident(ident) => vec![ident.to_string()],
        TokenTree::Group(group) => idents(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => Vec::new(),
    };
    tokens.into_iter().flat_map(each).collect()
}

fn check_attributes(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.rust() {
        let mut attributes = Attributes { source, findings: Vec::new() };
        attributes.visit_file(&source.syntax());
        findings.append(&mut attributes.findings);
    }
    findings
}

#[test]
fn nothing_is_left_unfinished() {
    settle("leftovers", check_words(&Tree::ours()));
}

#[test]
fn nothing_is_allowed_without_a_reason() {
    settle("silenced lints", check_attributes(&Tree::ours()));
}

#[test]
fn unfinished_work_is_found() {
    let tree = Tree::of([
        ("a.rs", "fn f() {\n    todo!()\n}\n// Good enough for now.\n"),
        ("b.vue", "// @ts-ignore\n"),
        ("c.sh", "# FIXME\n"),
    ]);
    finds(check_words(&tree), ["a.rs:2", "a.rs:4", "b.vue:1", "c.sh:1"]);
}

#[test]
fn an_allow_is_found_and_an_expect_needs_a_reason() {
    let text = "#![allow(dead_code)]\n#[expect(dead_code)]\nfn f() {}\n#[cfg_attr(test, allow(dead_code))]\nfn g() {}\n\
                #[expect(dead_code, reason = \"read by the debugger\")]\nfn h() {}\n";
    finds(check_attributes(&Tree::of([("a.rs", text)])), ["a.rs:1", "a.rs:2", "a.rs:4"]);
}
