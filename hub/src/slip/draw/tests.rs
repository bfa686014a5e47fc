//! What a drawn slip looks like, dot by dot, and what is never on it.

use hall::forecast::Estimate;
use hall::ticket::Language;

use super::super::facts::{Facts, Origin, Pair, Standing};
use super::super::raster::{Fonts, Picture};
use super::*;

fn facts() -> Facts {
    Facts {
        language: Language::Zh,
        origin: Origin {
            site: Pair::new("安和市政务服务中心", "Anhe Service Centre"),
            kiosk: Some("2 号取号机".into()),
            public_url: "https://hall.example".into(),
        },
        hall: Pair::new("一楼综合大厅", "Hall 1, ground floor"),
        department: None,
        queue: Pair::new("综合受理", "General services"),
        number: "A037".into(),
        class: Some(Pair::new("老年优先", "Seniors first")),
        standing: Standing::Waiting { ahead: Some(12), wait: Some(Estimate { p50_s: 620, p90_s: 1_060 }) },
        counters: ["1", "2", "3", "6"].map(str::to_owned).to_vec(),
        counter_word: Pair::new("号窗口", "Counter"),
        places: vec![Pair::new("一楼东侧，从南门进左转", "Ground floor, east")],
        missed: Pair::new("过号请到 1 号窗口恢复，当日有效", "Missed? Go to counter 1, today only"),
        hint: Pair::new("", ""),
        address: "https://hall.example/t/GQrrZBB0SJyj6gRbIbSqCA".into(),
        taken: "2025-11-24 10:39".into(),
        again: None,
    }
}

/// Every name as long as an administrator may make it.
fn long() -> Facts {
    let name = |zh: &str, en: &str| {
        let fill = |it: &str| it.chars().cycle().take(hall::setup::NAME_CHARS_MAX).collect::<String>();
        Pair::new(fill(zh), fill(en))
    };
    Facts {
        origin: Origin {
            site: name("安和市政务服务中心", "Anhe Service Centre "),
            kiosk: Some("东厅取号机".repeat(12)),
            ..facts().origin
        },
        hall: name("一楼综合大厅", "Hall one "),
        department: Some(name("自然资源和规划局", "Natural Resources ")),
        queue: name("不动产登记", "Real estate "),
        number: "AB12345".into(),
        class: Some(name("军人及家属优先", "Military families ")),
        standing: Standing::Waiting { ahead: Some(4_999), wait: Some(Estimate { p50_s: 80 * 60, p90_s: 110 * 60 }) },
        counters: (1..60).map(|n| (n * 2).to_string()).collect(),
        places: vec![name("东区等候区", "East "), name("西区等候区", "West ")],
        missed: name("过号请到服务台", "Ask at the counter "),
        hint: name("请留意屏幕", "Watch the screens "),
        again: Some("11:02".into()),
        ..facts()
    }
}

fn fonts() -> Fonts {
    let fonts = Fonts::open(None);
    assert!(fonts.has_han(), "install fonts-noto-cjk");
    fonts
}

fn picture(facts: &Facts) -> Picture {
    fonts().picture(&draw(facts)).expect("a picture")
}

/// Writes a picture where somebody can look at it, if they ask for it.
fn show(name: &str, picture: &Picture) {
    let Some(folder) = std::env::var_os("HALLCAST_TEST_PICTURES") else {
        return;
    };
    let mut file = format!("P4\n{} {}\n", picture.row_bytes * 8, picture.height()).into_bytes();
    file.extend(&picture.bits);
    std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pbm")), file).expect("a picture is written");
}

