//! How a simulated hall is set up and how busy it is: drawn from the seed.

use hall::Setup;
use serde_json::{Value, json};

use super::chance::Dice;

/// Seconds of the simulated day in which visitors come.
pub const DAY_S: f64 = 8.0 * 3_600.0;

/// A hall and its day.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The setup.
    pub setup: Setup,
    /// Mean seconds between two arrivals.
    pub arrival_s: f64,
    /// Mean seconds of a service.
    pub service_s: f64,
}

impl Plan {
    /// A hall for so many visitors: rules, counters and load vary with the seed.
    pub fn draw(dice: &mut Dice, visitors: u32) -> Result<Self, serde_json::Error> {
        let arrival_s = DAY_S / f64::from(visitors.max(1));
        let service_s = f64::from(dice.between(120, 600));
        let load = f64::from(dice.between(60, 110)) / 100.0;
        let counters = ((service_s / arrival_s / load).ceil() as usize).clamp(2, 60);
        let queues = 1 + dice.below(4);
        let setup = json!({
            "hall": {
                "id": "simulated", "name": "模拟大厅", "name_en": "Simulated hall", "time_zone": "Asia/Shanghai",
                "mode": if dice.percent(25) { "automatic" } else { "manual" },
                "assign": if dice.percent(50) { "longest_idle" } else { "fewest_served" },
                "undo_s": dice.between(0, 60), "reasons": [{"id": "other", "name": "其他"}],
            },
            "zones": [{"id": "z1", "name": "一区"}, {"id": "z2", "name": "二区"}],
            "classes": [{"id": "elder", "name": "老年"}, {"id": "green", "name": "绿色通道"}],
            "queues": (0..queues).map(|it| queue(dice, it)).collect::<Vec<_>>(),
            "counters": (0..counters).map(|it| counter(dice, it, queues)).collect::<Vec<_>>(),
        });
        Ok(Self { setup: serde_json::from_value(setup)?, arrival_s, service_s })
    }
}

fn queue(dice: &mut Dice, index: usize) -> Value {
    let letter = char::from(b'A' + index as u8).to_string();
    let mut queue = json!({
        "id": letter, "prefix": letter, "name": format!("队列{letter}"),
        "zones": if dice.percent(40) { json!(["z1"]) } else if dice.percent(30) { json!(["z1", "z2"]) } else { json!([]) },
        "recalls": dice.between(1, 3), "recall_gap_s": dice.between(0, 10), "mix": dice.between(0, 3),
        "return_place": if dice.percent(30) { json!("head") } else if dice.percent(50) { json!("tail") } else { json!({"after": 2}) },
        "closing": if dice.percent(30) { "carry_over" } else { "unserved" },
        "park_at_counter": dice.percent(50), "check_in": dice.percent(15),
        "wrap_up_s": if dice.percent(20) { dice.between(5, 30) } else { 0 },
    });
    if dice.percent(30) {
        queue["call_timeout_s"] = json!(dice.between(60, 300));
    }
    if dice.percent(30) {
        queue["wait_bound_s"] = json!(dice.between(600, 3_600));
    }
    if dice.percent(10) {
        queue["quota"] = json!(dice.between(20, 100));
    }
    queue
}

fn counter(dice: &mut Dice, index: usize, queues: usize) -> Value {
    let all = (0..queues).map(|it| char::from(b'A' + it as u8).to_string());
    // The first counter serves everything, so that no queue is left without one.
    let served: Vec<Value> =
        all.filter(|_| index == 0 || dice.percent(80)).map(|queue| json!({"queue": queue})).collect();
    json!({
        "id": format!("c{}", index + 1), "label": (index + 1).to_string(), "queues": served,
        "choose": if dice.percent(50) { "longest_wait" } else { "preference" },
    })
}
