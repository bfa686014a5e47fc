//! The sources under test, and how a rule reports what it found.
//!
//! A tree is either ours, read from the disk, or made up by a rule's own test.

use std::fs;
use std::path::Path;

use syn::visit::Visit;

/// Folders that hold what was built, fetched or recorded, never what we wrote.
const NOT_OURS: [&str; 7] = ["target", "node_modules", "dist", "data", "pictures", "corpus", "artifacts"];
/// Kinds of files that rules look at, by extension.
const TEXT: [&str; 12] = ["rs", "ts", "mts", "vue", "js", "mjs", "css", "html", "sh", "sql", "toml", "md"];
/// How the names of files end that a program wrote.
const GENERATED: &str = "api.d.ts";

/// One file: its path from the top of the repository, with `/`, and its text.
pub struct Source {
    pub path: String,
    pub text: String,
}

/// All files that rules look at.
pub struct Tree(pub Vec<Source>);

/// Something a rule does not like: where it stands, and what to do about it.
pub struct Finding {
    place: String,
    advice: String,
}

impl Tree {
    /// What stands in this repository.
    pub fn ours() -> Tree {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ has a parent");
        let mut sources = Vec::new();
        read_folder(top, top, &mut sources);
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        assert!(sources.len() > 20, "the tidy test must find the sources; it saw {}", sources.len());
        Tree(sources)
    }

    /// A made-up tree, for a rule's own test.
    pub fn of<const N: usize>(files: [(&str, &str); N]) -> Tree {
        Tree(files.map(|(path, text)| Source { path: path.into(), text: text.into() }).into())
    }

    /// The file at this path, if there is one.
    pub fn file(&self, path: &str) -> Option<&Source> {
        self.0.iter().find(|source| source.path == path)
    }

    /// The Rust files.
    pub fn rust(&self) -> impl Iterator<Item = &Source> {
        self.0.iter().filter(|source| source.is("rs"))
    }

    /// The files under a folder, which is named with its closing slash.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Source> {
        self.0.iter().filter(move |source| source.path.starts_with(folder))
    }
}

impl Source {
    /// Does its name end so?
    pub fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, end)| end == extension)
    }

    /// Its name without folders and without extension.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.split('.').next().unwrap_or(name)
    }

    /// Is it a test by its place or name? What is compiled under `cfg(test)` inside other files is not asked here.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || self.path.contains("/tests/")
            || self.path.contains("/tests.rs")
            || self.path.contains(".test.")
            || self.path.contains(".spec.")
    }

    /// Its lines, numbered from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// The syntax of a Rust file.
    pub fn syntax(&self) -> syn::File {
        syn::parse_file(&self.text).unwrap_or_else(|error| panic!("{} is not Rust: {error}", self.path))
    }

    /// A finding in this file.
    pub fn at(&self, line: usize, advice: impl Into<String>) -> Finding {
        Finding { place: format!("{}:{line}", self.path), advice: advice.into() }
    }

    /// The lines that `#[cfg(test)]` items take, first and last, numbered from 1.
    pub fn test_spans(&self) -> Vec<(usize, usize)> {
        let mut spans = TestSpans::default();
        spans.visit_file(&self.syntax());
        spans.0
    }
}

/// Fails the test if there are findings, and lists them all.
#[track_caller]
pub fn settle(rule: &str, findings: Vec<Finding>) {
    let list: Vec<_> = findings.iter().map(|finding| format!("  {}: {}", finding.place, finding.advice)).collect();
    assert!(list.is_empty(), "\n{rule}: {} to put right\n{}\n", list.len(), list.join("\n"));
}

/// For a rule's own test: exactly these places were found, in this order.
#[track_caller]
pub fn finds<const N: usize>(findings: Vec<Finding>, places: [&str; N]) {
    let found: Vec<_> = findings.iter().map(|finding| finding.place.as_str()).collect();
    assert_eq!(found, places);
}

/// Is the item compiled for tests only?
pub fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Meta>().is_ok_and(|meta| meta.path().is_ident("test"))
    })
}

#[derive(Default)]
struct TestSpans(Vec<(usize, usize)>);

impl Visit<'_> for TestSpans {
    fn visit_item_mod(&mut self, module: &syn::ItemMod) {
        match &module.content {
            Some((brace, _)) if is_for_tests(&module.attrs) => {
                let first = module.mod_token.span.start().line;
                self.0.push((first, brace.span.close().end().line));
            }
            _ => syn::visit::visit_item_mod(self, module),
        }
    }
}

fn read_folder(top: &Path, folder: &Path, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable folder").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') || NOT_OURS.contains(&&*name) {
            continue;
        }
        if path.is_dir() {
            read_folder(top, &path, sources);
        } else if path.extension().is_some_and(|end| TEXT.iter().any(|text| end == *text)) && !name.ends_with(GENERATED)
        {
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let path = path.strip_prefix(top).expect("inside the repository").to_string_lossy().replace('\\', "/");
            sources.push(Source { path, text });
        }
    }
}
