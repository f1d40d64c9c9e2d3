//! What the catalogue holds of a database, as far as comparing it needs: its
//! schemas, and its tables by hash.

use std::collections::HashMap;

use model::snapshot::{Counts, Walker};
use model::{ObjectId, ObjectKind, SyncId};

use super::ApplyScope;
use super::pair::{By, Sibling};
use crate::CatalogueError;
use crate::scope::Access;
use crate::table::object::{self, Hash, Open, Table, parse_counts, parse_kind};

/// The stored contents of one database, within the scope of one apply.
#[derive(Default)]
pub(super) struct Stored {
    pub(super) schemas: Vec<Open>,
    relations: HashMap<ObjectId, Vec<StoredRelation>>,
}

impl Stored {
    /// Loads what the scope holds.
    pub(super) fn load(
        access: Access<'_>,
        database: ObjectId,
        scope: ApplyScope<'_>,
    ) -> Result<Self, CatalogueError> {
        let mut schemas = object::children(access, Table::Schema, database.0)?;
        schemas.retain(|open| {
            scope
                .schema
                .is_none_or(|schema| *open.object.name == *schema)
        });
        schemas.sort_by_key(|open| open.id);
        let mut stored = Self {
            schemas,
            relations: HashMap::new(),
        };
        let mut parents: Vec<_> = stored.schemas.iter().map(|open| open.id).collect();
        if scope.schema.is_none() {
            parents.push(database);
        }
        for parent in parents {
            let relations = relations_below(access, parent, scope.table)?;
            stored.relations.insert(parent, relations);
        }
        Ok(stored)
    }

    /// Takes the tables that lie directly below an object.
    pub(super) fn take_relations(&mut self, parent: ObjectId) -> Vec<StoredRelation> {
        self.relations.remove(&parent).unwrap_or_default()
    }

    /// How many objects are held below a schema.
    pub(super) fn held_below(&self, schema: ObjectId) -> Result<u64, CatalogueError> {
        self.relations.get(&schema).map_or(Ok(0), |relations| {
            relations
                .iter()
                .map(|relation| Ok(1 + sum(&relation.children()?)))
                .sum()
        })
    }

    /// By what the objects of this database are told to be the same; `anew` says
    /// whether the database itself has a new id.
    ///
    /// A restore gives everything new ids at the old paths. It is one when most
    /// tables have new ids; few tables that were made anew, in a place that was
    /// not, are only that.
    pub(super) fn matched_by(&self, database: &Open, read: Walker<'_>, anew: bool) -> By {
        let mut same_path = 0_usize;
        let mut other_id = 0_usize;
        let mut other_place = anew;
        let mut compare = |parent: ObjectId, holder: Walker<'_>| {
            let relations = self
                .relations
                .get(&parent)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let by_path: HashMap<_, _> = relations
                .iter()
                .map(|relation| ((relation.kind(), relation.name()), relation))
                .collect();
            for node in holder.children().filter(|node| node.kind().is_relation()) {
                let stored = by_path.get(&(node.kind(), node.name()));
                if let Some(ids) =
                    stored.and_then(|s| Some((s.native_id()?, Sibling::native_id(&node)?)))
                {
                    same_path += 1;
                    other_id += usize::from(ids.0 != ids.1);
                }
            }
        };
        compare(database.id, read);
        for schema in read.children_of(ObjectKind::Schema) {
            if let Some(open) = self
                .schemas
                .iter()
                .find(|open| open.name() == schema.name())
            {
                other_place |= differs(open, &schema);
                compare(open.id, schema);
            }
        }
        let most = other_id * 2 > same_path;
        if most && (other_id >= MANY || other_place) {
            By::Path
        } else {
            By::NativeId
        }
    }
}

/// From how many tables with new ids on they are taken for a restore.
const MANY: usize = 3;

/// A stored table or view, without its facts.
pub(super) struct StoredRelation {
    pub(super) version: i64,
    pub(super) id: ObjectId,
    pub(super) first_sync: SyncId,
    pub(super) hash: Option<u128>,
    kind: ObjectKind,
    name: String,
    native_id: Option<String>,
    child_counts: Option<String>,
}

impl StoredRelation {
    /// How many children of each kind it has.
    pub(super) fn children(&self) -> Result<Counts, CatalogueError> {
        parse_counts(self.child_counts.as_deref())
    }
}

impl Sibling for StoredRelation {
    fn kind(&self) -> ObjectKind {
        self.kind
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn native_id(&self) -> Option<&str> {
        self.native_id.as_deref()
    }
}

/// How many objects there are of all kinds together.
pub(super) fn sum(counts: &Counts) -> u64 {
    counts.values().sum()
}

fn differs(open: &Open, read: &impl Sibling) -> bool {
    match (open.native_id(), read.native_id()) {
        (Some(stored), Some(read)) => stored != read,
        _ => false,
    }
}

fn relations_below(
    access: Access<'_>,
    parent: ObjectId,
    only: Option<&str>,
) -> Result<Vec<StoredRelation>, CatalogueError> {
    let mut statement = access
        .db
        .prepare_cached(include_str!("../table/object/relation/siblings.sql"))?;
    let mut rows = statement.query((access.owner(), parent.0))?;
    let mut relations = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(4)?;
        if only.is_some_and(|only| only != name) {
            continue;
        }
        relations.push(StoredRelation {
            version: row.get(0)?,
            id: ObjectId(row.get(1)?),
            first_sync: SyncId(row.get(2)?),
            kind: parse_kind(row.get_ref(3)?.as_str().unwrap_or_default())?,
            name,
            native_id: row.get(5)?,
            child_counts: row.get(6)?,
            hash: row.get::<_, Option<Hash>>(7)?.map(|hash| hash.0),
        });
    }
    Ok(relations)
}
