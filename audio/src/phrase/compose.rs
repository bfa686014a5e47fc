//! Fills a template in: words, marks and pauses, cut into parts by what they depend on.
//!
//! Words of the template before its first variable go with that variable, those between two with the following one,
//! those after the last with the last. So the part about a ticket is the same whatever counter calls it.

use super::manner::Manner;
use super::normalise::{self, Run};
use super::tongue::{Said, Tongue, tongue};
use super::{About, Part, Phrase, TICKET_CHARS_MAX, Unsayable, Word, free};
use crate::announcement::{Announcement, Kind, Language, TICKETS_MAX};
use crate::template::{Piece, Template, Variable};

/// Silence between the parts of a call where no mark asks for more, milliseconds.
pub const PART_GAP_MS: u16 = 80;

/// What is said of a ticket, in the words of a template.
pub fn call(announcement: &Announcement, template: &Template, manner: &Manner) -> Result<Phrase, Unsayable> {
    if announcement.tickets.len() > TICKETS_MAX {
        return Err(Unsayable::TooMany(announcement.tickets.len()));
    }
    if let Some(long) = announcement.tickets.iter().find(|ticket| ticket.chars().count() > TICKET_CHARS_MAX) {
        return Err(Unsayable::TooLong { chars: long.chars().count(), most: TICKET_CHARS_MAX });
    }
    let numbers: Vec<Vec<Run>> = announcement.tickets.iter().map(|ticket| normalise::code(ticket)).collect();
    if numbers.is_empty() || numbers.iter().any(Vec::is_empty) {
        return Err(Unsayable::Nothing);
    }
    let tongue = tongue(template.language);
    let first = order(&template.pieces).first().copied().unwrap_or(About::Words);
    let (said, stretch, in_section) = (Vec::new(), (first, 0), false);
    let mut fill =
        Fill { announcement, template, manner, tongue, numbers, said, stretch, in_section, rate_percent: 100 };
    fill.pieces(&template.pieces, first);
    let mut phrase = Phrase { language: template.language, parts: parts(fill.said) };
    if announcement.place.is_none() {
        end(&mut phrase.parts);
    }
    if phrase.parts.is_empty() { Err(Unsayable::Nothing) } else { Ok(phrase) }
}

struct Fill<'a> {
    announcement: &'a Announcement,
    template: &'a Template,
    manner: &'a Manner,
    tongue: &'static dyn Tongue,
    numbers: Vec<Vec<Run>>,
    said: Vec<(Stretch, Said)>,
    /// The stretch of the template that the words or the variable before stand in.
    stretch: Stretch,
    /// Within brackets, where things are said or not.
    in_section: bool,
    rate_percent: u16,
}

/// A stretch of a template about one thing: what it is about, and its number. It goes by the template alone, whatever
/// has a value.
type Stretch = (About, usize);

/// What the variables of some pieces are about, in their order.
fn order(pieces: &[Piece]) -> Vec<About> {
    let of = |piece: &Piece| match piece {
        Piece::Variable(variable) => vec![about(*variable)],
        Piece::Rate(_, inner) | Piece::Section(inner) => order(inner),
        Piece::Text(_) | Piece::Pause(_) | Piece::Spell(_) | Piece::Sounded { .. } => Vec::new(),
    };
    pieces.iter().flat_map(of).collect()
}

fn about(variable: Variable) -> About {
    match variable {
        Variable::Ticket | Variable::Name => About::Ticket,
        Variable::Place | Variable::Floor | Variable::Direction => About::Place,
        Variable::Again => About::Words,
    }
}

