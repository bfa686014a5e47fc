//! The hall speaks: what is said stands in the frame that has it said, its sounds are there before, and whoever is
//! silent is missed.

use serde_json::{Value, json};
use tests::{Api, TestHub, TestScreen};
use wire::Heard;

/// The player of the demo's screen, which has the hall's speaker.
fn player(hub: &TestHub) -> (String, Api) {
    let it = hub.demo.players.iter().find(|it| it.face == "screen").expect("a screen");
    (it.id.clone(), hub.api.with_token(&it.token))
}

/// A screen that has its board: what happens from now on it hears as frames.
async fn screen(hub: &TestHub, face: &str, token: Option<&str>) -> TestScreen {
    let mut it = TestScreen::follow(&hub.demo.url, &hub.demo.hall, face, token, json!({})).await;
    while !matches!(it.hear().await, Some(Heard::Board { .. })) {}
    it
}

/// The body of the next frame of a kind, as it travels.
async fn next(screen: &mut TestScreen, kind: &str) -> Value {
    let (_, frame) = screen.frame(|it| serde_json::to_value(it).expect("JSON").get(kind).is_some()).await;
    serde_json::to_value(frame).expect("JSON")[kind].clone()
}

fn keys(aloud: &Value) -> Vec<String> {
    let says = aloud["say"].as_array().expect("sentences");
    let parts = says.iter().flat_map(|it| it["parts"].as_array().expect("parts"));
    parts.map(|it| it["key"].as_str().expect("a key").to_owned()).collect()
}

#[tokio::test]
async fn a_call_tells_what_is_said_and_its_sounds_are_made_before() {
    let hub = TestHub::start().await;
    let (_, player) = player(&hub);
    let mut public = screen(&hub, "screen", None).await;
    let mut staff = screen(&hub, "wall", hub.api.token()).await;
    let ticket = hub.take('A').await;
    let ahead = format!("/halls/{}/phrases?ticket={}", hub.demo.hall, ticket["ref"]);
    let ahead = player.get(&ahead).await.ok()["rows"].clone();
    hub.counter(3).await.press("call_next").await.ok();

    let called = next(&mut public, "called").await;
    let aloud = &called["aloud"];
    assert_eq!(aloud["say"][0]["text"], "请 A 零零一号到三号窗口");
    assert_eq!(aloud["say"][1]["text"], "Number A zero zero one, please proceed to counter three");
    assert_eq!((aloud["repeat"].clone(), aloud["chime"].clone()), (json!(1), json!(true)));
    assert!(called["speak_at"].is_string());
    assert!(next(&mut staff, "called").await["aloud"].is_null(), "who sits at a desk speaks for nobody");

    let keys = keys(aloud);
    assert_eq!(keys.len(), 4, "in each language the ticket's part and the counter's");
    let known: Vec<_> = ahead.as_array().expect("rows").iter().map(|it| it["key"].as_str().expect("a key")).collect();
    assert!(known.contains(&keys[0].as_str()) && known.contains(&keys[2].as_str()), "{known:?} has not {keys:?}");
    for key in &keys {
        let said = player.get(&format!("/halls/{}/phrases/{key}", hub.demo.hall)).await;
        assert_eq!((said.status, said.headers["content-type"].to_str().ok()), (200, Some("audio/wav")), "{key}");
    }
    let all = player.get(&format!("/halls/{}/phrases", hub.demo.hall)).await.ok();
    let all: Vec<_> = all["rows"].as_array().expect("rows").iter().map(|it| it["key"].clone()).collect();
    assert!(keys.iter().all(|it| all.contains(&json!(it))), "also the counters' sounds can be had before");
    hub.stop().await;
}

#[tokio::test]
async fn sounds_are_for_who_has_a_speaker() {
    let hub = TestHub::start().await;
    let path = format!("/halls/{}/phrases", hub.demo.hall);
    assert_eq!(hub.api.nobody().get(&path).await.status, 401);
    let (_, player) = player(&hub);
    assert_eq!(player.get(&format!("{path}/0123456789abcdef0123456789abcdef")).await.status, 404);
    assert_eq!(player.get(&format!("{path}/..%2f..%2fkeys")).await.status, 404);
    assert_eq!(player.get(&format!("{path}?ticket=99999")).await.status, 404);
    hub.stop().await;
}

#[tokio::test]
async fn a_silent_queue_is_called_without_a_word() {
    let hub = TestHub::start().await;
    let setup = hub.api.get(&format!("/halls/{}/setup", hub.demo.hall)).await.ok();
    let mut queue = setup["queues"][0].clone();
    queue["silent"] = json!(true);
    hub.api.put(&format!("/halls/{}/queues/{}", hub.demo.hall, hub.demo.queues[0]), &queue).await.ok();
    let mut public = screen(&hub, "screen", None).await;
    hub.take('A').await;
    hub.take('B').await;
    let counter = hub.counter(1).await;
    counter.press("call_next").await.ok();
    assert!(next(&mut public, "called").await["aloud"].is_null());
    counter.press("no_show").await.ok();
    counter.press("call_next").await.ok();
    assert!(next(&mut public, "called").await["aloud"].is_object(), "the other queue is said");
    hub.stop().await;
}

