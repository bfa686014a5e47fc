//! Pairing: shows a code, waits for an administrator, keeps the token where only this program reads it.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

use crate::hub::{Hub, Pass, Trouble};

/// How often the hub is asked what became of it.
const ASK_EVERY: Duration = Duration::from_secs(3);
/// How long to wait for a hub that is away.
const AGAIN_AFTER: Duration = Duration::from_secs(5);

#[derive(Deserialize)]
struct Begun {
    code: String,
    secret: String,
}

#[derive(Deserialize)]
struct Mine {
    state: String,
    player: Option<String>,
    token: Option<String>,
}

/// The token cannot be read or kept.
#[derive(Debug, thiserror::Error)]
#[error("{0}: {1}")]
pub struct NoPass(String, String);

/// Who this player is, if that is known.
pub fn read(file: &Path) -> Result<Option<Pass>, NoPass> {
    let bad = |why: String| NoPass(file.display().to_string(), why);
    match std::fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|it| bad(it.to_string())),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(bad(cause.to_string())),
    }
}

/// Keeps it, readable for this program's user alone.
pub fn write(file: &Path, pass: &Pass) -> Result<(), NoPass> {
    let bad = |why: String| NoPass(file.display().to_string(), why);
    if let Some(folder) = file.parent().filter(|it| !it.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|it| bad(it.to_string()))?;
    }
    let text = serde_json::to_vec_pretty(pass).map_err(|it| bad(it.to_string()))?;
    let beside = file.with_extension("new");
    let _ = std::fs::remove_file(&beside);
    let mut open = std::fs::OpenOptions::new();
    let written = open.write(true).create_new(true).mode(0o600).open(&beside).and_then(|mut file| {
        file.write_all(&text)?;
        file.sync_all()
    });
    written.and_then(|()| std::fs::rename(&beside, file)).map_err(|it| bad(it.to_string()))
}

/// Shows a code (`show` gets each line) until an administrator approves it; begins again when nobody does in time.
pub async fn pair(hub: &Hub, mut show: impl FnMut(&str)) -> Result<Pass, Trouble> {
    loop {
        let begun = match hub.pairing(None).await {
            Ok(answer) => serde_json::from_value::<Begun>(answer).map_err(|it| Trouble::Odd(it.to_string()))?,
            Err(Trouble::Away(why)) => {
                show(&format!("the hub at {} is not reached ({why}); trying again", hub.base()));
                tokio::time::sleep(AGAIN_AFTER).await;
                continue;
            }
            Err(trouble) => return Err(trouble),
        };
        let (front, back) = begun.code.split_at_checked(begun.code.len() / 2).unwrap_or((&begun.code, ""));
        show(&format!("pairing code: {front} {back}   (in the administration of {}: players)", hub.base()));
        if let Some(pass) = wait(hub, &begun.secret, &mut show).await? {
            return Ok(pass);
        }
    }
}

/// None when nobody decided in time.
async fn wait(hub: &Hub, secret: &str, show: &mut impl FnMut(&str)) -> Result<Option<Pass>, Trouble> {
    loop {
        tokio::time::sleep(ASK_EVERY).await;
        let mine: Mine = match hub.pairing(Some(secret)).await {
            Ok(answer) => serde_json::from_value(answer).map_err(|it| Trouble::Odd(it.to_string()))?,
            Err(Trouble::Away(_)) => continue,
            Err(Trouble::Missing(_)) => return Ok(None),
            Err(trouble) => return Err(trouble),
        };
        match (mine.state.as_str(), mine.player, mine.token) {
            ("approved", Some(player), Some(token)) => return Ok(Some(Pass { player, token })),
            ("approved", ..) => return Err(Trouble::Odd("that this pairing's token was fetched before".into())),
            ("refused", ..) => return Err(Trouble::Refused),
            ("expired", ..) => {
                show("nobody approved the code in time; here is another");
                return Ok(None);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn the_token_is_kept_for_this_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/player.json");
        assert!(read(&file).unwrap().is_none());
        let pass = Pass { player: "p".into(), token: "secret".into() };
        write(&file, &pass).unwrap();
        write(&file, &pass).unwrap();
        assert!(read(&file).unwrap() == Some(pass));
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&file, "{}").unwrap();
        assert!(read(&file).err().unwrap().to_string().contains("player.json"));
    }
}
