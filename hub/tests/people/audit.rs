//! The audit: complete, without names, and found out when it is changed.

use hub::people::Role;
use serde_json::{Value, json};

use crate::kit::{Asker, PASSWORD, Town, on_both};
use crate::setup::hall;

#[tokio::test]
async fn deeds_are_listed_newest_first_and_by_hall() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        for n in 0..4 {
            town.advance_s(1);
            let hall = (n % 2 == 0).then_some("h1");
            admin.post("/tokens", json!({"name": format!("t{n}"), "scopes": ["staff"], "hall": hall})).await.ok();
        }
        let all = admin.get("/audit").await.ok();
        let rows = all["rows"].as_array().unwrap();
        assert_eq!(rows[0]["what"], "token.made");
        assert_eq!(rows[0]["chain"], "node");
        assert_eq!(rows[1]["chain"], "hall:h1");
        assert_eq!(rows[1]["n"], 2);
        assert!(rows[0]["who"].as_str().unwrap().starts_with("person:"));
        let of_hall = admin.get("/audit?hall=h1&limit=1").await.ok();
        assert_eq!(of_hall["rows"].as_array().unwrap().len(), 1);
        let next = of_hall["next"].as_str().unwrap();
        let more = admin.get(&format!("/audit?hall=h1&limit=1&after={next}")).await.ok();
        assert_eq!(more["rows"][0]["n"], 1);
        for bad in ["after=x", "after=1.2", "limit=0", "hal=h1"] {
            assert_eq!(admin.get(&format!("/audit?{bad}")).await.status, 422, "{bad}");
        }
    })
    .await;
}

/// Two halls in which something was done, and who did it.
async fn two_halls(town: &Town) -> (Asker<'_>, String) {
    let id = town.person("admin", &[Role::Administrator]).await;
    let admin = town.sign_in("admin", PASSWORD).await;
    for name in ["h1", "h2"] {
        town.advance_s(1);
        hall(&admin, name).await;
    }
    for name in ["h1", "h2", "h1"] {
        town.advance_s(1);
        admin.post(&format!("/halls/{name}/commands"), json!({"do": "issue", "queue": "a"})).await.ok();
    }
    (admin, id)
}

/// Every row of a list, read in pages of so many.
async fn whole(who: &Asker<'_>, query: &str, limit: usize) -> Vec<(String, i64, String)> {
    let (mut rows, mut after) = (Vec::new(), String::new());
    loop {
        let page = who.get(&format!("/audit?limit={limit}{query}{after}")).await.ok();
        let found = page["rows"].as_array().unwrap();
        assert!(found.len() <= limit);
        let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
        rows.extend(found.iter().map(|it| (text(it, "chain"), it["n"].as_i64().unwrap(), text(it, "what"))));
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return rows,
        }
    }
}

#[tokio::test]
async fn one_list_holds_everything_with_the_moves_of_every_hall_in_one_order() {
    on_both(async |town: Town| {
        let (admin, _) = two_halls(&town).await;
        let all = whole(&admin, "", 500).await;
        for chain in ["node", "hall:h1", "hall:h2", "journal:h1", "journal:h2"] {
            assert!(all.iter().any(|it| it.0 == chain), "{chain}: {all:?}");
        }
        let newest: Vec<_> = all.iter().filter(|it| it.2 == "issued").map(|it| it.0.as_str()).collect();
        assert_eq!(newest, ["journal:h1", "journal:h2", "journal:h1"]);
        assert_eq!(all[0].2, "issued");
        for limit in [1, 2, 3, 7] {
            assert_eq!(whole(&admin, "", limit).await, all, "in pages of {limit}");
        }
        let of_h2: Vec<_> = all.iter().filter(|it| it.0.ends_with(":h2")).cloned().collect();
        assert_eq!(whole(&admin, "&hall=h2", 3).await, of_h2);
    })
    .await;
}

