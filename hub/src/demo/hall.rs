//! The demo hall: queues A to D, counters 1 to 6, open around the clock, without any limit.

use hall::Setup;
use serde_json::{Value, json};

use crate::error::Error;
use crate::store::sites::Site;

/// Its id.
pub const HALL: &str = "demo";
/// Its counters.
pub const COUNTERS: [&str; 6] = ["1", "2", "3", "4", "5", "6"];
/// Its queues.
pub const QUEUES: [&str; 4] = ["A", "B", "C", "D"];
/// The player of its screen.
pub const SCREEN: &str = "screen-1";
/// The floor its kiosk stands on.
pub const FLOOR: &str = "1";

/// Its site.
pub fn site() -> Site {
    Site {
        id: "anhe".into(),
        parent: None,
        kind: "centre".into(),
        name: "安和市政务服务中心".into(),
        name_en: "Anhe Government Service Centre".into(),
        address: "安和市人民路 1 号".into(),
        time_zone: "Asia/Shanghai".into(),
        cutover_hour: 0,
    }
}

/// How it is set up.
pub fn setup() -> Result<Setup, Error> {
    let all: Vec<Value> = QUEUES.iter().map(|it| json!({"queue": it})).collect();
    let counters: Vec<Value> = COUNTERS
        .iter()
        .enumerate()
        .map(|(n, it)| json!({"id": it, "label": it, "zone": if n < 3 { "east" } else { "west" }, "queues": all}))
        .collect();
    let setup = json!({
        "hall": hall(),
        "zones": [
            {"id": "east", "name": "东侧等候区", "name_en": "East waiting area", "floor": FLOOR},
            {"id": "west", "name": "西侧等候区", "name_en": "West waiting area", "floor": FLOOR},
        ],
        "departments": [
            department("affairs", "行政审批局", "Administrative approvals"),
            department("estate", "自然资源局", "Natural resources"),
            department("social", "人力资源和社会保障局", "Human resources and social security"),
            department("business", "市场监督管理局", "Market regulation"),
        ],
        "classes": [
            {"id": "elder", "name": "老年人", "name_en": "Senior"},
            {"id": "disabled", "name": "残障人士", "name_en": "Disabled"},
            {"id": "pregnant", "name": "孕产妇", "name_en": "Expectant mother"},
            {"id": "military", "name": "军人优先", "name_en": "Military"},
            {"id": "green", "name": "绿色通道", "name_en": "Green channel", "self_service": false},
        ],
        "queues": [
            queue("A", "综合受理", "General affairs", "综合", "affairs",
                &["身份证办理", "居住证签注", "户口迁移", "婚姻登记预约", "公积金查询"]),
            queue("B", "不动产登记", "Real estate", "不动产", "estate",
                &["不动产首次登记", "不动产转移登记", "不动产抵押登记", "房屋产权证明"]),
            queue("C", "社会保障", "Social security", "社保", "social",
                &["社保卡办理", "养老保险参保", "医保异地备案", "失业金申领"]),
            queue("D", "企业登记", "Business registration", "企业", "business",
                &["企业开办一件事", "营业执照变更", "营业执照注销", "个体工商户登记"]),
        ],
        "counters": counters,
        // The page of the demo's screen speaks, once somebody has touched it.
        "speakers": [{"id": "hall", "name": "大厅扬声器", "name_en": "Hall speaker", "player": SCREEN, "output": "page"}],
    });
    serde_json::from_value(setup).map_err(|cause| Error::Broken(format!("the demo hall: {cause}")))
}

fn hall() -> Value {
    json!({
        "id": HALL, "name": "一楼综合大厅", "name_en": "Ground floor hall", "time_zone": "Asia/Shanghai",
        "mode": "manual",
        "missed_hint": "过号请到 1 号窗口说明", "missed_hint_en": "Missed your call? Please ask at counter 1",
        "slip_hint": "请在大厅等候，留意屏幕和广播", "slip_hint_en": "Please wait in the hall and watch the screens",
        "ticker": ["办理不动产登记请备齐身份证、房产证原件", "材料清单可在自助机扫码带走"],
        "reasons": [
            {"id": "busy", "name": "处理事务", "name_en": "Busy"},
            {"id": "away", "name": "暂时离开", "name_en": "Away"},
            {"id": "break", "name": "休息", "name_en": "Break"},
            {"id": "documents", "name": "补充材料", "name_en": "Fetching documents"},
            {"id": "copying", "name": "去复印", "name_en": "Making copies"},
            {"id": "paying", "name": "去缴费", "name_en": "Paying"},
            {"id": "wrong_queue", "name": "取错号", "name_en": "Wrong queue"},
            {"id": "visitor_asked", "name": "本人要求", "name_en": "At the visitor's wish"},
            {"id": "other", "name": "其他", "name_en": "Other"},
        ],
    })
}

fn department(id: &str, name: &str, name_en: &str) -> Value {
    json!({"id": id, "name": name, "name_en": name_en, "floor": FLOOR})
}

fn queue(letter: &str, name: &str, name_en: &str, short: &str, department: &str, matters: &[&str]) -> Value {
    json!({
        "id": letter, "prefix": letter, "name": name, "name_en": name_en, "short": short, "department": department,
        "floor": FLOOR, "matters": matters,
        // No limits of time in a demo: whoever tries it presses on.
        "recall_gap_s": 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_hall_that_an_administrator_could_have_made() {
        let setup = setup().unwrap();
        assert_eq!(crate::setup::check(&setup), []);
        assert!(
            setup.queues.iter().all(|it| it.hours.is_none() && it.quota.is_none() && it.open_per_visitor.is_none())
        );
        assert!(setup.queues.iter().all(|it| !it.check_in && it.wrap_up_s == 0 && it.anonymous));
        assert!(setup.counters.iter().all(|it| it.queues.len() == 4 && it.choose == hall::setup::Choose::LongestWait));
    }
}
