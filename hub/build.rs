//! Makes a release build notice new pages, which are embedded in it. Never builds them: `make web` does.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // A debug build reads the pages from the folder while it runs.
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo:rerun-if-changed=web/dist");
    }
}
