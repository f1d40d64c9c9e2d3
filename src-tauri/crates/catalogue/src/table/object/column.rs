//! The columns of `relation_column` for the facts of that kind.

use model::snapshot::{ColumnDetail, Detail, Generated};

use super::row::{Binder, Facts};
use crate::CatalogueError;

pub(super) const COLUMNS: &[&str] = &[
    "ordinal",
    "type",
    "is_nullable",
    "default_value",
    "generation",
    "expression",
    "collation",
];

pub(super) fn bind(binder: &mut Binder<'_, '_>, facts: &ColumnDetail) -> rusqlite::Result<()> {
    let (generation, expression) = match &facts.generated {
        None => (None, None),
        Some(Generated::IdentityAlways) => (Some("identity_always"), None),
        Some(Generated::IdentityByDefault) => (Some("identity_by_default"), None),
        Some(Generated::Autoincrement) => (Some("autoincrement"), None),
        Some(Generated::Stored { expression }) => (Some("stored"), Some(expression)),
        Some(Generated::Virtual { expression }) => (Some("virtual"), Some(expression)),
    };
    binder.put(facts.ordinal)?;
    binder.put(&*facts.type_text)?;
    binder.put(facts.nullable)?;
    binder.text_if(facts.default.as_ref())?;
    binder.put(generation)?;
    binder.text_if(expression)?;
    binder.text_if(facts.collation.as_ref())
}

pub(super) fn read(facts: &mut Facts<'_, '_>) -> Result<Detail, CatalogueError> {
    let (ordinal, type_text) = (facts.get()?, facts.text()?);
    let (nullable, default) = (facts.get()?, facts.text_if()?);
    let (generation, expression) = (facts.text_if()?, facts.text_if()?);
    let generated = match (generation.as_deref(), expression) {
        (None, _) => None,
        (Some("identity_always"), _) => Some(Generated::IdentityAlways),
        (Some("identity_by_default"), _) => Some(Generated::IdentityByDefault),
        (Some("autoincrement"), _) => Some(Generated::Autoincrement),
        (Some("stored"), Some(expression)) => Some(Generated::Stored { expression }),
        (Some("virtual"), Some(expression)) => Some(Generated::Virtual { expression }),
        _ => return Err(CatalogueError::damaged("how a column's value comes about")),
    };
    let collation = facts.text_if()?;
    Ok(Detail::Column(ColumnDetail {
        ordinal,
        type_text,
        nullable,
        default,
        generated,
        collation,
    }))
}
