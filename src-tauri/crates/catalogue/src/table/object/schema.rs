//! The columns of `schema` for the facts of that kind.

use model::snapshot::{Detail, SchemaDetail};

use super::row::{Binder, Facts};
use crate::CatalogueError;

pub(super) const COLUMNS: &[&str] = &["owner", "is_system"];

pub(super) fn bind(binder: &mut Binder<'_, '_>, facts: &SchemaDetail) -> rusqlite::Result<()> {
    binder.text_if(facts.owner.as_ref())?;
    binder.put(facts.system)
}

pub(super) fn read(facts: &mut Facts<'_, '_>) -> Result<Detail, CatalogueError> {
    Ok(Detail::Schema(SchemaDetail {
        owner: facts.text_if()?,
        system: facts.get()?,
    }))
}
