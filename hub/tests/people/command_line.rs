//! `hub user` and `hub token`: beside a running hub, and before the first one.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use hub::clock::Clock;
use hub::{Config, Server};

use crate::kit::{PASSWORD, Town};

fn hub(data: &Path, words: &[&str], typed: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_hub"));
    program.args(words).arg("--data").arg(data).env_clear();
    let running = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut running = running.unwrap();
    // A program that refuses its options does not read on.
    let _ = running.stdin.take().unwrap().write_all(typed.as_bytes());
    running.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test]
async fn the_first_administrator_is_added_before_or_beside_the_hub() {
    let folder = tempfile::tempdir().unwrap();
    let password = format!("{PASSWORD}\n");
    let added = hub(folder.path(), &["user", "create", "--login", "boss", "--role", "administrator"], &password);
    assert!(added.status.success(), "{}", said(&added));
    let config = Config { flush: false, ..Config::local(folder.path().to_owned()) };
    let server = Server::bind(config, Clock::System).await.unwrap();
    let town = Town::of(server.hub().clone(), folder);
    let boss = town.sign_in("boss", PASSWORD).await;
    boss.post("/halls", serde_json::json!({"id": "h1", "name": "厅"})).await.ok();

    let words = ["user", "create", "--login", "li", "--name", "李娜", "--role", "staff@h1", "--role", "auditor"];
    let added = hub(town.folder(), &words, &password);
    assert!(added.status.success(), "{}", said(&added));
    let me = town.sign_in("li", PASSWORD).await.get("/me").await.ok();
    assert_eq!(me["name"], "李娜");
    assert_eq!(me["roles"], serde_json::json!([{"role": "auditor", "hall": null}, {"role": "staff", "hall": "h1"}]));

    let made =
        hub(town.folder(), &["token", "create", "--name", "pads", "--scopes", "staff,kiosk", "--hall", "h1"], "");
    let token = String::from_utf8(made.stdout).unwrap();
    let program = town.token(token.trim());
    assert_eq!(program.get("/halls/h1/setup").await.status, 200);
    assert_eq!(program.get("/people").await.status, 403);
    assert_eq!(town.deeds().await.iter().filter(|it| *it == "person.added").count(), 2);
}

#[test]
fn what_does_not_fit_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let user = ["user", "create", "--login", "boss", "--role"];
    for (words, typed, word) in [
        ([&user[..], &["root"]].concat(), PASSWORD, "administrator, supervisor"),
        ([&user[..], &["staff@nowhere"]].concat(), PASSWORD, "no hall nowhere"),
        ([&user[..], &["staff"]].concat(), "short", "at least 8"),
        ([&user[..], &["staff"]].concat(), "", "no password"),
        (vec!["token", "create", "--name", "x", "--scopes", "root"], "", "kiosk, player"),
        (vec!["token", "create", "--name", "x", "--scopes", "staff", "--hall", "nowhere"], "", "no hall nowhere"),
        (vec!["token", "create", "--name", "", "--scopes", "staff"], "", "name"),
    ] {
        let refused = hub(folder.path(), &words, typed);
        assert!(!refused.status.success(), "{words:?}");
        assert!(said(&refused).contains(word), "{words:?}: {}", said(&refused));
    }
}
