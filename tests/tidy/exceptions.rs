//! The list of deliberate exceptions, `exceptions.txt`: one a line, `RULE SUBJECT: reason`.
//!
//! A line without a reason is refused; so is a line that excuses nothing any more.

use std::cell::Cell;

use crate::tree::{Finding, Source, Tree};

const LIST: &str = include_str!("exceptions.txt");
const PATH: &str = "tests/tidy/exceptions.txt";

struct Line {
    number: usize,
    subject: String,
    used: Cell<bool>,
}

/// The exceptions of one rule, which remember whether they were needed.
pub struct Exceptions(Vec<Line>);

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
        let lines = list.lines().enumerate().filter_map(|(index, line)| {
            let (head, _) = line.split_once(':')?;
            let subject = head.strip_prefix(rule)?.strip_prefix(' ')?.trim().to_owned();
            Some(Line {
                number: index + 1,
                subject,
                used: Cell::new(false),
            })
        });
        Exceptions(lines.collect())
    }

    /// Is this subject on the list? Then its line was needed.
    pub fn excuse(&self, subject: &str) -> bool {
        let found = self.0.iter().find(|line| line.subject == subject);
        if let Some(line) = found {
            line.used.set(true);
        }
        found.is_some()
    }

    /// Lines that excused nothing.
    pub fn idle(&self) -> Vec<Finding> {
        let list = Source {
            path: PATH.into(),
            text: String::new(),
        };
        self.0
            .iter()
            .filter(|line| !line.used.get())
            .map(|line| {
                list.at(
                    line.number,
                    format!("`{}` needs no exception any more: take the line out", line.subject),
                )
            })
            .collect()
    }
}

fn check(list: &Source) -> Vec<Finding> {
    list.lines()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .filter(|(_, line)| {
            line.split_once(": ")
                .is_none_or(|(head, why)| !head.contains(' ') || why.trim().len() < 10)
        })
        .map(|(number, _)| list.at(number, "write `RULE SUBJECT: reason`, the reason in words"))
        .collect()
}

#[test]
fn exceptions_have_a_reason() {
    let list = Source {
        path: PATH.into(),
        text: LIST.into(),
    };
    crate::tree::settle("exceptions", check(&list));
}

#[test]
fn an_exception_without_a_reason_is_found() {
    let tree = Tree::of([(
        "list",
        "# why\nlength a.ts: it is generated\nlength b.ts:\nlength c.ts: no\n",
    )]);
    crate::tree::finds(check(&tree.0[0]), ["list:3", "list:4"]);
}

#[test]
fn an_exception_that_excuses_nothing_is_found() {
    let exceptions = Exceptions::parse("length", "length a.ts: it is generated\nlength b.ts: it is generated\n");
    assert!(exceptions.excuse("a.ts") && !exceptions.excuse("c.ts"));
    crate::tree::finds(exceptions.idle(), ["tests/tidy/exceptions.txt:2"]);
}
