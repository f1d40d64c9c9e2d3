//! Everything that was answered about one database, before it becomes a snapshot.

use std::collections::HashSet;

use model::Text;

use crate::grants::Grants;
use crate::rows::{
    CheckRow, ColumnRow, DatabaseRow, EventRow, ForeignColumnRow, ForeignRuleRow, IndexPartRow,
    NameRow, ParameterRow, PartitionRow, PrivilegeRow, RelationRow, RoutineRow, SequenceRow,
    TriggerRow, ViewRow,
};

/// The answers, as rows.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    pub(crate) database: Option<DatabaseRow>,
    pub(crate) relations: Vec<RelationRow>,
    /// All tables and views, where only one of them is read.
    pub(crate) names: Vec<NameRow>,
    pub(crate) columns: Vec<ColumnRow>,
    pub(crate) index_parts: Vec<IndexPartRow>,
    pub(crate) foreign_columns: Vec<ForeignColumnRow>,
    pub(crate) foreign_rules: Vec<ForeignRuleRow>,
    pub(crate) checks: Vec<CheckRow>,
    pub(crate) triggers: Vec<TriggerRow>,
    pub(crate) views: Vec<ViewRow>,
    pub(crate) routines: Vec<RoutineRow>,
    pub(crate) parameters: Vec<ParameterRow>,
    /// The names of MySQL's libraries.
    pub(crate) libraries: Vec<Text>,
    pub(crate) events: Vec<EventRow>,
    pub(crate) partitions: Vec<PartitionRow>,
    pub(crate) sequences: Vec<SequenceRow>,
    pub(crate) privileges: Vec<PrivilegeRow>,
    pub(crate) grants: Option<Grants>,
    texts: HashSet<Text>,
    tables_seen: u64,
}

impl Catalog {
    /// How many tables' columns have begun to arrive.
    pub(super) fn tables_seen(&self) -> u64 {
        self.tables_seen
    }

    /// Keeps a column; texts that repeat are kept once.
    pub(super) fn take_column(&mut self, mut row: ColumnRow) {
        let of_the_last = |last: &ColumnRow| last.relation == row.relation;
        if !self.columns.last().is_some_and(of_the_last) {
            self.tables_seen += 1;
        }
        row.relation = self.once(row.relation);
        row.name = self.once(row.name);
        row.data_type = self.once(row.data_type);
        row.column_type = self.once(row.column_type);
        row.default = self.once_if(row.default);
        row.charset = self.once_if(row.charset);
        row.collation = self.once_if(row.collation);
        row.extra = self.once_if(row.extra);
        row.comment = self.once_if(row.comment);
        self.columns.push(row);
    }

    /// Keeps a part of an index; texts that repeat are kept once.
    pub(super) fn take_index_part(&mut self, mut row: IndexPartRow) {
        row.relation = self.once(row.relation);
        row.index = self.once(row.index);
        row.column = self.once_if(row.column);
        row.method = self.once(row.method);
        row.order = self.once_if(row.order);
        self.index_parts.push(row);
    }

    fn once_if(&mut self, text: Option<Text>) -> Option<Text> {
        text.map(|text| self.once(text))
    }

    fn once(&mut self, text: Text) -> Text {
        if let Some(kept) = self.texts.get(&text) {
            return Text::clone(kept);
        }
        self.texts.insert(Text::clone(&text));
        text
    }
}
