//! The columns of `relation_index` for the facts of that kind.

use std::ops::Not;

use model::Text;
use model::snapshot::{Detail, IndexDetail, IndexPart};
use serde::{Deserialize, Serialize, Serializer};

use super::row::{Binder, Facts};
use crate::CatalogueError;

pub(super) const COLUMNS: &[&str] = &[
    "method",
    "is_unique",
    "is_primary",
    "is_valid",
    "parts",
    "predicate",
    "definition",
];

pub(super) fn bind(binder: &mut Binder<'_, '_>, facts: &IndexDetail) -> rusqlite::Result<()> {
    binder.put(&*facts.method)?;
    binder.put(facts.unique)?;
    binder.put(facts.primary)?;
    binder.put(facts.valid)?;
    binder.json(&facts.parts.iter().map(Part).collect::<Vec<_>>())?;
    binder.text_if(facts.predicate.as_ref())?;
    binder.text_if(facts.definition.as_ref())
}

pub(super) fn read(facts: &mut Facts<'_, '_>) -> Result<Detail, CatalogueError> {
    let (method, unique, primary) = (facts.text()?, facts.get()?, facts.get()?);
    let (valid, parts) = (facts.get()?, facts.json::<Vec<KeptPart>>()?);
    Ok(Detail::Index(IndexDetail {
        method,
        unique,
        primary,
        valid,
        parts: parts.into_iter().map(|part| part.0).collect(),
        predicate: facts.text_if()?,
        definition: facts.text_if()?,
    }))
}

/// How a part is kept: most say little more than their column.
#[derive(Serialize, Deserialize)]
#[serde(remote = "IndexPart")]
struct Kept {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    column: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expression: Option<Text>,
    #[serde(default, skip_serializing_if = "Not::not")]
    included: bool,
    #[serde(default, skip_serializing_if = "Not::not")]
    descending: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nulls_first: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    collation: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prefix: Option<u32>,
}

/// A part on its way in.
struct Part<'p>(&'p IndexPart);

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Kept::serialize(self.0, serializer)
    }
}

/// A part on its way out.
#[derive(Deserialize)]
struct KeptPart(#[serde(with = "Kept")] IndexPart);
