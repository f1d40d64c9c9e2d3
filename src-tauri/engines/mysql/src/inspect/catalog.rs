//! Everything that was answered about one database, before it becomes a snapshot.

use model::Text;
use xxhash_rust::xxh3::xxh3_64;

use crate::grants::Grants;
use crate::rows::{
    CheckRow, ColumnRow, DatabaseRow, EventRow, ForeignColumnRow, ForeignRuleRow, IndexPartRow,
    NameRow, ParameterRow, PartitionRow, PrivilegeRow, RelationRow, RoutineRow, SequenceRow,
    SpaceRow, StateRow, Texts, TriggerRow, ViewRow,
};

/// The answers, as rows.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    pub(crate) database: Option<DatabaseRow>,
    pub(crate) relations: Vec<RelationRow>,
    /// All tables and views, where only one of them is read.
    pub(crate) names: Vec<NameRow>,
    pub(crate) triggers: Vec<TriggerRow>,
    pub(crate) routines: Vec<RoutineRow>,
    pub(crate) parameters: Vec<ParameterRow>,
    /// The names of MySQL's libraries.
    pub(crate) libraries: Vec<Text>,
    pub(crate) events: Vec<EventRow>,
    pub(crate) sequences: Vec<SequenceRow>,
    pub(crate) privileges: Vec<PrivilegeRow>,
    pub(crate) grants: Option<Grants>,
    /// A hash of all that was granted.
    pub(crate) granted: u64,
    /// The server's clock and size, before anything else was asked.
    pub(crate) state: Option<StateRow>,
    /// Where MySQL keeps each table, for those who may know it.
    pub(crate) spaces: Vec<SpaceRow>,
    pub(crate) parts: Parts,
    pub(crate) texts: Texts,
}

/// What tables and views are made of, for some of them.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) columns: Vec<ColumnRow>,
    pub(crate) index_parts: Vec<IndexPartRow>,
    pub(crate) foreign_columns: Vec<ForeignColumnRow>,
    pub(crate) foreign_rules: Vec<ForeignRuleRow>,
    pub(crate) checks: Vec<CheckRow>,
    pub(crate) views: Vec<ViewRow>,
    pub(crate) partitions: Vec<PartitionRow>,
}

impl Catalog {
    /// Takes in one line of what this user was granted.
    pub(super) fn take_grant(&mut self, line: &str) {
        self.granted = self.granted.wrapping_add(xxh3_64(line.as_bytes()));
        self.grants.get_or_insert_default().take(line);
    }
}
