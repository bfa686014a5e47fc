//! What a kiosk offers: names as they are typed, floors, what is left, and when it opens.

use hub::people::Role;
use serde_json::{Value, json};

use crate::kit::{Town, on_both};
use crate::setup::hall;

fn queue<'a>(offer: &'a Value, id: &str) -> &'a Value {
    offer["queues"].as_array().unwrap().iter().find(|it| it["id"] == id).unwrap()
}

fn ids(offer: &Value) -> Vec<&str> {
    offer["queues"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn queues_are_found_as_they_are_typed_and_sorted_by_use_or_letter() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let take = async |queue: &str| admin.post("/halls/h1/commands", json!({"do": "issue", "queue": queue})).await;
        take("b").await.ok();
        let offer = town.nobody().get("/halls/h1/offer").await.ok();
        assert_eq!(ids(&offer), ["b", "a"]);
        assert_eq!(offer["departments"][0]["letters"][0], "zrzyj");
        let b = queue(&offer, "b");
        let letters = b["letters"].as_array().unwrap();
        assert!(letters.contains(&json!("cqhj")) && letters.contains(&json!("zqhj")), "{letters:?}");
        assert!(b["pinyin"].as_array().unwrap().contains(&json!("chong qing hu ji")));
        assert_eq!((&b["taken"], &b["waiting"], &b["quota_left"]), (&json!(1), &json!(1), &json!(1)));
        assert_eq!((&b["state"], &b["opens_at"]), (&json!("open"), &json!(null)));
        assert_eq!(b["counters"], json!(["1", "2"]));
        take("b").await.ok();
        let offer = town.nobody().get("/halls/h1/offer").await.ok();
        assert_eq!((&queue(&offer, "b")["state"], &queue(&offer, "b")["quota_left"]), (&json!("full"), &json!(0)));
        admin.patch("/halls/h1/setup", json!({"sort": "letter"})).await.ok();
        let offer = town.nobody().get("/halls/h1/offer").await.ok();
        assert_eq!((ids(&offer), &offer["sort"]), (vec!["a", "b"], &json!("letter")));
    })
    .await;
}

#[tokio::test]
async fn a_kiosk_knows_where_it_cannot_give_a_ticket() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let put = async |id: &str, row: Value| admin.put(&format!("/halls/h1/queues/{id}"), row).await.ok();
        put("b", json!({"prefix": "B", "name": "户籍", "anonymous": false})).await;
        put("m", json!({"prefix": "M", "name": "取药", "pick_up": true})).await;
        let offer = town.nobody().get("/halls/h1/offer").await.ok();
        assert_eq!(ids(&offer), ["a", "b"], "numbers of a pick-up queue come from elsewhere");
        assert_eq!(
            (&queue(&offer, "a")["needs_visitor"], &queue(&offer, "b")["needs_visitor"]),
            (&json!(false), &json!(true))
        );
    })
    .await;
}

#[tokio::test]
async fn a_kiosk_offers_its_floor_where_floors_are_apart() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        let on = async |query: &str| {
            let offer = town.nobody().get(&format!("/halls/h1/offer{query}")).await.ok();
            ids(&offer).into_iter().map(str::to_owned).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(on("?floor=1").await, "a b");
        admin.patch("/halls/h1/setup", json!({"floors_apart": true})).await.ok();
        assert_eq!(on("?floor=1").await, "a");
        assert_eq!(on("?floor=2").await, "b");
        assert_eq!(on("?floor=9").await, "");
        assert_eq!(on("").await, "a b");
        let begun = town.nobody().post("/pairings", json!({"face": "kiosk"})).await.ok();
        let place = json!({"name": "二楼取号机", "face": "kiosk", "hall": "h1", "settings": {"floor": "2"}});
        let code = begun["code"].as_str().unwrap();
        let player = admin.post(&format!("/pairings/{code}/approve"), place).await.ok();
        assert_eq!(on(&format!("?player={}", player["id"].as_str().unwrap())).await, "b");
        assert_eq!(town.nobody().get("/halls/h1/offer?player=none").await.problem(), (404, "no_such"));
        assert_eq!(town.nobody().get("/halls/h1/offer?flor=1").await.fields(), ["query"]);
        assert_eq!(town.nobody().get("/halls/none/offer").await.problem(), (404, "no_such"));
    })
    .await;
}

#[tokio::test]
async fn a_queue_that_is_closed_says_when_it_opens() {
    on_both(async |town: Town| {
        let admin = town.signed_in("admin", &[Role::Administrator]).await;
        hall(&admin, "h1").await;
        // It is Monday, 09:00 in Shanghai.
        let period = |from: &str, until: &str| json!({"days": ["Mon", "Tue"], "from": from, "until": until});
        let hours = json!({"periods": [period("08:00:00", "08:30:00"), period("13:30:00", "17:00:00")]});
        let row = json!({"prefix": "A", "name": "不动产登记", "hours": hours});
        admin.put("/halls/h1/queues/a", row).await.ok();
        let offer = town.nobody().get("/halls/h1/offer").await.ok();
        let a = queue(&offer, "a");
        assert_eq!((&a["state"], &a["opens_at"]), (&json!("noon"), &json!("2026-03-02T05:30:00Z")));
        town.advance_s(8 * 3_600);
        let offer = town.nobody().get("/halls/h1/offer").await.ok();
        let a = queue(&offer, "a");
        assert_eq!((&a["state"], &a["opens_at"]), (&json!("closed"), &json!("2026-03-03T00:00:00Z")));
    })
    .await;
}
