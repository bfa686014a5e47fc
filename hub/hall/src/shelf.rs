//! A map that is cheap to copy and cheap to change after copying.
//!
//! Every decision works on a copy of the hall. Keys are put on boards of a few dozen; a copy shares
//! all boards, and a change copies the one board it touches. Nothing here knows what is kept.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A key that knows on which board it lies. Boards in the order of their keys give ordered iteration.
pub trait Shelved: Ord + Clone {
    /// The number of its board.
    fn board(&self) -> i64;
}

/// See the module.
#[derive(Clone, Debug)]
pub struct Shelf<K: Shelved, V: Clone> {
    boards: BTreeMap<i64, Arc<BTreeMap<K, V>>>,
    len: usize,
}

impl<K: Shelved, V: Clone> Default for Shelf<K, V> {
    fn default() -> Self {
        Self { boards: BTreeMap::new(), len: 0 }
    }
}

impl<K: Shelved, V: Clone + PartialEq> PartialEq for Shelf<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

impl<K: Shelved, V: Clone> Shelf<K, V> {
    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.boards.get(&key.board())?.get(key)
    }

    /// Puts a value, and gives the one that was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let board = self.boards.entry(key.board()).or_default();
        let before = Arc::make_mut(board).insert(key, value);
        self.len += usize::from(before.is_none());
        before
    }

    /// Takes a value out.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let number = key.board();
        let board = self.boards.get_mut(&number)?;
        let gone = Arc::make_mut(board).remove(key)?;
        if board.is_empty() {
            self.boards.remove(&number);
        }
        self.len -= 1;
        Some(gone)
    }

    /// All keys and values, board by board.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.boards.values().flat_map(|board| board.iter())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }
}
