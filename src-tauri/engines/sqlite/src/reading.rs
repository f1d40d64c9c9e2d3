//! What was read of a file, on its way into a snapshot.

use model::SnapshotBuilder;
use model::snapshot::{
    CheckDetail, ColumnDetail, DatabaseDetail, ForeignKeyDetail, IndexDetail, KeyDetail, Object,
    RelationDetail, TriggerDetail, Warning,
};

/// The name that SQLite gives the database of a file.
pub(crate) const DATABASE: &str = "main";

/// What was read, or a portion of it.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) database: Object<DatabaseDetail>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) warnings: Vec<Warning>,
}

/// A table or view with all that belongs to it.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) is_view: bool,
    pub(crate) object: Object<RelationDetail>,
    pub(crate) columns: Vec<Object<ColumnDetail>>,
    pub(crate) primary_key: Option<Object<KeyDetail>>,
    pub(crate) uniques: Vec<Object<KeyDetail>>,
    pub(crate) foreign_keys: Vec<Object<ForeignKeyDetail>>,
    pub(crate) checks: Vec<Object<CheckDetail>>,
    pub(crate) indexes: Vec<Object<IndexDetail>>,
    pub(crate) triggers: Vec<Object<TriggerDetail>>,
}

impl Relation {
    /// How many objects it is, itself included.
    pub(crate) fn objects(&self) -> usize {
        let keys = usize::from(self.primary_key.is_some()) + self.uniques.len();
        let constraints = keys + self.foreign_keys.len() + self.checks.len();
        1 + self.columns.len() + constraints + self.indexes.len() + self.triggers.len()
    }
}

impl Reading {
    /// Hands everything over.
    pub(crate) fn build(self, out: &mut SnapshotBuilder) {
        for warning in self.warnings {
            out.warn(warning);
        }
        let mut database = out.database(self.database);
        for relation in self.relations {
            let mut into = if relation.is_view {
                database.view(relation.object)
            } else {
                database.table(relation.object)
            };
            relation
                .columns
                .into_iter()
                .for_each(|object| into.column(object));
            relation
                .primary_key
                .into_iter()
                .for_each(|object| into.primary_key(object));
            relation
                .uniques
                .into_iter()
                .for_each(|object| into.unique(object));
            relation
                .foreign_keys
                .into_iter()
                .for_each(|object| into.foreign_key(object));
            relation
                .checks
                .into_iter()
                .for_each(|object| into.check(object));
            relation
                .indexes
                .into_iter()
                .for_each(|object| into.index(object));
            relation
                .triggers
                .into_iter()
                .for_each(|object| into.trigger(object));
        }
    }
}
