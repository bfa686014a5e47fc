//! The tidy test: the house rules that a compiler cannot keep.
//!
//! It reads the sources as text and as syntax, never runs them, and each rule answers with
//! `file:line` and what to do. Every rule also proves on a made-up tree that it can fail.
//! Deliberate exceptions stand in `exceptions.txt`, each with its reason.

mod dependencies;
mod edges;
mod exceptions;
mod leftovers;
mod length;
mod licence;
mod migrations;
mod module_docs;
mod names;
mod requirements;
mod synonyms;
mod tree;
