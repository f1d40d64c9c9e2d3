//! Facts that few objects have, by the number of the object.

use model::snapshot::ObjectName;
use model::{ObjectKind, Text};

use super::other::class;
use crate::numbered::Numbered;
use crate::rows::{ColumnOptionsRow, DependencyRow, ExtensionRow, IdentityRow, NotNullRow};

/// Facts that few objects have.
#[derive(Debug, Default)]
pub(crate) struct Extras {
    columns: Numbered<(u32, i16), ColumnOptionsRow>,
    identities: Numbered<(u32, i16), IdentityRow>,
    not_nulls: Numbered<(u32, i16), NotNullRow>,
    comments: Numbered<u32, Text>,
    extensions: Numbered<u32, Text>,
    needs: Numbered<(u32, u32, i16), Vec<ObjectName>>,
}

impl Extras {
    pub(crate) fn add_column(&mut self, row: ColumnOptionsRow) {
        self.columns.insert((row.relation, row.number), row);
    }

    /// Notes the sequence of a column.
    pub(crate) fn add_identity(&mut self, relation: u32, number: i16, row: IdentityRow) {
        self.identities.insert((relation, number), row);
    }

    /// Notes what is said of a table, view, index or constraint.
    pub(crate) fn add_comment(&mut self, id: u32, comment: Text) {
        self.comments.insert(id, comment);
    }

    /// Forgets what belongs to single tables.
    pub(super) fn forget_columns(&mut self) {
        self.columns.clear();
        self.not_nulls.clear();
        self.comments.clear();
    }

    /// What is said of a table, view, index or constraint.
    pub(crate) fn comment(&self, id: u32) -> Option<Text> {
        self.comments.get(&id).cloned()
    }

    pub(crate) fn add_not_null(&mut self, row: NotNullRow) {
        self.not_nulls.insert((row.relation, row.number), row);
    }

    pub(crate) fn add_extension(&mut self, row: ExtensionRow) {
        self.extensions.insert(row.relation, row.name);
    }

    pub(crate) fn add_need(&mut self, row: DependencyRow) {
        let Some(kind) = ObjectKind::parse(&row.kind) else {
            return;
        };
        let needs = self.needs.entry((row.class, row.id, row.part)).or_default();
        let name = ObjectName {
            kind,
            schema: row.schema,
            name: row.name,
        };
        if let Err(place) = needs.binary_search(&name) {
            needs.insert(place, name);
        }
    }

    /// What is set for this column alone.
    pub(crate) fn column(&self, relation: u32, number: i16) -> Option<&ColumnOptionsRow> {
        self.columns.get(&(relation, number))
    }

    /// The sequence of an identity column.
    pub(crate) fn identity(&self, relation: u32, number: i16) -> Option<&IdentityRow> {
        self.identities.get(&(relation, number))
    }

    /// The constraint that forbids nulls in a column, where it is not the usual one.
    pub(crate) fn not_null(&self, relation: u32, number: i16) -> Option<&NotNullRow> {
        self.not_nulls.get(&(relation, number))
    }

    /// The extension that brings a table or view.
    pub(crate) fn extension(&self, relation: u32) -> Option<&Text> {
        self.extensions.get(&relation)
    }

    /// What a column (`part` above 0) or a table, view or index needs.
    pub(crate) fn relation_needs(&self, id: u32, part: i16) -> Option<&[ObjectName]> {
        let found = self.needs.get(&(super::other::RELATIONS, id, part));
        found.map(Vec::as_slice)
    }

    /// What an object of a kind needs.
    pub(crate) fn needs(&self, kind: ObjectKind, id: u32) -> Option<&[ObjectName]> {
        self.needs.get(&(class(kind), id, 0)).map(Vec::as_slice)
    }
}
