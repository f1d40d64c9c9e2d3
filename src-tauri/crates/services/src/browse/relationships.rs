//! What an object refers to and depends on, and what does so with it.

use std::collections::BTreeSet;

use catalogue::{CatalogueError, ObjectCard, Page, Read, Scope};
use model::snapshot::{Attribute, AttributeValue, Detail, ForeignKeyDetail};
use model::{ConnectionId, ObjectId, ObjectKind, ObjectPath, Text};

use super::plain;
use crate::Error;
use crate::studio::Studio;
use crate::view::{ForeignKeyLink, ObjectLink, Relationships};

/// The kinds that a foreign key may refer to.
const TABLES: &[ObjectKind] = &[ObjectKind::Table, ObjectKind::ForeignTable];

impl Studio {
    /// What an object refers to and depends on, and what does so with it.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn relationships(&self, id: ObjectId) -> Result<Relationships, Error> {
        self.read(move |scope| relationships(scope, id)).await
    }
}

fn relationships(scope: &Scope<'_, Read>, id: ObjectId) -> Result<Relationships, CatalogueError> {
    let record = scope.objects().get(id)?;
    let path = plain(&record.path);
    let mut found = Relationships {
        references: Vec::new(),
        referenced_by: Vec::new(),
        depends_on: depends_on(scope, &record.card, &path)?,
        needed_by: Vec::new(),
    };
    for card in scope.objects().needed_by(id)? {
        found.needed_by.push(link(&card));
    }
    if !record.card.kind.is_relation() {
        return Ok(found);
    }
    let keys = [ObjectKind::ForeignKey];
    for key in scope.objects().children(id, &keys, None, Page::ALL)?.rows {
        let Detail::ForeignKey(facts) = &key.detail else {
            continue;
        };
        let table = referenced(scope, key.connection, &path, facts)?;
        let (ours, theirs) = (&facts.columns, &facts.referenced_columns);
        let side = Side::of(scope, id, &facts.columns)?;
        found
            .references
            .push(side.link(&key, facts, ours, table, theirs));
    }
    for key in scope.objects().references_to(id)? {
        let Detail::ForeignKey(facts) = &key.detail else {
            continue;
        };
        let above = ObjectPath(key.path.0[..key.path.0.len() - 1].to_vec());
        let Some(table) = scope.objects().find(key.connection, &above)? else {
            continue;
        };
        let side = Side::of(scope, table, &facts.columns)?;
        let mut table = link(&scope.objects().card(table)?);
        if table.schema.is_none() && above.0.first() != path.0.first() {
            table.schema = above.0.first().map(|step| step.name.to_string());
        }
        let (ours, theirs) = (&facts.referenced_columns, &facts.columns);
        found
            .referenced_by
            .push(side.link(&key, facts, ours, table, theirs));
    }
    Ok(found)
}

/// What the table that has a foreign key says of its rows.
struct Side {
    optional: bool,
    single: bool,
}

impl Side {
    fn of(
        scope: &Scope<'_, Read>,
        table: ObjectId,
        columns: &[Text],
    ) -> Result<Self, CatalogueError> {
        let of = |kinds: &[ObjectKind]| scope.objects().children(table, kinds, None, Page::ALL);
        let optional = of(&[ObjectKind::Column])?.rows.iter().any(|column| {
            columns.contains(&column.name)
                && matches!(&column.detail, Detail::Column(facts) if facts.nullable)
        });
        let own: BTreeSet<_> = columns.iter().collect();
        let within =
            |names: &[Text]| !names.is_empty() && names.iter().all(|name| own.contains(name));
        let keys = of(&[ObjectKind::PrimaryKey, ObjectKind::Unique])?;
        let by_key = keys.rows.iter().any(|key| match &key.detail {
            Detail::PrimaryKey(facts) | Detail::Unique(facts) => within(&facts.columns),
            _ => false,
        });
        let single = by_key
            || of(&[ObjectKind::Index])?.rows.iter().any(|index| {
                let Detail::Index(facts) = &index.detail else {
                    return false;
                };
                let parts = facts.parts.iter().filter(|part| !part.included);
                let names: Option<Vec<Text>> = parts.map(|part| part.column.clone()).collect();
                facts.unique
                    && facts.predicate.is_none()
                    && names.is_some_and(|names| within(&names))
            });
        Ok(Self { optional, single })
    }

