//! The pen: puts lines of text, rules and codes one below the other and writes them as SVG.

use std::fmt::Write as _;

use hall::ticket::Language;

use super::super::measure;
use super::super::qr::Code;
use super::{Drawing, MARGIN, ROOM, SMALL, WIDTH_DOTS};

/// Fonts in order; the printer's own renderer picks by weight from what it has.
const FONTS: &str = "'Inter Variable',Inter,'Noto Sans SC Variable','Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif";
/// White above and below everything.
const EDGE: f32 = 20.0;
/// Thickness of rules and frames.
const STROKE: f32 = 3.0;
/// White above and below a rule.
const RULE_GAP: f32 = 16.0;
/// Text that must be made smaller to fit a line is not made smaller than this part of its size.
const SHRINK_LEAST: f32 = 0.75;
/// From the middle of a line down to its base, of the type size.
const BASE_BELOW_MIDDLE: f32 = 0.36;

/// How a text is set.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Text {
    /// Type size in dots.
    size: f32,
    /// 400, 700 or 800.
    weight: u16,
    /// Height of a line, of the type size.
    leading: f32,
    left: bool,
    other: bool,
    tight: bool,
}

impl Text {
    pub(super) const fn plain(size: f32) -> Self {
        Self { size, weight: 400, leading: 1.3, left: false, other: false, tight: false }
    }

    pub(super) const fn bold(size: f32) -> Self {
        Self { size, weight: 700, leading: 1.3, left: false, other: false, tight: false }
    }

    /// Begins at the left instead of standing in the middle.
    pub(super) fn at_left(self) -> Self {
        Self { left: true, ..self }
    }

    /// In the language that is not the slip's own.
    pub(super) fn other(self) -> Self {
        Self { other: true, ..self }
    }

    /// The number: heavy, and closer together.
    pub(super) fn huge(size: f32) -> Self {
        Self { weight: 800, tight: true, ..Self::plain(size) }
    }

    /// With lines of another height.
    pub(super) fn leading(self, leading: f32) -> Self {
        Self { leading, ..self }
    }
}

/// A slip that is being drawn, from the top down.
pub(super) struct Page {
    /// Where the next thing begins.
    pub y: f32,
    body: String,
    language: Language,
}

impl Page {
    pub(super) fn new(language: Language) -> Self {
        Self { y: EDGE, body: String::new(), language }
    }

    pub(super) fn space(&mut self, dots: f32) {
        self.y += dots;
    }

    /// How many lines words take across the slip.
    pub(super) fn count(&self, text: &Text, words: &str) -> usize {
        set(text, ROOM, words).1.len()
    }

    /// Text across the slip; smaller, then in more lines, where it is long.
    pub(super) fn lines(&mut self, text: &Text, words: &str) {
        self.lines_in(MARGIN, ROOM, text, words);
    }

    /// The same in a column.
    pub(super) fn lines_in(&mut self, x: f32, room: f32, text: &Text, words: &str) {
        let (size, lines) = set(text, room, words);
        let anchor = if text.left { x } else { x + room / 2.0 };
        for line in lines {
            self.y += size * text.leading;
            let base = self.y - size * (text.leading / 2.0 - BASE_BELOW_MIDDLE);
            self.put(anchor, base, &Text { size, ..*text }, &line);
        }
    }

    /// How high these texts would be in a column.
    pub(super) fn height_in(&self, room: f32, texts: &[(&Text, &str)]) -> f32 {
        let height = |(text, words): &(&Text, &str)| {
            let (size, lines) = set(text, room, words);
            lines.len() as f32 * size * text.leading
        };
        texts.iter().map(height).sum()
    }

    /// One word on the line that `y` is at.
    pub(super) fn word(&mut self, x: f32, text: &Text, word: &str) {
        self.put(x, self.y, text, word);
    }

