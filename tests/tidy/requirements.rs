//! `tests/REQUIREMENTS.md`: each requirement, in a sentence, with the tests that show it.

use std::path::Path;

use crate::tree::{Finding, Source, Tree, finds, settle};

/// May a requirement still stand there without its test?
const PENDING_IS_ALLOWED: bool = false;
/// What stands in the place of the tests of such a requirement.
const PENDING: &str = "pending";
const PATH: &str = "tests/REQUIREMENTS.md";

/// What this version of the program promises; each must have its row.
#[rustfmt::skip]
const PROMISED: [&str; 74] = [
    "Q-01", "Q-02", "Q-03", "Q-04", "Q-05", "Q-06", "Q-07", "Q-08", "Q-09", "Q-10", "Q-11", "Q-12", "Q-15", "Q-16",
    "Q-18", "Q-19", "Q-20", "Q-21", "Q-22", "Q-25", "Q-26", "Q-27", "Q-28", "Q-29", "Q-30", "Q-31", "Q-32", "Q-33",
    "Q-34", "Q-35", "Q-36", "C-01", "C-02", "C-09", "C-10", "C-12", "C-13", "C-14", "C-15", "C-16", "C-17", "C-18",
    "K-11", "K-18", "K-19", "K-20", "K-23", "K-24", "D-01", "D-11", "D-15", "D-19", "R-10", "W-08", "X-01", "X-02",
    "X-06", "X-08", "X-14",
    "C-03", "C-06", "C-11", "V-01", "V-02", "V-03", "V-04", "V-05", "V-06", "V-07", "V-08", "V-09", "V-10", "V-11", "V-12",
];

/// A row of the table: `| Q-01 | sentence | `path::test`, `path` |`.
struct Row<'a> {
    line: usize,
    id: &'a str,
    sentence: &'a str,
    tests: &'a str,
}

fn rows(list: &Source) -> Vec<Row<'_>> {
    list.lines()
        .filter(|(_, line)| line.starts_with("| ") && !line.starts_with("| id "))
        .map(|(line, text)| {
            let mut cells = text.trim_matches('|').split(" | ").map(str::trim);
            let mut next = || cells.next().unwrap_or_default();
            Row { line, id: next(), sentence: next(), tests: next() }
        })
        .collect()
}

fn is_id(id: &str) -> bool {
    id.split_once('-').is_some_and(|(letter, number)| {
        letter.len() == 1
            && letter.chars().all(|c| c.is_ascii_uppercase())
            && number.len() == 2
            && number.parse::<u8>().is_ok()
    })
}

/// What stands between backquotes: a test's sentence may hold commas.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// `tests/journeys/kiosk.rs::a_visitor_takes_a_ticket`: the file exists and has a test of that name.
fn check_test(list: &Source, row: &Row<'_>, test: &str, read: &dyn Fn(&str) -> Option<String>) -> Option<Finding> {
    let (path, name) = test.split_once("::").unwrap_or((test, ""));
    match read(path) {
        None => Some(list.at(row.line, format!("{}: no file {path}", row.id))),
        Some(text) if !has_test(path, &text, name) => {
            Some(list.at(row.line, format!("{}: {path} has no test {name}", row.id)))
        }
        Some(_) => None,
    }
}

/// Attributes and their reasons stand at most so many lines above a test.
const ATTRIBUTE_LINES_MAX: usize = 4;

/// Whether a file has a test of this name; without a name, any test at all.
fn has_test(path: &str, text: &str, name: &str) -> bool {
    let marks = |text: &str| ["#[test]", "#[tokio::test"].iter().any(|it| text.contains(it));
    match path.rsplit_once('.') {
        Some((_, "rs")) if name.is_empty() => marks(text),
        Some((_, "rs")) => text
            .split_once(&format!("fn {name}("))
            .is_some_and(|(before, _)| before.lines().rev().take(ATTRIBUTE_LINES_MAX).any(marks)),
        Some(_) | None if name.is_empty() => text.contains("test('"),
        Some(_) | None => text.contains(&format!("test('{name}'")),
    }
}

fn check(
    list: &Source,
    promised: &[&str],
    pending_is_allowed: bool,
    read: &dyn Fn(&str) -> Option<String>,
) -> Vec<Finding> {
    let rows = rows(list);
    let mut findings = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if !is_id(row.id) {
            findings.push(list.at(row.line, format!("`{}` is no requirement id such as Q-01", row.id)));
        }
        if rows[..at].iter().any(|earlier| earlier.id == row.id) {
            findings.push(list.at(row.line, format!("{} stands there twice", row.id)));
        }
        if row.sentence.split_whitespace().count() < 3 {
            findings.push(list.at(row.line, format!("{}: say in a sentence what is required", row.id)));
        }
        if row.tests == PENDING || quoted(row.tests).next().is_none() {
            if !(pending_is_allowed && row.tests == PENDING) {
                findings.push(list.at(row.line, format!("{}: name the test that shows it, in backquotes", row.id)));
            }
        } else {
            findings.extend(quoted(row.tests).filter_map(|test| check_test(list, row, test, read)));
        }
    }
    for id in promised.iter().filter(|id| !rows.iter().any(|row| row.id == **id)) {
        findings.push(list.at(1, format!("{id} has no row")));
    }
    findings
}

#[test]
fn requirements_name_their_tests() {
    let tree = Tree::ours();
    let list = tree.file(PATH).expect("tests/REQUIREMENTS.md is there");
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ has a parent");
    let read = |path: &str| std::fs::read_to_string(top.join(path)).ok();
    settle("requirements", check(list, &PROMISED, PENDING_IS_ALLOWED, &read));
}

#[test]
fn a_bad_row_is_found() {
    let text = "# Requirements\n\n| id | what | tests |\n|---|---|---|\n| Q-01 | one line per business | `a.rs::first` |\n\
                | Q-1 | one line per business | `a.rs` |\n| Q-01 | said it already once | `a.rs` |\n| Q-02 | short | `a.rs` |\n\
                | Q-03 | a file that is missing | `a.rs::first`, `c.rs` |\n| Q-04 | a test that is missing | `a.rs::second` |\n\
                | Q-05 | not shown by a test | pending |\n| Q-06 | no test at all |  |\n\
                | Q-08 | what is no test | `a.rs::helper` |\n| Q-09 | a test of a page | `b.mjs::a call, shown at once` |\n\
                | Q-10 | no such test of a page | `b.mjs::a call` |\n";
    let list = Source { path: "R.md".into(), text: text.into() };
    let files = [
        ("a.rs", "#[test]\nfn first() {\n    let one = 1;\n    let two = 2;\n}\n\nfn helper() {}\n"),
        ("b.mjs", "test('a call, shown at once', async () => {})\n"),
    ];
    let read = |path: &str| files.iter().find(|(it, _)| *it == path).map(|(_, text)| (*text).to_owned());
    let places =
        ["R.md:6", "R.md:7", "R.md:8", "R.md:9", "R.md:10", "R.md:11", "R.md:12", "R.md:13", "R.md:15", "R.md:1"];
    finds(check(&list, &["Q-01", "Q-07"], false, &read), places);
    assert_eq!(check(&list, &["Q-01"], true, &read).len(), places.len() - 2);
}
