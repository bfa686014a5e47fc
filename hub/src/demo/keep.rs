//! What stays the same over restarts: the demo's passwords and tokens, in `DIR/demo.keep`, which only its owner reads.
//!
//! Written before anything is made from it, so that a start that is cut short goes on with the same ones.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::hall::{COUNTERS, SCREEN};
use crate::error::Error;
use crate::people::Role;
use crate::people::credentials::chance_token;
use crate::people::second_proof::clear_code;
use crate::players::Face;

/// The file.
const KEEP_FILE: &str = "demo.keep";
/// Random characters of a password (50 bits).
const PASSWORD_CHARS: usize = 10;

/// The demo's people: login, name, number on the badge, role, and whether only in the demo hall.
const PEOPLE: [(&str, &str, &str, Role, bool); 9] = [
    ("admin", "管理员", "0001", Role::Administrator, false),
    ("supervisor", "赵主任", "0010", Role::Supervisor, true),
    ("staff", "王丽", "0101", Role::Staff, true),
    ("staff2", "陈强", "0102", Role::Staff, true),
    ("staff3", "周敏", "0103", Role::Staff, true),
    ("operator", "刘洋", "0201", Role::Operator, true),
    ("editor", "孙悦", "0301", Role::Editor, true),
    ("reviewer", "何静", "0302", Role::Reviewer, true),
    ("auditor", "马超", "0401", Role::Auditor, false),
];

/// What is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Keep {
    /// Everything was made from it.
    pub made: bool,
    /// A bearer token with every scope.
    pub token: String,
    /// People.
    pub users: Vec<User>,
    /// Players.
    pub players: Vec<Paired>,
}

/// A person of the demo.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// What they type.
    pub login: String,
    /// Their password.
    pub password: String,
    /// Their role.
    pub role: Role,
    /// Their name.
    pub name: String,
    /// Their number on badges.
    pub staff_no: String,
    /// Only in the demo hall, or everywhere.
    pub in_hall: bool,
}

/// A player of the demo.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Paired {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is drawn on it.
    pub face: Face,
    /// Its counter.
    pub counter: Option<String>,
    /// Its token.
    pub token: String,
}

impl Keep {
    /// Fresh passwords and tokens.
    pub fn fresh() -> Self {
        let user = |(login, name, staff_no, role, in_hall): (&str, &str, &str, Role, bool)| User {
            login: login.into(),
            password: format!("hall-{}", clear_code::<PASSWORD_CHARS>().to_lowercase()),
            role,
            name: name.into(),
            staff_no: staff_no.into(),
            in_hall,
        };
        let player = |id: &str, name: String, face: Face, counter: Option<&str>| Paired {
            id: id.into(),
            name,
            face,
            counter: counter.map(str::to_owned),
            token: chance_token(),
        };
        let mut players = vec![
            player(SCREEN, "大厅屏".into(), Face::Screen, None),
            player("kiosk-1", "1 号取号机".into(), Face::Kiosk, None),
        ];
        let strip =
            |it: &'static str| player(&format!("strip-{it}"), format!("{it} 号窗口条屏"), Face::Strip, Some(it));
        players.extend(COUNTERS.iter().copied().map(strip));
        Self { made: false, token: chance_token(), users: PEOPLE.into_iter().map(user).collect(), players }
    }

    /// What a folder keeps, if it does.
    pub fn read(folder: &Path) -> Result<Option<Self>, Error> {
        match std::fs::read(folder.join(KEEP_FILE)) {
            Ok(text) => Ok(Some(serde_json::from_slice(&text).map_err(|cause| broken(folder, &cause))?)),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(broken(folder, &cause)),
        }
    }

    /// Keeps it.
    pub fn write(&self, folder: &Path) -> Result<(), Error> {
        write_private(folder, KEEP_FILE, self)
    }
}

fn broken(folder: &Path, cause: &dyn std::fmt::Display) -> Error {
    Error::Broken(format!("{}: {cause}", folder.join(KEEP_FILE).display()))
}

/// Writes a file that only its owner reads: whole, or not at all.
pub fn write_private(folder: &Path, name: &str, what: &impl Serialize) -> Result<(), Error> {
    let (file, temporary) = (folder.join(name), folder.join(format!("{name}.new")));
    let failed = |cause: &dyn std::fmt::Display| Error::Broken(format!("{}: {cause}", file.display()));
    let text = serde_json::to_vec_pretty(what).map_err(|cause| failed(&cause))?;
    let write = || {
        // One that a killed hub left behind may have another mode.
        std::fs::remove_file(&temporary)
            .or_else(|cause| if cause.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(cause) })?;
        let mut open = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&temporary)?;
        open.write_all(&text)?;
        open.sync_all()?;
        std::fs::rename(&temporary, &file)
    };
    write().map_err(|cause| failed(&cause))
}
