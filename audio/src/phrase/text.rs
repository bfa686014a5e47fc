//! A phrase as it is read: 请 A 零一二号到三号窗口.

use super::{Mark, Phrase, Role, Word};
use crate::announcement::Language;

impl Phrase {
    /// As it is spoken, names included: for the voice's own report and the preview, never for a frame or a log.
    pub fn text(&self) -> String {
        self.written(|_| true)
    }

    /// As it is spoken, without any name: this is what frames and screens show.
    pub fn text_without_name(&self) -> String {
        self.written(|word| word.role != Role::Name)
    }

    fn written(&self, shows: impl Fn(&Word) -> bool) -> String {
        let mut text = String::new();
        let mut marked = None;
        for word in self.parts.iter().flat_map(|part| &part.words) {
            // The mark after a name that is not shown stays, unless there is one already.
            if !shows(word) {
                marked = marked.or(word.mark.filter(|_| !text.is_empty()));
                continue;
            }
            if let Some(mark) = marked.take() {
                text.push_str(mark.as_str(self.language));
            }
            if needs_space(&text, &word.text, self.language) {
                text.push(' ');
            }
            text.push_str(&word.text);
            marked = word.mark;
        }
        if let Some(mark) = marked.filter(|mark| mark.ends()) {
            text.push_str(mark.as_str(self.language));
        }
        text
    }
}

/// Chinese signs stand without spaces; letters and English words keep clear of all but full-width marks.
fn needs_space(before: &str, next: &str, language: Language) -> bool {
    let Some(last) = before.chars().last() else { return false };
    match language {
        Language::En => true,
        Language::Zh => {
            let latin = |c: char| c.is_ascii_alphanumeric();
            let is_mark = "，、：；。？！".contains(last);
            !is_mark && (latin(last) || next.starts_with(latin))
        }
    }
}

impl Mark {
    /// As it is written.
    pub fn as_str(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Comma => ("，", ","),
            Self::List => ("、", ","),
            Self::Colon => ("：", ":"),
            Self::Semicolon => ("；", ";"),
            Self::Stop => ("。", "."),
            Self::Question => ("？", "?"),
            Self::Exclamation => ("！", "!"),
        };
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// The silence that it asks for, milliseconds.
    pub fn pause_ms(self) -> u16 {
        match self {
            Self::List => 150,
            Self::Comma => 200,
            Self::Colon => 250,
            Self::Semicolon => 300,
            Self::Stop | Self::Question | Self::Exclamation => 400,
        }
    }

    /// Whether a sentence ends with it.
    pub fn ends(self) -> bool {
        match self {
            Self::Stop | Self::Question | Self::Exclamation => true,
            Self::Comma | Self::List | Self::Colon | Self::Semicolon => false,
        }
    }

    /// The mark that a sign is, if it is one.
    pub fn of(c: char) -> Option<Self> {
        match c {
            ',' | '，' | '—' | '–' => Some(Self::Comma),
            '、' => Some(Self::List),
            ':' | '：' => Some(Self::Colon),
            ';' | '；' => Some(Self::Semicolon),
            '.' | '。' | '\n' | '…' => Some(Self::Stop),
            '?' | '？' => Some(Self::Question),
            '!' | '！' => Some(Self::Exclamation),
            _ => None,
        }
    }
}

impl Word {
    /// It is the last: a mark that promises more goes, with its silence.
    pub(super) fn ends(&mut self) {
        if self.mark.is_some_and(|mark| !mark.ends()) {
            self.mark = None;
        }
        self.pause_ms = 0;
    }
}
