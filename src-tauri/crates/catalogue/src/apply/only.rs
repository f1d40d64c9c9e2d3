//! What an apply speaks of; of anything else it says nothing.

use model::snapshot::Touched;

use super::ApplyScope;
use super::pair::Sibling;
use super::stored::StoredRelation;

/// The scope that was asked for, and what of it a reading says may have changed.
pub(super) struct Only<'s> {
    pub(super) scope: ApplyScope<'s>,
    /// Absent where all of it was read.
    pub(super) touched: Option<Touched>,
}

impl Only<'_> {
    /// Whether the database itself is spoken of.
    pub(super) fn is_whole(&self) -> bool {
        self.scope.schema.is_none() && self.has_others()
    }

    /// Whether there is nothing to speak of.
    pub(super) fn is_nothing(&self) -> bool {
        self.touched.as_ref().is_some_and(Touched::is_nothing)
    }

    /// Whether a reading says that nothing but tables may have changed.
    pub(super) fn is_of_tables(&self) -> bool {
        self.touched.as_ref().is_some_and(|touched| !touched.others)
    }

    /// Whether what lies directly below the database is spoken of.
    pub(super) fn has_top(&self) -> bool {
        self.scope.schema.is_none()
    }

    /// Whether schemas of this name are.
    pub(super) fn is_schema(&self, name: &str) -> bool {
        self.scope.schema.is_none_or(|schema| schema == name)
    }

    /// Whether tables of this name are.
    pub(super) fn is_table(&self, name: &str) -> bool {
        self.scope.table.is_none_or(|table| table == name)
    }

    /// Whether schemas and objects of the rarer kinds are.
    pub(super) fn has_others(&self) -> bool {
        self.scope.table.is_none() && self.touched.as_ref().is_none_or(|touched| touched.others)
    }

    /// Whether a stored table is.
    pub(super) fn has_relation(&self, schema: Option<&str>, relation: &StoredRelation) -> bool {
        let (name, id) = (relation.name(), relation.native_id());
        let touched = |touched: &Touched| touched.relations.has(schema, name, id);
        self.is_table(name) && self.touched.as_ref().is_none_or(touched)
    }
}
