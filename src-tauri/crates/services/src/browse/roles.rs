//! What the columns of a table are to it: in its keys, or referring to another table.

use catalogue::{CatalogueError, Page, Read, Scope};
use model::snapshot::Detail;
use model::{ObjectId, ObjectKind};

use super::plain;
use super::relationships::referenced;
use crate::view::{ColumnRole, ObjectCard, Reference};

const KEYS: &[ObjectKind] = &[
    ObjectKind::PrimaryKey,
    ObjectKind::Unique,
    ObjectKind::ForeignKey,
];

/// Adds to each column the keys of its table that name it.
pub(super) fn add(
    scope: &Scope<'_, Read>,
    table: ObjectId,
    columns: &mut [ObjectCard],
) -> Result<(), CatalogueError> {
    let record = scope.objects().get(table)?;
    let path = plain(&record.path);
    for constraint in scope.objects().children(table, KEYS, None, Page::ALL)?.rows {
        match &constraint.detail {
            Detail::PrimaryKey(key) | Detail::Unique(key) => {
                for column in columns
                    .iter_mut()
                    .filter(|column| holds(&key.columns, column))
                {
                    column.roles.push(ColumnRole {
                        kind: constraint.kind,
                        constraint: constraint.id,
                        references: None,
                    });
                }
            }
            Detail::ForeignKey(key) => {
                let object = referenced(scope, constraint.connection, &path, key)?.object;
                for column in columns.iter_mut() {
                    let place = key.columns.iter().position(|name| **name == *column.name);
                    let Some(place) = place else { continue };
                    column.roles.push(ColumnRole {
                        kind: constraint.kind,
                        constraint: constraint.id,
                        references: Some(Reference {
                            schema: key.references.schema.as_deref().map(str::to_owned),
                            table: key.references.name.to_string(),
                            column: key
                                .referenced_columns
                                .get(place)
                                .map(|name| name.to_string()),
                            object,
                        }),
                    });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn holds(names: &[model::Text], column: &ObjectCard) -> bool {
    names.iter().any(|name| **name == *column.name)
}
