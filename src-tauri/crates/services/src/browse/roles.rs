//! What the columns of a table are to it: in its keys, or referring to another table.

use catalogue::{CatalogueError, Page, Read, Scope};
use model::snapshot::{Detail, ForeignKeyDetail};
use model::{ConnectionId, ObjectId, ObjectKind, ObjectPath};

use crate::view::{ColumnRole, ObjectCard, Reference};

const KEYS: &[ObjectKind] = &[
    ObjectKind::PrimaryKey,
    ObjectKind::Unique,
    ObjectKind::ForeignKey,
];
const ALL: Page = Page {
    offset: 0,
    limit: u32::MAX,
};

/// Adds to each column the keys of its table that name it.
pub(super) fn add(
    scope: &Scope<'_, Read>,
    table: ObjectId,
    columns: &mut [ObjectCard],
) -> Result<(), CatalogueError> {
    let record = scope.objects().get(table)?;
    let database = record
        .path
        .first()
        .map(|(_, step)| step.name.clone())
        .unwrap_or_default();
    for constraint in scope.objects().children(table, KEYS, None, ALL)?.rows {
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
                let object = referenced(scope, constraint.connection, &database, key)?;
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

/// The table that a foreign key refers to, if the catalogue holds it.
fn referenced(
    scope: &Scope<'_, Read>,
    connection: ConnectionId,
    database: &str,
    key: &ForeignKeyDetail,
) -> Result<Option<ObjectId>, CatalogueError> {
    let mut path = ObjectPath::database(database);
    if let Some(schema) = &key.references.schema {
        path = path.child(ObjectKind::Schema, schema.clone());
    }
    scope.objects().find(
        connection,
        &path.child(ObjectKind::Table, key.references.name.clone()),
    )
}