#[tokio::test]
async fn who_comes_back_is_shown_old_calls_but_not_told_to_say_them() {
    let hub = TestHub::start().await;
    let mut first = screen(&hub, "screen", None).await;
    hub.take('A').await;
    let counter = hub.counter(1).await;
    let at = counter.press("call_next").await.ok()["at"].clone();
    next(&mut first, "called").await;
    drop(first);
    let hub = hub.restart().await;
    let follow = json!({"at": {"epoch": at["epoch"], "seq": at["seq"].as_i64().expect("a number") - 1}});
    let mut back = TestScreen::follow(&hub.demo.url, &hub.demo.hall, "screen", None, follow).await;
    assert!(next(&mut back, "called").await["aloud"].is_null());
    hub.stop().await;
}

#[tokio::test]
async fn sentences_of_a_queue_are_said_as_they_are_written_or_refused_with_the_place() {
    let hub = TestHub::start().await;
    let path = format!("/halls/{}/setup", hub.demo.hall);
    let setup = hub.api.get(&path).await.ok();
    let mut speech = setup["hall"]["speech"].clone();
    speech["zh"]["call"] = json!("{ticket}请到{place}");
    speech["yao"] = json!(true);
    speech["languages"] = json!(["zh"]);
    hub.api.patch(&path, &json!({"speech": speech})).await.ok();
    let mut public = screen(&hub, "screen", None).await;
    hub.take('A').await;
    hub.counter(2).await.press("call_next").await.ok();
    let said = next(&mut public, "called").await["aloud"]["say"].clone();
    assert_eq!(said[0]["text"], "A 零零幺号请到二号窗口");
    assert_eq!(said.as_array().map(Vec::len), Some(1));

    for (sentence, at) in [("请{tiket}", "character 2"), ("请{ticket", "character 2"), ("{rate 900|请}", "70 to 125")]
    {
        speech["zh"]["call"] = json!(sentence);
        let refused = hub.api.patch(&path, &json!({"speech": speech})).await;
        let error = &refused.body["errors"][0];
        assert_eq!((refused.status, error["field"].as_str()), (422, Some("speech.zh.call")), "{sentence}");
        assert!(error["why"].as_str().is_some_and(|it| it.contains(at)), "{error}");
    }
    hub.stop().await;
}

#[tokio::test]
async fn when_a_speaker_begins_its_zones_are_told_and_nobody_speaks_for_another() {
    let hub = TestHub::start().await;
    let (id, player) = player(&hub);
    let mut public = screen(&hub, "screen", None).await;
    let now = hub.clock().now();
    let began = |speaker: &str, seconds: i64| {
        let ends = now + chrono::Duration::seconds(seconds);
        json!({"hall": hub.demo.hall, "began": {"speaker": speaker, "ticket": 1, "zones": ["moon"], "begins": now, "ends": ends}})
    };
    let path = format!("/players/{id}/voice");
    assert_eq!(player.post(&path, &began("hall", 6)).await.status, 204);
    let told = loop {
        if let Some(Heard::Voice { voice, .. }) = public.hear().await {
            break serde_json::to_value(voice).expect("JSON");
        }
    };
    assert_eq!(told["began"]["speaker"], "hall");
    assert_eq!(told["began"]["zones"], json!([]), "the speaker's own zones count, not what was sent");
    assert_eq!(player.post(&path, &began("other", 6)).await.status, 422);
    assert_eq!(player.post(&path, &began("hall", 6_000)).await.status, 422);
    let kiosk = hub.demo.players.iter().find(|it| it.face == "kiosk").expect("a kiosk");
    assert_eq!(hub.api.with_token(&kiosk.token).post(&path, &began("hall", 6)).await.status, 403);
    hub.stop().await;
}

async fn alerts(hub: &TestHub, kind: &str) -> Vec<Value> {
    let all = hub.api.get(&format!("/halls/{}/alerts", hub.demo.hall)).await.ok();
    let ours = all["rows"].as_array().expect("rows").iter().filter(|it| it["kind"] == kind && it["state"] == "raised");
    ours.cloned().collect()
}

