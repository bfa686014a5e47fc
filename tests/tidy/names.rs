//! The names we gave: of types, fields, files, tables, columns and routes, with their lines.
//!
//! Functions and local variables are not collected: a synonym there reaches nobody outside.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

use crate::tree::{Source, Tree, is_for_tests};

/// A name, and the line it is given on.
pub struct Name<'a> {
    pub source: &'a Source,
    pub line: usize,
    pub text: String,
}

/// Every name in the tree that the words of the house apply to.
pub fn all(tree: &Tree) -> Vec<Name<'_>> {
    let mut names = Vec::new();
    for source in &tree.0 {
        let mut add = |line, text: String| names.push(Name { source, line, text });
        if source.is("rs") || source.is("vue") || source.is("ts") {
            add(1, source.stem().to_owned());
        }
        if source.is("rs") {
            let mut given = Given::default();
            given.visit_file(&source.syntax());
            given.0.into_iter().for_each(|(line, text)| add(line, text));
            if source.path.starts_with("hub/src/") {
                routes(source).into_iter().for_each(|(line, text)| add(line, text));
            }
        } else if source.is("sql") {
            tables(source).into_iter().for_each(|(line, text)| add(line, text));
        } else if source.is("ts") || source.is("vue") {
            script_types(source).into_iter().for_each(|(line, text)| add(line, text));
        }
    }
    names
}

/// The parts of a name in lower case: `CallNext`, `call_next` and `call-next` are the words call, next.
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for (at, c) in name.char_indices() {
        let next_is_small = name[at + c.len_utf8()..].chars().next().is_some_and(char::is_lowercase);
        let begins = c.is_uppercase() && (!before.is_uppercase() || next_is_small) || !before.is_alphanumeric();
        if c.is_alphanumeric() {
            match words.last_mut() {
                Some(word) if !begins => word.extend(c.to_lowercase()),
                _ => words.push(c.to_lowercase().collect()),
            }
        }
        before = c;
    }
    words
}

#[derive(Default)]
struct Given(Vec<(usize, String)>);

impl Given {
    fn add(&mut self, ident: &syn::Ident) {
        self.0.push((ident.span().start().line, ident.to_string().trim_start_matches("r#").to_owned()));
    }
}

impl Visit<'_> for Given {
    fn visit_item_mod(&mut self, module: &syn::ItemMod) {
        if !is_for_tests(&module.attrs) {
            syn::visit::visit_item_mod(self, module);
        }
    }
    fn visit_item_struct(&mut self, item: &syn::ItemStruct) {
        self.add(&item.ident);
        syn::visit::visit_item_struct(self, item);
    }
    fn visit_item_enum(&mut self, item: &syn::ItemEnum) {
        self.add(&item.ident);
        syn::visit::visit_item_enum(self, item);
    }
    fn visit_item_trait(&mut self, item: &syn::ItemTrait) {
        self.add(&item.ident);
        syn::visit::visit_item_trait(self, item);
    }
    fn visit_item_type(&mut self, item: &syn::ItemType) {
        self.add(&item.ident);
    }
    fn visit_variant(&mut self, variant: &syn::Variant) {
        self.add(&variant.ident);
        syn::visit::visit_variant(self, variant);
    }
    fn visit_field(&mut self, field: &syn::Field) {
        if let Some(ident) = &field.ident {
            self.add(ident);
        }
        syn::visit::visit_field(self, field);
    }
    fn visit_attribute(&mut self, attribute: &syn::Attribute) {
        // The name that travels, where it differs from the one in Rust.
        if attribute.path().is_ident("serde") || attribute.path().is_ident("sqlx") {
            let _ = attribute.parse_nested_meta(|meta| {
                if meta.input.peek(syn::Token![=]) {
                    let value: syn::Lit = meta.value()?.parse()?;
                    if let (true, syn::Lit::Str(text)) = (meta.path.is_ident("rename"), value) {
                        self.0.push((text.span().start().line, text.value()));
                    }
                }
                Ok(())
            });
        }
    }
}

