//! The first message on the socket, from anybody: it never panics, and what is understood is the
//! same after it has been written and read once more.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::hello::{First, HELLO_BYTES_MAX};

fuzz_target!(|data: &[u8]| {
    if data.len() > HELLO_BYTES_MAX {
        return;
    }
    let Ok(first) = serde_json::from_slice::<First>(data) else { return };
    let written = serde_json::to_vec(&first).expect("what was read can be written");
    let again: First = serde_json::from_slice(&written).expect("what was written can be read");
    assert_eq!(first, again);
});