    fn link(
        &self,
        key: &ObjectCard,
        facts: &ForeignKeyDetail,
        ours: &[Text],
        table: ObjectLink,
        theirs: &[Text],
    ) -> ForeignKeyLink {
        ForeignKeyLink {
            constraint: key.id,
            name: key.name.to_string(),
            columns: strings(ours),
            table,
            their_columns: strings(theirs),
            optional: self.optional,
            single: self.single,
            on_update: facts.on_update,
            on_delete: facts.on_delete,
        }
    }
}

/// The table that a foreign key refers to, looked for where the key stands.
pub(super) fn referenced(
    scope: &Scope<'_, Read>,
    connection: ConnectionId,
    from: &ObjectPath,
    key: &ForeignKeyDetail,
) -> Result<ObjectLink, CatalogueError> {
    let schema = key.references.schema.clone();
    let object = find(
        scope,
        connection,
        from,
        schema.as_ref(),
        TABLES,
        &key.references.name,
    )?;
    let card = object.map(|id| scope.objects().card(id)).transpose()?;
    Ok(ObjectLink {
        object,
        kind: card.as_ref().map_or(ObjectKind::Table, |card| card.kind),
        schema: schema.map(|schema| schema.to_string()),
        name: key.references.name.to_string(),
        rows: card.and_then(|card| card.statistics.rows),
    })
}

/// An object by schema and name; an engine without schemas means a database by it.
fn find(
    scope: &Scope<'_, Read>,
    connection: ConnectionId,
    from: &ObjectPath,
    schema: Option<&Text>,
    kinds: &[ObjectKind],
    name: &Text,
) -> Result<Option<ObjectId>, CatalogueError> {
    let database = from
        .name_of(ObjectKind::Database)
        .cloned()
        .unwrap_or_default();
    let above = match (schema, from.name_of(ObjectKind::Schema)) {
        (Some(schema), Some(_)) => {
            ObjectPath::database(database).child(ObjectKind::Schema, schema.clone())
        }
        (Some(other), None) if from.0.len() > 1 => ObjectPath::database(other.clone()),
        (Some(schema), None) => {
            ObjectPath::database(database).child(ObjectKind::Schema, schema.clone())
        }
        (None, _) => ObjectPath::database(database),
    };
    for kind in kinds {
        if let Some(id) = scope
            .objects()
            .find(connection, &above.child(*kind, name.clone()))?
        {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn depends_on(
    scope: &Scope<'_, Read>,
    card: &ObjectCard,
    path: &ObjectPath,
) -> Result<Vec<ObjectLink>, CatalogueError> {
    let named = card
        .attributes
        .iter()
        .find_map(|attribute| match &attribute.value {
            AttributeValue::Objects(named) if &*attribute.key == Attribute::DEPENDS_ON => {
                Some(named)
            }
            _ => None,
        });
    let named = named.into_iter().flatten();
    named
        .map(|needed| {
            let database = path
                .name_of(ObjectKind::Database)
                .cloned()
                .unwrap_or_default();
            let mut at = ObjectPath::database(database);
            if let Some(schema) = &needed.schema {
                at = at.child(ObjectKind::Schema, schema.clone());
            }
            let at = at.child(needed.kind, needed.name.clone());
            let object = scope.objects().find(card.connection, &at)?;
            let rows = match object {
                Some(id) => scope.objects().card(id)?.statistics.rows,
                None => None,
            };
            Ok(ObjectLink {
                object,
                kind: needed.kind,
                schema: needed.schema.as_deref().map(str::to_owned),
                name: needed.name.to_string(),
                rows,
            })
        })
        .collect()
}

fn link(card: &ObjectCard) -> ObjectLink {
    ObjectLink {
        object: Some(card.id),
        kind: card.kind,
        schema: card
            .path
            .name_of(ObjectKind::Schema)
            .map(|schema| schema.to_string()),
        name: card.name.to_string(),
        rows: card.statistics.rows,
    }
}

fn strings(names: &[Text]) -> Vec<String> {
    names.iter().map(|name| name.to_string()).collect()
}
