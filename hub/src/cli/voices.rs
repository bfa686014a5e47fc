//! Which voices speak: options that `hub serve` and `hub say` share.

use std::path::PathBuf;

use clap::Args;
use hub::speech::open::Options;

/// See the module; each can also come from the environment.
#[derive(Args)]
pub struct Voices {
    /// Folder of a voice pack (`make voice` fetches one); without it the shipped clips speak.
    #[arg(long, env = "HALLCAST_VOICE_PACK")]
    voice_pack: Option<PathBuf>,
    /// Folder of human recordings; a file is named after the words in it.
    #[arg(long, env = "HALLCAST_RECORDINGS")]
    recordings: Option<PathBuf>,
    /// Another speech engine: a program and its arguments, with {text}, {language} and {out} in them.
    #[arg(long, env = "HALLCAST_VOICE_COMMAND")]
    voice_command: Option<String>,
    /// Let espeak-ng speak Chinese where no better voice has the words; few will understand it.
    #[arg(long, env = "HALLCAST_ESPEAK_CHINESE")]
    espeak_chinese: bool,
}

impl Voices {
    /// As the hub takes them.
    pub fn options(self) -> Options {
        Options {
            pack: self.voice_pack,
            recordings: self.recordings,
            command: self.voice_command,
            espeak_zh: self.espeak_chinese,
        }
    }
}
