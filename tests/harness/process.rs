//! The real program, which can be killed.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::hub::Demo;

/// A `hub serve --demo` of its own.
pub struct HubProcess {
    child: Child,
    /// What it wrote for those who connect.
    pub demo: Demo,
}

impl HubProcess {
    /// Starts the program on an address over a data folder and waits until it answers.
    pub async fn start(data: &Path, listen: &str) -> Self {
        Self::start_over(data, listen, None).await
    }

    /// The same over a PostgreSQL database, given by its URL.
    pub async fn start_over(data: &Path, listen: &str, database: Option<&str>) -> Self {
        let _ = std::fs::remove_file(data.join("demo.json"));
        let child = Command::new(program())
            .args(["serve", "--demo", "--listen", listen, "--data"])
            .arg(data)
            .args(database.iter().flat_map(|url| ["--database", url]))
            .env("RUST_LOG", "warn")
            .stdout(Stdio::null())
            .spawn()
            .expect("the hub's program starts");
        let demo = Demo::read(data).await;
        Self { child, demo }
    }

    /// Kills it without a word (SIGKILL).
    pub fn kill(mut self) {
        self.child.kill().expect("the process is ours");
        self.child.wait().expect("it ends");
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for HubProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The `hub` that was built beside this test (`cargo build -p hub` makes it; `make test` does so first).
///
/// # Panics
/// If it is not there.
pub fn program() -> PathBuf {
    if let Some(named) = std::env::var_os("HALLCAST_BIN") {
        return named.into();
    }
    let test = std::env::current_exe().expect("the test's own file");
    let folder = test.ancestors().nth(2).expect("target/PROFILE/deps/test");
    let program = folder.join("hub");
    assert!(program.exists(), "{} is not there: run `cargo build -p hub` first", program.display());
    program
}
