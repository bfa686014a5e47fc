//! A backup: the whole database at one moment, as lines of JSON that either database can take back.
//!
//! The first line says what is in it, then one line a row, the last line says how many there were. Keys of personal
//! data are files, not rows: they are never in a backup. The hub may go on working while one is written.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::Error;
use crate::store::Db;
use crate::store::whole::{self, Table};

mod restore;

pub use restore::{Restored, restore};

/// Version of the form of the file.
const FORM: u32 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    /// Version of the form.
    hallcast_backup: u32,
    /// The program that wrote it.
    program: String,
    /// When.
    made_at: DateTime<Utc>,
    /// The last stage of the database's tables.
    version: i64,
    /// Its tables, in the order in which they can be filled.
    tables: Vec<Table>,
}

/// A row: the number of its table in the head, and its values in the order of the columns.
#[derive(Debug, Serialize, Deserialize)]
struct Line(usize, Vec<Value>);

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
struct Tail {
    /// Rows before it.
    rows: u64,
}

/// Writes a backup; the file is there only when it is whole. Answers how many rows are in it.
///
/// A file that is there already stays, and is an error, unless it may be replaced.
pub async fn write(db: &Db, to: &Path, replace: bool, now: DateTime<Utc>) -> Result<u64, Error> {
    let failed = |cause: std::io::Error| Error::Broken(format!("{}: {cause}", to.display()));
    if to.exists() && !replace {
        let why = format!("{} is there already; choose another name, or add --replace", to.display());
        return Err(Error::Broken(why));
    }
    let mut name = to.as_os_str().to_owned();
    name.push(".partial");
    let partial = Path::new(&name);
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(partial).map_err(failed)?;
    let mut out = BufWriter::new(file);
    let mut tx = db.begin_reading().await?;
    let tables = whole::tables(&mut tx).await?;
    let head = Head {
        hallcast_backup: FORM,
        program: env!("CARGO_PKG_VERSION").into(),
        made_at: now,
        version: whole::version(&mut tx).await?,
        tables,
    };
    line(&mut out, &head).map_err(failed)?;
    let mut rows = 0;
    for (at, table) in head.tables.iter().enumerate() {
        whole::read(&mut tx, table, |values| {
            rows += 1;
            line(&mut out, &Line(at, values)).map_err(failed)
        })
        .await?;
    }
    tx.rollback().await?;
    line(&mut out, &Tail { rows }).map_err(failed)?;
    out.flush().map_err(failed)?;
    out.get_ref().sync_all().map_err(failed)?;
    std::fs::rename(partial, to).map_err(failed)?;
    Ok(rows)
}

fn line<T: Serialize>(out: &mut impl Write, value: &T) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// A backup being read.
struct Reading {
    lines: std::io::Lines<BufReader<File>>,
    head: Head,
    name: String,
}

impl Reading {
    fn open(from: &Path) -> Result<Self, Error> {
        let name = from.display().to_string();
        let file = File::open(from).map_err(|cause| Error::Broken(format!("{name}: {cause}")))?;
        let mut lines = BufReader::new(file).lines();
        let not_ours = || Error::Broken(format!("{name}: this is not a backup of a hub"));
        let first = lines.next().and_then(Result::ok).ok_or_else(not_ours)?;
        let head: Head = serde_json::from_str(&first).map_err(|_| not_ours())?;
        if head.hallcast_backup != FORM {
            return Err(Error::Broken(format!("{name}: made by another version ({}); use that one", head.program)));
        }
        Ok(Self { lines, head, name })
    }

    /// The next row; none after the last line, which must say how many there were.
    fn next(&mut self, seen: u64) -> Result<Option<Line>, Error> {
        let cut = || Error::Broken(format!("{}: the backup is not whole; it ends after row {seen}", self.name));
        let text = self.lines.next().ok_or_else(cut)?.map_err(|cause| Error::Broken(cause.to_string()))?;
        if let Ok(line) = serde_json::from_str::<Line>(&text) {
            return Ok(Some(line));
        }
        match serde_json::from_str::<Tail>(&text) {
            Ok(Tail { rows }) if rows == seen => Ok(None),
            Ok(_) | Err(_) => Err(cut()),
        }
    }
}
