//! Backup and restore, also from one database to the other.

use chrono::Duration;
use hub::backup;
use hub::folder::Folder;
use hub::halls::person::{Person, one_phone};
use hub::halls::{Asked, NewVisitor, visitor};

use crate::kit::{Place, call_next, h1, issue, on_both, on_postgres, open_counter, start, with_key};

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_brings_the_hall_back_with_a_new_epoch() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        let file = place.folder.path().join("b.jsonl");
        let first = node.ask(with_key(issue("A"), "k", "b")).await.unwrap();
        node.ask(open_counter("1")).await.unwrap();
        node.ask(call_next("1")).await.unwrap();
        let (fold, epoch) = (node.hall().await.fold.clone(), first.at.epoch);
        let rows = backup::write(node.db(), &file, false, start()).await.unwrap();
        assert!(rows > 5);
        node.issue("A").await;
        node.end().await;

        let folder = Folder::lock(place.folder.path()).unwrap();
        let done = backup::restore(&file, &folder, place.url.as_deref(), start()).await.unwrap();
        assert_eq!((done.rows, done.halls), (rows, 1));
        drop(folder);
        let node = place.node().await;
        let seen = node.hub.halls.seen(&h1()).await.unwrap();
        assert!(seen.hall.fold == fold, "the hall is what it was");
        assert_eq!(seen.epoch, (epoch + 1).max(start().timestamp()));
        assert_eq!(node.issue("A").await.ticket.unwrap().number, "A002");
        assert_eq!(node.ask(with_key(issue("A"), "k", "b")).await.unwrap(), first);
        node.journal().await;
        node.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_erased_after_the_backup_is_erased_again() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        let file = place.folder.path().join("b.jsonl");
        let person = Person { phone: one_phone("13800000001"), ..Person::default() };
        let asked = Asked { visitor: Some(NewVisitor::Person(person.clone())), ..issue("A") };
        node.ask(asked).await.unwrap();
        backup::write(node.db(), &file, false, start()).await.unwrap();
        let keys = node.hub.keys.clone();
        let found = visitor::find(node.db(), &keys, &person).await.unwrap();
        visitor::erase(node.db(), place.folder.path(), &found[0], start()).await.unwrap();
        node.end().await;

        let folder = Folder::lock(place.folder.path()).unwrap();
        let done = backup::restore(&file, &folder, place.url.as_deref(), start() + Duration::days(1)).await.unwrap();
        assert_eq!(done.erased, 1);
        drop(folder);
        let node = place.node().await;
        assert_eq!(visitor::find(node.db(), &keys, &person).await.unwrap(), []);
        assert_eq!(node.count("SELECT COUNT(*) FROM tickets WHERE visitor IS NOT NULL").await, 0);
        node.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_hub_moves_from_sqlite_to_postgres() {
    on_postgres(async |place: Place| {
        let small = Place::new(None).await;
        let node = small.with_hall().await;
        node.issue("A").await;
        let fold = node.hall().await.fold.clone();
        let file = small.folder.path().join("b.jsonl");
        backup::write(node.db(), &file, false, start()).await.unwrap();
        node.end().await;
        let folder = Folder::lock(place.folder.path()).unwrap();
        backup::restore(&file, &folder, place.url.as_deref(), start()).await.unwrap();
        drop(folder);
        let node = place.node().await;
        assert!(node.hall().await.fold == fold);
        assert_eq!(node.issue("A").await.ticket.unwrap().number, "A002");
        node.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_not_a_whole_backup_changes_nothing() {
    on_both(async |place: Place| {
        let node = place.with_hall().await;
        let file = place.folder.path().join("b.jsonl");
        node.issue("A").await;
        backup::write(node.db(), &file, false, start()).await.unwrap();
        node.issue("A").await;
        let fold = node.hall().await.fold.clone();
        if !place.is_postgres() {
            assert!(Folder::lock(place.folder.path()).is_err(), "a hub works in this folder");
        }
        node.end().await;
        let whole = std::fs::read_to_string(&file).unwrap();
        let folder = Folder::lock(place.folder.path()).unwrap();
        for damaged in [
            String::new(),
            "{}".into(),
            whole.replacen("\"hallcast_backup\":1", "\"hallcast_backup\":2", 1),
            whole.lines().take(4).map(|it| format!("{it}\n")).collect(),
            whole[..whole.len() - 3].to_owned(),
            whole.replacen("\n[", "\n[9", 1),
        ] {
            std::fs::write(&file, damaged).unwrap();
            assert!(backup::restore(&file, &folder, place.url.as_deref(), start()).await.is_err());
        }
        drop(folder);
        let node = place.node().await;
        assert!(node.hall().await.fold == fold);
        node.end().await;
    })
    .await;
}
