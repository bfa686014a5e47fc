//! The slip in a printer's own letters: for a machine that has no font with Chinese.
//!
//! The same facts in the same order, without the drawing.

use super::facts::{Facts, Standing};
use super::words::{Interval, UNKNOWN, Words};

/// One line and how large it is printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PlainLine {
    /// Ordinary letters.
    Small(String),
    /// Twice as wide and high.
    Large(String),
    /// As large as the printer can.
    Huge(String),
    /// A line across.
    Rule,
    /// The address as a QR code.
    Code(String),
}

/// The lines of a slip.
pub fn plain(facts: &Facts) -> Vec<PlainLine> {
    let words = Words::of(facts.language);
    let first = |pair: &super::Pair| PlainLine::Small(pair.first(facts.language).to_owned());
    let mut lines = vec![first(&facts.origin.site), first(&facts.hall), PlainLine::Rule];
    lines.extend(facts.department.as_ref().map(first));
    lines.push(PlainLine::Large(facts.queue.first(facts.language).to_owned()));
    lines.extend(facts.queue.second(facts.language).map(|it| PlainLine::Small(it.to_owned())));
    lines.push(PlainLine::Huge(facts.number.clone()));
    lines.extend(facts.class.as_ref().map(|it| PlainLine::Large(it.first(facts.language).to_owned())));
    lines.push(PlainLine::Rule);
    wait(facts, words, &mut lines);
    lines.extend(facts.places.iter().map(first));
    lines.push(PlainLine::Rule);
    lines.push(PlainLine::Code(facts.address.clone()));
    lines.push(PlainLine::Small(words.scan.to_owned()));
    lines.push(PlainLine::Rule);
    for (said, usual) in [(&facts.missed, words.missed), (&facts.hint, words.watch)] {
        let said = said.first(facts.language);
        lines.push(PlainLine::Small(if said.is_empty() { usual } else { said }.to_owned()));
    }
    let kiosk = facts.origin.kiosk.as_deref().unwrap_or_default();
    lines.push(PlainLine::Small(format!("{} {kiosk}", facts.taken).trim_end().to_owned()));
    lines.retain(|it| !matches!(it, PlainLine::Small(text) | PlainLine::Large(text) if text.is_empty()));
    lines
}

fn wait(facts: &Facts, words: &Words, lines: &mut Vec<PlainLine>) {
    let word = facts.counter_word.first(facts.language);
    match &facts.standing {
        Standing::Waiting { ahead, wait } => {
            let people = ahead.map_or(UNKNOWN.to_owned(), |it| format!("{it} {}", words.people(it)));
            lines.push(PlainLine::Small(format!("{}: {people}", words.ahead)));
            lines.push(PlainLine::Small(match wait.map(|it| words.interval(it)) {
                Some(Interval::Minutes(figures, unit)) => format!("{}: {figures} {unit}", words.wait),
                Some(Interval::Hours(from, to)) => format!("{}: {from} {to}", words.wait),
                None => words.wait_unknown.to_owned(),
            }));
        }
        Standing::At(label) => return lines.push(PlainLine::Large(words.go_to(label, word))),
        Standing::Aside => {}
    }
    if !facts.counters.is_empty() {
        lines.push(PlainLine::Small(words.near(&facts.counters, word)));
    }
}