#[tokio::test]
async fn a_speaker_that_is_gone_raises_an_alert_until_it_is_back_and_what_was_not_said_is_counted() {
    let hub = TestHub::start().await;
    let (id, player) = player(&hub);
    let path = format!("/players/{id}/report");
    let report = |state: &str, stale: u32| {
        let speaker = json!({"id": "hall", "state": state, "spoken": 7, "dropped": {"stale": stale}});
        json!({"version": "9.9.9", "devices": ["spk_a"], "speakers": [speaker]})
    };
    assert_eq!(player.post(&path, &report("gone", 3)).await.status, 204);
    let open = alerts(&hub, "speaker").await;
    assert_eq!((open.len(), open[0]["subject"].clone(), open[0]["detail"].clone()), (1, json!("hall"), json!("gone")));
    let rows = hub.api.get("/players").await.ok();
    let row = rows["rows"].as_array().expect("rows").iter().find(|it| it["id"] == json!(id)).expect("the player");
    assert_eq!((row["version"].clone(), row["report"]["devices"].clone()), (json!("9.9.9"), json!(["spk_a"])));
    let test = format!("/halls/{}/speakers/hall/test", hub.demo.hall);
    let away = hub.api.post(&test, &json!({})).await;
    assert_eq!((away.status, &away.body["code"]), (409, &json!("offline")));
    let _ears = screen(&hub, "player", player.token()).await;
    let gone = hub.api.post(&test, &json!({})).await;
    assert_eq!((gone.status, &gone.body["code"]), (409, &json!("gone")), "nobody would hear it");
    assert_eq!(player.post(&path, &report("ok", 5)).await.status, 204);
    for (scope, status) in [("administrator", 202), ("supervisor", 202), ("operator", 403), ("staff", 403)] {
        let asked = json!({"name": scope, "scopes": [scope], "hall": hub.demo.hall});
        let made = hub.api.post("/tokens", &asked).await.ok();
        let asks = hub.api.with_token(made["token"].as_str().expect("a token"));
        assert_eq!(asks.post(&test, &json!({})).await.status, status, "{scope}");
    }
    assert_eq!(alerts(&hub, "speaker").await.len(), 0);
    let metrics = reqwest::get(format!("{}/metrics", hub.demo.url)).await.expect("metrics").text().await.expect("text");
    assert!(metrics.contains("hallcast_announcements_dropped_total{reason=\"stale\"}"), "{metrics}");
    for wrong in
        [json!({}), json!({"version": ""}), json!({"version": "1", "speakers": [{"id": "x", "state": "loud"}]})]
    {
        assert_eq!(player.post(&path, &wrong).await.status, 422, "{wrong}");
    }
    hub.stop().await;
}

#[tokio::test]
async fn a_call_that_no_speaker_says_is_marked() {
    let hub = TestHub::start().await;
    let mut public = screen(&hub, "screen", None).await;
    let (id, player) = player(&hub);
    let counter = hub.counter(3).await;
    let mut unheard = async || {
        hub.take('A').await;
        counter.press("call_next").await.ok();
        let called = next(&mut public, "called").await["aloud"]["unheard"].clone();
        counter.press("start").await.ok();
        counter.press("finish").await.ok();
        called
    };
    let page = screen(&hub, "screen", player.token()).await;
    assert_eq!(unheard().await, json!(null), "it is here, and nothing is known against it");
    for (state, marked) in
        [("gone", json!(true)), ("ok", json!(null)), ("untouched", json!(true)), ("silent", json!(true))]
    {
        let report = json!({"version": "1", "speakers": [{"id": "hall", "state": state}]});
        assert_eq!(player.post(&format!("/players/{id}/report"), &report).await.status, 204);
        assert_eq!(unheard().await, marked, "{state}");
    }
    assert_eq!(
        player
            .post(
                &format!("/players/{id}/report"),
                &json!({"version": "1", "speakers": [{"id": "hall", "state": "ok"}]})
            )
            .await
            .status,
        204
    );
    drop(page);
    let is_here =
        |rows: &Value| rows.as_array().expect("rows").iter().any(|it| it["id"] == *id && it["online"] == true);
    while is_here(&hub.api.get("/players").await.ok()["rows"]) {}
    hub.command("announce", json!({"zones": [], "text": "请注意"})).await.ok();
    assert_eq!(next(&mut public, "announced").await["aloud"]["unheard"], json!(true), "its player is away");
    hub.stop().await;
}

fn a_wav(seconds: u32) -> Vec<u8> {
    let samples = 24_000 * seconds;
    let mut bytes = Vec::new();
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(36 + samples * 2).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt ");
    bytes.extend_from_slice(&16_u32.to_le_bytes());
    bytes.extend_from_slice(&[1, 0, 1, 0]);
    bytes.extend_from_slice(&24_000_u32.to_le_bytes());
    bytes.extend_from_slice(&48_000_u32.to_le_bytes());
    bytes.extend_from_slice(&[2, 0, 16, 0]);
    bytes.extend_from_slice(b"data");
    bytes.extend_from_slice(&(samples * 2).to_le_bytes());
    let tone = |n: u32| (f64::from(n) * 440.0 / 24_000.0 * std::f64::consts::TAU).sin() * 8_000.0;
    #[expect(clippy::cast_possible_truncation, reason = "far within 16 bits")]
    (0..samples).for_each(|n| bytes.extend_from_slice(&(tone(n) as i16).to_le_bytes()));
    bytes
}

