//! What an object refers to and depends on, and what does so with it.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use catalogue::{CatalogueError, ObjectCard, Page, Read, Scope};
use model::snapshot::{Attribute, AttributeValue, Detail, ForeignKeyDetail, ObjectName};
use model::{ConnectionId, ObjectId, ObjectKind, ObjectPath, Text};

use super::plain;
use crate::Error;
use crate::studio::Studio;
use crate::view::{ForeignKeyLink, ObjectLink, Relationships};

/// The kinds that a foreign key may refer to.
const TABLES: &[ObjectKind] = &[ObjectKind::Table, ObjectKind::ForeignTable];
/// The parts of a table that may need other objects by themselves.
const PARTS: &[ObjectKind] = &[
    ObjectKind::Column,
    ObjectKind::Check,
    ObjectKind::Exclusion,
    ObjectKind::Index,
];

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
    let own = Parts::of(scope, id)?;
    for key in scope.objects().children(id, &keys, None, Page::ALL)?.rows {
        let Detail::ForeignKey(facts) = &key.detail else {
            continue;
        };
        let table = referenced(scope, key.connection, &path, facts)?;
        let (ours, theirs) = (&facts.columns, &facts.referenced_columns);
        let side = own.side(&facts.columns);
        found
            .references
            .push(side.link(&key, facts, ours, table, theirs));
    }
    let mut sides: HashMap<ObjectId, Parts> = HashMap::new();
    for key in scope.objects().references_to(id)? {
        let Detail::ForeignKey(facts) = &key.detail else {
            continue;
        };
        let above = ObjectPath(key.path.0[..key.path.0.len() - 1].to_vec());
        let Some(table) = scope.objects().find(key.connection, &above)? else {
            continue;
        };
        let parts = match sides.entry(table) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(Parts::of(scope, table)?),
        };
        let side = parts.side(&facts.columns);
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

/// The parts of a table that say how its rows refer to others.
struct Parts {
    nullable: Vec<Text>,
    /// The columns of each key and unique index.
    unique: Vec<Vec<Text>>,
}

impl Parts {
    fn of(scope: &Scope<'_, Read>, table: ObjectId) -> Result<Self, CatalogueError> {
        let kinds = [
            ObjectKind::Column,
            ObjectKind::PrimaryKey,
            ObjectKind::Unique,
            ObjectKind::Index,
        ];
        let mut parts = Self {
            nullable: Vec::new(),
            unique: Vec::new(),
        };
        for part in scope
            .objects()
            .children(table, &kinds, None, Page::ALL)?
            .rows
        {
            match &part.detail {
                Detail::Column(facts) if facts.nullable => parts.nullable.push(part.name),
                Detail::PrimaryKey(facts) | Detail::Unique(facts) => {
                    parts.unique.push(facts.columns.clone());
                }
                Detail::Index(facts) if facts.unique && facts.predicate.is_none() => {
                    let own = facts.parts.iter().filter(|part| !part.included);
                    let columns: Option<Vec<Text>> = own.map(|part| part.column.clone()).collect();
                    parts.unique.extend(columns);
                }
                _ => {}
            }
        }
        Ok(parts)
    }

    /// What a foreign key over these columns says of the table's rows.
    fn side(&self, columns: &[Text]) -> Side {
        let within = |names: &Vec<Text>| {
            !names.is_empty() && names.iter().all(|name| columns.contains(name))
        };
        Side {
            optional: columns.iter().any(|column| self.nullable.contains(column)),
            single: self.unique.iter().any(within),
        }
    }
}

/// How the rows of a table refer to others.
struct Side {
    optional: bool,
    single: bool,
}

impl Side {
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

/// What an object says that it depends on; a table depends on what its parts do.
fn depends_on(
    scope: &Scope<'_, Read>,
    card: &ObjectCard,
    path: &ObjectPath,
) -> Result<Vec<ObjectLink>, CatalogueError> {
    let mut needed: BTreeSet<&ObjectName> = needs(&card.attributes).collect();
    let parts = if card.kind.is_relation() {
        scope
            .objects()
            .children(card.id, PARTS, None, Page::ALL)?
            .rows
    } else {
        Vec::new()
    };
    needed.extend(parts.iter().flat_map(|part| needs(&part.attributes)));
    let own = ObjectName {
        kind: card.kind,
        schema: path.name_of(ObjectKind::Schema).cloned(),
        name: card.name.clone(),
    };
    needed.remove(&own);
    needed
        .into_iter()
        .map(|needed| {
            let database = path.name_of(ObjectKind::Database).cloned();
            let mut at = ObjectPath::database(database.unwrap_or_default());
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

fn needs(attributes: &[Attribute]) -> impl Iterator<Item = &ObjectName> {
    let named = attributes
        .iter()
        .filter_map(|attribute| match &attribute.value {
            AttributeValue::Objects(named) if &*attribute.key == Attribute::DEPENDS_ON => {
                Some(named)
            }
            _ => None,
        });
    named.flatten()
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
