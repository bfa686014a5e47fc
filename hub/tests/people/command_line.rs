//! `hub user`, `hub token` and `hub say`: beside a running hub, and before the first one.

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

#[tokio::test]
async fn a_backup_replaces_no_file_unasked_and_a_restore_without_keys_says_so() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let password = format!("{PASSWORD}\n");
    hub(folder.path(), &["user", "create", "--login", "boss", "--role", "administrator"], &password);
    let to = folder.path().join("b.jsonl").display().to_string();
    assert!(hub(folder.path(), &["backup", "--to", &to], "").status.success());
    let again = hub(folder.path(), &["backup", "--to", &to], "");
    assert!(!again.status.success() && said(&again).contains("--replace"), "{}", said(&again));
    assert!(hub(folder.path(), &["backup", "--to", &to, "--replace"], "").status.success());

    let back = hub(elsewhere.path(), &["restore", &to], "");
    let told = String::from_utf8_lossy(&back.stdout).into_owned();
    assert!(back.status.success() && told.contains("no keys of personal data"), "{told}{}", said(&back));
    let rights = std::fs::metadata(elsewhere.path().join("hallcast.db")).unwrap().permissions();
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&rights) & 0o777, 0o600);
}

#[tokio::test]
async fn a_hub_that_cannot_listen_leaves_no_folder_behind() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let config = Config { listen: taken.local_addr().unwrap(), ..Config::local(data.clone()) };
    let refused = Server::bind(config, Clock::System).await.map(drop).unwrap_err();
    assert!(refused.for_terminal().contains("cannot listen"), "{}", refused.for_terminal());
    assert!(!data.exists());
}

/// `hub say` with these words, beside those that it always needs; tells what it printed.
fn say(words: &[&str]) -> (Output, serde_json::Value) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.wav");
    let said = hub(folder.path(), &[&["say", "--out", out.to_str().unwrap()], words].concat(), "");
    let told = serde_json::from_slice(&said.stdout).unwrap_or_default();
    (said, told)
}

#[test]
fn what_no_ticket_counter_or_text_can_be_is_refused_with_its_limit() {
    let (long, number) = ("话".repeat(501), "7".repeat(300));
    for (words, line) in [
        (vec!["--ticket", "A0123456789"], "--ticket has 11 characters; it must have 1 to 10"),
        (vec!["--ticket", "A012", "--counter", &number], "--counter has 300 characters; it must have 1 to 8"),
        (vec!["--text", &long], "--text has 501 characters; it must have 1 to 500"),
        (vec!["--text", " "], "--text has 0 characters; it must have 1 to 500"),
        (vec!["--ticket", "\u{1b}[31m"], "--ticket has a control character in it"),
        (vec!["--ticket", "A012", "--counter", "3\u{7}"], "--counter has a control character in it"),
        (vec!["--text", "a\u{1b}b"], "--text has a control character in it"),
        (vec!["--ticket", "A012", "--rate", "-5"], "it must be 70 to 125 percent"),
        (vec!["--ticket", "A012", "--rate", "126"], "it must be 70 to 125 percent"),
    ] {
        let (output, told) = say(&words);
        assert!(!output.status.success() && told.is_null(), "{words:?}");
        assert!(said(&output).contains(line), "{words:?}: {}", said(&output));
    }
}

#[test]
fn what_is_told_is_what_is_heard_also_of_a_counter_that_no_voice_can_name() {
    let call = ["--ticket", "A012", "--counter", "会议室", "--language", "zh", "--no-chime"];
    let (output, told) = say(&call);
    assert!(output.status.success(), "{}", said(&output));
    let sentence = &told["said"][0];
    assert_eq!(sentence["text"], "请 A 零一二号到屏幕显示的窗口", "{told}");
    let place = sentence["parts"].as_array().unwrap().last().unwrap();
    assert_eq!((&place["text"], &place["about"]), (&"到屏幕显示的窗口".into(), &"place".into()));
    assert!(place["instead_of"].as_str().unwrap().contains("会议室"), "{place}");
    let (output, _) = say(&["--text", "😀"]);
    assert!(said(&output).contains("there is nothing in it that can be said"), "{}", said(&output));
}

#[test]
fn a_voice_that_was_asked_for_and_cannot_be_used_is_told_and_the_clips_speak() {
    let call = ["--ticket", "A012", "--counter", "3", "--language", "en", "--no-chime"];
    let empty = tempfile::tempdir().unwrap();
    let empty = empty.path().to_str().unwrap();
    for (option, folder, line) in [
        ("--recordings", "/nonsense", "hub: the recordings are not used: there is no recording in /nonsense"),
        ("--recordings", empty, "hub: the recordings are not used: there is no recording in "),
        (
            "--voice-pack",
            "/nonsense",
            "hub: the voice pack is not used: there is no voice pack in /nonsense: `make voice`",
        ),
        ("--voice-pack", empty, "hub: the voice pack is not used: there is no voice pack in "),
        (
            "--voice-command",
            "/nonsense {text}",
            "hub: the voice command was not asked: better voices have all the words",
        ),
    ] {
        let (output, told) = say(&[&call[..], &[option, folder]].concat());
        let lines = said(&output);
        assert!(output.status.success(), "{option}: {lines}");
        assert!(lines.contains(line) && lines.lines().count() == 1, "{option}: {lines}");
        let engine = told["said"][0]["parts"][0]["engine"].as_str().unwrap();
        assert!(engine.starts_with("clips"), "{engine}");
    }
    let text = ["--text", "Zyzzyva quokka", "--language", "en"];
    for (command, why) in [("/nonsense {text}", "/nonsense is not there"), ("false", ""), ("echo rubbish", "")] {
        let (output, _) = say(&[&text[..], &["--voice-command", command]].concat());
        let line = "hub: the voice command is not used: ";
        assert!(said(&output).contains(line) && said(&output).contains(why), "{command}: {}", said(&output));
    }
}