    /// A large figure with a small unit.
    pub(super) fn figure(&mut self, x: f32, room: f32, figure: &str, unit: &str) {
        const SIZE: f32 = 50.0;
        const UNIT_SIZE: f32 = 28.0;
        const GAP: f32 = 10.0;
        let unit_room = if unit.is_empty() { 0.0 } else { GAP + measure::width(unit, UNIT_SIZE) };
        let size = measure::fit(figure, SIZE, UNIT_SIZE, room - unit_room).unwrap_or(UNIT_SIZE);
        self.y += SIZE * 1.15;
        let _ = write!(
            self.body,
            r#"<text x="{x:.1}" y="{:.1}" font-size="{size}" font-weight="700" text-anchor="middle">{}"#,
            self.y - 10.0,
            escape(figure),
        );
        if !unit.is_empty() {
            let _ = write!(self.body, r#"<tspan dx="{GAP}" font-size="{UNIT_SIZE}">{}</tspan>"#, escape(unit));
        }
        self.body.push_str("</text>");
    }

    /// Two figures one below the other, for times of an hour and more.
    pub(super) fn two_figures(&mut self, x: f32, room: f32, from: &str, to: &str) {
        for figure in [from, to] {
            self.lines_in(x - room / 2.0, room, &Text::bold(34.0).leading(1.2), figure);
        }
    }

    /// The small words under a figure.
    pub(super) fn label(&mut self, x: f32, room: f32, words: &str) {
        self.lines_in(x - room / 2.0, room, &Text::plain(SMALL), words);
    }

    /// Words in a frame with round corners.
    pub(super) fn framed(&mut self, text: &Text, words: &str) {
        const SIDE: f32 = 18.0;
        let room = ROOM - 2.0 * SIDE;
        let top = self.y;
        self.y += 4.0;
        self.lines_in(MARGIN + SIDE, room, text, words);
        self.y += 4.0;
        let (size, lines) = set(text, room, words);
        let widest = lines.iter().map(|it| measure::width(it, size)).fold(0.0, f32::max);
        let width = (widest + 2.0 * SIDE).min(ROOM);
        let _ = write!(
            self.body,
            r##"<rect x="{:.1}" y="{:.1}" width="{width:.1}" height="{:.1}" rx="10" fill="none" stroke="#000" stroke-width="{STROKE}"/>"##,
            (f32::from(WIDTH_DOTS) - width) / 2.0,
            top,
            self.y - top,
        );
    }

    /// A dashed rule across the slip.
    pub(super) fn rule(&mut self) {
        self.y = (self.y + RULE_GAP).round();
        let (left, right) = (MARGIN, MARGIN + ROOM);
        let _ = write!(
            self.body,
            r##"<path d="M{left} {:.1}H{right}" stroke="#000" stroke-width="{STROKE}" stroke-dasharray="6 4" shape-rendering="crispEdges"/>"##,
            self.y + STROKE / 2.0,
        );
        self.y += STROKE + RULE_GAP;
    }

    /// An upright bar.
    pub(super) fn bar(&mut self, x: f32, top: f32, bottom: f32) {
        let _ = write!(
            self.body,
            r##"<rect x="{:.1}" y="{top:.0}" width="{STROKE}" height="{:.0}" shape-rendering="crispEdges"/>"##,
            (x - STROKE / 2.0).floor(),
            bottom - top,
        );
    }

    /// A QR code with `module` dots a module, on whole dots.
    pub(super) fn code(&mut self, x: f32, module: usize, code: &Code) {
        self.y = self.y.round();
        let _ = write!(
            self.body,
            r#"<path transform="translate({x} {:.0}) scale({module})" shape-rendering="crispEdges" d="{}"/>"#,
            self.y,
            code.path(),
        );
        self.y += (module * code.side()) as f32;
    }

    /// The finished drawing; its name says the number, never the key.
    pub(super) fn finish(self, number: &str) -> Drawing {
        let height = (self.y + EDGE).ceil();
        let (lang, title) = match self.language {
            Language::Zh => ("zh-CN", "号单"),
            Language::En => ("en", "Ticket"),
        };
        let svg = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH_DOTS}" height="{height}" viewBox="0 0 {WIDTH_DOTS} {height}" role="img" xml:lang="{lang}" font-family="{FONTS}" font-size="{SMALL}" fill="#000"><title>{title} {}</title><path fill="#fff" d="M0 0h{WIDTH_DOTS}v{height}H0z"/>{}</svg>"##,
            escape(number),
            self.body,
        );
        Drawing { svg, height: height as u32 }
    }

    fn put(&mut self, x: f32, base: f32, text: &Text, words: &str) {
        let lang = match (self.language, text.other) {
            (_, false) => "",
            (Language::Zh, true) => r#" xml:lang="en""#,
            (Language::En, true) => r#" xml:lang="zh-CN""#,
        };
        let anchor = if text.left { "" } else { r#" text-anchor="middle""# };
        let tight = if text.tight { r#" letter-spacing="-0.015em""# } else { "" };
        let _ = write!(
            self.body,
            r#"<text x="{x:.1}" y="{base:.1}" font-size="{}" font-weight="{}"{anchor}{tight}{lang}>{}</text>"#,
            text.size,
            text.weight,
            escape(words),
        );
    }
}

/// The size and the lines in which words fit: first smaller, then more lines.
fn set(text: &Text, room: f32, words: &str) -> (f32, Vec<String>) {
    let least = (text.size * SHRINK_LEAST).max(SMALL.min(text.size));
    match measure::fit(words, text.size, least, room) {
        Some(size) => (size, measure::wrap(words, size, room)),
        None => (least, measure::wrap(words, least, room)),
    }
}

fn escape(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}
