//! A template as text again: reading what is written here gives the same template.

use std::fmt;

use super::{Piece, Template};

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_pieces(&self.pieces, f)
    }
}

fn write_pieces(pieces: &[Piece], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    pieces.iter().try_for_each(|piece| match piece {
        Piece::Text(text) => write_text(text, f),
        Piece::Variable(variable) => write!(f, "{{{}}}", variable.as_str()),
        Piece::Pause(ms) => write!(f, "{{pause {ms}}}"),
        Piece::Rate(percent, inner) => {
            write!(f, "{{rate {percent}|")?;
            write_pieces(inner, f)?;
            f.write_str("}")
        }
        Piece::Spell(text) => {
            f.write_str("{spell|")?;
            write_text(text, f)?;
            f.write_str("}")
        }
        Piece::Sounded { sounds, text } => {
            let pinyin = sounds.iter().all(|sound| sound.ends_with(|c: char| c.is_ascii_digit()));
            write!(f, "{{{} {}|", if pinyin { "pinyin" } else { "say" }, sounds.join(" "))?;
            write_text(text, f)?;
            f.write_str("}")
        }
        Piece::Section(inner) => {
            f.write_str("[")?;
            write_pieces(inner, f)?;
            f.write_str("]")
        }
    })
}

fn write_text(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    text.chars().try_for_each(|c| {
        if super::parse::SIGNS.contains(&c) {
            f.write_str("\\")?;
        }
        write!(f, "{c}")
    })
}
