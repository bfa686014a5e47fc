//! What an administrator says: a file, environment variables, and options; the later ones win.

use std::path::{Path, PathBuf};

use clap::Parser;
use serde::Deserialize;

/// Largest share of a disk that phrases take by themselves, MiB.
const SHELF_MIB: u64 = 256;
/// Music is that much softer than its file, dB.
const MUSIC_DB: f32 = -12.0;
/// Kinds of files that are music.
const MUSIC_KINDS: [&str; 4] = ["wav", "flac", "ogg", "oga"];

/// The player of Hallcast: what the hall says is heard on this machine's speakers.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "display-client", version, about)]
pub struct Options {
    /// A file with the same settings (TOML): hub, folder, shelf_mib, [music] files, gain_db, speakers.
    #[arg(long, env = "HALLCAST_PLAYER_CONFIG")]
    pub config: Option<PathBuf>,
    /// Address of the hub, such as https://hall.example.
    #[arg(long, env = "HALLCAST_HUB")]
    pub hub: Option<String>,
    /// Where phrases are kept and, in player.json, who this player is.
    #[arg(long, env = "HALLCAST_PLAYER_FOLDER")]
    pub folder: Option<PathBuf>,
    /// The file with player and token, if it is not player.json in the folder.
    #[arg(long, env = "HALLCAST_PLAYER_TOKEN_FILE")]
    pub token_file: Option<PathBuf>,
    /// Largest size of the phrases on the disk, MiB.
    #[arg(long, env = "HALLCAST_PLAYER_SHELF_MIB")]
    pub shelf_mib: Option<u64>,
    /// Music between the calls: a file or a folder (WAV, FLAC, Ogg Vorbis). Can be given more than once.
    #[arg(long = "music", env = "HALLCAST_PLAYER_MUSIC", value_delimiter = ',')]
    pub music: Vec<PathBuf>,
    /// Play a test on one speaker, by its id at the hub or the name of its sound device, and end.
    #[arg(long, value_name = "SPEAKER")]
    pub check: Option<String>,
}

/// Everything settled.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// Address of the hub, without a slash at its end.
    pub hub: String,
    /// Where phrases are kept.
    pub folder: PathBuf,
    /// Who this player is.
    pub token_file: PathBuf,
    /// Largest size of the phrases on the disk, bytes.
    pub shelf_bytes: u64,
    /// Music between the calls.
    pub music: Music,
}

/// Music between the calls.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Music {
    /// Files and folders.
    pub files: Vec<PathBuf>,
    /// How loud, dB.
    pub gain_db: f32,
    /// Ids of the speakers that play it; empty = all.
    pub speakers: Vec<String>,
}

impl Default for Music {
    fn default() -> Self {
        Self { files: Vec::new(), gain_db: MUSIC_DB, speakers: Vec::new() }
    }
}

/// The file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    hub: Option<String>,
    folder: Option<PathBuf>,
    token_file: Option<PathBuf>,
    shelf_mib: Option<u64>,
    music: Music,
}

/// Settings that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    File(PathBuf, String),
    /// Nobody said where the hub is.
    #[error("say where the hub is: --hub http://HOST:PORT, or HALLCAST_HUB, or `hub` in the file")]
    NoHub,
    /// That is no address.
    #[error("{0} is no address of a hub: it begins with http:// or https:// and ends after the port")]
    Hub(String),
}

impl Config {
    /// Settles what was said.
    pub fn settle(options: &Options) -> Result<Self, Unusable> {
        let mut written = match &options.config {
            Some(file) => {
                let bad = |why: String| Unusable::File(file.clone(), why);
                let text = std::fs::read_to_string(file).map_err(|it| bad(it.to_string()))?;
                toml::from_str(&text).map_err(|it| bad(it.to_string()))?
            }
            None => Written::default(),
        };
        if !options.music.is_empty() {
            written.music.files.clone_from(&options.music);
        }
        let hub = options.hub.clone().or(written.hub).ok_or(Unusable::NoHub)?;
        let folder = options.folder.clone().or(written.folder).unwrap_or_else(|| "player-data".into());
        let token_file = options.token_file.clone().or(written.token_file);
        Ok(Self {
            hub: address(&hub)?,
            token_file: token_file.unwrap_or_else(|| folder.join("player.json")),
            folder,
            shelf_bytes: options.shelf_mib.or(written.shelf_mib).unwrap_or(SHELF_MIB) * 1_024 * 1_024,
            music: written.music,
        })
    }
}

/// An address of a hub: scheme, host, port, nothing else.
fn address(said: &str) -> Result<String, Unusable> {
    let bad = || Unusable::Hub(said.to_owned());
    let plain = said.trim().trim_end_matches('/');
    let host = plain.strip_prefix("http://").or_else(|| plain.strip_prefix("https://")).ok_or_else(bad)?;
    let fits = !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']);
    if fits { Ok(plain.to_owned()) } else { Err(bad()) }
}

impl Music {
    /// The files, folders opened one deep, in the order of their names.
    pub fn found(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for path in &self.files {
            if path.is_dir() {
                let inside = std::fs::read_dir(path).into_iter().flatten().flatten().map(|it| it.path());
                let mut inside: Vec<_> = inside.filter(|it| is_music(it)).collect();
                inside.sort();
                found.extend(inside);
            } else {
                found.push(path.clone());
            }
        }
        found
    }
}

fn is_music(path: &Path) -> bool {
    let kind = path.extension().and_then(|it| it.to_str()).map(str::to_lowercase);
    kind.is_some_and(|it| MUSIC_KINDS.contains(&it.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_win_over_the_file_and_the_rest_is_usual() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("player.toml");
        std::fs::write(&file, "hub = \"https://hall.example/\"\nshelf_mib = 7\n[music]\nfiles = [\"a.ogg\"]\n")
            .unwrap();
        let options = Options { config: Some(file), folder: Some("/var/x".into()), ..Options::default() };
        let config = Config::settle(&options).unwrap();
        assert_eq!(config.hub, "https://hall.example");
        assert_eq!(config.token_file, Path::new("/var/x/player.json"));
        assert_eq!((config.shelf_bytes, config.music.gain_db), (7 * 1_024 * 1_024, -12.0));
        let options = Options { hub: Some("http://127.0.0.1:8080".into()), music: vec!["b.wav".into()], ..options };
        let config = Config::settle(&options).unwrap();
        assert_eq!((config.hub.as_str(), config.music.files), ("http://127.0.0.1:8080", vec![PathBuf::from("b.wav")]));
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        let settle = |hub: &str| Config::settle(&Options { hub: Some(hub.into()), ..Options::default() });
        for hub in ["hall.example", "ftp://x", "http://", "http://x/y", "http://me@x", "http://a b"] {
            assert!(matches!(settle(hub), Err(Unusable::Hub(_))), "{hub}");
        }
        assert!(matches!(Config::settle(&Options::default()), Err(Unusable::NoHub)));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("player.toml");
        std::fs::write(&file, "volume = 11\n").unwrap();
        let said = Config::settle(&Options { config: Some(file), ..Options::default() }).unwrap_err().to_string();
        assert!(said.contains("volume") && said.contains("player.toml"), "{said}");
    }

    #[test]
    fn music_is_what_can_be_played_by_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.ogg", "a.WAV", "cover.jpg"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let music = Music { files: vec![folder.path().into(), "/x/c.flac".into()], ..Music::default() };
        let names: Vec<_> = music.found().iter().map(|it| it.file_name().unwrap().to_owned()).collect();
        assert_eq!(names, ["a.WAV", "b.ogg", "c.flac"]);
    }
}
