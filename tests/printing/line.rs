//! One slip to one printer: what comes out is the drawing, dot by dot; what does not is said.

use std::time::{Duration, Instant};

use hall::forecast::Estimate;
use hall::ticket::Language;
use hub::notify::printer::{Address, print};
use hub::slip::escpos::{self, Trouble};
use hub::slip::raster::Fonts;
use hub::slip::{Facts, Origin, Pair, Standing, draw, plain};
use tests::{Mood, TestPrinter};
use tokio::net::TcpListener;

fn facts() -> Facts {
    Facts {
        language: Language::Zh,
        origin: Origin {
            site: Pair::new("安和市政务服务中心", "Anhe Service Centre"),
            kiosk: Some("2 号取号机".into()),
            public_url: "https://hall.example".into(),
        },
        hall: Pair::new("一楼综合大厅", "Hall 1, ground floor"),
        department: Some(Pair::new("公安局", "Public security")),
        queue: Pair::new("综合受理", "General services"),
        number: "A037".into(),
        class: Some(Pair::new("老年优先", "Seniors first")),
        standing: Standing::Waiting { ahead: Some(12), wait: Some(Estimate { p50_s: 620, p90_s: 1_060 }) },
        counters: ["1", "2", "3", "6"].map(str::to_owned).to_vec(),
        counter_word: Pair::new("号窗口", "Counter"),
        places: vec![Pair::new("一楼东侧", "Ground floor, east")],
        missed: Pair::new("过号请到 1 号窗口恢复，当日有效", "Missed? Go to counter 1"),
        hint: Pair::default(),
        address: "https://hall.example/t/GQrrZBB0SJyj6gRbIbSqCA".into(),
        taken: "2025-11-24 10:39".into(),
        again: None,
    }
}

fn picture() -> hub::slip::raster::Picture {
    Fonts::open(None).picture(&draw(&facts())).expect("install fonts-noto-cjk")
}

async fn print_to(printer: &TestPrinter, bytes: &[u8]) -> Result<(), Trouble> {
    print(&printer.address().parse::<Address>().expect("an address"), bytes).await
}

#[tokio::test]
async fn the_paper_shows_the_drawing_dot_by_dot_and_its_code_leads_to_the_ticket() {
    let printer = TestPrinter::start(Mood::Well).await;
    let picture = picture();
    print_to(&printer, &escpos::raster(&picture)).await.expect("it prints");
    let papers = printer.wait_for(1).await;
    assert_eq!((papers[0].row_bytes, &papers[0].dots), (picture.row_bytes, &picture.bits));
    assert_eq!(papers[0].read_codes(), [facts().address]);
}

#[tokio::test]
async fn without_a_font_the_printer_writes_chinese_itself() {
    assert!(Fonts::none().picture(&draw(&facts())).is_none());
    let printer = TestPrinter::start(Mood::Well).await;
    print_to(&printer, &escpos::letters(&plain(&facts()))).await.expect("it prints");
    let paper = &printer.wait_for(1).await[0];
    for line in ["安和市政务服务中心", "综合受理", "A037", "老年优先", "前面等候: 12 人", "预计等待: 10–18 分"]
    {
        assert!(paper.lines.iter().any(|it| it == line), "{line} in {:?}", paper.lines);
    }
    assert_eq!(paper.codes, [facts().address]);
}

#[tokio::test]
async fn a_printer_that_cannot_says_why() {
    let printer = TestPrinter::start(Mood::PaperOut).await;
    for (mood, trouble) in [
        (Mood::PaperOut, Trouble::PaperOut),
        (Mood::CoverOpen, Trouble::CoverOpen),
        (Mood::Offline, Trouble::Offline),
        (Mood::Mute, Trouble::Silent),
    ] {
        printer.set(mood);
        assert_eq!(print_to(&printer, b"A037\n").await, Err(trouble), "{mood:?}");
    }
    assert!(printer.papers().is_empty(), "nothing was sent to it");
}

#[tokio::test]
async fn paper_that_ends_in_the_middle_is_noticed() {
    let printer = TestPrinter::start(Mood::EndsAfter(40_000)).await;
    assert_eq!(print_to(&printer, &escpos::raster(&picture())).await, Err(Trouble::PaperOut));
}

#[tokio::test]
async fn a_dead_printer_is_unreachable_at_once() {
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = format!("tcp://{}", free.local_addr().expect("its address"));
    drop(free);
    let begun = Instant::now();
    assert_eq!(print(&address.parse().expect("an address"), b"x").await, Err(Trouble::Unreachable));
    assert!(begun.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn a_line_that_is_half_open_swallows_no_slip() {
    let printer = TestPrinter::start(Mood::HalfOpen).await;
    let begun = Instant::now();
    assert_eq!(print_to(&printer, &escpos::raster(&picture())).await, Err(Trouble::Silent));
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_slow_printer_is_waited_for() {
    let printer = TestPrinter::start(Mood::Slow(30_000)).await;
    print_to(&printer, &escpos::raster(&picture())).await.expect("it prints in three seconds");
    assert_eq!(printer.wait_for(1).await.len(), 1);
}

#[tokio::test]
async fn a_printer_known_to_be_mute_is_trusted() {
    let printer = TestPrinter::start(Mood::Mute).await;
    let address = format!("{}?status=no", printer.address()).parse().expect("an address");
    assert_eq!(print(&address, &escpos::letters(&plain(&facts()))).await, Ok(()));
    assert_eq!(printer.wait_for(1).await.len(), 1);
}
