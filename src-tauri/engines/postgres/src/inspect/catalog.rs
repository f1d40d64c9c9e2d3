//! Everything that was answered about one database, before it becomes a snapshot.

use std::collections::{BTreeSet, HashMap, HashSet};

use engine::InspectScope;
use model::snapshot::ObjectName;
use model::{ObjectKind, Text};

use super::is_system;
use super::question::Values;
use crate::convert::Names;
use crate::rows::{
    ColumnRow, ConstraintRow, DatabaseRow, IndexRow, LockedRow, OtherRow, ParentRow, RelationRow,
    SchemaRow, TriggerRow,
};

/// The answers, as rows.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    pub(super) database: Option<DatabaseRow>,
    pub(super) schemas: Vec<SchemaRow>,
    pub(super) relations: Vec<RelationRow>,
    /// What each table inherits from or is a partition of.
    pub(super) parents: HashMap<u32, Vec<ObjectName>>,
    pub(super) columns: Vec<ColumnRow>,
    pub(super) constraints: Vec<ConstraintRow>,
    pub(super) indexes: Vec<IndexRow>,
    pub(super) triggers: Vec<TriggerRow>,
    /// The objects of the rarer kinds.
    pub(super) others: Vec<OtherRow>,
    pub(super) names: Names,
    /// Tables of the server's catalogue that this user may not read.
    pub(super) closed_catalogues: Vec<String>,
    /// What was not asked, and the table of the catalogue that is closed.
    pub(super) unread: Vec<(&'static str, String)>,
    /// What could not be looked into.
    pub(super) locked: Vec<LockedRow>,
    texts: HashSet<Text>,
    tables_seen: u64,
}

impl Catalog {
    /// How many tables' columns have begun to arrive.
    pub(super) fn tables_seen(&self) -> u64 {
        self.tables_seen
    }

    /// The first closed table of the catalogue that is wanted.
    pub(super) fn closed(&self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let mut closed = self.closed_catalogues.iter();
        closed.find(|name| wanted(name)).cloned()
    }

    pub(super) fn add_parent(&mut self, row: ParentRow) {
        let kind = match row.kind {
            'f' => ObjectKind::ForeignTable,
            _ => ObjectKind::Table,
        };
        self.parents
            .entry(row.relation)
            .or_default()
            .push(ObjectName {
                kind,
                schema: Some(row.schema),
                name: row.name,
            });
    }

    /// Leaves the schemas that the scope names.
    pub(super) fn keep_schemas(&mut self, scope: &InspectScope) {
        self.schemas.retain(|schema| match &scope.schema {
            Some(wanted) => *schema.name == **wanted,
            None => scope.system || !is_system(&schema.name),
        });
        self.schemas.sort_by(|a, b| a.name.cmp(&b.name));
    }

    pub(super) fn schema_ids(&self) -> Vec<u32> {
        self.schemas.iter().map(|schema| schema.id).collect()
    }

    /// Keeps a column; names and defaults that repeat are kept once.
    pub(super) fn take_column(&mut self, mut row: ColumnRow) {
        if self
            .columns
            .last()
            .is_none_or(|last| last.relation != row.relation)
        {
            self.tables_seen += 1;
        }
        row.name = self.once(row.name);
        row.value = row.value.map(|value| self.once(value));
        row.comment = row.comment.map(|comment| self.once(comment));
        self.names.add_column(
            row.relation,
            row.number,
            Text::clone(&row.name),
            row.collation,
        );
        self.columns.push(row);
    }

    /// What the rows so far refer to without saying what it is called.
    pub(super) fn open_ends(&self) -> Values {
        let types: BTreeSet<_> = self
            .columns
            .iter()
            .map(|column| (column.type_id, column.modifier))
            .collect();
        let (ids, modifiers): (Vec<_>, Vec<_>) = types.into_iter().unzip();
        let of_columns = self.columns.iter().map(|column| column.collation);
        let of_indexes = self
            .indexes
            .iter()
            .flat_map(|index| index.collations.iter().copied());
        let collations: BTreeSet<_> = of_columns.chain(of_indexes).filter(|id| *id != 0).collect();
        let referenced = self
            .constraints
            .iter()
            .map(|constraint| constraint.foreign_relation);
        let unknown: BTreeSet<_> = referenced
            .filter(|id| *id != 0 && !self.names.knows(*id))
            .collect();
        Values::default()
            .types(&ids, &modifiers)
            .collations(&collations.into_iter().collect::<Vec<_>>())
            .relations(&unknown.into_iter().collect::<Vec<_>>())
    }

    fn once(&mut self, text: Text) -> Text {
        if let Some(kept) = self.texts.get(&text) {
            return Text::clone(kept);
        }
        self.texts.insert(Text::clone(&text));
        text
    }
}
