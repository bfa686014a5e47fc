//! The drawing: where everything stands on 576 dots of paper, as SVG.
//!
//! Black and white only, no line under two dots, nothing cut off: what is too long becomes smaller,
//! then takes another line, and the slip grows.

mod page;

use hall::ticket::Language;

use self::page::{Page, Text};
use super::facts::{Facts, Standing};
use super::qr::Code;
use super::words::{Interval, UNKNOWN, Words};

/// Width of the paper that can be printed on: 72 mm at 203 dpi.
pub const WIDTH_DOTS: u16 = 576;
/// Left and right of the text.
const MARGIN: f32 = 28.0;
/// Width of the text.
const ROOM: f32 = WIDTH_DOTS as f32 - 2.0 * MARGIN;
/// The number may come closer to the edge.
const NUMBER_ROOM: f32 = WIDTH_DOTS as f32 - 2.0 * 10.0;
/// Type size of the number: capitals of 142 dots, 18 mm.
const NUMBER_SIZE: f32 = 194.0;
/// A number of many characters never gets smaller than this.
const NUMBER_SIZE_LEAST: f32 = 60.0;
/// Height of capitals and digits, of the type size.
const CAPITALS: f32 = 0.733;
/// Smallest type.
const SMALL: f32 = 26.0;
/// Dots of a module of the QR code, and the fewest where an address is very long.
const MODULE_DOTS: usize = 7;
const MODULE_DOTS_LEAST: usize = 3;
/// Between the QR code and the words beside it.
const QR_GAP: f32 = 22.0;
/// The words need this much room beside it, else they go below.
const QR_WORDS_ROOM: f32 = 190.0;

/// How the line with the counters is set, and the most lines it may take before it says nothing any more.
const WHERE: Text = Text::bold(37.0);
const WHERE_LINES_MAX: usize = 2;

/// A slip as SVG.
#[derive(Clone, PartialEq, Debug)]
pub struct Drawing {
    /// The document.
    pub svg: String,
    /// Its height in dots.
    pub height: u32,
}

/// Draws a slip.
pub fn draw(facts: &Facts) -> Drawing {
    let words = Words::of(facts.language);
    let mut page = Page::new(facts.language);
    heading(&mut page, facts);
    page.rule();
    queue(&mut page, facts);
    number(&mut page, &facts.number);
    class(&mut page, facts);
    page.rule();
    if let Standing::Waiting { ahead, wait } = &facts.standing {
        figures(&mut page, words, *ahead, *wait);
        page.rule();
    }
    where_to(&mut page, facts, words);
    code(&mut page, facts, words);
    page.rule();
    footer(&mut page, facts, words);
    page.finish(&facts.number)
}

fn heading(page: &mut Page, facts: &Facts) {
    let site = facts.origin.site.first(facts.language);
    let hall = facts.hall.first(facts.language);
    if site.is_empty() {
        return page.lines(&Text::bold(34.0), hall);
    }
    page.lines(&Text::bold(34.0), site);
    page.lines(&Text::plain(28.0), hall);
}

fn queue(page: &mut Page, facts: &Facts) {
    if let Some(department) = &facts.department {
        page.lines(&Text::plain(28.0), department.first(facts.language));
        page.space(4.0);
    }
    page.lines(&Text::bold(44.0).leading(1.2), facts.queue.first(facts.language));
    if let Some(other) = facts.queue.second(facts.language) {
        page.lines(&Text::plain(SMALL).other(), other);
    }
}

/// The largest thing on the slip.
fn number(page: &mut Page, number: &str) {
    let size = super::measure::fit(number, NUMBER_SIZE, NUMBER_SIZE_LEAST, NUMBER_ROOM);
    let Some(size) = size else {
        page.space(20.0);
        return page.lines(&Text::bold(NUMBER_SIZE_LEAST), number);
    };
    page.space(30.0 + size * CAPITALS);
    page.word(f32::from(WIDTH_DOTS) / 2.0, &Text::huge(size), number);
    page.space(34.0);
}

/// The priority mark, in a frame.
fn class(page: &mut Page, facts: &Facts) {
    let Some(class) = &facts.class else { return };
    page.framed(&Text::bold(30.0), class.first(facts.language));
}