#[tokio::test]
async fn a_recorded_clip_is_announced_where_it_is_wanted() {
    let hub = TestHub::start().await;
    let path = format!("/halls/{}/clips", hub.demo.hall);
    let added = hub.api.post_raw(&format!("{path}?name=闭馆提醒"), "audio/wav", a_wav(2)).await.ok();
    assert_eq!(added["length_ms"], 2_000);
    let id = added["id"].as_str().expect("an id").to_owned();
    let mut public = screen(&hub, "screen", None).await;
    let fields = json!({"zones": [], "speakers": ["hall"], "clip": id, "repeat": 2, "emergency": true});
    hub.command("announce", fields).await.ok();
    let told = next(&mut public, "announced").await;
    assert_eq!((told["emergency"].clone(), told["speakers"].clone()), (json!(true), json!(["hall"])));
    let key = keys(&told["aloud"])[0].clone();
    let (_, player) = player(&hub);
    let sound = player.get(&format!("/halls/{}/phrases/{key}", hub.demo.hall)).await;
    assert_eq!(sound.status, 200);

    for wrong in [json!({"zones": [], "clip": "nothing"}), json!({"zones": [], "text": "x", "speakers": ["moon"]})] {
        assert_eq!(hub.command("announce", wrong.clone()).await.status, 422, "{wrong}");
    }
    for wrong in [b"no sound at all".to_vec(), a_wav(61), Vec::new(), a_wav(2)[..30].to_vec()] {
        assert_eq!(hub.api.post_raw(&format!("{path}?name=x"), "audio/wav", wrong).await.status, 422);
    }
    let huge = vec![0; 10 * 1024 * 1024 + 1];
    assert_eq!(hub.api.post_raw(&format!("{path}?name=x"), "audio/wav", huge).await.status, 413);
    assert_eq!(hub.api.delete(&format!("{path}/{id}")).await.status, 204);
    assert_eq!(hub.api.get(&path).await.ok()["rows"], json!([]));
    hub.stop().await;
}

#[tokio::test]
async fn a_text_that_is_announced_is_there_to_be_fetched_at_once() {
    let hub = TestHub::start().await;
    let mut public = screen(&hub, "screen", None).await;
    let (_, player) = player(&hub);
    for text in ["请注意，谢谢您的配合。", "Attention please, thank you for waiting."] {
        hub.command("announce", json!({"zones": [], "text": text})).await.ok();
        let told = next(&mut public, "announced").await;
        for key in keys(&told["aloud"]) {
            let sound = player.get(&format!("/halls/{}/phrases/{key}", hub.demo.hall)).await;
            assert_eq!(sound.status, 200, "{text}: {}", sound.body);
        }
    }
    hub.stop().await;
}

#[tokio::test]
async fn what_would_be_heard_can_be_heard_before() {
    let hub = TestHub::start().await;
    let path = format!("/halls/{}/say", hub.demo.hall);
    let said = hub.api.post(&path, &json!({"ticket": "A012", "counter": "3"})).await.ok();
    assert_eq!(said["said"][0]["text"], "请 A 零一二号到三号窗口");
    let part = &said["said"][0]["parts"][0];
    assert_eq!(part["about"], "ticket");
    assert!(part["made_of"].as_array().is_some_and(|it| !it.is_empty()), "{part}");
    assert!(said["length_ms"].as_u64().is_some_and(|it| it > 3_000), "{}", said["length_ms"]);
    assert!(said["wav"].as_str().is_some_and(|it| it.starts_with("UklGR")), "a WAV file");
    for (wrong, field) in [
        (json!({"counter": "99"}), "counter"),
        (json!({"queue": "Z"}), "queue"),
        (json!({"text": "长".repeat(501)}), "text"),
        (json!({"text": ""}), "text"),
        (json!({"ticket": "A".repeat(11)}), "ticket"),
        (json!({"speech": {"en": {"call": "{nothing}"}}}), "speech.en.call"),
    ] {
        let refused = hub.api.post(&path, &wrong).await;
        assert_eq!((refused.status, refused.body["errors"][0]["field"].as_str()), (422, Some(field)), "{wrong}");
    }
    let emoji = hub.api.post(&path, &json!({"text": "\u{1f600}\u{1f600}"})).await.ok();
    assert_eq!(emoji["said"], json!([]), "there is nothing in it to say");
    hub.stop().await;
}
