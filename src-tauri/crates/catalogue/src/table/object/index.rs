//! The columns of `relation_index` for the facts of that kind.

use model::snapshot::{Detail, IndexDetail};

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
    binder.json(&facts.parts)?;
    binder.text_if(facts.predicate.as_ref())?;
    binder.text_if(facts.definition.as_ref())
}

pub(super) fn read(facts: &mut Facts<'_, '_>) -> Result<Detail, CatalogueError> {
    Ok(Detail::Index(IndexDetail {
        method: facts.text()?,
        unique: facts.get()?,
        primary: facts.get()?,
        valid: facts.get()?,
        parts: facts.json()?,
        predicate: facts.text_if()?,
        definition: facts.text_if()?,
    }))
}