/// What the QR codes of a picture say.
fn codes(picture: &Picture) -> Vec<String> {
    let grey = |x, y| if picture.is_black(x, y) { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(picture.row_bytes * 8, picture.height(), grey);
    image.detect_grids().iter().map(|it| it.decode().expect("it can be read").1).collect()
}

fn columns(picture: &Picture) -> (usize, usize) {
    let dark = |x: &usize| (0..picture.height()).any(|y| picture.is_black(*x, y));
    let all = 0..picture.row_bytes * 8;
    (all.clone().find(dark).expect("something"), all.rev().find(dark).expect("something"))
}

/// Heights of the runs of rows that have black in them.
fn blocks(picture: &Picture) -> Vec<usize> {
    let mut runs = vec![0];
    for y in 0..picture.height() {
        let dark = (0..picture.row_bytes * 8).any(|x| picture.is_black(x, y));
        match (dark, runs.last_mut()) {
            (true, Some(run)) => *run += 1,
            (false, Some(0)) | (_, None) => {}
            (false, Some(_)) => runs.push(0),
        }
    }
    runs
}

#[test]
fn the_slip_of_an_ordinary_ticket() {
    let picture = picture(&facts());
    show("zh", &picture);
    let (left, right) = columns(&picture);
    assert!(left >= 8 && right < 568, "{left}..{right} keeps a margin");
    assert!((1_050..1_300).contains(&picture.height()), "about 15 cm: {}", picture.height());
    let number = blocks(&picture).into_iter().filter(|it| (140..=150).contains(it)).count();
    assert_eq!(number, 1, "the number is 142 dots high: {:?}", blocks(&picture));
}

#[test]
fn a_visitor_who_chose_english_reads_english_first() {
    let drawing = draw(&Facts { language: Language::En, ..facts() });
    show("en", &fonts().picture(&drawing).expect("a picture"));
    for said in
        ["Please wait near Counter 1–3, 6", "General services", "ahead of you", "Seniors first", "Scan to follow"]
    {
        assert!(drawing.svg.contains(said), "{said}");
    }
    assert!(!drawing.svg.contains("前面等候"));
    assert!(drawing.svg.contains(r#"xml:lang="zh-CN">综合受理</text>"#), "the queue's name stands below, in Chinese");
}

#[test]
fn the_longest_names_are_neither_cut_nor_over_the_edge() {
    for language in [Language::Zh, Language::En] {
        let facts = Facts { language, ..long() };
        let drawing = draw(&facts);
        let picture = fonts().picture(&drawing).expect("a picture");
        show(&format!("long-{language:?}"), &picture);
        let (left, right) = columns(&picture);
        assert!(left >= 6 && right < 570, "{left}..{right}");
        let words: String = drawing.svg.split(['<', '>']).filter(|it| !it.contains('=')).collect();
        let squeezed: String = words.chars().filter(|it| !it.is_whitespace()).collect();
        for pair in [&facts.origin.site, &facts.hall, &facts.queue, &facts.missed, &facts.hint, &facts.places[1]] {
            let name: String = pair.first(language).chars().filter(|it| !it.is_whitespace()).collect();
            assert!(squeezed.contains(&name) || squeezed.replace("/text", "").contains(&name), "{name} is whole");
        }
    }
}

#[test]
fn no_wait_known_is_a_dash_and_words() {
    let drawing = draw(&Facts { standing: Standing::Waiting { ahead: None, wait: None }, ..facts() });
    assert!(drawing.svg.contains("—") && drawing.svg.contains("等待时间暂时未知"));
}

#[test]
fn a_called_visitor_is_sent_to_the_counter() {
    let drawing = draw(&Facts { standing: Standing::At("3".into()), ..facts() });
    assert!(drawing.svg.contains("请到 3 号窗口") && !drawing.svg.contains("前面等候"));
}

#[test]
fn names_cannot_smuggle_markup_into_the_drawing() {
    let drawing = draw(&Facts { queue: Pair::new("<script>&\"", ""), ..facts() });
    assert!(drawing.svg.contains("&lt;script&gt;&amp;&quot;") && !drawing.svg.contains("<script>"));
}

#[test]
fn the_key_stands_in_the_code_only() {
    assert!(!draw(&facts()).svg.contains("GQrrZBB0SJyj6gRbIbSqCA"), "nobody reads the key over a shoulder");
}

#[test]
fn the_code_on_the_paper_leads_to_the_ticket() {
    assert_eq!(codes(&picture(&facts())), [facts().address]);
    assert_eq!(codes(&picture(&long())), [long().address]);
}

#[test]
fn a_very_long_address_still_fits_the_paper() {
    let address = format!("https://{}.example/t/GQrrZBB0SJyj6gRbIbSqCA", "hall-of-anhe.".repeat(20));
    let picture = picture(&Facts { address: address.clone(), ..facts() });
    show("long-address", &picture);
    assert_eq!(codes(&picture), [address]);
}

#[test]
fn where_to_wait_is_not_a_list_of_half_the_building() {
    let drawing = draw(&long());
    assert!(!drawing.svg.contains("118 号窗口") && drawing.svg.contains("请留意屏幕叫号"));
}
