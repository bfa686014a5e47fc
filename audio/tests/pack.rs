//! A voice pack that is missing, incomplete, damaged, of another version or no pack at all: a line that says what to do,
//! never a panic.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use audio::voice::Mute;
use audio::voice::kokoro::Kokoro;
use audio::voice::kokoro::pack::Pack;
use sha2::{Digest, Sha256};

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A pack whose checksums are right and whose contents are not what they are called.
fn pack(folder: &Path, library: &[u8]) {
    let files =
        [("model.onnx", &b"no model"[..]), ("lib.so", library), ("zh.bin", &[0; 1024]), ("lexicon.json", b"{}")];
    let mut sums = serde_json::Map::new();
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).unwrap();
        sums.insert(name.into(), sum(bytes).into());
    }
    let manifest = serde_json::json!({
        "version": 1, "name": "test", "licence": "none", "model": "model.onnx", "library": "lib.so", "lexicon": "lexicon.json",
        "voices": {"zh": {"file": "zh.bin", "rate_percent": 90}}, "files": sums,
    });
    std::fs::write(folder.join("pack.json"), manifest.to_string()).unwrap();
}

fn refused(damage: &dyn Fn(&Path)) -> String {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path(), b"no library");
    damage(folder.path());
    match Pack::open(folder.path()) {
        Ok(_) => panic!("it was opened"),
        Err(mute) => mute.to_string(),
    }
}

fn edit(folder: &Path, from: &str, to: &str) {
    let path = folder.join("pack.json");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_pack_with_a_fault_is_refused_and_the_line_says_what_to_do() {
    let has = |line: String, wanted: &str| {
        assert!(line.contains(wanted) && line.contains("make voice"), "{line:?} does not say {wanted:?}");
    };
    has(refused(&|folder| std::fs::remove_file(folder.join("pack.json")).unwrap()), "there is no voice pack in ");
    has(refused(&|folder| std::fs::write(folder.join("pack.json"), "{").unwrap()), "pack.json");
    has(refused(&|folder| std::fs::write(folder.join("pack.json"), vec![b' '; 70_000]).unwrap()), "too large");
    has(refused(&|folder| edit(folder, "\"version\":1", "\"version\":2")), "of version 2, this program needs 1");
    has(refused(&|folder| std::fs::write(folder.join("model.onnx"), b"an0ther").unwrap()), "its checksum is another");
    has(refused(&|folder| std::fs::remove_file(folder.join("zh.bin")).unwrap()), "zh.bin");
    has(refused(&|folder| edit(folder, "\"library\":\"lib.so\"", "\"library\":\"/etc/passwd\"")), "no checksum for it");
    has(refused(&|folder| edit(folder, "\"lib.so\":", "\"../lib.so\":")), "outside of its folder");
    assert!(matches!(Pack::open(Path::new("/nowhere")), Err(Mute::Failed(_))));
}

#[test]
fn a_library_that_is_none_is_a_line_and_not_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    // ELF by its first bytes, and nothing after them.
    pack(folder.path(), b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0");
    let mute = Kokoro::open(folder.path()).err().unwrap();
    assert!(matches!(&mute, Mute::Failed(line) if line.contains("neural voice")), "{mute}");
}
