//! The program at a terminal: a reader that goes away, and addresses that cannot be.

use std::io::Read as _;
use std::process::{Command, Stdio};

use tests::program;

#[test]
fn who_reads_only_the_beginning_is_told_no_panic() {
    let mut child = Command::new(program())
        .arg("openapi")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the hub's program starts");
    let mut beginning = [0_u8; 16];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut beginning).unwrap();
    drop(out);
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn an_address_that_cannot_be_is_refused_before_anything_begins() {
    let data = tempfile::tempdir().unwrap();
    for (option, wrong, advice) in
        [("--public-url", "notaurl", "https://hall.example"), ("--database", "mysql://db/hall", "postgres://")]
    {
        let folder = data.path().join("data");
        let ended = Command::new(program())
            .args(["serve", "--listen", "127.0.0.1:0", option, wrong, "--data"])
            .arg(&folder)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(!ended.status.success() && said.contains(advice), "{said}");
        assert!(!folder.exists(), "{option}");
    }
}
