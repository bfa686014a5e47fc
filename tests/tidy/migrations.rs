//! One text for two databases: migrations, and the SQL inside the hub, use what SQLite and
//! PostgreSQL understand alike, and never ask the database for the time.

use std::collections::BTreeMap;

use crate::names::literals;
use crate::tree::{Finding, Source, Tree, finds, settle};

/// Words that one of the two databases does not know or reads otherwise, and what to write instead.
const NOT_PORTABLE: [(&str, &str); 10] = [
    ("now(", "bind a time from the clock"),
    ("current_timestamp", "bind a time from the clock"),
    ("current_date", "bind a time from the clock"),
    ("datetime(", "bind a time from the clock"),
    ("strftime(", "work the date out in Rust when writing"),
    ("autoincrement", "make the id in Rust"),
    ("serial", "make the id in Rust"),
    ("bigserial", "make the id in Rust"),
    ("generated always", "make the value in Rust"),
    ("insert or replace", "use ON CONFLICT … DO UPDATE"),
];
/// The same, but only in files written for both databases.
const NOT_PORTABLE_IN_COMMON: [(&str, &str); 4] = [
    ("pragma", "give each database its own file"),
    ("without rowid", "give each database its own file"),
    ("create extension", "give each database its own file"),
    (" strict", "give each database its own file"),
];

/// `NNNN_name.sql`, `NNNN_name.sqlite.sql` or `NNNN_name.postgres.sql`: its number, and for which database.
fn parse_name(path: &str) -> Option<(u32, Option<&str>)> {
    let name = path.strip_prefix("migrations/")?.strip_suffix(".sql")?;
    let (name, dialect) = match name.split_once('.') {
        Some((name, dialect @ ("sqlite" | "postgres"))) => (name, Some(dialect)),
        Some(_) => return None,
        None => (name, None),
    };
    let (number, words) = name.split_once('_')?;
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (number.len() == 4 && !words.is_empty() && words.chars().all(is_word)).then_some(())?;
    Some((number.parse().ok()?, dialect))
}

fn check_names(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut steps: BTreeMap<u32, Vec<Option<&str>>> = BTreeMap::new();
    for source in tree.under("migrations/").filter(|source| source.is("sql")) {
        let Some((number, dialect)) = parse_name(&source.path) else {
            findings.push(source.at(1, "name it NNNN_what_it_does.sql, or .sqlite.sql and .postgres.sql"));
            continue;
        };
        let step = steps.entry(number).or_default();
        step.push(dialect);
        let twice =
            step.iter().filter(|other| **other == dialect).count() > 1 || (step.len() > 1 && step.contains(&None));
        if twice {
            findings.push(source.at(1, format!("{number:04} is taken: use the next number")));
        }
    }
    for source in tree.under("migrations/") {
        if let Some((number, Some(dialect))) = parse_name(&source.path) {
            let other = if dialect == "sqlite" { "postgres" } else { "sqlite" };
            if !steps[&number].contains(&Some(other)) {
                findings.push(source.at(1, format!("the .{other}.sql file of the same step is missing")));
            }
        }
    }
    findings
}

/// Finds a word in SQL: what stands before it must not belong to the same word.
fn says(sql: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    sql.match_indices(word).any(|(at, _)| {
        let before = sql[..at].chars().next_back().is_some_and(part_of_word);
        let after = sql[at + word.len()..].chars().next().is_some_and(part_of_word);
        !before && (!after || word.ends_with('('))
    })
}

fn check_line(source: &Source, number: usize, sql: &str, words: &[(&str, &str)]) -> Vec<Finding> {
    let sql = sql.split("--").next().unwrap_or_default().to_lowercase();
    let found = words.iter().filter(|(word, _)| says(&sql, word));
    found.map(|(word, instead)| source.at(number, format!("`{}` is not portable: {instead}", word.trim()))).collect()
}

fn check_words(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.under("migrations/").filter(|source| source.is("sql")) {
        let for_both = parse_name(&source.path).is_none_or(|(_, dialect)| dialect.is_none());
        for (number, line) in source.lines() {
            findings.extend(check_line(source, number, line, &NOT_PORTABLE));
            if for_both {
                findings.extend(check_line(source, number, line, &NOT_PORTABLE_IN_COMMON));
            }
        }
    }
    for source in tree.under("hub/src/store/").filter(|source| source.is("rs")) {
        for (number, text) in literals(source) {
            findings.extend(check_line(source, number, &text, &NOT_PORTABLE));
        }
    }
    findings
}

#[test]
fn migrations_are_numbered() {
    settle("migration names", check_names(&Tree::ours()));
}

#[test]
fn sql_is_portable() {
    settle("portable SQL", check_words(&Tree::ours()));
}

#[test]
fn a_misnamed_migration_is_found() {
    let tree = Tree::of([
        ("migrations/0001_people.sql", ""),
        ("migrations/0002_halls.sqlite.sql", ""),
        ("migrations/0004_tickets.sql", ""),
        ("migrations/0004_tickets_again.sql", ""),
        ("migrations/5_short.sql", ""),
        ("migrations/0005_x.mysql.sql", ""),
    ]);
    let places = [
        "migrations/0004_tickets_again.sql:1",
        "migrations/5_short.sql:1",
        "migrations/0005_x.mysql.sql:1",
        "migrations/0002_halls.sqlite.sql:1",
    ];
    finds(check_names(&tree), places);
}

#[test]
fn sql_that_only_one_database_knows_is_found() {
    let common = "CREATE TABLE a (id BIGSERIAL);\n-- now() is banned\nPRAGMA x;\nINSERT INTO known(a) VALUES (now());\n\
                  SELECT serial_number FROM a;\nx AUTOINCREMENT,\n";
    let store = "//! x\nconst Q: &str = \"SELECT CURRENT_TIMESTAMP\";\nfn now() {}\n";
    let tree = Tree::of([
        ("migrations/0001_a.sql", common),
        ("migrations/0002_b.sqlite.sql", "PRAGMA x;\n"),
        ("hub/src/store/a.rs", store),
    ]);
    let places = ["1", "3", "4", "6"].map(|line| format!("migrations/0001_a.sql:{line}"));
    let mut all: Vec<&str> = places.iter().map(String::as_str).collect();
    all.push("hub/src/store/a.rs:2");
    finds::<5>(check_words(&tree), all.try_into().expect("five places"));
}
