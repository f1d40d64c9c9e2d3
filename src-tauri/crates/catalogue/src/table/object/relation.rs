//! The columns of `relation` for the facts of tables and views of any sort.

use model::ObjectKind;
use model::snapshot::{Detail, RelationDetail, RelationName};

use super::row::{Binder, Facts};
use super::words::Word;
use crate::CatalogueError;

pub(super) const COLUMNS: &[&str] = &[
    "owner",
    "form",
    "partition_of_schema",
    "partition_of",
    "partition_key",
    "partition_bound",
    "definition",
];

pub(super) fn bind(binder: &mut Binder<'_, '_>, facts: &RelationDetail) -> rusqlite::Result<()> {
    let parent = facts.partition_of.as_ref();
    binder.text_if(facts.owner.as_ref())?;
    binder.put(facts.form.word())?;
    binder.text_if(parent.and_then(|parent| parent.schema.as_ref()))?;
    binder.text_if(parent.map(|parent| &parent.name))?;
    binder.text_if(facts.partition_key.as_ref())?;
    binder.text_if(facts.partition_bound.as_ref())?;
    binder.text_if(facts.definition.as_ref())
}

pub(super) fn read(kind: ObjectKind, facts: &mut Facts<'_, '_>) -> Result<Detail, CatalogueError> {
    let (owner, form) = (facts.text_if()?, facts.word()?);
    let (schema, name) = (facts.text_if()?, facts.text_if()?);
    let facts = RelationDetail {
        owner,
        form,
        partition_of: name.map(|name| RelationName { schema, name }),
        partition_key: facts.text_if()?,
        partition_bound: facts.text_if()?,
        definition: facts.text_if()?,
    };
    match kind {
        ObjectKind::Table => Ok(Detail::Table(facts)),
        ObjectKind::View => Ok(Detail::View(facts)),
        ObjectKind::MaterializedView => Ok(Detail::MaterializedView(facts)),
        ObjectKind::ForeignTable => Ok(Detail::ForeignTable(facts)),
        ObjectKind::Collection => Ok(Detail::Collection(facts)),
        _ => Err(CatalogueError::damaged("the kind of a table")),
    }
}