impl Fill<'_> {
    /// Says pieces; `last` is what words without a following variable are about. It goes by the template alone, so
    /// that nothing about a ticket depends on its counter, nor the other way round.
    fn pieces(&mut self, pieces: &[Piece], last: About) {
        let mut last = last;
        for (at, piece) in pieces.iter().enumerate() {
            let about = order(&pieces[at..]).first().copied().unwrap_or(last);
            let filled = at.checked_sub(1).and_then(|before| match pieces[before] {
                Piece::Variable(variable) => Some(variable),
                Piece::Text(_) | Piece::Pause(_) | Piece::Spell(_) => None,
                Piece::Rate(..) | Piece::Sounded { .. } | Piece::Section(_) => None,
            });
            self.piece(piece, about, filled);
            last = order(&pieces[..=at]).last().copied().unwrap_or(last);
        }
    }

    fn piece(&mut self, piece: &Piece, about: About, filled: Option<Variable>) {
        match piece {
            Piece::Text(text) => self.text(text, about, filled),
            Piece::Variable(variable) => {
                let said = self.value(*variable);
                self.say(said, about);
            }
            Piece::Pause(ms) => {
                if let Some(last) = self.last(about) {
                    last.pause_ms = last.pause_ms.max(*ms);
                }
            }
            Piece::Rate(percent, inner) => {
                let outer = std::mem::replace(&mut self.rate_percent, *percent);
                self.pieces(inner, about);
                self.rate_percent = outer;
            }
            Piece::Spell(text) => {
                let said = free::spelled(self.template.language, text);
                self.say(said, about);
            }
            Piece::Sounded { sounds, text } => {
                let word = Word { sounds: sounds.clone(), ..Word::plain(text) };
                self.say(vec![Said { language: self.template.language, word }], about);
            }
            Piece::Section(inner) => {
                if self.has_all(inner) {
                    let outer = std::mem::replace(&mut self.in_section, true);
                    self.pieces(inner, about);
                    self.in_section = outer;
                } else {
                    order(inner).into_iter().for_each(|about| self.enter(about));
                }
            }
        }
    }

    /// The last word, for a mark or a pause that goes with what is about `about`. It must stand in the stretch before
    /// this place, not before something without a value; and what is said only sometimes changes nothing that is
    /// about something else.
    fn last(&mut self, about: About) -> Option<&mut Word> {
        let (stretch, free) = (self.stretch, !self.in_section || self.stretch.0 == about);
        let last = self.said.last_mut().filter(|(of, _)| *of == stretch && free);
        last.map(|(_, last)| &mut last.word)
    }

    fn enter(&mut self, about: About) {
        if self.stretch.0 != about {
            self.stretch = (about, self.stretch.1 + 1);
        }
    }

    /// Words that stand in the template, after a variable or not; those about a place are not said of an announcement
    /// without one.
    fn text(&mut self, text: &str, about: About, filled: Option<Variable>) {
        if about == About::Place && self.announcement.place.is_none() {
            return;
        }
        let words = free::words(self.template.language, text, &self.manner.overrides);
        if let (Some(mark), Some(last)) = (words.lead, self.last(about)) {
            last.marked(mark);
        }
        let mut said = words.said;
        // Whoever writes `{ticket}号` or `{place}窗口` does not want to hear it twice.
        let twice = match (filled, said.first()) {
            (Some(Variable::Ticket), Some(next)) => words.lead.is_none() && next.word.text == "号",
            (Some(Variable::Place), Some(next)) if about == About::Place && words.lead.is_none() => {
                let zh = next.language == Language::Zh;
                zh && self.said.last().is_some_and(|(_, last)| last.word.text.ends_with(&next.word.text))
            }
            (Some(_) | None, _) => false,
        };
        if twice {
            said.remove(0);
        }
        // "Number {ticket}" of several tickets: "Numbers".
        let calls_several = about == About::Ticket && self.numbers.len() > 1;
        if let Some(last) =
            said.last_mut().filter(|last| calls_several && last.word.text.eq_ignore_ascii_case("number"))
        {
            last.word.text.push('s');
        }
        if !said.is_empty() {
            self.say(said, about);
        }
    }

    /// Says words about something, which begins its stretch even without any.
    fn say(&mut self, said: Vec<Said>, about: About) {
        self.enter(about);
        let (rate_percent, stretch) = (self.rate_percent, self.stretch);
        self.said.extend(said.into_iter().map(|mut it| {
            it.word.rate_percent = rate_percent;
            (stretch, it)
        }));
    }

    fn has_all(&self, pieces: &[Piece]) -> bool {
        pieces.iter().all(|piece| match piece {
            Piece::Variable(variable) => !self.value(*variable).is_empty(),
            Piece::Rate(_, inner) => self.has_all(inner),
            // A section within decides for itself.
            Piece::Section(_) | Piece::Text(_) | Piece::Pause(_) | Piece::Spell(_) | Piece::Sounded { .. } => true,
        })
    }

    fn value(&self, variable: Variable) -> Vec<Said> {
        let place = self.announcement.place.as_ref();
        match variable {
            Variable::Ticket => self.tongue.tickets(&self.numbers, self.manner),
            Variable::Name => self.name(),
            Variable::Place => place.map(|place| self.tongue.place(place, self.manner)).unwrap_or_default(),
            Variable::Floor => place
                .and_then(|place| place.floor.as_deref())
                .filter(|floor| !floor.trim().is_empty())
                .map(|floor| self.tongue.floor(floor, self.manner))
                .unwrap_or_default(),
            Variable::Direction => place
                .and_then(|place| place.direction.as_ref())
                .map(|direction| self.tongue.direction(direction))
                .map(|text| free::words(self.template.language, text, &self.manner.overrides).said)
                .unwrap_or_default(),
            Variable::Again => {
                if self.manner.again && self.announcement.kind == Kind::Recall {
                    self.tongue.again()
                } else {
                    Vec::new()
                }
            }
        }
    }

    /// The name as far as it is said. A template that calls by name alone calls the number where it is not.
    fn name(&self) -> Vec<Said> {
        // Names belong to one ticket.
        let name = self.announcement.name.as_ref().filter(|_| self.numbers.len() == 1);
        let said = name.and_then(|name| self.tongue.name(name, self.manner));
        match said {
            Some(said) => said,
            None if self.template.has(Variable::Ticket) => Vec::new(),
            None => self.tongue.tickets(&self.numbers, self.manner),
        }
    }
}

/// What stands in one stretch and in one language is one part.
fn parts(said: Vec<(Stretch, Said)>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut last = None;
    for (stretch, Said { language, word }) in said {
        match parts.last_mut() {
            Some(part) if last == Some(stretch) && part.language == language => part.words.push(word),
            Some(_) | None => parts.push(Part { about: stretch.0, language, words: vec![word] }),
        }
        last = Some(stretch);
    }
    keep_clear(&mut parts);
    parts
}

/// After every part there is a breath, whatever follows.
pub(super) fn keep_clear(parts: &mut [Part]) {
    for last in parts.iter_mut().filter_map(|part| part.words.last_mut()) {
        last.pause_ms = last.pause_ms.max(PART_GAP_MS);
    }
}

/// Nothing follows the last word.
pub(super) fn end(parts: &mut [Part]) {
    if let Some(last) = parts.last_mut().and_then(|part| part.words.last_mut()) {
        last.ends();
    }
}
