//! The list of deliberate exceptions, `exceptions.txt`: one a line, `RULE SUBJECT: reason`.
//!
//! A line without a reason is refused, and so is one that excuses nothing any more.

use std::cell::Cell;

use crate::tree::{Finding, Source, Tree};

const LIST: &str = include_str!("exceptions.txt");
const PATH: &str = "tests/tidy/exceptions.txt";

/// The exceptions of one rule: their subjects, each with whether something was excused by it.
pub struct Exceptions(Vec<(String, Cell<bool>)>);

impl Exceptions {
    /// The lines of the list that begin with this rule's name.
    pub fn of(rule: &str) -> Exceptions {
        Exceptions::parse(rule, LIST)
    }

    /// None at all, for a rule's own test.
    pub fn none() -> Exceptions {
        Exceptions(Vec::new())
    }

    fn parse(rule: &str, list: &str) -> Exceptions {
        let subjects = list.lines().filter_map(|line| {
            let (head, _) = line.split_once(':')?;
            Some((head.strip_prefix(rule)?.strip_prefix(' ')?.trim().to_owned(), Cell::new(false)))
        });
        Exceptions(subjects.collect())
    }

    /// Is this subject on the list?
    pub fn excuse(&self, subject: &str) -> bool {
        let listed = self.0.iter().find(|(listed, _)| listed == subject);
        listed.inspect(|(_, used)| used.set(true)).is_some()
    }

    /// Those that excused nothing, once everything was asked for.
    pub fn stale(&self) -> Vec<Finding> {
        let list = Source { path: PATH.into(), text: LIST.into() };
        let unused = self.0.iter().filter(|(_, used)| !used.get());
        unused
            .map(|(subject, _)| {
                let line =
                    list.lines().find(|(_, line)| line.contains(&format!(" {subject}:"))).map_or(1, |(line, _)| line);
                list.at(line, format!("{subject}: nothing needs this any more; take the line out"))
            })
            .collect()
    }
}

fn check(list: &Source) -> Vec<Finding> {
    list.lines()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .filter(|(_, line)| {
            line.split_once(": ").is_none_or(|(head, why)| !head.contains(' ') || why.trim().len() < 10)
        })
        .map(|(number, _)| list.at(number, "write `RULE SUBJECT: reason`, the reason in words"))
        .collect()
}

#[test]
fn exceptions_have_a_reason() {
    let list = Source { path: PATH.into(), text: LIST.into() };
    crate::tree::settle("exceptions", check(&list));
}

#[test]
fn an_exception_without_a_reason_is_found() {
    let tree = Tree::of([("list", "# why\nlength a.ts: it is generated\nlength b.ts:\nlength c.ts: no\n")]);
    crate::tree::finds(check(&tree.0[0]), ["list:3", "list:4"]);
}

#[test]
fn an_exception_excuses_its_subject_alone() {
    let exceptions = Exceptions::parse("length", "length a.ts: it is generated\nsynonym b.ts *: it is generated\n");
    assert!(exceptions.excuse("a.ts") && !exceptions.excuse("b.ts"));
    assert!(exceptions.stale().is_empty());
}

#[test]
fn an_exception_that_excuses_nothing_is_found() {
    let exceptions = Exceptions::parse("length", "length a.ts: it is generated\nlength b.ts: it is generated\n");
    exceptions.excuse("b.ts");
    crate::tree::finds(exceptions.stale(), ["tests/tidy/exceptions.txt:1"]);
}