#[tokio::test]
async fn an_auditor_of_one_hall_reads_that_hall_also_without_naming_it() {
    on_both(async |town: Town| {
        let (admin, _) = two_halls(&town).await;
        let id = town.person("han", &[]).await;
        let roles = json!([{"role": "auditor", "hall": "h1"}]);
        admin.patch(&format!("/people/{id}"), json!({"roles": roles})).await.ok();
        let han = town.sign_in("han", PASSWORD).await;
        let theirs = whole(&han, "", 4).await;
        assert!(theirs.iter().all(|it| it.0 == "hall:h1" || it.0 == "journal:h1"), "{theirs:?}");
        assert_eq!(theirs, whole(&admin, "&hall=h1", 500).await);
        assert_eq!(han.get("/audit?hall=h2").await.status, 403);
        assert_eq!(han.get("/audit/verify").await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn the_list_is_searched_by_who_what_and_when() {
    on_both(async |town: Town| {
        let (admin, id) = two_halls(&town).await;
        let all = whole(&admin, "", 500).await;
        let issued = whole(&admin, "&what=issued", 2).await;
        assert_eq!(issued, all.iter().filter(|it| it.2 == "issued").cloned().collect::<Vec<_>>());
        assert_eq!(whole(&admin, "&what=setup.changed&hall=h1", 500).await.len(), 7);
        assert!(all.iter().all(|it| it.2 != "configured"), "a change of the setup is one deed: {all:?}");
        // The hub opened the days; the administrator did the rest.
        let by_hub = whole(&admin, "&who=hub", 500).await;
        assert!(by_hub.iter().any(|it| it.2 == "day") && by_hub.iter().all(|it| it.2 != "issued"), "{by_hub:?}");
        let mine = whole(&admin, &format!("&who=person:{id}"), 3).await;
        assert!(mine.iter().any(|it| it.2 == "issued") && mine.iter().any(|it| it.2 == "hall.added"));
        assert_eq!(mine.len() + by_hub.len(), all.len(), "{all:?}");
        assert_eq!(whole(&admin, "&who=token:nobody", 500).await, []);

        let rows = admin.get("/audit?what=issued").await.ok();
        let at = |row: usize| rows["rows"][row]["at"].as_str().unwrap().replace('+', "%2B");
        let from = whole(&admin, &format!("&what=issued&from={}", at(1)), 500).await;
        assert_eq!(from, issued[..2]);
        let until = whole(&admin, &format!("&what=issued&until={}", at(1)), 500).await;
        assert_eq!(until, issued[2..]);
        let order = format!("from={}&until={}", at(0), at(1));
        for (bad, field) in
            [("who=li", "who"), ("what=dancing", "what"), (order.as_str(), "until"), ("from=now", "query")]
        {
            assert_eq!(admin.get(&format!("/audit?{bad}")).await.fields(), [field], "{bad}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_move_tells_its_number_and_is_found_by_it() {
    on_both(async |town: Town| {
        let (admin, _) = two_halls(&town).await;
        let say = async |hall: &str, body: Value| {
            town.advance_s(1);
            admin.post(&format!("/halls/{hall}/commands"), body).await.ok()
        };
        for hall in ["h1", "h2"] {
            say(hall, json!({"do": "open_counter", "counter": "c1"})).await;
            say(hall, json!({"do": "call_next", "counter": "c1"})).await;
        }
        say("h1", json!({"do": "undo", "counter": "c1"})).await;
        say("h1", json!({"do": "pause_counter", "counter": "c1", "reason": "break"})).await;
        let notice = say("h2", json!({"do": "announce", "zones": [], "text": "二号门已开放"})).await;
        assert_eq!(notice["ticket"], Value::Null);
        let said = admin.get("/audit?what=announced").await.ok();
        assert_eq!(said["rows"][0]["detail"]["text"], "二号门已开放", "what was said is told with it");
        let rows = admin.get("/audit?hall=h1&limit=5").await.ok();
        let told: Vec<_> = rows["rows"].as_array().unwrap().iter().map(|it| (&it["what"], &it["detail"])).collect();
        assert_eq!(told[0], (&json!("counter"), &json!({"counter": "c1", "change": {"paused": {"reason": "break"}}})));
        assert_eq!(
            (told[1].0, &told[1].1["number"], &told[1].1["undone"]),
            (&json!("undone"), &json!("A001"), &json!("called"))
        );
        assert_eq!(told[2], (&json!("called"), &json!({"number": "A001", "counter": "c1"})));
        let called = admin.get("/audit?hall=h2&what=called").await.ok();
        assert_eq!(
            called["rows"][0]["detail"],
            json!({"number": "A001", "counter": "c1"}),
            "also without an undo beside it"
        );
        let text = rows.to_string();
        assert!(!text.contains("\"id\"") && !text.contains("visitor\":"), "no key and nobody's name: {text}");

        let of =
            async |query: &str| whole(&admin, query, 2).await.into_iter().map(|it| (it.0, it.2)).collect::<Vec<_>>();
        let row = |hall: &str, what: &str| (format!("journal:{hall}"), what.to_owned());
        let moves = ["undone h1", "called h2", "called h1", "issued h2", "issued h1"];
        let first = moves.map(|it| it.split_once(' ').map(|(what, hall)| row(hall, what)).unwrap());
        assert_eq!(of("&number=a001").await, first);
        assert_eq!(of("&number=A001&hall=h1&what=called").await, first[2..3]);
        assert_eq!(of("&number=A002").await, [row("h1", "issued")]);
        assert_eq!(of("&number=Z999").await, []);
    })
    .await;
}

#[tokio::test]
async fn a_row_that_was_changed_or_taken_out_is_found() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        for n in 0..3 {
            admin.post("/tokens", json!({"name": format!("t{n}"), "scopes": ["staff"], "hall": "h1"})).await.ok();
        }
        let found = admin.get("/audit/verify").await.ok();
        assert_eq!(found["ok"], true, "{found}");
        for (damage, at) in [
            ("UPDATE audit SET who = 'person:somebody' WHERE chain = 'hall:h1' AND n = 3", 3),
            ("DELETE FROM audit WHERE chain = 'hall:h1' AND n = 2", 2),
        ] {
            let mut tx = town.hub.db.begin().await.unwrap();
            match &mut tx {
                hub::store::Tx::Sqlite(it, ..) => sqlx::query(damage).execute(&mut **it).await.map(drop).unwrap(),
                hub::store::Tx::Postgres(it) => sqlx::query(damage).execute(&mut **it).await.map(drop).unwrap(),
            }
            tx.commit().await.unwrap();
            let found = admin.get("/audit/verify").await.ok();
            assert_eq!(found["ok"], false);
            let of_h1 = found["chains"].as_array().unwrap().iter().find(|it| it["chain"] == "hall:h1").unwrap();
            assert_eq!(of_h1["broken_at"], at, "{found}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_audit_holds_no_name_no_password_and_no_token() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        let person =
            json!({"login": "wangwei", "name": "王伟", "staff_no": "NO-0217", "password": "a heron by the lake"});
        let id = admin.post("/people", person).await.ok()["id"].as_str().unwrap().to_owned();
        admin.patch(&format!("/people/{id}"), json!({"name": "王小伟"})).await.ok();
        town.nobody().post("/session", json!({"login": "a heron by the lake", "password": "wangwei"})).await;
        let token = admin.post("/tokens", json!({"name": "t", "scopes": ["staff"]})).await.ok();
        // What is written; the names beside it are looked up for whoever reads it.
        let mut all = admin.get("/audit?limit=500").await.ok();
        let rows = all["rows"].as_array_mut().unwrap();
        assert!(rows.iter().any(|it| it["target_name"] == "王小伟"));
        rows.iter_mut().filter_map(Value::as_object_mut).for_each(|it| it.retain(|name, _| !name.ends_with("_name")));
        let all = all.to_string();
        // Words that no random id and no hash can hold by chance.
        for word in ["王", "wangwei", "heron", "NO-0217", "李娜", token["token"].as_str().unwrap()] {
            assert!(!all.contains(word), "{word}");
        }
    })
    .await;
}

#[tokio::test]
async fn auditors_and_administrators_read_it_and_nobody_else() {
    on_both(async |town: Town| {
        for role in Role::ALL {
            let who = town.signed_in(role.as_str(), &[*role]).await;
            let may = matches!(role, Role::Administrator | Role::Auditor);
            for path in ["/audit", "/audit?hall=h1", "/audit/verify"] {
                assert_eq!(who.get(path).await.status, if may { 200 } else { 403 }, "{role} {path}");
            }
        }
        assert_eq!(town.nobody().get("/audit").await.status, 401);
    })
    .await;
}
