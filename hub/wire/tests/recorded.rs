//! Replays recorded frames: the fold of each file is the board that was recorded with it. The pages replay the same
//! files against their own fold (`hub/web/test/recorded.test.ts`).

use serde::Deserialize;
use wire::frame::AnyFrame;
use wire::{At, Board, Part};

/// One line of a file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Part { part: PartText },
    Board { board: Board },
    Frame { at: At, frame: AnyFrame },
    Expect { expect: Board },
}

#[derive(Deserialize)]
struct PartText {
    zones: Vec<String>,
    counters: Vec<String>,
}

#[test]
fn recorded_frames_fold_to_the_recorded_boards() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frames");
    let mut files = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let (mut held, mut part, mut compared) = (Board::default(), Part::default(), 0);
        for (number, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            match serde_json::from_str(line).unwrap() {
                Line::Part { part: it } => part = Part { zones: it.zones, counters: it.counters },
                Line::Board { board } => held = board,
                Line::Frame { at, frame } => {
                    held.apply_any(at, &frame);
                    held.cut(&part);
                }
                Line::Expect { expect } => {
                    assert_eq!(held, expect, "{} line {}", path.display(), number + 1);
                    compared += 1;
                }
            }
        }
        assert!(compared > 1, "{} compares nothing", path.display());
        files += 1;
    }
    assert!(files >= 6, "there are recorded frames");
}
