//! Answers that many addresses share: lists in pages, and the problems every address can answer with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

use crate::error::{Error, Problem};

/// Rows of a page unless more or fewer are asked for.
const PAGE_ROWS_DEFAULT: u32 = 100;
/// Most rows of a page.
pub const PAGE_ROWS_MAX: u32 = 500;

/// Which page of a list.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Rows at most, 1 to 500 (100 if not said).
    pub limit: Option<u32>,
    /// `next` of the page before.
    pub after: Option<String>,
}

impl Paging {
    /// How many rows.
    pub fn rows(&self) -> Result<i64, Error> {
        rows(self.limit)
    }
}

/// How many rows a limit means.
pub fn rows(limit: Option<u32>) -> Result<i64, Error> {
    match limit.unwrap_or(PAGE_ROWS_DEFAULT) {
        limit @ 1..=PAGE_ROWS_MAX => Ok(limit.into()),
        _ => Err(Error::bad("limit", format!("must be 1 to {PAGE_ROWS_MAX}"))),
    }
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Rows<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Send this as `after` for the next page; none = this was the last.
    pub next: Option<String>,
}

impl<T> Rows<T> {
    /// A list that is always whole.
    pub fn whole(rows: Vec<T>) -> Self {
        Self { rows, next: None }
    }
}

/// The problems that every address can answer with, for its description.
pub struct Problems;

impl utoipa::IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        const EACH: [(&str, &str); 11] = [
            ("400", "Not a request we can read"),
            ("401", "We do not know who is asking"),
            ("403", "Known, but not allowed"),
            ("404", "There is no such thing"),
            ("405", "Not possible at this address"),
            ("409", "Refused, with what stands in the way"),
            ("413", "Too large"),
            ("415", "Not JSON"),
            ("422", "Fields that do not fit"),
            ("429", "Too many tries; see Retry-After"),
            ("503", "Try again; see Retry-After"),
        ];
        let answer = |words| {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
            ResponseBuilder::new().description(words).content("application/problem+json", content).build()
        };
        EACH.iter().map(|(status, words)| ((*status).to_owned(), RefOr::T(answer(*words)))).collect()
    }
}

/// Makes sure that the problem document itself is described.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(Problem)))]
pub struct Described;

/// Tells a field that is not there from one that is `null`: `#[serde(default, deserialize_with = "given")]`.
pub fn given<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}
