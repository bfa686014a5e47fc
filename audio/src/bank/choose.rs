//! Which clips say a run of words: as few pieces as possible, and of those the ones whose neighbours were alike.
//!
//! A piece is a run of consecutive words of a clip. Every join costs; it costs less where the clips have a silence
//! anyway, and where the word beyond the join is the one that was spoken there too. The cheapest way through the whole
//! run is found, not the first that fits.

use super::atom::Atom;
use super::index::Index;
use super::manifest::{Clip, Spoken};
use crate::phrase::{About, Spot};

/// Longest run of words that is chosen at once.
pub const WORDS_MAX: usize = 120;
/// What a join costs.
const JOIN: u32 = 100;
/// What it costs less where a clip is silent there.
const BREATH: u32 = 20;
/// What another neighbour than in the clip costs.
const NEIGHBOUR: u32 = 12;
/// What a digit costs that was spoken elsewhere in its number: as last instead of first, and the like.
const SPOT: u32 = 25;
/// What a piece costs that was said about something else.
const ABOUT: u32 = 10;

/// What a piece of a list costs: its words were spoken in passing.
const LIST: u32 = 30;
/// More words than this are a list.
const LIST_WORDS: usize = 8;

/// A run of words of a clip.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    /// The clip.
    pub clip: usize,
    /// Its first word that is used.
    pub first: usize,
    /// As many words.
    pub count: usize,
}

/// The pieces that say these words; else the first word that no clip has.
pub fn choose(index: &Index, clips: &[Clip], atoms: &[Atom], about: About) -> Result<Vec<Piece>, String> {
    // Cheapest way from each word to the end.
    let mut best: Vec<Option<(u32, Piece)>> = vec![None; atoms.len()];
    let mut reachable = vec![false; atoms.len() + 1];
    let mut cost = vec![u32::MAX; atoms.len() + 1];
    (reachable[atoms.len()], cost[atoms.len()]) = (true, 0);
    for at in (0..atoms.len()).rev() {
        for &(clip, first) in index.places(&atoms[at]) {
            let words = &clips[clip].words;
            let alike = words[first..].iter().zip(&atoms[at..]).take_while(|(word, atom)| is_same(word, atom)).count();
            let mut spots = 0;
            for count in 1..=alike {
                spots += other_spot(&words[first + count - 1], &atoms[at + count - 1]);
                if !reachable[at + count] {
                    continue;
                }
                let piece = Piece { clip, first, count };
                let price = cost[at + count].saturating_add(spots + ends(words, atoms, at, piece) + JOIN)
                    + if clips[clip].about == about { 0 } else { ABOUT }
                    + if words.len() > LIST_WORDS { LIST } else { 0 };
                if price < cost[at] {
                    (cost[at], best[at], reachable[at]) = (price, Some((price, piece)), true);
                }
            }
        }
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        let Some((_, piece)) = best[at] else { return Err(lacking(index, atoms)) };
        pieces.push(piece);
        at += piece.count;
    }
    Ok(pieces)
}

/// The word that no clip has.
fn lacking(index: &Index, atoms: &[Atom]) -> String {
    atoms
        .iter()
        .find(|atom| index.places(atom).is_empty())
        .or(atoms.first())
        .map(|atom| atom.text.clone())
        .unwrap_or_default()
}

/// What the two ends of a piece cost.
fn ends(words: &[Spoken], atoms: &[Atom], at: usize, piece: Piece) -> u32 {
    let before = piece.first.checked_sub(1).map(|n| &words[n]);
    let after = words.get(piece.first + piece.count);
    let wanted_before = at.checked_sub(1).map(|n| &atoms[n]);
    let wanted_after = atoms.get(at + piece.count);
    let differs = |word: Option<&Spoken>, atom: Option<&Atom>| match (word, atom) {
        (Some(word), Some(atom)) => u32::from(!is_same(word, atom)) * NEIGHBOUR,
        (None, None) => 0,
        (Some(_), None) | (None, Some(_)) => NEIGHBOUR,
    };
    let breathes = |word: Option<&Spoken>| u32::from(word.is_none_or(|word| word.breath)) * BREATH;
    let saved = breathes(before) + breathes(words.get(piece.first + piece.count - 1).filter(|_| after.is_some()));
    (differs(before, wanted_before) + differs(after, wanted_after) + 2 * BREATH).saturating_sub(saved)
}

fn other_spot(word: &Spoken, atom: &Atom) -> u32 {
    let rank = |spot: Option<Spot>| match spot {
        None => 0,
        Some(Spot::Only) => 1,
        Some(Spot::First) => 2,
        Some(Spot::Middle) => 3,
        Some(Spot::Last) => 4,
    };
    match (rank(word.spot), rank(atom.spot)) {
        (a, b) if a == b => 0,
        (2, 3) | (3, 2) | (0, 1) | (1, 0) => SPOT / 2,
        _ => SPOT,
    }
}

/// The same word: Chinese by its syllable where both know it, English by its letters and asked-for phonemes.
pub fn is_same(word: &Spoken, atom: &Atom) -> bool {
    if word.sound.is_empty() || atom.sound.is_empty() {
        // Phonemes that were asked for are not to be had from a clip that was spoken without them.
        word.text == atom.text && (atom.sound.is_empty() || word.sound == atom.sound)
    } else {
        word.sound == atom.sound
    }
}