/// The string literals of a Rust file outside its test modules, macros included.
pub fn literals(source: &Source) -> Vec<(usize, String)> {
    let tokens: TokenStream = source.text.parse().unwrap_or_else(|error| panic!("{}: {error}", source.path));
    let tests = source.test_spans();
    let mut found = Vec::new();
    collect(tokens, &mut found);
    found.retain(|(line, _)| !tests.iter().any(|(first, last)| first <= line && line <= last));
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<(usize, String)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                let is_doc = matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(word)) if word == "doc");
                let is_attribute =
                    at > 0 && matches!(&tokens[at - 1], TokenTree::Punct(p) if "#!".contains(p.as_char()));
                if !(is_doc && is_attribute) {
                    collect(group.stream(), found);
                }
            }
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    let first = literal.span().start().line;
                    let lines = text.value();
                    found.extend(lines.lines().enumerate().map(|(below, line)| (first + below, line.to_owned())));
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// The fixed parts of routes: string literals that begin with a slash, without their `{parameters}`.
fn routes(source: &Source) -> Vec<(usize, String)> {
    let is_route = |text: &str| text.len() > 1 && text.starts_with('/') && !text.contains([' ', '<', '\\']);
    let routes = literals(source).into_iter().filter(|(_, text)| is_route(text));
    routes
        .flat_map(|(line, text)| {
            let path = text.split('?').next().unwrap_or_default();
            path.split('/').filter(|part| !part.is_empty()).map(|part| (line, part.to_owned())).collect::<Vec<_>>()
        })
        .collect()
}

/// Tables and their columns, as migrations create, add and rename them.
fn tables(source: &Source) -> Vec<(usize, String)> {
    const NOT_COLUMNS: [&str; 8] = ["primary", "unique", "check", "foreign", "constraint", "create", ")", ""];
    let mut names = Vec::new();
    let mut inside = false;
    for (number, line) in source.lines() {
        let line = line.split("--").next().unwrap_or_default().trim();
        let lower = line.to_lowercase();
        let mut parts = lower.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|part| !part.is_empty());
        if lower.starts_with("create table") || lower.starts_with("alter table") {
            const GRAMMAR: [&str; 11] =
                ["create", "alter", "table", "if", "not", "exists", "add", "rename", "column", "to", "drop"];
            let given = match (lower.starts_with("create"), lower.contains(" rename ")) {
                (true, _) => 1,
                (false, true) => 3,
                (false, false) => 2,
            };
            names
                .extend(parts.filter(|part| !GRAMMAR.contains(part)).take(given).map(|part| (number, part.to_owned())));
            inside = lower.starts_with("create") && !lower.ends_with(';');
        } else if inside {
            if let Some(column) = parts.next().filter(|part| !NOT_COLUMNS.contains(part)) {
                names.push((number, column.to_owned()));
            }
            inside = !lower.ends_with(';');
        }
    }
    names
}

/// Types, interfaces and classes of TypeScript, with the fields of interfaces.
fn script_types(source: &Source) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    let mut in_interface = false;
    for (number, line) in source.lines() {
        let bare = line.trim().trim_start_matches("export ").trim_start_matches("declare ");
        let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        for keyword in ["interface ", "type ", "class ", "enum "] {
            if let Some(rest) = bare.strip_prefix(keyword) {
                names.push((number, word(rest)));
                in_interface = keyword == "interface " && !line.contains('}');
            }
        }
        if in_interface && line.starts_with([' ', '\t']) {
            let field = word(bare.trim_start_matches("readonly "));
            let rest = &bare.trim_start_matches("readonly ")[field.len()..];
            if !field.is_empty() && (rest.starts_with(':') || rest.starts_with("?:")) {
                names.push((number, field));
            }
        }
        in_interface &= !line.starts_with('}');
    }
    names
}

#[test]
fn a_name_falls_into_words() {
    assert_eq!(words("CallNext"), ["call", "next"]);
    assert_eq!(words("HTTPDesk2"), ["http", "desk2"]);
    assert_eq!(words("call-next_now"), ["call", "next", "now"]);
    assert_eq!(words("r"), ["r"]);
}

#[test]
fn names_of_every_kind_are_collected() {
    let rust = "/// Doc \"/desk\".\nstruct A { b: u8, #[serde(rename = \"c\")] d: u8 }\nenum E { F { g: u8 } }\n\
                fn h() { route(\"/api/k/{l}?m=1\") }\n";
    let tree = Tree::of([
        ("hub/src/z.rs", rust),
        (
            "migrations/0001_x.sql",
            "CREATE TABLE t (\n  u TEXT, -- v\n  PRIMARY KEY (u)\n);\nALTER TABLE t ADD COLUMN w TEXT;\n",
        ),
        ("hub/web/src/y.ts", "export interface I {\n  j: string\n  call(): void\n}\nconst o = {\n  p: 1,\n}\n"),
    ]);
    let mut texts: Vec<String> = all(&tree).into_iter().map(|name| name.text).collect();
    texts.sort();
    texts.dedup();
    assert_eq!(texts, ["A", "E", "F", "I", "api", "b", "c", "d", "g", "j", "k", "t", "u", "w", "y", "z", "{l}"]);
}
