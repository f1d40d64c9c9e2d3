//! What the parts of tables and views lack for this user.

use std::collections::{BTreeSet, HashSet};

use model::Text;

use crate::inspect::catalog::Parts;

/// What was hidden among the parts of tables and views.
#[derive(Debug, Default)]
pub(crate) struct Hidden {
    pub(super) views: Vec<Text>,
    /// Tables whose foreign keys came without rules.
    pub(in crate::inspect) without_rules: BTreeSet<Text>,
    /// Whether there are foreign keys whose rules came.
    pub(in crate::inspect) any_rules: bool,
}

impl Hidden {
    /// Takes note of some parts.
    pub(crate) fn look_at(&mut self, parts: &Parts) {
        let views = parts.views.iter().filter(|row| row.query.is_none());
        self.views.extend(views.map(|row| row.name.clone()));
        let rules = parts.foreign_rules.iter();
        let known: HashSet<_> = rules.map(|rule| &rule.relation).collect();
        self.any_rules |= !known.is_empty();
        let columns = parts.foreign_columns.iter();
        let without = columns.filter(|row| !known.contains(&row.relation));
        self.without_rules
            .extend(without.map(|row| row.relation.clone()));
    }
}
