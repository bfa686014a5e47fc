//! Files, functions and handlers stay short enough to be read in one go. Tests are not counted.

use syn::spanned::Spanned;
use syn::visit::Visit;

use crate::exceptions::Exceptions;
use crate::tree::{Finding, Source, Tree, finds, is_for_tests, settle};

/// Lines of a file, without its test modules.
const FILE_LINES_MAX: usize = 300;
/// Lines of code in a function's body, without blank lines and comments (clippy counts the same way).
const FUNCTION_LINES_MAX: usize = 70;
/// Lines of code in an HTTP handler: who asks, what is asked, the answer.
const HANDLER_LINES_MAX: usize = 15;
/// Kinds of files whose length counts.
const COUNTED: [&str; 8] = ["rs", "ts", "mts", "vue", "js", "mjs", "css", "sh"];

fn check_files(tree: &Tree, exceptions: &Exceptions) -> Vec<Finding> {
    let counted = |source: &&Source| !source.is_test() && COUNTED.iter().any(|kind| source.is(kind));
    let mut findings = Vec::new();
    for source in tree.0.iter().filter(counted) {
        let tests: usize =
            if source.is("rs") { source.test_spans().iter().map(|(first, last)| last - first + 1).sum() } else { 0 };
        let lines = source.text.lines().count() - tests;
        if lines > FILE_LINES_MAX && !exceptions.excuse(&source.path) {
            findings.push(source.at(
                FILE_LINES_MAX + 1,
                format!("{lines} lines without tests: split it by purpose (at most {FILE_LINES_MAX})"),
            ));
        }
    }
    findings
}

struct Functions<'a> {
    source: &'a Source,
    findings: Vec<Finding>,
}

impl Functions<'_> {
    fn measure(&mut self, attributes: &[syn::Attribute], name: &syn::Ident, body: &syn::Block) {
        let (first, last) = (body.span().start().line, body.span().end().line);
        let is_code = |line: &str| !line.trim().is_empty() && !line.trim().starts_with("//");
        let lines = self.source.lines().filter(|(n, line)| first < *n && *n < last && is_code(line)).count();
        let (most, advice) = if is_handler(attributes) {
            (HANDLER_LINES_MAX, "a handler this long hides a rule: move it to where rules live")
        } else {
            (FUNCTION_LINES_MAX, "split it, or write `#[expect(clippy::too_many_lines, reason = …)]` on it")
        };
        if lines > most && !has_a_reason(attributes) {
            self.findings
                .push(self.source.at(name.span().start().line, format!("`{name}` has {lines} lines: {advice}")));
        }
    }
}

impl Visit<'_> for Functions<'_> {
    fn visit_item_mod(&mut self, module: &syn::ItemMod) {
        if !is_for_tests(&module.attrs) {
            syn::visit::visit_item_mod(self, module);
        }
    }
    fn visit_item_fn(&mut self, function: &syn::ItemFn) {
        self.measure(&function.attrs, &function.sig.ident, &function.block);
        syn::visit::visit_item_fn(self, function);
    }
    fn visit_impl_item_fn(&mut self, function: &syn::ImplItemFn) {
        self.measure(&function.attrs, &function.sig.ident, &function.block);
        syn::visit::visit_impl_item_fn(self, function);
    }
    fn visit_trait_item_fn(&mut self, function: &syn::TraitItemFn) {
        if let Some(body) = &function.default {
            self.measure(&function.attrs, &function.sig.ident, body);
        }
        syn::visit::visit_trait_item_fn(self, function);
    }
}

/// `#[utoipa::path(…)]` marks what answers a route.
fn is_handler(attributes: &[syn::Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().segments.iter().map(|s| s.ident.to_string()).eq(["utoipa", "path"]))
}

fn has_a_reason(attributes: &[syn::Attribute]) -> bool {
    let mut found = false;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("expect")) {
        let _ = attribute.parse_nested_meta(|meta| {
            found |= meta.path.segments.last().is_some_and(|last| last.ident == "too_many_lines");
            if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Lit>()?;
            }
            Ok(())
        });
    }
    found
}

fn check_functions(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.rust().filter(|source| !source.is_test()) {
        let mut functions = Functions { source, findings: Vec::new() };
        functions.visit_file(&source.syntax());
        findings.append(&mut functions.findings);
    }
    findings
}

#[test]
fn files_are_short() {
    let exceptions = Exceptions::of("length");
    let mut findings = check_files(&Tree::ours(), &exceptions);
    findings.extend(exceptions.stale());
    settle("file length", findings);
}

#[test]
fn functions_are_short() {
    settle("function length", check_functions(&Tree::ours()));
}

#[test]
fn a_long_file_is_found_and_its_tests_are_not_counted() {
    let long = "//! x\n".repeat(301);
    let tested = format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", "//! x\n".repeat(250), "\n".repeat(200));
    let tree = Tree::of([("hub/src/a.rs", &long), ("hub/src/b.rs", &tested), ("hub/web/src/a.test.ts", &long)]);
    finds(check_files(&tree, &Exceptions::none()), ["hub/src/a.rs:301"]);
}

#[test]
fn a_long_function_is_found_unless_a_reason_is_written_on_it() {
    let body = "    let x = 1;\n".repeat(71);
    let text = format!(
        "fn long() {{\n{body}}}\n#[expect(clippy::too_many_lines, reason = \"a table\")]\nfn excused() {{\n{body}}}\n\
         impl A {{\n    fn inner() {{\n{body}}}\n}}\nfn airy() {{\n{}}}\n#[cfg(test)]\nmod tests {{\nfn t() {{\n{body}}}\n}}\n",
        "    // why\n\n".repeat(100)
    );
    finds(check_functions(&Tree::of([("hub/src/a.rs", &text)])), ["hub/src/a.rs:1", "hub/src/a.rs:149"]);
}

#[test]
fn a_long_handler_is_found() {
    let text = format!("#[utoipa::path(get, path = \"/x\")]\nasync fn read() {{\n{}}}\n", "    step();\n".repeat(16));
    finds(check_functions(&Tree::of([("hub/src/http/x.rs", &text)])), ["hub/src/http/x.rs:2"]);
}
