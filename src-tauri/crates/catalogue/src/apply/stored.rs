//! What the catalogue holds of tables, as far as comparing them needs: by hash.

use model::snapshot::Counts;
use model::{ObjectId, ObjectKind, SyncId};
use rusqlite::OptionalExtension;

use super::pair::Sibling;
use crate::CatalogueError;
use crate::scope::Access;
use crate::table::object::{Hash, parse_counts, parse_kind};

/// A stored table or view, without its facts.
pub(super) struct StoredRelation {
    pub(super) version: i64,
    pub(super) id: ObjectId,
    pub(super) first_sync: SyncId,
    pub(super) hash: Option<u128>,
    kind: ObjectKind,
    name: Box<str>,
    native_id: Option<Box<str>>,
}

impl StoredRelation {
    /// How many children of each kind it has.
    pub(super) fn children(&self, access: Access<'_>) -> Result<Counts, CatalogueError> {
        let sql = "SELECT child_counts FROM relation WHERE owner_id = ?1 AND id = ?2";
        let counts: Option<Option<String>> = access
            .db
            .prepare_cached(sql)?
            .query_row((access.owner(), self.version), |row| row.get(0))
            .optional()?;
        parse_counts(counts.flatten().as_deref())
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

/// The tables directly below a database or a schema, those that are `wanted`.
pub(super) fn relations_below(
    access: Access<'_>,
    parent: ObjectId,
    wanted: impl Fn(&StoredRelation) -> bool,
) -> Result<Vec<StoredRelation>, CatalogueError> {
    let mut statement = access
        .db
        .prepare_cached(include_str!("../table/object/relation/siblings.sql"))?;
    let mut rows = statement.query((access.owner(), parent.0))?;
    let mut relations = Vec::new();
    while let Some(row) = rows.next()? {
        let relation = StoredRelation {
            version: row.get(0)?,
            id: ObjectId(row.get(1)?),
            first_sync: SyncId(row.get(2)?),
            kind: parse_kind(row.get_ref(3)?.as_str().unwrap_or_default())?,
            name: row.get(4)?,
            native_id: row.get(5)?,
            hash: row.get::<_, Option<Hash>>(6)?.map(|hash| hash.0),
        };
        if wanted(&relation) {
            relations.push(relation);
        }
    }
    Ok(relations)
}
