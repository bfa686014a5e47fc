//! Small helps for rows: statements for many rows, words of enums, values kept as JSON text.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Rows in one statement. Few sizes, so that the database meets the same texts again and keeps them prepared;
/// the largest stays far below the 32,766 values that SQLite binds.
const SIZES: [usize; 4] = [64, 16, 4, 1];

/// Cuts rows into pieces of the few sizes above.
pub(super) fn pieces<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = SIZES.iter().find(|size| **size <= rows.len())?;
        let (piece, rest) = rows.split_at(*size);
        rows = rest;
        Some(piece)
    })
}

/// The word of an enum as it travels: `no_show`.
pub fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A value as JSON text.
pub fn to_text<T: Serialize>(value: &T) -> Result<String, sqlx::Error> {
    serde_json::to_string(value).map_err(|cause| sqlx::Error::Encode(Box::new(cause)))
}

/// A value from JSON text.
pub fn from_text<T: DeserializeOwned>(text: &str) -> Result<T, sqlx::Error> {
    serde_json::from_str(text).map_err(|cause| sqlx::Error::Decode(Box::new(cause)))
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn pieces_have_few_sizes_and_lose_nothing() {
        let rows: Vec<u32> = (0..150).collect();
        let sizes: Vec<usize> = pieces(&rows).map(<[u32]>::len).collect();
        assert_eq!(sizes, [64, 64, 16, 4, 1, 1]);
        assert_eq!(pieces(&rows).flatten().copied().collect::<Vec<_>>(), rows);
        assert_eq!(pieces::<u32>(&[]).count(), 0);
    }
}
