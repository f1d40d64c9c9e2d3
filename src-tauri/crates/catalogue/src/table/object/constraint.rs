//! The columns of `relation_constraint` for the facts of keys and constraints;
//! each kind uses those that it has.

use model::ObjectKind;
use model::snapshot::{
    CheckDetail, Deferral, Detail, ExclusionDetail, ForeignKeyDetail, KeyDetail, RelationName,
};

use super::row::{Binder, Facts};
use super::words::Word;
use crate::CatalogueError;

pub(super) const COLUMNS: &[&str] = &[
    "columns",
    "expression",
    "index_name",
    "deferral",
    "is_validated",
    "referenced_schema",
    "referenced_table",
    "referenced_columns",
    "on_update",
    "on_delete",
    "match_type",
];

/// How many of the columns speak of the table referred to; they come last.
const REFERENCE: usize = 6;

pub(super) fn bind(binder: &mut Binder<'_, '_>, detail: &Detail) -> rusqlite::Result<()> {
    match detail {
        Detail::PrimaryKey(facts) | Detail::Unique(facts) => {
            binder.json(&facts.columns)?;
            binder.null()?;
            binder.text_if(facts.index.as_ref())?;
            binder.put(facts.deferral.word())?;
            binder.null()?;
            binder.nulls(REFERENCE)
        }
        Detail::Check(facts) => {
            binder.null()?;
            binder.put(&*facts.expression)?;
            binder.nulls(2)?;
            binder.put(facts.validated)?;
            binder.nulls(REFERENCE)
        }
        Detail::Exclusion(facts) => {
            binder.null()?;
            binder.put(&*facts.definition)?;
            binder.text_if(facts.index.as_ref())?;
            binder.put(facts.deferral.word())?;
            binder.null()?;
            binder.nulls(REFERENCE)
        }
        Detail::ForeignKey(facts) => {
            binder.json(&facts.columns)?;
            binder.nulls(2)?;
            binder.put(facts.deferral.word())?;
            binder.put(facts.validated)?;
            binder.text_if(facts.references.schema.as_ref())?;
            binder.put(&*facts.references.name)?;
            binder.json(&facts.referenced_columns)?;
            binder.put(facts.on_update.word())?;
            binder.put(facts.on_delete.word())?;
            binder.put(facts.match_type.word())
        }
        _ => binder.nulls(COLUMNS.len()),
    }
}

pub(super) fn read(kind: ObjectKind, facts: &mut Facts<'_, '_>) -> Result<Detail, CatalogueError> {
    match kind {
        ObjectKind::PrimaryKey => Ok(Detail::PrimaryKey(key(facts)?)),
        ObjectKind::Unique => Ok(Detail::Unique(key(facts)?)),
        ObjectKind::Check => {
            facts.skip(1);
            let expression = facts.text()?;
            facts.skip(2);
            Ok(Detail::Check(CheckDetail {
                expression,
                validated: facts.get()?,
            }))
        }
        ObjectKind::Exclusion => {
            facts.skip(1);
            let (definition, index) = (facts.text()?, facts.text_if()?);
            let deferral: Deferral = facts.word()?;
            Ok(Detail::Exclusion(ExclusionDetail {
                definition,
                deferral,
                index,
            }))
        }
        ObjectKind::ForeignKey => {
            let columns = facts.json()?;
            facts.skip(2);
            let (deferral, validated) = (facts.word()?, facts.get()?);
            let (schema, name) = (facts.text_if()?, facts.text()?);
            Ok(Detail::ForeignKey(ForeignKeyDetail {
                columns,
                references: RelationName { schema, name },
                referenced_columns: facts.json()?,
                on_update: facts.word()?,
                on_delete: facts.word()?,
                match_type: facts.word()?,
                deferral,
                validated,
            }))
        }
        _ => Err(CatalogueError::damaged("the kind of a constraint")),
    }
}

fn key(facts: &mut Facts<'_, '_>) -> Result<KeyDetail, CatalogueError> {
    let columns = facts.json()?;
    facts.skip(1);
    let (index, deferral) = (facts.text_if()?, facts.word()?);
    Ok(KeyDetail {
        columns,
        deferral,
        index,
    })
}
