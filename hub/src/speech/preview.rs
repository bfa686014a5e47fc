//! What would be heard of a call or a text, whole: for who sets a hall up, and for `hub say`.

use audio::phrase::Part;
use audio::sound::{millis, samples, wav};
use audio::{Language, Sound};
use hall::setup::Speech as Manner;
use hall::{Setup, ticket};
use serde::Serialize;

use super::planner::{Call, Planner, Sentence};
use super::voices::{ByVoice, Voices};

/// Silence between two languages, milliseconds.
const LANGUAGE_GAP_MS: u32 = 400;

/// What would be heard.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = SpeechPreview)]
pub struct Preview {
    /// Each sentence that is said.
    pub said: Vec<SaidSentence>,
    /// Languages in which nobody has sounds for it.
    pub mute: Vec<MuteSentence>,
    /// All of it, milliseconds.
    pub length_ms: u32,
}

/// A sentence that is said.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SaidSentence {
    /// `zh` or `en`.
    pub language: String,
    /// As it is spoken.
    pub text: String,
    /// When it begins, milliseconds.
    pub from_ms: u32,
    /// Its parts.
    pub parts: Vec<SaidPart>,
}

/// A part of it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SaidPart {
    /// `ticket, place, words`.
    #[schema(value_type = String)]
    pub about: audio::phrase::About,
    /// As it is spoken.
    pub text: String,
    /// The words that nobody has sounds for, where others are spoken: a named counter that is on the screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<String>,
    /// The voice that speaks it.
    pub engine: String,
    /// When it begins, milliseconds.
    pub from_ms: u32,
    /// How long it lasts, milliseconds.
    pub length_ms: u32,
    /// What it is made of, by times within the part; each end is a join.
    pub made_of: Vec<Piece>,
}

/// A clip, or a word's phonemes.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Piece {
    /// A clip's name, or phonemes.
    pub what: String,
    /// Where it begins, milliseconds.
    pub from_ms: u32,
    /// Where it ends, milliseconds.
    pub to_ms: u32,
}

/// A sentence that is not said.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct MuteSentence {
    /// `zh` or `en`.
    pub language: String,
    /// As it would be spoken.
    pub text: String,
    /// Each voice, and why it says nothing.
    pub why: String,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub enum Wanted<'a> {
    /// A call.
    Call(Call<'a>),
    /// Free text.
    Text(&'a str, Option<ticket::Language>),
}

/// Speaks it as it would be heard; the sound begins with the chime, if one is asked for.
pub fn speak(
    planner: &Planner,
    voices: &Voices,
    setup: &Setup,
    manner: &Manner,
    wanted: &Wanted<'_>,
    chime: bool,
) -> (Preview, Sound) {
    let sentences = match wanted {
        Wanted::Call(call) => planner.sentences(setup, manner, *call),
        Wanted::Text(text, language) => planner.text(setup, text, *language).into_iter().collect(),
    };
    let mut all = Mixed { samples: Vec::new(), preview: Preview { said: Vec::new(), mute: Vec::new(), length_ms: 0 } };
    if chime {
        all.samples.extend_from_slice(&audio::chime::chime(audio::sound::RATE).samples);
    }
    for sentence in &sentences {
        all.say(voices, sentence);
    }
    if all.preview.said.is_empty() {
        // A chime alone is no preview.
        all.samples.clear();
    }
    all.preview.length_ms = millis(all.samples.len());
    (all.preview, Sound::new(all.samples))
}

/// The same as a file.
pub fn file(sound: &Sound) -> Result<Vec<u8>, crate::Error> {
    wav::write(sound).map_err(|cause| crate::Error::Broken(cause.to_string()))
}

struct Mixed {
    samples: Vec<f32>,
    preview: Preview,
}

impl Mixed {
    fn say(&mut self, voices: &Voices, sentence: &Sentence) {
        let language = sentence.phrase.language.as_str().to_owned();
        let spoken: Result<Vec<_>, _> = sentence
            .parts
            .iter()
            .map(|it| voices.speak_patiently(&it.part, it.rate_percent).map(|by| (&it.part, by)))
            .collect();
        let parts = match spoken {
            Ok(parts) => parts,
            Err(silence) => {
                let text = sentence.phrase.text_without_name();
                return self.preview.mute.push(MuteSentence { language, text, why: silence.to_string() });
            }
        };
        if !self.preview.said.is_empty() {
            self.silence(LANGUAGE_GAP_MS);
        }
        let from_ms = millis(self.samples.len());
        let heard = parts.iter().map(|(part, by)| by.instead.as_ref().unwrap_or(part).clone()).collect();
        let text = text_of(sentence.phrase.language, heard);
        let parts = parts.into_iter().map(|(part, by)| self.part(part, by)).collect();
        self.preview.said.push(SaidSentence { language, text, from_ms, parts });
    }

    fn part(&mut self, part: &Part, by: ByVoice) -> SaidPart {
        let from_ms = millis(self.samples.len());
        self.samples.extend_from_slice(&by.spoken.sound.samples);
        let length_ms = millis(by.spoken.sound.samples.len());
        self.silence(part.words.last().map_or(0, |it| it.pause_ms.into()));
        let piece = |it: audio::voice::Made| Piece { what: it.what, from_ms: it.from_ms, to_ms: it.to_ms };
        SaidPart {
            about: part.about,
            text: text_of(part.language, vec![by.instead.as_ref().unwrap_or(part).clone()]),
            instead_of: by.instead.as_ref().map(|_| text_of(part.language, vec![part.clone()])),
            engine: by.voice,
            from_ms,
            length_ms,
            made_of: by.spoken.made_of.into_iter().map(piece).collect(),
        }
    }

    fn silence(&mut self, ms: u32) {
        let more = self.samples.len() + samples(ms);
        self.samples.resize(more, 0.0);
    }
}

fn text_of(language: Language, parts: Vec<Part>) -> String {
    audio::Phrase { language, parts }.text_without_name()
}

/// Languages by their words.
pub fn language(word: &str) -> Option<Language> {
    [Language::Zh, Language::En].into_iter().find(|it| it.as_str() == word)
}
