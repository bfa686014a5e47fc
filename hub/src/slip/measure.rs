//! How wide words are, without asking a font: never less than what any of our fonts needs.
//!
//! The drawing must come out the same with and without fonts at hand, so the widths are the larger of
//! Inter Bold and Noto Sans CJK SC Bold; a text that fits here fits on paper and on a page.

/// Widths of the printable ASCII characters in hundredths of the type size; digits as tabular ones.
const ASCII_WIDTHS: [u8; 95] = [
    24, 37, 57, 65, 65, 102, 74, 34, 38, 38, 56, 68, 33, 47, 33, 39, 67, 66, 66, 66, 68, 66, 66, 66, 66, 66, 33, 34,
    68, 68, 68, 56, 102, 75, 68, 74, 72, 61, 59, 75, 76, 33, 58, 72, 58, 93, 76, 77, 67, 78, 68, 65, 67, 75, 75, 104,
    74, 73, 66, 38, 39, 38, 59, 57, 63, 59, 64, 59, 64, 60, 40, 63, 64, 30, 31, 60, 31, 96, 64, 63, 64, 64, 44, 56, 42,
    64, 60, 86, 58, 60, 57, 47, 37, 47, 68,
];
/// Width of an en dash, the same way; everything else counts as wide as a Han character.
const EN_DASH_WIDTH: f32 = 0.55;
/// Characters that may not begin a line.
const NEVER_FIRST: &str = "，。、；：？！）》」』”’…—·–%）,.;:?!)";

/// The width of `text` in dots at a type size.
pub(super) fn width(text: &str, size: f32) -> f32 {
    text.chars().map(char_width).sum::<f32>() * size
}

fn char_width(c: char) -> f32 {
    let ascii = u32::from(c).checked_sub(32).and_then(|at| ASCII_WIDTHS.get(usize::try_from(at).ok()?));
    match (ascii, c) {
        (Some(hundredths), _) => f32::from(*hundredths) / 100.0,
        (None, '–') => EN_DASH_WIDTH,
        (None, _) => 1.0,
    }
}

/// The largest size from `size` down to `least` at which `text` is at most `room` dots wide; None: not even then.
pub(super) fn fit(text: &str, size: f32, least: f32, room: f32) -> Option<f32> {
    let wanted = text.lines().map(|it| width(it, 1.0)).fold(0.0, f32::max);
    let fitting = if wanted * size <= room { size } else { (room / wanted).floor() };
    (fitting >= least).then_some(fitting)
}

/// Breaks `text` into lines of at most `room` dots: where it says so, between words, between Han characters,
/// and inside a word only where the word alone is too wide. Nothing is left out.
pub(super) fn wrap(text: &str, size: f32, room: f32) -> Vec<String> {
    text.lines().flat_map(|it| wrap_line(it, size, room)).collect()
}

fn wrap_line(text: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if width(&line, size) + width(piece.trim_end(), size) > room && !line.trim().is_empty() {
            lines.push(std::mem::take(&mut line).trim().to_owned());
        }
        for c in piece.chars() {
            if width(&line, size) + char_width(c) * size > room && !c.is_whitespace() {
                lines.push(std::mem::take(&mut line).trim().to_owned());
            }
            line.push(c);
        }
    }
    lines.push(line.trim().to_owned());
    lines.retain(|it| !it.is_empty());
    lines
}

/// What is kept together: a word with the space after it, a Han character with the mark after it.
fn pieces(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for pair in chars.windows(2) {
        let ((_, before), (at, after)) = (pair[0], pair[1]);
        let within_word = before.is_ascii() && after.is_ascii() && before != ' ';
        let stays = within_word || after == ' ' || NEVER_FIRST.contains(after);
        if !stays {
            cuts.push(at);
        }
    }
    cuts.push(text.len());
    cuts.windows(2).map(|cut| &text[cut[0]..cut[1]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fits_keeps_its_size() {
        assert_eq!(fit("综合受理", 44.0, 30.0, 520.0), Some(44.0));
    }

    #[test]
    fn a_longer_text_becomes_smaller_but_never_too_small() {
        let name = "不动产登记与交易纳税一窗受理";
        assert_eq!(fit(name, 44.0, 30.0, 520.0), Some(37.0));
        assert_eq!(fit(&name.repeat(2), 44.0, 30.0, 520.0), None);
    }

    #[test]
    fn han_breaks_anywhere_but_not_before_a_mark() {
        assert_eq!(wrap("一二三四，五六", 10.0, 40.0), ["一二三", "四，五六"]);
    }

    #[test]
    fn english_breaks_between_words() {
        assert_eq!(wrap("Watch the screens", 20.0, 110.0), ["Watch the", "screens"]);
        assert_eq!(wrap("See on your phone how", 26.0, 239.0), ["See on your", "phone how"]);
    }

    #[test]
    fn a_word_that_is_too_wide_is_broken_rather_than_cut() {
        let lines = wrap("Donaudampfschifffahrt", 20.0, 100.0);
        assert!(lines.len() > 1 && lines.iter().all(|it| width(it, 20.0) <= 100.0), "{lines:?}");
        assert_eq!(lines.concat(), "Donaudampfschifffahrt");
    }

    #[test]
    fn nothing_is_left_out_of_mixed_text() {
        let text = "请在 1–3、6 号窗口附近等候 (East wing, 2F)";
        let kept = |it: &str| it.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(kept(&wrap(text, 28.0, 150.0).concat()), kept(text));
    }
}
