//! Who may know whom inside the hub, and what the pure crates may never touch.
//!
//! The compiler keeps the edges between crates (`dependencies.rs` reads the manifests); this rule
//! keeps those between the hub's modules, by their `use` lines and paths.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

use crate::tree::{Finding, Source, Tree, finds, is_for_tests, settle};

/// A module of the hub, what it never names, and why.
const NEVER: [(&str, &[&str], &str); 8] = [
    (
        "store",
        &["http", "halls", "socket", "notify", "feed", "bus", "public"],
        "the store is at the bottom: the caller owns the transaction",
    ),
    ("socket", &["http"], "a session is independent of how a request came in"),
    ("halls", &["http", "socket"], "the one door does not know who knocks"),
    ("feed", &["http", "socket", "halls"], "the feed follows the journal, nothing else"),
    ("bus", &["http", "socket", "halls", "store"], "the bus carries hints, never truth"),
    (
        "public",
        &["http", "socket", "halls", "store", "feed"],
        "what visitors see is decided purely, from the event alone",
    ),
    ("notify", &["http", "socket", "halls"], "what is owed is decided purely and carried later"),
    ("people", &["http", "socket", "halls"], "who somebody is does not depend on how they asked"),
];

/// What may not be named in the pure crates: there is no clock, no chance, no disk and no net in a rule.
const IMPURE: [&str; 12] = [
    "Utc::now",
    "Local::now",
    "SystemTime",
    "Instant::now",
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "std::process",
    "tokio::",
    "sqlx::",
    "rand::",
];
/// The crates whose sources are searched for those.
const PURE: [&str; 2] = ["hub/hall/src/", "hub/wire/src/"];

/// `hub/src/store/journal.rs` is the module `store::journal`.
fn module_of(path: &str) -> Option<Vec<String>> {
    let inside = path.strip_prefix("hub/src/")?.strip_suffix(".rs")?;
    let mut module: Vec<String> = inside.split('/').map(str::to_owned).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        module.pop();
    }
    Some(module)
}

/// Collects the top-level modules that a file names, with the lines.
struct Named {
    module: Vec<String>,
    found: Vec<(usize, String)>,
}

impl Named {
    /// A path as written; the first of its segments after `crate` and `super` is what it names.
    fn add(&mut self, line: usize, path: &[String]) {
        let supers = path.iter().take_while(|segment| *segment == "super" || *segment == "self").count();
        let climbs = path.iter().take(supers).filter(|segment| *segment == "super").count();
        let whole: Vec<&String> = match path.first().map(String::as_str) {
            Some("crate") => path[1..].iter().collect(),
            Some("super" | "self") => {
                let stay = self.module.len().saturating_sub(climbs);
                self.module[..stay].iter().chain(&path[supers..]).collect()
            }
            _ => return,
        };
        if let Some(top) = whole.first() {
            self.found.push((line, (*top).clone()));
        }
    }

    fn add_use(&mut self, tree: &syn::UseTree, before: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.add_use(&path.tree, before);
                before.pop();
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.add_use(item, before)),
            syn::UseTree::Name(syn::UseName { ident }) | syn::UseTree::Rename(syn::UseRename { ident, .. }) => {
                before.push(ident.to_string());
                self.add(ident.span().start().line, before);
                before.pop();
            }
            syn::UseTree::Glob(glob) => self.add(glob.star_token.spans[0].start().line, before),
        }
    }

    /// Paths inside a macro call, which syntax does not show.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut line = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(word) => {
                    if path.is_empty() {
                        line = word.span().start().line;
                    }
                    path.push(word.to_string());
                    continue;
                }
                TokenTree::Punct(p) if p.as_char() == ':' => continue,
                TokenTree::Group(group) => self.add_tokens(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            self.add(line, &std::mem::take(&mut path));
        }
        self.add(line, &path);
    }
}

impl Visit<'_> for Named {
    fn visit_item_mod(&mut self, module: &syn::ItemMod) {
        if is_for_tests(&module.attrs) {
            return;
        }
        self.module.push(module.ident.to_string());
        syn::visit::visit_item_mod(self, module);
        self.module.pop();
    }
    fn visit_item_use(&mut self, item: &syn::ItemUse) {
        self.add_use(&item.tree, &mut Vec::new());
    }
    fn visit_path(&mut self, path: &syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let line = path.segments.first().map_or(0, |segment| segment.ident.span().start().line);
        self.add(line, &segments);
        syn::visit::visit_path(self, path);
    }
    fn visit_macro(&mut self, call: &syn::Macro) {
        self.add_tokens(call.tokens.clone());
    }
}

fn check_modules(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.under("hub/src/").filter(|source| source.is("rs")) {
        let module = module_of(&source.path).unwrap_or_default();
        let rule = NEVER.iter().find(|(name, ..)| module.first().is_some_and(|first| first == name));
        let Some((name, never, why)) = rule else { continue };
        let mut named = Named { module, found: Vec::new() };
        named.visit_file(&source.syntax());
        named.found.dedup();
        for (line, other) in named.found.iter().filter(|(_, other)| never.contains(&other.as_str())) {
            findings.push(source.at(*line, format!("{name} never names {other}: {why}")));
        }
    }
    findings
}

fn check_pure(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_pure = |source: &&Source| source.is("rs") && PURE.iter().any(|folder| source.path.starts_with(folder));
    for source in tree.0.iter().filter(is_pure) {
        let tests = source.test_spans();
        let outside_tests = |line: usize| !tests.iter().any(|(first, last)| *first <= line && line <= *last);
        for (number, line) in source.lines().filter(|(number, _)| outside_tests(*number)) {
            let code = line.split("//").next().unwrap_or_default();
            for name in IMPURE.iter().filter(|name| code.contains(**name)) {
                findings.push(source.at(number, format!("`{name}` in a pure crate: take it as an argument")));
            }
        }
    }
    findings
}

#[test]
fn modules_keep_to_their_edges() {
    settle("module edges", check_modules(&Tree::ours()));
}

#[test]
fn pure_crates_are_pure() {
    settle("pure crates", check_pure(&Tree::ours()));
}

#[test]
fn an_edge_that_is_not_allowed_is_found_however_it_is_written() {
    let store = "//! x\nuse crate::{clock, http::Caller};\nuse super::super::halls::Halls;\nuse super::tickets;\n\
                 fn f() { crate::socket::go(); }\nfn g() { log!(crate::feed::X, 1); }\nmod inner { use super::super::super::bus; }\n\
                 #[cfg(test)]\nmod tests { use crate::http; }\n";
    let tree = Tree::of([
        ("hub/src/store/journal.rs", store),
        ("hub/src/http/tickets.rs", "use crate::{halls, store, socket};\n"),
        ("hub/src/socket.rs", "use crate::feed;\nuse crate::http as h;\n"),
    ]);
    let places = [2, 3, 5, 6, 7].map(|line| format!("hub/src/store/journal.rs:{line}"));
    let mut all: Vec<&str> = places.iter().map(String::as_str).collect();
    all.push("hub/src/socket.rs:2");
    finds::<6>(check_modules(&tree), all.try_into().expect("six places"));
}

#[test]
fn a_clock_in_a_rule_is_found() {
    let text = "//! Never calls Utc::now.\nfn f() { chrono::Utc::now(); }\n#[cfg(test)]\nmod tests { use std::fs; }\n";
    finds(check_pure(&Tree::of([("hub/hall/src/a.rs", text)])), ["hub/hall/src/a.rs:2"]);
}
