//! What is told of what could not be read.

use engine::InspectScope;
use model::snapshot::Warning;
use model::{ObjectKind, ObjectPath, Text};

use super::catalog::Catalog;
use crate::rows::LockedRow;
use crate::types::identifier;
use crate::variant::Facts;

/// What is told of tables and views within the scope that could not be looked into.
pub(super) fn locked(
    catalog: &Catalog,
    scope: &InspectScope,
    locked: &[LockedRow],
) -> Vec<Warning> {
    let wanted = |row: &&LockedRow| scope.table.as_deref().is_none_or(|name| *row.name == *name);
    let warning = |row: &LockedRow| {
        let schema = catalog
            .schemas
            .iter()
            .find(|schema| schema.id == row.schema)?;
        let kind = match row.kind {
            'v' => ObjectKind::View,
            'm' => ObjectKind::MaterializedView,
            'f' => ObjectKind::ForeignTable,
            _ => ObjectKind::Table,
        };
        let object = ObjectPath::database(scope.database.as_str())
            .child(ObjectKind::Schema, Text::clone(&schema.name))
            .child(kind, Text::clone(&row.name));
        Some(Warning {
            object,
            reason: "Somebody was changing it, or what it is made of, while it was to be read."
                .to_owned(),
            grant: None,
            unseen: true,
        })
    };
    locked.iter().filter(wanted).filter_map(warning).collect()
}

/// What is told of questions that this user may not ask.
pub(super) fn closed(catalog: &Catalog, object: &ObjectPath, facts: &Facts) -> Vec<Warning> {
    let warning = |(about, closed): &(&str, String)| Warning {
        object: object.clone(),
        reason: format!("{about} could not be read: this user may not read pg_catalog.{closed}."),
        grant: Some(format!(
            "GRANT SELECT ON pg_catalog.{closed} TO {};",
            identifier(&facts.user)
        )),
        unseen: true,
    };
    catalog.unread.iter().map(warning).collect()
}

/// What is told where the schema was being changed while it was read, each time.
pub(super) fn torn(scope: &InspectScope, failure: &sqlx::Error) -> Warning {
    let said = failure
        .as_database_error()
        .map_or("", |said| said.message());
    Warning {
        object: ObjectPath::database(scope.database.as_str()),
        reason: format!("Its schema was being changed while it was read, twice: {said}."),
        grant: None,
        unseen: true,
    }
}
