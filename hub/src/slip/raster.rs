//! From the drawing to dots: black or white, nothing between.
//!
//! Needs a font with Chinese (Debian: fonts-noto-cjk) or a file named at the start; without one there
//! is no picture, and the printer's own letters are used.

use std::path::Path;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, ID, Query, Stretch, Style, Weight};
use resvg::usvg::{self, FontResolver, Options, Tree};

use super::draw::{Drawing, WIDTH_DOTS};

/// Families with Chinese in the shapes of the mainland, the best first.
const FAMILIES: [&str; 8] = [
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "AR PL UMing CN",
];
/// Characters that a font must have.
const SAMPLE: &str = "政务服务中心请在号窗口附近等候";
/// Darker than this (of 255) is black.
const BLACK_BELOW: u8 = 128;
/// A slip is never higher than this, dots (half a metre of paper).
const HEIGHT_DOTS_MAX: u32 = 4_000;

/// A picture of black and white dots.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picture {
    /// Bytes of a row: eight dots each, the leftmost is the highest bit, 1 is black.
    pub row_bytes: usize,
    /// The rows, one after the other.
    pub bits: Vec<u8>,
}

impl Picture {
    /// How many rows.
    pub fn height(&self) -> usize {
        self.bits.len() / self.row_bytes.max(1)
    }

    /// Whether a dot is black; outside it is white.
    pub fn is_black(&self, x: usize, y: usize) -> bool {
        let byte = if x / 8 < self.row_bytes { self.bits.get(y * self.row_bytes + x / 8) } else { None };
        byte.is_some_and(|it| it & (0x80 >> (x % 8)) != 0)
    }
}

/// The fonts of slips.
#[derive(Clone)]
pub struct Fonts {
    db: Arc<Database>,
    family: Option<String>,
}

impl Fonts {
    /// Looks for a font with Chinese: in `file` if one is named, else in the system's folders. Reads disks: call
    /// it where waiting is allowed.
    pub fn open(file: Option<&Path>) -> Self {
        let mut db = Database::new();
        if let Some(file) = file {
            match db.load_font_file(file) {
                Ok(()) => {}
                Err(cause) => tracing::warn!(file = %file.display(), %cause, "the font for slips cannot be read"),
            }
            let fonts = Self::with(db);
            if fonts.has_han() {
                return fonts;
            }
            tracing::warn!(file = %file.display(), "the font for slips has no Chinese: the system's fonts are used");
            db = Database::new();
        }
        db.load_system_fonts();
        let fonts = Self::with(db);
        if !fonts.has_han() {
            tracing::warn!("no font with Chinese: slips are printed in the printer's own letters");
        }
        fonts
    }

    /// No font at all.
    pub fn none() -> Self {
        Self { db: Arc::new(Database::new()), family: None }
    }

    fn with(db: Database) -> Self {
        let db = Arc::new(db);
        let mut others: Vec<String> = db.faces().filter_map(|it| it.families.first()).map(|it| it.0.clone()).collect();
        others.dedup();
        let known = FAMILIES.iter().map(|it| (*it).to_owned());
        let family = known.chain(others).find(|it| can_write(&db, it));
        Self { db, family }
    }

    /// Whether Chinese can be drawn.
    pub fn has_han(&self) -> bool {
        self.family.is_some()
    }

    /// The dots of a drawing. None: no font, or it cannot be drawn.
    pub fn picture(&self, drawing: &Drawing) -> Option<Picture> {
        let family = self.family.as_deref()?;
        let tree = Tree::from_str(&drawing.svg, &options(&self.db, family)).ok()?;
        let height = drawing.height.min(HEIGHT_DOTS_MAX);
        let mut pixmap = Pixmap::new(u32::from(WIDTH_DOTS), height)?;
        pixmap.fill(resvg::tiny_skia::Color::WHITE);
        resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
        let dark = |dot: &[u8]| dot[0] < BLACK_BELOW;
        let pack =
            |eight: &[u8]| eight.chunks(4).enumerate().fold(0, |byte, (n, dot)| byte | u8::from(dark(dot)) << (7 - n));
        Some(Picture { row_bytes: usize::from(WIDTH_DOTS / 8), bits: pixmap.data().chunks(8 * 4).map(pack).collect() })
    }
}

fn options<'a>(db: &Arc<Database>, family: &'a str) -> Options<'a> {
    Options {
        fontdb: db.clone(),
        font_resolver: FontResolver {
            select_font: Box::new(move |font, db| face(db, family, font.weight())),
            select_fallback: FontResolver::default_fallback_selector(),
        },
        ..Options::default()
    }
}

fn face(db: &Database, family: &str, weight: u16) -> Option<ID> {
    let families = [Family::Name(family)];
    db.query(&Query { families: &families, weight: Weight(weight), stretch: Stretch::Normal, style: Style::Normal })
}

/// Whether a family has all characters of the sample.
fn can_write(db: &Arc<Database>, family: &str) -> bool {
    if face(db, family, 400).is_none() {
        return false;
    }
    let options = Options {
        font_resolver: FontResolver { select_fallback: Box::new(|_, _, _| None), ..options(db, family).font_resolver },
        fontdb: db.clone(),
        ..Options::default()
    };
    let svg =
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">{SAMPLE}</text></svg>"#);
    let Ok(tree) = Tree::from_str(&svg, &options) else {
        return false;
    };
    let written = tree.root().children().iter().find_map(|it| match it {
        usvg::Node::Text(text) => Some(text),
        usvg::Node::Group(_) | usvg::Node::Path(_) | usvg::Node::Image(_) => None,
    });
    let glyphs = written.map(|it| it.layouted()).unwrap_or_default();
    let mut all = glyphs.iter().flat_map(|it| &it.positioned_glyphs).peekable();
    all.peek().is_some() && all.all(|it| it.id.0 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_file_without_chinese_is_replaced_by_the_systems_fonts() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), b"this is no font").expect("it is written");
        assert!(Fonts::open(Some(file.path())).has_han(), "install fonts-noto-cjk");
        assert!(Fonts::open(Some(Path::new("/no/such/font.ttf"))).has_han());
    }

    #[test]
    fn a_font_file_is_used_alone() {
        let mut system = Database::new();
        system.load_system_fonts();
        let family = [Family::Name("Noto Sans CJK SC")];
        let id = system.query(&Query { families: &family, ..Query::default() }).expect("install fonts-noto-cjk");
        let (source, _) = system.face_source(id).expect("its file");
        let resvg::usvg::fontdb::Source::File(file) = source else { panic!("a file") };
        let fonts = Fonts::open(Some(&file));
        assert!(fonts.has_han());
        assert!(fonts.db.faces().count() < system.faces().count(), "nothing else was opened");
    }
}