/// People ahead and the wait, side by side.
fn figures(page: &mut Page, words: &Words, ahead: Option<u32>, wait: Option<hall::forecast::Estimate>) {
    let (left, right) = (MARGIN + ROOM / 4.0, MARGIN + ROOM * 3.0 / 4.0);
    let half = ROOM / 2.0 - 12.0;
    let top = page.y;
    match ahead {
        Some(count) => page.figure(left, half, &count.to_string(), words.people(count)),
        None => page.figure(left, half, UNKNOWN, ""),
    }
    page.label(left, half, words.ahead);
    let bottom = page.y;
    page.y = top;
    match wait.map(|it| words.interval(it)) {
        Some(Interval::Minutes(figures, unit)) => page.figure(right, half, &figures, unit),
        Some(Interval::Hours(from, to)) => page.two_figures(right, half, &from, &to),
        None => page.figure(right, half, UNKNOWN, ""),
    }
    page.label(right, half, if wait.is_some() { words.wait } else { words.wait_unknown });
    page.y = page.y.max(bottom);
    page.bar(f32::from(WIDTH_DOTS) / 2.0, top, page.y);
}

/// Where to wait or, once called, where to go.
fn where_to(page: &mut Page, facts: &Facts, words: &Words) {
    let word = facts.counter_word.first(facts.language);
    let near = words.near(&facts.counters, word);
    let too_many = page.count(&WHERE, &near) > WHERE_LINES_MAX;
    let line = match &facts.standing {
        Standing::At(label) => words.go_to(label, word),
        Standing::Waiting { .. } | Standing::Aside if facts.counters.is_empty() || too_many => words.watch.to_owned(),
        Standing::Waiting { .. } | Standing::Aside => near,
    };
    page.lines(&WHERE, &line);
    let places: Vec<&str> = facts.places.iter().map(|it| it.first(facts.language)).collect();
    if !places.is_empty() {
        page.lines(&Text::plain(28.0), &places.join(" · "));
    }
    page.rule();
}

/// The QR code, with words beside it or, if it is very large, below.
fn code(page: &mut Page, facts: &Facts, words: &Words) {
    let Some(code) = Code::of(&facts.address) else {
        return page.lines(&Text::plain(SMALL), &facts.address);
    };
    let fitting = usize::from(WIDTH_DOTS) / code.side();
    let module = fitting.clamp(MODULE_DOTS_LEAST, MODULE_DOTS);
    let side = (module * code.side()) as f32;
    let beside = MARGIN + side + QR_GAP;
    let room = f32::from(WIDTH_DOTS) - MARGIN - beside;
    if room < QR_WORDS_ROOM {
        page.code(((f32::from(WIDTH_DOTS) - side) / 2.0).floor(), module, &code);
        page.lines(&Text::bold(32.0), words.scan);
        return page.lines(&Text::plain(SMALL), words.scan_why);
    }
    let top = page.y;
    page.code(MARGIN, module, &code);
    let bottom = page.y;
    let (title, why) = (Text::bold(32.0).at_left(), Text::plain(SMALL).leading(1.35).at_left());
    page.y = top + ((side - page.height_in(room, &[(&title, words.scan), (&why, words.scan_why)])) / 2.0).max(0.0);
    page.lines_in(beside, room, &title, words.scan);
    page.lines_in(beside, room, &why, words.scan_why);
    page.y = page.y.max(bottom);
}

/// What if missed, the hints, when and where it was taken.
fn footer(page: &mut Page, facts: &Facts, words: &Words) {
    let small = Text::plain(SMALL).leading(1.4);
    let missed = facts.missed.first(facts.language);
    page.lines(&small, if missed.is_empty() { words.missed } else { missed });
    let hint = facts.hint.first(facts.language);
    page.lines(&small, if hint.is_empty() { words.watch } else { hint });
    let other = match facts.language {
        Language::Zh => Words::of(Language::En),
        Language::En => Words::of(Language::Zh),
    };
    if hint.is_empty() {
        page.lines(&small.other(), other.watch);
    } else if let Some(second) = facts.hint.second(facts.language) {
        page.lines(&small.other(), second);
    }
    page.space(8.0);
    let mut taken = facts.taken.clone();
    if let Some(again) = &facts.again {
        taken = format!("{taken} · {} {again}", words.again);
    }
    if let Some(kiosk) = &facts.origin.kiosk {
        taken = format!("{taken} · {kiosk}");
    }
    page.lines(&small, &taken);
}

#[cfg(test)]
mod tests;
